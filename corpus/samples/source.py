"""A source: one document of the sample organisation as Markdown with front matter, before it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
NUMBER = re.compile(r"(\d+(?:\.\d+)*)\s+")
LETTER = re.compile(r"(\([a-z]\))\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight and slant."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 1 for the outermost. number: "4.1", or None."""

    level: int
    number: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """number: what a numbered clause begins with ("4.1"), or None."""

    number: str | None
    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list. letter: "(a)", or None for a bullet."""

    letter: str | None
    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its header cells, and rows of as many cells."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


Block = Heading | Paragraph | Listing | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """name: the made file's name. properties: the front matter, values as strings. blocks: the body in order."""

    name: str
    properties: Mapping[str, str]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return self.properties["title"]

    @property
    def edition(self) -> str:
        """What running footers say: "PAS-04 – v3.0 – Internal"."""
        return " – ".join((self.properties["reference"], f"v{self.properties['version']}", self.properties["classification"]))

    @property
    def effective(self) -> date:
        return date.fromisoformat(self.properties["effective"])

    def control_rows(self) -> tuple[tuple[str, str], ...]:
        """The document-control table, as (name, value) pairs."""
        rows = [
            ("Title", self.title),
            ("Reference", self.properties["reference"]),
            ("Version", self.properties["version"]),
            ("Status", self.properties["status"].capitalize()),
            ("Owner", self.properties["owner"]),
            ("Approved by", self.properties["approved_by"]),
            ("Effective", _spelled(self.properties["effective"])),
            ("Next review", _spelled(self.properties["review_by"])),
            ("Audience", self.properties["audience"].capitalize()),
            ("Classification", self.properties["classification"]),
        ]
        return (*rows, *((("Controls", self.properties["controls"]),) if "controls" in self.properties else ()))


def _spelled(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def read_source(path: Path) -> Source:
    """The source at `path`, whose front matter names the `format` it is rendered in. Raises ValueError without front matter."""
    content = path.read_text(encoding="utf-8")
    matter = FRONT_MATTER.match(content)
    if matter is None:
        raise ValueError(f"{path.name} has no front matter. Begin it with '---' and the document's properties.")
    properties = {key: _as_text(value) for key, value in yaml.safe_load(matter[1]).items()}
    tokens = MarkdownIt("commonmark").enable("table").parse(content[matter.end() :])
    return Source(f"{path.stem}.{properties['format']}", properties, tuple(_blocks(tokens)))


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        inside = tokens[position + 1 : end]
        if token.type == "heading_open":
            number, runs = _split(NUMBER, _runs(inside[0]))
            yield Heading(int(token.tag[1:]), number, plain(runs))
        elif token.type == "paragraph_open":
            yield Paragraph(*_split(NUMBER, _runs(inside[0])))
        elif token.type == "bullet_list_open":
            yield Listing(tuple(Item(*_split(LETTER, _runs(inline))) for inline in inside if inline.type == "inline"))
        elif token.type == "table_open":
            header, *rows = _rows(inside)
            yield Grid(header, tuple(rows))
        else:
            raise ValueError(f"{token.type} at line {(token.map or [0])[0] + 1} is not used in sources. Write a paragraph, list or table.")
        position = end + 1


def _closing(tokens: list[Token], opening: int) -> int:
    depth = 0
    for position in range(opening, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    raise ValueError(f"{tokens[opening].type} is never closed.")


def _rows(tokens: list[Token]) -> list[tuple[Runs, ...]]:
    rows: list[list[Runs]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return [tuple(row) for row in rows]


def _runs(inline: Token) -> Runs:
    bold = italic = False
    runs: list[Run] = []
    for child in inline.children or []:
        if child.type in ("strong_open", "strong_close"):
            bold = child.nesting > 0
        elif child.type in ("em_open", "em_close"):
            italic = child.nesting > 0
        else:
            runs.append(Run(" " if child.type == "softbreak" else child.content, bold, italic))
    return tuple(run for run in runs if run.text)


def _split(mark: re.Pattern[str], runs: Runs) -> tuple[str | None, Runs]:
    """The mark that the words begin with, and the words after it."""
    found = mark.match(runs[0].text) if runs else None
    if found is None:
        return None, runs
    rest = runs[0].text[found.end() :]
    return found[1], ((Run(rest, runs[0].bold, runs[0].italic),) if rest else ()) + runs[1:]
