"""Whether every quotation stands, word for word, in the canonical text and in the source file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evals.source_text import Pages, bare, source_texts

_PIECE = re.compile(r"[\n|]+")
_LABEL = re.compile(r"\A\s*[(\[]?(?:\d+(?:\.\d+)*|([A-Za-z])\1*|[ivxlc]+)[.)\]]\s+")  # "dd)" comes after "z)", "aa)", "bb)", "cc)"


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

    in_pieces: of those found, how many only line by line or cell by cell, without a list's label, or in two parts that end
    and begin two pages which follow one another.
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
    In the file, white space, markup, bullets and hyphens are left out on both sides; everything else must agree. Labels of
    list items are drawn apart in many PDFs, and Word keeps no characters for those that it counts itself.
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
            elif file.holds(quotation.quote, _whole):
                continue
            elif file.holds(quotation.quote, _piecewise):
                in_pieces += 1
            else:
                failures.append(Failure(quotation, "was not found in the source file"))
    return Verbatim(checked, in_pieces, tuple(failures))


def pieces_of(quote: str) -> list[str]:
    """Its lines and cells, each bare and without a list's label; none for a quotation without a letter."""
    pieces = [bare(_LABEL.sub("", piece, count=1)) for piece in _PIECE.split(quote)]
    return [piece for piece in pieces if piece]


class _File:
    """One source file; its readings are made one by one, when the ones before did not settle the matter."""

    def __init__(self, path: Path) -> None:
        self._more = source_texts(path)
        self._read: list[Pages] = []

    def holds(self, quote: str, stands_in: Callable[[str, Pages], bool]) -> bool:
        """Whether the quotation stands in one of the readings, by the given rule."""
        if any(stands_in(quote, pages) for pages in self._read):
            return True
        for pages in self._more:
            self._read.append(pages)
            if stands_in(quote, pages):
                return True
        return False


def _whole(quote: str, pages: Pages) -> bool:
    return bool(wanted := bare(quote)) and wanted in "".join(pages)


def _piecewise(quote: str, pages: Pages) -> bool:
    pieces = pieces_of(quote)
    return bool(pieces) and all(_in_pages(piece, pages) for piece in pieces)


def _in_pages(piece: str, pages: Pages) -> bool:
    """Whether a page holds the piece, or one holds its beginning and the next the rest, as a sentence over a page break has it."""
    return any(piece in page for page in pages) or any(_parted(piece, *two) for two in pairwise(pages))


def _parted(piece: str, page: str, following: str) -> bool:
    """Whether the longest beginning that `page` holds leaves a rest that `following` holds."""
    begun = bisect_left(range(1, len(piece)), True, key=lambda length: piece[:length] not in page)
    return begun > 0 and piece[begun:] in following
