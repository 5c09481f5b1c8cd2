"""The README's examples: found, run on the sample organisation's index, compared, and written anew.

    python -m tests.house.readme        runs every example and writes what it prints into README.md

An example is a line that begins with "$ " in a block marked `console`; what it prints stands below it, up to the next one. A last line
"…" says that more follows, which is left out. Figures that differ from run to run are not compared, and stay as they were written; how
much the sample holds is written anew, but not compared, so that a document can be added without a word to this page.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from isobot.settings import Settings
from tests.house.tree import ROOT, sample_environment

README = ROOT / "README.md"
INDEX = ".isobot/demo"
"""The folder that `make demo` leaves its index in, and so the one that the README speaks of."""

PROMPT = "$ "
MORE = "…"
VARYING = (
    (re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{8}"), "GENERATION"),
    (re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]+(?:\+00:00|Z)"), "TIME"),
    (re.compile(r"\b\d+\.\d s\b"), "SECONDS"),
    (re.compile(r'("(?:confidence|score|milliseconds|seconds)": )[\d.e-]+'), r"\1NUMBER"),
    (re.compile(r" {2,}"), "  "),  # a table's columns are as wide as what varies in them
)
COUNTS = (
    (re.compile(r"\b(Documents|Clauses|Passages|documents:) +[\d,]+"), r"\1 COUNT"),
    (re.compile(r"\b[\d,]+ (documents|clauses|passages)\b"), r"COUNT \1"),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A command, what the README says it prints, and the lines of the page, from 0 and end exclusive, where that stands."""

    command: str
    shown: tuple[str, ...]
    start: int
    end: int


def examples(page: str) -> list[Example]:
    """Every example of a page, in order."""
    lines = page.split("\n")
    found: list[Example] = []
    for first, last in _blocks(lines):
        prompts = [number for number in range(first, last) if lines[number].startswith(PROMPT)]
        for number, following in zip(prompts, [*prompts[1:], last], strict=True):
            end = following
            while end > number + 1 and not lines[end - 1]:  # an empty line before the next prompt is for the reader
                end -= 1
            found.append(Example(lines[number].removeprefix(PROMPT), tuple(lines[number + 1 : end]), number + 1, end))
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for number, line in enumerate(lines):
        if start is not None and line == "```":
            yield start, number
            start = None
        elif line == "```console":
            start = number + 1


def printed(command: str, environment: Mapping[str, str]) -> list[str]:
    """The lines that a command prints, without white space at their ends; the index folder is called INDEX."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=dict(environment), capture_output=True, text=True, timeout=120, check=False
    )
    said = done.stdout.replace(environment["ISOBOT_INDEX"], INDEX)
    return [line.rstrip() for line in said.rstrip("\n").split("\n")] if said.strip() else []


def expected(example: Example, lines: list[str]) -> list[str]:
    """What the README should show of these lines: as many as it shows now, where it leaves some out."""
    if not example.shown or example.shown[-1] != MORE:
        return lines
    return [*lines[: len(example.shown) - 1], MORE]


def stable(lines: Sequence[str], counts: bool = True) -> list[str]:
    """The lines with names for what differs from run to run; with `counts`, also for how much the sample holds."""
    kept = []
    for line in lines:
        for pattern, name in (*COUNTS, *VARYING) if counts else VARYING:
            line = pattern.sub(name, line)
        kept.append(line.rstrip())
    return kept


def rewritten(page: str, environment: Mapping[str, str]) -> str:
    """The page with what its examples print now."""
    lines = page.split("\n")
    for example in reversed(examples(page)):
        now = expected(example, printed(example.command, environment))
        if stable(now, counts=False) != stable(example.shown, counts=False):
            lines[example.start : example.end] = now
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = sample_environment(Path(folder) / "index", Settings().cache)
        subprocess.run([sys.executable, "-m", "isobot", "index", "corpus/policies"], cwd=ROOT, env=environment, check=True)
        page = README.read_text(encoding="utf-8")
        README.write_text(rewritten(page, environment), encoding="utf-8")


if __name__ == "__main__":
    main()
