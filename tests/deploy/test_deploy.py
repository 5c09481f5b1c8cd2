"""The unit and the Containerfile name what there is, and take the README's own steps."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import threading
import tomllib
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from isobot.settings import KNOWN, Settings
from isobot.slack.monitor import Monitor, handler_of
from isobot.slack.run import LEASE_SECONDS
from tests.house.commands import ISOBOT
from tests.house.readme import README
from tests.house.tree import PACKAGES, ROOT

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "isobot.service").read_text(encoding="utf-8")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMAND = "/opt/isobot/bin/isobot"
VARIABLES = {setting.variable for setting in KNOWN.values()}


def steps(text: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Containerfile with what follows each: ("USER", "isobot")."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for line in filter(None, joined.splitlines()):
        name, _, rest = line.partition(" ")
        yield name, rest


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for step in steps(CONTAINERFILE):
        if step[0] == "FROM":
            found.append([])
        found[-1].append(step)
    return found


def given(stage: list[tuple[str, str]], name: str) -> list[str]:
    return [rest for step, rest in stage if step == name]


SETUP, SERVED = stages()


def of_unit(key: str) -> list[str]:
    """What the unit gives a key; lines that it shows in a comment count."""
    return re.findall(rf"^(?:# )?{key}=(.+)$", UNIT, re.MULTILINE)


def readme_commands() -> set[str]:
    """Every line that the README gives to be typed, without the remark behind it."""
    page = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line.partition("    #")[0].rstrip() for block in blocks for line in block.splitlines()]
    return {*lines, *re.findall(r"^\$ (.+)$", page, re.MULTILINE)}


def exists(line: str) -> bool:
    """Whether words behind `isobot` are a command of it, with options that it has."""
    words = shlex.split(line)
    name = next((" ".join(words[:length]) for length in (2, 1) if " ".join(words[:length]) in ISOBOT), None)
    options = {word.partition("=")[0] for word in words if word.startswith("-")}
    return name is not None and options <= {option for parameter in ISOBOT[name].params for option in parameter.opts}


def spoken_of() -> dict[str, str]:
    """Every command line of isobot's in both files and in the README's section, by where it stands."""
    found = {f"unit: {line}": line.removeprefix(COMMAND) for line in of_unit("ExecStart")}
    found |= {f"image: {line}": line.removeprefix("isobot ") for line in given(SETUP, "RUN") if line.startswith("isobot ")}
    found |= {f"image: {line}": " ".join(json.loads(line)) for line in given(SERVED, "CMD")}
    for words in (f"{COMMAND} ", "podman run --rm"):
        found |= {f"README: {line}": f"index{line.rpartition('isobot index')[2]}" for line in readme_commands() if words in line}
    return dict(sorted(found.items()))


@pytest.mark.parametrize("line", spoken_of().values(), ids=spoken_of().keys())
def test_every_command_line_exists_with_its_options(line: str) -> None:
    """What systemd or the container starts, and what is typed to set them up."""
    assert exists(line)


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    """A word that is no command, an option of another one."""
    assert exists("slack run --http 127.0.0.1:3000")
    assert not exists("slack serve") and not exists("slack run --json") and not exists("serve")
    there = {"unit: /opt/isobot/bin/isobot slack run", 'image: ["slack", "run"]', "image: isobot index corpus/policies"}
    assert there <= spoken_of().keys()


def test_every_variable_is_a_setting_with_a_value_that_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the unit, of the image, and of the file that both take tokens from, which names every secret of a bot."""
    monkeypatch.chdir(tmp_path)
    unit = dict(line.split("=", 1) for line in of_unit("Environment"))
    image = dict(pair.split("=", 1) for stage in (SETUP, SERVED) for line in given(stage, "ENV") for pair in line.split())
    ours = {name: value for name, value in image.items() if name.startswith(("ISOBOT_", "SLACK_"))}
    secrets = dict(line.split("=", 1) for line in (DEPLOY / "isobot.env").read_text("utf-8").splitlines() if not line.startswith("#"))
    assert {*unit, *ours, *secrets} <= VARIABLES
    for environ in (unit, ours, secrets):
        assert Settings.load(environ).index in (Path("/var/lib/isobot"), Path(".isobot"))
    assert not any(secrets.values()) and secrets.keys() == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "ISOBOT_STATE"}


def test_every_step_of_the_image_is_one_that_the_readme_gives() -> None:
    """Whoever sets up a machine by the page gets what the image holds, through the constraints file."""
    runs = [*given(SETUP, "RUN"), *given(SERVED, "RUN")]
    assert set(runs) <= readme_commands()
    (install,) = [run for run in runs if "pip install" in run]
    assert "-c constraints.txt" in install
    (extras,) = re.findall(r"\.\[([^]]+)\]", install)
    assert set(extras.split(",")) <= PROJECT["optional-dependencies"].keys()


def test_what_is_copied_is_enough_to_install_from() -> None:
    """All packages, and the files that pyproject.toml names; nothing else of a checkout, and no secrets that may lie in it."""
    copied = {word.rstrip("/") for line in given(SETUP, "COPY") for word in line.split()[:-1]}
    assert copied == {*PACKAGES, "pyproject.toml", "constraints.txt", PROJECT["readme"], *PROJECT["license-files"]}
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_serves_without_pytorch_as_a_plain_user_with_its_state_in_the_volume() -> None:
    """What takes models into use was taken out before the environment is copied."""
    (removed,) = [line.split()[3:] for line in given(SETUP, "RUN") if "pip uninstall" in line]
    declared = {re.split(r"[>=<\[]", one)[0] for one in PROJECT["dependencies"]}
    assert {"torch", "transformers", "sentence-transformers"} <= set(removed) <= declared
    assert "--from=setup /opt/isobot /opt/isobot" in given(SERVED, "COPY")
    assert given(SETUP, "FROM")[0].removesuffix(" AS setup") == given(SERVED, "FROM")[0], "an environment runs on the Python it was made by"
    assert given(SERVED, "USER") == ["isobot"] and given(SERVED, "VOLUME") == ["/var/lib/isobot"]
    made = next(number for number, step in enumerate(SERVED) if step[0] == "RUN" and step[1].endswith(" isobot"))
    assert made < SERVED.index(("USER", "isobot"))


@pytest.fixture
def port() -> Iterator[int]:
    """Of a monitor as a running bot has it."""
    monitor = Monitor(*(cast("object", SimpleNamespace()) for _ in range(3)))  # type: ignore[arg-type]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(monitor)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def test_the_health_check_sees_a_bot_that_lives_and_one_that_does_not(port: int) -> None:
    """The command of the image, at another port: exit code 0 where the monitor answers, and another where nothing does."""
    (check,) = given(SERVED, "HEALTHCHECK")
    options, _, command = check.partition("CMD ")
    (listened,) = re.findall(r"ISOBOT_MONITOR=0\.0\.0\.0:(\d+)", CONTAINERFILE)
    assert options and listened in command

    def code(at: int) -> int:
        return subprocess.run(["sh", "-c", command.replace(listened, str(at))], capture_output=True, timeout=20, check=False).returncode

    assert code(port) == 0 and code(1) != 0


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    """Each line is a section, a key with its value or a remark; systemd itself says so too, where it is installed."""
    lines = [line for line in UNIT.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"\[\w+\]|[A-Z]\w+=.*", line) for line in lines)
    if analyse := shutil.which("systemd-analyze"):
        copy = tmp_path / "isobot.service"
        copy.write_text(UNIT.replace(COMMAND, "/bin/true"), encoding="utf-8")
        done = subprocess.run([analyse, "verify", str(copy)], capture_output=True, text=True, timeout=30, check=False)
        said = (done.stdout + done.stderr).splitlines()  # of other units of this machine too
        assert [line for line in said if copy.name in line] == []


def test_the_unit_stops_in_time_and_starts_again_what_failed() -> None:
    """It has longer than a lease to finish in, and wrong settings, exit code 2, are no reason to try again."""
    assert int(*of_unit("TimeoutStopSec")) > LEASE_SECONDS
    assert of_unit("Restart") == ["on-failure"] and of_unit("RestartPreventExitStatus") == ["2"]
    assert of_unit("User") == ["isobot"] and of_unit("StateDirectory") == ["isobot"]
    assert of_unit("EnvironmentFile") == ["/etc/isobot/isobot.env"]
    assert any("--mode=600 deploy/isobot.env /etc/isobot/isobot.env" in line for line in readme_commands())
