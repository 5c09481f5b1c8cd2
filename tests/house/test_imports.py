"""Who may import whom, and which libraries must be declared."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, imports, modules

TOOLS = {  # run, or loaded by name, not imported
    "psycopg", "build", "hatchling", "pytest-xdist", "ruff", "mypy", "types-docutils", "types-pyyaml", "s3fs", "paramiko"
}  # fmt: skip
PEERS = {"txtai": "txtai", "haystack": "haystack-ai"}  # module → distribution; no test needs what isobot is compared with
OPTIONAL = {"distributed", "fastapi", "uvicorn", "openai", "ir-measures", "mammoth", "rank-bm25", *PEERS.values()}  # of the extras


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    """No file of a package names, in any import, a package that stands to its right."""
    to_the_right = PACKAGES[PACKAGES.index(package) + 1 :]
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for line, name in imports(path)
        if name.split(".")[0] in (*to_the_right, "tests")
    ]
    assert not found


def test_the_probe_sees_every_way_of_importing() -> None:
    """The indexer's readers are named as "module:attribute", a benchmark by `import_module`, the clock by a plain import."""
    seen = {name for package in PACKAGES for path in modules(package) for _, name in imports(path)}
    assert {"indexer.readers.pdf", "evals.benchmarks", "corpus.clock", "torch"} <= seen


def test_every_library_that_is_imported_is_declared_and_no_other() -> None:
    """What the four packages import from elsewhere is a dependency; what only tests and extras import is in an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {_plain(entry) for entry in project["dependencies"]}
    extra = {_plain(entry) for entries in project["optional-dependencies"].values() for entry in entries} - {"isobot"}
    ours = _distributions(path for package in PACKAGES for path in modules(package) if "samples" not in path.parts)
    theirs = _distributions([*modules("corpus/samples"), *modules("tests")])
    assert ours - OPTIONAL == needed
    assert theirs - needed <= extra
    assert extra - theirs - OPTIONAL <= TOOLS


def _distributions(paths: Iterable[Path]) -> set[str]:
    """Names of the distributions that the files import from, without Python's own modules and ours."""
    tops = {name.split(".")[0] for path in paths for _, name in imports(path)}
    known = {module: [name] for module, name in PEERS.items()} | dict(packages_distributions())
    elsewhere = tops - set(sys.stdlib_module_names) - set(PACKAGES) - {"tests", "__future__"}
    return {_normal(known[top][0]) for top in elsewhere}


def _plain(requirement: str) -> str:
    return _normal(re.split(r"[\[<>=!~;@ ]", requirement, maxsplit=1)[0])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
