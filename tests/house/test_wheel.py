"""The wheel holds all that runs, and works where nothing else of ours is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, sample_environment

STAYS_HERE = ROOT / "corpus" / "samples"  # what the sample organisation's documents are made from
DATA = (
    "corpus/frameworks/iso27001-2022.json",
    "corpus/crosswalks/iso27001-2013__iso27001-2022.json",
    "corpus/policies/isobot.toml",
    "corpus/policies/information-security-policy.pdf",
    "corpus/questions/staff.jsonl",
    "isobot/state/migrations/env.py",
    "isobot/state/migrations/versions/r0001_events_and_answers.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command folder of an environment that holds the wheel, and the libraries of this one without isobot."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, symlinks=True)
    commands = home / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True, timeout=120)
    (packages,) = home.glob("lib/python*/site-packages")
    # A line of a .pth file adds a folder without reading the .pth files in it, and so without the tree that is installed here.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return commands


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    """Modules and data of the four packages travel; caches, tests and the sources of the samples do not."""
    expected = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and STAYS_HERE not in path.parents
    }
    names = zipfile.ZipFile(wheel).namelist()
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert set(DATA) <= expected
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_installed_wheel_indexes_its_own_sample_and_answers(
    elsewhere: Path, encoder_cache: Path, sample_index: Path, tmp_path: Path
) -> None:
    """In another environment and another folder: the packages are the wheel's, and a question gets its citation.

    Vectors that are known are not computed anew, which would take most of the time.
    """
    (tmp_path / "index").mkdir()
    shutil.copy(sample_index / "embeddings.sqlite", tmp_path / "index")
    there = sample_environment(tmp_path / "index", encoder_cache.parent) | {"PATH": str(elsewhere)}
    del there["ISOBOT_SETTINGS"]
    there.pop("PYTHONPATH", None)  # under which the tree that is tested here would be found before the wheel

    def said(*command: str) -> str:
        done = subprocess.run(
            [str(elsewhere / command[0]), *command[1:]], cwd=tmp_path, env=there, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = said("python", "-c", f"import {', '.join(PACKAGES)}\nprint({', '.join(f'{name}.__file__' for name in PACKAGES)}, sep='\\n')")
    packages = [Path(line).parents[1] for line in where.split()]
    assert set(packages) == {next(elsewhere.parent.glob("lib/python*/site-packages"))}
    policies = packages[0] / "corpus" / "policies"
    documents = [file for file in policies.iterdir() if file.suffix != ".toml"]
    assert json.loads(said("isobot", "index", str(policies), "--json"))["documents"] == len(documents)
    answer = json.loads(said("isobot", "ask", "where is A.8.13 documented?", "--json"))
    assert answer["citations"][0]["document"]["title"] == "Backup and Recovery Standard"
    state = f"sqlite:///{tmp_path / 'state.db'}"
    assert said("python", "-c", f"from isobot.state.store import Store\nwith Store.open({state!r}): print('open')") == "open\n"
    assert "ask" in said("python", "-m", "evals", "bench")
