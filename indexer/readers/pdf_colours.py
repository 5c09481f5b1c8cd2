"""Headings of a PDF that only their colour sets off from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from indexer.readers.pdf_furniture import Item, PdfPage
from indexer.readers.pdf_lines import Line

MOST_LINES = 2  # of one heading; more are a paragraph in a colour
FEWEST = 2  # headings of a document; a single coloured line is a warning or a link
NO_HEAD = re.compile(r"[.!,;][\"'”’)]*$|://|\bwww\.|@")
SHARE = 0.15  # of a document's letters that may be coloured: with more, colour sets nothing off


def with_coloured_headings(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages, with a coloured line or two among black ones bold, unless much of the document is coloured."""
    letters = {True: 0, False: 0}
    for line in (item for page in pages for item in page.items if isinstance(item, Line)):
        letters[line.coloured] += len(line.text)
    heads = [lines for page in pages for coloured, lines in _runs(page.items) if coloured and _may_head(lines)]
    if not 0 < letters[True] <= SHARE * sum(letters.values()) or len(heads) < FEWEST:
        return list(pages)
    return [replace(page, items=_set_off(page.items)) for page in pages]


def _runs(items: Sequence[Item]) -> Iterator[tuple[bool, list[Item]]]:
    """Lines of the page in a row that are coloured, or are not."""
    for coloured, run in groupby(items, lambda item: isinstance(item, Line) and item.coloured):
        yield coloured, list(run)


def _may_head(lines: Sequence[Item]) -> bool:
    """Whether a line or two may be a heading: no sentence, such as a warning, and no address."""
    return len(lines) <= MOST_LINES and NO_HEAD.search(lines[-1].text) is None


def _set_off(items: Sequence[Item]) -> tuple[Item, ...]:
    found: list[Item] = []
    for coloured, lines in _runs(items):
        if coloured and len(lines) <= MOST_LINES:
            lines = [replace(item, bold=True, opens_bold=True, lead=len(item.text)) if isinstance(item, Line) else item for item in lines]
        found += lines
    return tuple(found)
