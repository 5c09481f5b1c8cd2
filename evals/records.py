"""Lines of a dataset's files, each with where it stands, so that a mistake in one can be named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from corpus.errors import DatasetError


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object of a JSON Lines file. `line` is counted from 1."""

    file: Path
    line: int
    values: Mapping[str, Any]

    def fail(self, reason: str) -> NoReturn:
        """Raises DatasetError naming the file and the line."""
        raise DatasetError(f"{self.file}, line {self.line}: {reason}")

    def text(self, key: str, default: str | None = None) -> str:
        """A string; `default` where the key is missing or null. Raises DatasetError for anything else."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.fail(f'"{key}" is {_shown(value)}; it must be a text.')
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            self.fail(f'"{key}" holds half a character (a lone surrogate). Write the whole character.')
        return value

    def filled(self, key: str) -> str:
        """A string with at least one letter or digit. Raises DatasetError for anything else."""
        value = self.text(key)
        if not any(character.isalnum() for character in value):
            self.fail(f'"{key}" is empty. Write it, or take the line out.')
        return value

    def boolean(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            self.fail(f'"{key}" is {_shown(value)}; it must be true or false.')
        return value

    def integer(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.fail(f'"{key}" is {_shown(value)}; it must be a whole number.')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the key is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.fail(f'"{key}" is {_shown(value)}; it must be a list of texts.')
        return tuple(value)

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of objects; empty where the key is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.fail(f'"{key}" is {_shown(value)}; it must be a list of objects.')
        return tuple(Record(self.file, self.line, entry) for entry in value)


def records(file: Path) -> Iterator[Record]:
    """The objects of a JSON Lines file; empty lines are passed over.

    Raises DatasetError where the file cannot be read, and for a line that is no JSON object.
    """
    for number, line in lines(file):
        try:
            values = json.loads(line)
        except ValueError as problem:
            raise DatasetError(f"{file}, line {number}: is no JSON ({problem}). Write one object a line.") from None
        if not isinstance(values, dict):
            raise DatasetError(f"{file}, line {number}: is {_shown(values)}; each line must be a JSON object.")
        yield Record(file, number, values)


def lines(file: Path) -> Iterator[tuple[int, str]]:
    """(number from 1, line without its end) of every line that is not empty. Raises DatasetError where the file cannot be read."""
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise DatasetError(f"{file} cannot be read: {problem.strerror or problem}.") from None
    except UnicodeDecodeError as problem:
        raise DatasetError(f"{file} is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from None
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def _shown(value: object) -> str:
    if value is None:
        return "missing"
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 60 else f"{written[:57]}…"
