"""What the README says is so: its examples, its commands, its settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.documents_toml import read_documents_toml
from isobot.settings import KNOWN, Settings
from tests.house.commands import EVALS, ISOBOT
from tests.house.readme import INDEX, README, Example, examples, expected, printed, stable
from tests.house.tree import ROOT, SAMPLE

PAGE = README.read_text(encoding="utf-8")
EXAMPLES = examples(PAGE)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.command for example in EXAMPLES])
def test_every_example_prints_what_the_readme_shows(example: Example, environment: dict[str, str]) -> None:
    """Run on the sample index on its own day; `python -m tests.house.readme` writes new output where it is meant to change."""
    assert stable(expected(example, printed(example.command, environment))) == stable(example.shown)


def test_there_are_examples_of_the_main_commands() -> None:
    """A page without examples would pass unread."""
    run = {example.command.split()[1] for example in EXAMPLES if example.command.startswith("isobot ")}
    assert {"index", "ask", "control", "outline", "text", "verify", "doctor"} <= run


@pytest.mark.parametrize("name", sorted(ISOBOT))
def test_every_command_stands_in_the_readme_with_its_options(name: str) -> None:
    """The table of commands has a row for it that names every option."""
    row = next((line for line in PAGE.splitlines() if re.match(rf"\| `isobot {name}\b", line)), "")
    assert row, f"`isobot {name}` has no row"
    options = {option for parameter in ISOBOT[name].params for option in parameter.opts if option.startswith("--")} - {"--help"}
    assert {option for option in options if option not in row} == set()


@pytest.mark.parametrize("name", sorted(EVALS))
def test_every_evaluation_command_stands_in_the_readme_with_its_options(name: str) -> None:
    """So has each of `python -m evals`."""
    row = next((line for line in PAGE.splitlines() if re.match(rf"\| `python -m evals {name}\b", line)), "")
    assert row, f"`python -m evals {name}` has no row"
    options = {option for parameter in EVALS[name].params for option in parameter.opts if option.startswith("--")} - {"--help"}
    assert {option for option in options if option not in row} == set()


@pytest.mark.parametrize("key", sorted(KNOWN))
def test_every_setting_stands_in_the_readme_with_its_variable(key: str) -> None:
    """The table of settings has a row for each, with the variable that sets it."""
    row = next((line for line in PAGE.splitlines() if line.startswith(f"| `{key}` ")), "")
    assert row, f"{key} has no row"
    assert KNOWN[key].variable in row


def test_the_settings_file_that_the_readme_shows_can_be_loaded(tmp_path: Path) -> None:
    """It sets the index, an owner, and two people's groups."""
    (block,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "isobot.toml").write_text(block, encoding="utf-8")
    settings = Settings.load({"ISOBOT_SETTINGS": str(tmp_path / "isobot.toml")})
    assert settings.index == Path("/var/lib/isobot")
    assert settings.groups_of("Amira@example.org") == {"security", "people"}
    assert settings.groups_of("U024BE7LH") == {"security"}


def test_the_documents_toml_that_the_readme_shows_is_understood(tmp_path: Path) -> None:
    """Two sources, of which the second restricts who reads."""
    (block,) = re.findall(r"^``` toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "documents.toml").write_text(block, encoding="utf-8")
    first, second = read_documents_toml(tmp_path / "documents.toml")
    assert first.holds("a.docx") and not first.holds("archive/a.docx")
    assert dict(second.declared)["audience"] == "people"


def test_the_readme_speaks_of_no_command_that_does_not_exist() -> None:
    """Whatever stands as code behind `isobot` or `python -m evals` can be typed."""
    code = " ".join(re.findall(r"`[^`\n]+`", PAGE) + re.findall(r"^\$ .*$", PAGE, re.MULTILINE))
    for words, known in ((r"\bisobot", ISOBOT), (r"python -m evals", EVALS)):
        said = set(re.findall(rf"{words} ([a-z]+)\b", code))
        assert said <= {name.split()[0] for name in known}


def test_the_readme_gives_the_variables_under_which_its_examples_ran() -> None:
    """Someone who types them gets what the page shows."""
    for name in ("ISOBOT_TODAY", "ISOBOT_SETTINGS"):
        assert f"{name}={SAMPLE[name]}" in PAGE
    assert f"ISOBOT_INDEX={INDEX}" in PAGE
    assert f"DEMO   := {INDEX}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
