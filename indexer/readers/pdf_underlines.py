"""Underlined words of a PDF page, which the file knows only as thin lines below them."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indexer.readers.pdf_letters import TextPage, Word
from indexer.readers.pdf_tables import THIN, Box

ABOVE, BELOW = 0.02, 0.28  # of the type size: where a line under a word lies, seen from its baseline
BEYOND = 0.6  # of the type size: how far it may reach beyond the words above it
COVERED = 0.8  # of a word's width
MOST_LINKS = 2000  # of a page


def with_underlines(words: Sequence[Word], boxes: Sequence[Box], links: Sequence[Box]) -> list[Word]:
    """The words, those bold that stand over a line of their own width; links, which browsers underline and colour, neither."""
    lined: set[int] = set()
    rows = sorted(words, key=_baseline)
    largest = max((word.size for word in words), default=0.0)
    for rule in boxes:
        if rule.y1 - rule.y0 <= THIN < rule.x1 - rule.x0:
            first = bisect_left(rows, rule.y0 - ABOVE * largest, key=_baseline)
            last = bisect_right(rows, rule.y1 + BELOW * largest, key=_baseline)
            above = [word for word in rows[first:last] if _stands_on(word, rule)]
            if above and _reaches(above, rule):
                lined.update(map(id, above))
    return [_seen(word, id(word) in lined, links) if word.coloured or id(word) in lined else word for word in words]


def _baseline(word: Word) -> float:
    return word.baseline


def _seen(word: Word, lined: bool, links: Sequence[Box]) -> Word:
    """A word as its line and its colour set it off: both together are a link's."""
    is_link = any(_holds(link, word) for link in links)
    if word.coloured and (lined or is_link):
        return replace(word, coloured=False)
    return replace(word, bold=True) if lined and not is_link else word


def links_of(page: Any, seen: TextPage) -> list[Box]:
    """Where the links of an open pdfium page lie, as a reader sees them."""
    raw = seen.raw
    boxes: list[Box] = []
    at, link, place = ctypes.c_int(), raw.FPDF_LINK(), raw.FS_RECTF()
    while len(boxes) < MOST_LINKS and raw.FPDFLink_Enumerate(page.raw, at, link):
        if raw.FPDFLink_GetAnnotRect(link, place):
            (xa, ya), (xb, yb) = seen.seen(place.left, place.bottom), seen.seen(place.right, place.top)
            boxes.append(Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    return boxes


def _stands_on(word: Word, rule: Box) -> bool:
    """Whether a line lies right below most of a word."""
    middle = (rule.y0 + rule.y1) / 2
    level = -ABOVE * word.size <= word.baseline - middle <= BELOW * word.size
    return level and min(word.x1, rule.x1) - max(word.x0, rule.x0) >= COVERED * (word.x1 - word.x0)


def _reaches(above: Sequence[Word], rule: Box) -> bool:
    """Whether a line ends where the words above it do: a ruling goes on."""
    beyond = BEYOND * max(word.size for word in above)
    return rule.x0 >= min(word.x0 for word in above) - beyond and rule.x1 <= max(word.x1 for word in above) + beyond


def _holds(link: Box, word: Word) -> bool:
    return link.x0 <= (word.x0 + word.x1) / 2 <= link.x1 and link.y0 <= word.baseline + 0.3 * word.size <= link.y1
