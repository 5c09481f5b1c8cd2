"""`documents.toml`: which folders and addresses are indexed, what of them, and what holds for the documents in them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from corpus.errors import SourceError
from indexer.dates import date_in

FILE = "documents.toml"
STATUSES = ("in force", "draft", "superseded")
HELP = "README.md, 'Your documents', shows an example."


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One [[source]] of the file.

    path: a folder, a file or an address, as written. include, exclude: patterns as in .gitignore, relative to it; nothing included
    means all. declared: what holds for its documents, as (key, value) pairs that `indexer.statements` understands.
    """

    path: str = "."
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()

    def holds(self, relative: str) -> bool:
        """Whether the document at this POSIX path, relative to the source, is to be indexed."""
        included = not self.include or GitIgnoreSpec.from_lines(self.include).match_file(relative)
        return included and not GitIgnoreSpec.from_lines(self.exclude).match_file(relative)


def read_documents_toml(file: Path) -> tuple[SourceEntry, ...]:
    """The sources that the file names, in its order. Raises SourceError naming the key, the value and what to do."""
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise SourceError(f"{file} cannot be read: {problem}. Mend it; {HELP}") from None
    if unknown := sorted(set(given) - {"source"}):
        raise SourceError(f"{file} sets {unknown[0]!r}, which it cannot. It holds [[source]] tables alone; {HELP}")
    entries = given.get("source")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, Mapping) for entry in entries):
        raise SourceError(f'{file} names no source. Begin one with [[source]] and path = "policies"; {HELP}')
    return tuple(_entry(file, number, entry) for number, entry in enumerate(entries, start=1))


def _entry(file: Path, number: int, given: Mapping[str, Any]) -> SourceEntry:
    values: dict[str, Any] = {}
    for key, value in given.items():
        where = f"{key} of source {number} in {file}"
        if key not in KEYS:
            raise SourceError(f"{where} is no setting of a source. Known are: {', '.join(KEYS)}.")
        try:
            values[key] = KEYS[key](value)
        except ValueError as problem:
            raise SourceError(f"{where} is {_shown(value)}: {problem}.") from None
    declared = tuple((key, values[key]) for key in DECLARED if key in values)
    return SourceEntry(values.get("path", "."), values.get("include", ()), values.get("exclude", ()), declared)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, date) else repr(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text that is not empty")
    return value.strip()


def _patterns(value: Any) -> tuple[str, ...]:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list) or not patterns or not all(isinstance(pattern, str) and pattern.strip() for pattern in patterns):
        raise ValueError('must be a list of patterns, as in ["**/*.docx", "archive/"]')
    try:
        GitIgnoreSpec.from_lines(patterns)
    except ValueError as problem:
        raise ValueError(f"holds a pattern that .gitignore does not know ({problem})") from None
    return tuple(patterns)


def _groups(value: Any) -> str:
    groups = [value] if isinstance(value, str) else value
    if not isinstance(groups, list) or not groups or not all(isinstance(group, str) and group.strip() for group in groups):
        raise ValueError('must be a list of groups, as in ["security", "people"], or "all staff"')
    return ", ".join(group.strip() for group in groups)


def _status(value: Any) -> str:
    if value not in STATUSES:
        raise ValueError(f"must be one of {', '.join(map(repr, STATUSES))}")
    return str(value)


def _date(value: Any) -> str:
    day = value.date() if isinstance(value, datetime) else value
    day = date_in(day, month_ends=True) if isinstance(day, str) else day
    if not isinstance(day, date):
        raise ValueError("must be a date, as in 2027-03-01")
    return day.isoformat()


KEYS: dict[str, Callable[[Any], Any]] = {
    "path": _text, "include": _patterns, "exclude": _patterns,
    "owner": _text, "audience": _groups, "status": _status, "review_date": _date, "framework": _text,
}  # fmt: skip
DECLARED = ("owner", "audience", "status", "review_date", "framework")
