"""Whether every quotation stands, word for word, in the canonical text and in the source file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from evals.source_text import bare, source_texts

_PIECE = re.compile(r"[\n|]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was quoted. path: relative to the indexed folder. start, end: code points into the canonical text, end exclusive."""

    question: str
    path: str
    text_sha256: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A quotation that was not found, and where it was not."""

    quotation: Quotation
    reason: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """How many quotations were looked at, and those that failed.

    in_pieces: of those found, how many only line by line or cell by cell (a table, or a clause split by a page break).
    """

    checked: int
    in_pieces: int
    failures: tuple[Failure, ...]

    @property
    def share(self) -> float | None:
        """Share found, 0 to 1; None where nothing was quoted."""
        return 1 - len(self.failures) / self.checked if self.checked else None


def check(quotations: Iterable[Quotation], documents: Path, canonical: Callable[[str], str]) -> Verbatim:
    """Look for each distinct quotation in its canonical text and, apart from that, in its file.

    documents: the folder that was indexed. canonical: the text that the index keeps under a hash.
    In the file, white space, markup, bullets and hyphens are left out on both sides; everything else must agree.
    """
    by_file: dict[str, dict[tuple[int, int, str], Quotation]] = {}
    for quotation in quotations:
        by_file.setdefault(quotation.path, {}).setdefault((quotation.start, quotation.end, quotation.quote), quotation)
    checked = in_pieces = 0
    failures: list[Failure] = []
    for path, distinct in by_file.items():
        file = _File(documents / path)
        for quotation in distinct.values():
            checked += 1
            if canonical(quotation.text_sha256)[quotation.start : quotation.end] != quotation.quote:
                failures.append(Failure(quotation, "is not that slice of the canonical text"))
            elif file.holds([bare(quotation.quote)]):
                pass
            elif file.holds([bare(piece) for piece in _PIECE.split(quotation.quote)]):
                in_pieces += 1
            else:
                failures.append(Failure(quotation, "was not found in the source file"))
    return Verbatim(checked, in_pieces, tuple(failures))


class _File:
    """One source file; its readings are made one by one, when the ones before did not settle the matter."""

    def __init__(self, path: Path) -> None:
        self._more = source_texts(path)
        self._read: list[str] = []

    def holds(self, pieces: list[str]) -> bool:
        """Whether one of the readings has all the pieces."""
        if any(_all_in(pieces, text) for text in self._read):
            return True
        for text in self._more:
            self._read.append(text)
            if _all_in(pieces, text):
                return True
        return False


def _all_in(pieces: list[str], text: str) -> bool:
    return any(pieces) and all(piece in text for piece in pieces)
