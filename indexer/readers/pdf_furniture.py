"""What a PDF repeats or lists around its text: running headers and footers, page numbers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from indexer.readers.base import LARGER
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_tables import TableRow

TOP, FOOT = 0.8, 0.15  # shares of the page's height between which nothing runs from page to page
SAME_PLACE = 6.0  # points
RUNS_FROM = 3  # pages that begin or end with the same lines
PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–]?\s*(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}-\d{1,3}|\d{1,2}-\d{1,3})(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–]?", re.IGNORECASE
)
NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?"
COUNTED = re.compile(r"\bpage\s+\d{1,4}\s+of\s+\d{1,4}\b", re.IGNORECASE)
PAGED = re.compile(rf"\bpage\s+{NUMBER}\b|(?<![\w.]){NUMBER}\s*$", re.IGNORECASE)
REFERENCE = re.compile(r"\b[A-Z]{2,6}(?:[-.][A-Z]{1,6})*[-.]?\d{1,4}\b")
VERSION = re.compile(r"\b(?:v\.?|ver\.?|version|rev\.?|revision|issue|edition)\s*\d", re.IGNORECASE)
OPENING = re.compile(r"(?:chapter|part|section|unit|module|kapitel|teil|chapitre|partie)\s+(?:\d{1,2}|[IVX]{1,5})\W?", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.[ \u00a0]?){4,}\s*\S{0,7}$|…{2,}\s*\S{0,7}$|_{6,}\s*[\divx]{1,5}$")
ENTRY = re.compile(r".*[^\W\d_].*\s(?:\d{1,3}|[ivxl]{1,6}|[A-Z]-\d{1,2}|\d{1,2}-\d{1,2})$")
CONTENTS = re.compile(r"(?:table of contents|contents|(?:list|table) of (?:figures|tables|appendices))(?: \(?cont.*)?", re.IGNORECASE)
COUNT_BEHIND, COUNT_BEFORE = re.compile(r"[^\W\d_].*\s(\d{1,4})$"), re.compile(r"(\d{1,4})\s.*[^\W\d_]")
APART = 2.0  # of the type size: white space between the words of a running header and the page's number
LONGEST_IMPRINT = 100  # characters: a longer line is a sentence
ENTRY_LINES = 3  # fewer make no table of contents
BETWEEN = 2  # lines that one entry may run over

Item = Line | TableRow


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: `number` from 1, what is printed on it as `label`, height in points, lines and table rows in reading order.

    confidence: of the text recognition that read it, 0 to 1; None where the file holds the text.
    """

    number: int
    label: str | None
    height: float
    items: tuple[Item, ...]
    confidence: float | None = None


def furniture_of(pages: Sequence[PdfPage]) -> list[set[int]]:
    """For each page the positions of its items that are no part of the text."""
    numbers, contents = [page_numbers(page) | _imprints(page) for page in pages], [_contents(page.items) for page in pages]
    repeated: list[set[int]] = [set() for _ in pages]
    for index, position in (*_repeated(pages), *_counting(pages)):
        repeated[index].add(position)
    edges = [_at_edges(page, bare | again) for page, bare, again in zip(pages, numbers, repeated, strict=True)]
    return [edge | listed | slipped for edge, listed, slipped in zip(edges, contents, _slipped(pages, edges), strict=True)]


def _sides(page: PdfPage) -> tuple[list[int], list[int]]:
    """Positions of the items of a page from the top down, and from the foot up."""
    order = sorted(range(len(page.items)), key=lambda position: -place_of(page.items[position]))
    return order, order[::-1]


def _slipped(pages: Sequence[PdfPage], edges: Sequence[set[int]]) -> list[set[int]]:
    """For each page the lines at its top or foot that are, in words and order, two or more that run from page to page elsewhere."""
    sides = [_sides(page) for page in pages]
    running: Counter[tuple[int, tuple[str, ...]]] = Counter()
    for page, edge, both in zip(pages, edges, sides, strict=True):
        for side, order in enumerate(both):
            running[side, tuple(_running_words(page.items[position].text) for position in takewhile(edge.__contains__, order))] += 1
    known = [key for key, count in running.items() if count >= RUNS_FROM and len(key[1]) >= 2]
    found: list[set[int]] = []
    for page, both in zip(pages, sides, strict=True):
        found.append(set())
        for side, lines in known:
            top = both[side][: len(lines)]
            if lines == tuple(_running_words(page.items[position].text) for position in top):
                found[-1].update(top)
    return found


def _at_edges(page: PdfPage, marked: set[int]) -> set[int]:
    """Of the marked items those that nothing else parts from the top or the foot of the page."""
    kept: set[int] = set()
    for side in _sides(page):
        for position in side:
            if position not in marked:
                break
            kept.add(position)
    return kept


def place_of(item: Item) -> float:
    """How high an item stands, points from the foot of the page."""
    return item.baseline if isinstance(item, Line) else item.top


def _repeated(pages: Sequence[PdfPage]) -> list[tuple[int, int]]:
    """(page, position) of items that stand at the same place with the same words, figures aside, on several pages.

    What names the document and numbers the page stands on two pages or more, at any height of their margins: covers have others.
    """
    seen: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    imprints: set[str] = set()
    for index, page in enumerate(pages):
        for position, item in enumerate(page.items):
            if not FOOT * page.height < place_of(item) < TOP * page.height:
                words = _running_words(item.text)
                seen[words].append((index, position, place_of(item)))
                if PAGED.search(item.text) and (REFERENCE.search(item.text) or VERSION.search(item.text)) and not _is_contents(item):
                    imprints.add(words)
    enough = 2 if len(pages) <= 4 else RUNS_FROM
    marked = []
    opening = _opening(pages)
    for words, places in seen.items():
        for index, position, height in places:
            alike = {other for other, _, at in places if words in imprints or abs(at - height) <= SAME_PLACE}
            if len(alike) >= (2 if words in imprints else enough) and (index, position) not in opening:
                marked.append((index, position))
    return marked


def _opening(pages: Sequence[PdfPage]) -> set[tuple[int, int]]:
    """(page, position) of the lines that open a chapter above its title, as "Chapter 2": in type larger than most, and only once."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    usual = median([item.size for page in pages for item in page.items] or [1.0])
    for index, page in enumerate(pages):
        for position, item in enumerate(page.items):
            if OPENING.fullmatch(item.text) and item.size >= LARGER * usual:
                found[item.text].append((index, position))
    return {places[0] for places in found.values() if len(places) == 1}


def _counting(pages: Sequence[PdfPage]) -> list[tuple[int, int]]:
    """(page, position) of the outermost lines that count the pages at one height beside words that may change with each chapter.

    Their number stands behind the words, apart from them, on several pages; on those it may also stand before them.
    """
    behind: dict[tuple[int, int], list[tuple[int, int, float]]] = defaultdict(list)
    before: dict[tuple[int, int], list[tuple[int, int, float]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for side, order in enumerate(_sides(page)):
            item = page.items[order[0]] if order else None
            if not isinstance(item, Line) or item.gap < APART or FOOT * page.height < item.baseline < TOP * page.height:
                continue
            for places, number in ((behind, COUNT_BEHIND.search(item.text)), (before, COUNT_BEFORE.match(item.text))):
                if number:
                    places[side, int(number[1]) - page.number].append((index, order[0], item.baseline))
    counting = {count: places for count, places in behind.items() if _at_one_height(places) and len(places) >= RUNS_FROM}
    return [(index, position) for count in counting for index, position, _ in (*counting[count], *before[count])]


def _at_one_height(places: Sequence[tuple[int, int, float]]) -> bool:
    heights = [height for _, _, height in places]
    return max(heights) - min(heights) <= SAME_PLACE


def _running_words(text: str) -> str:
    """The words of a line, its page label and other figures aside."""
    words = re.sub(r"\d+|\b[ivxl]+\b", "#", PAGED.sub("#", text.casefold()))
    return re.sub(r"\W+", " ", words).strip()


def _imprints(page: PdfPage) -> set[int]:
    """Positions of lines at the foot that count the pages, or give the document's reference, its version and the page.

    They are furniture even when seen once.
    """
    return {
        position
        for position, item in enumerate(page.items)
        if place_of(item) <= FOOT * page.height and len(item.text) <= LONGEST_IMPRINT
        and (COUNTED.search(item.text) or all(sign.search(item.text) for sign in (REFERENCE, VERSION, PAGED)))
    }  # fmt: skip


def _is_contents(item: Item) -> bool:
    return LEADERS.search(item.text) is not None


def page_numbers(page: PdfPage) -> set[int]:
    """Positions of lines at the top and the foot that are nothing but a page number."""
    return {
        position
        for position, item in enumerate(page.items)
        if not FOOT * page.height < place_of(item) < TOP * page.height and PAGE_NUMBER.fullmatch(item.text.strip())
        and (position < 3 or position >= len(page.items) - 3)
    }  # fmt: skip


def _contents(items: Sequence[Item]) -> set[int]:
    """Positions of a table of contents: its heading and all from its first entry to its last."""
    texts = [item.text.strip() for item in items]
    headings = [i for i, text in enumerate(texts) if CONTENTS.fullmatch(text)]
    entries = [i for i, text in enumerate(texts) if LEADERS.search(text)]
    if headings and len(entries) < ENTRY_LINES:
        entries = [i for i, text in enumerate(texts) if i > headings[0] and ENTRY.fullmatch(text) and _reaches(items[i])]
    if len(entries) < (1 if headings else ENTRY_LINES):
        return set()
    found = set(entries)
    for first, second in pairwise(entries):
        if second - first <= BETWEEN + 1:
            found.update(range(first, second))
    for heading in headings:
        if any(heading < entry <= heading + 1 + BETWEEN for entry in entries):
            found.update(range(heading, min(entry for entry in entries if entry > heading)))
    return found


def _reaches(item: Item) -> bool:
    """Whether a line's last word stands apart at the column's end, as the page number of an entry does."""
    return isinstance(item, Line) and item.gap >= 1.0 and item.right - item.x1 < 2 * item.size
