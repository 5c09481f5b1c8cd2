"""Lines of a PDF rejoined into paragraphs and list items, across page breaks where the sentence runs on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.readers.base import LARGER, BlockKind
from indexer.readers.pdf_furniture import Item, PdfPage
from indexer.readers.pdf_letters import BULLET
from indexer.readers.pdf_lines import NAMED, Line
from indexer.readers.pdf_tables import RowPart, TableRow

DOUBLE = 2.6  # of the type size: lines set with double spacing stand less far apart
SMALL = 0.93  # of the body's type size: what is smaller at the foot of a page is a footnote
ENDS = re.compile(r"[.:;?!][\"'”’)\]]*\d{0,2}$")
ITEM = re.compile(
    rf"(?:{BULLET}|[-–—*o]|\(?[0-9]{{1,2}}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{{1,5}}[.)])\s+\S|[0-9]{{1,3}}[.]?[—–]\(1\)"  # "4.—(1)" in laws
)
NUMBERED = re.compile(
    r"(?:(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,3})+\.?|[A-Z]{2}-\d{1,2}(?:\(\d+\))?|(?:Annex|Appendix|Article|Section|Principle|Table|Figure)\s[A-Z\d][\d.-]*)\s"
)
COUNTED = re.compile(r"(?:(\d{1,3})|\[(\d{1,3})\])\s+(?=[^\W\d_])")  # "5 The crew"
MENTION = re.compile(r"\d{1,2}(?:\.\d{1,3})+,?\s(?:above|below|and|or|of|to|in|is|are|applies|apply|must|may|shall|for|with)\b")
"""Of another clause, in mid-sentence: "2.3 below"."""
TITLE_WORDS = 3
LABEL_LINES = 3  # of the same words, from which a bold line with a colon is a label of its own wherever it stands
CODE = re.compile(r"[A-Z]{2,5}(?:\.[A-Z]{2,5})+\.\d")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. pages: of each line, from 1; they grow. set_off: whether something else than weight sets them off."""

    kind: BlockKind
    lines: list[Item | RowPart] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    set_off: bool = False

    @property
    def first(self) -> Item | RowPart:
        return self.lines[0]

    @property
    def last(self) -> Item | RowPart:
        return self.lines[-1]

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        lettered = [line.bold for line in self.lines if re.search(r"[^\W\d_]", line.text)]
        return self.set_off or (bool(lettered) and all(lettered))


def body_size(pages: Sequence[PdfPage]) -> float:
    """The type size of most of the text, points."""
    letters: dict[float, int] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                letters[round(item.size, 1)] = letters.get(round(item.size, 1), 0) + len(item.text)
    return max(letters, key=lambda size: letters[size], default=1.0) or 1.0


def paragraphs_of(pages: Sequence[PdfPage], furniture: Sequence[set[int]]) -> list[Paragraph]:
    """All paragraphs in reading order; what would part a sentence or a clause at a page break stands aside.

    Footnotes stand before the paragraph that they part, so that they remain on their page, which ends within it; furniture stands
    before the next heading.
    """
    body = body_size(pages)
    leading = _leading(pages, body)
    labels = _recurring_labels(pages)
    found: list[Paragraph] = []
    for page, aside in zip(pages, furniture, strict=True):
        fresh = _page_paragraphs(page, aside, leading, labels)
        before = _open_end(found, body)
        opening = next((p for p in fresh if p.kind is not BlockKind.FURNITURE), None)
        if before is not None and opening is not None and _runs_on(before, opening):
            _footnotes_first(found, before)
            before.lines += opening.lines
            before.pages += opening.pages
            fresh.remove(opening)
        found += fresh
    return _furniture_aside(found, body)


def _furniture_aside(found: Sequence[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs, with the furniture between two pages behind what goes on over them."""
    ordered: list[Paragraph] = []
    held: list[Paragraph] = []
    between: list[Paragraph] = []
    last: Paragraph | None = None
    for paragraph in found:
        if paragraph.kind is BlockKind.FURNITURE:
            between.append(paragraph)
            continue
        if last is None or last.pages[0] == paragraph.pages[0]:
            ordered += between
        else:
            held += between
        if _heads(paragraph, body):
            ordered += held
            held = []
        ordered.append(paragraph)
        between, last = [], paragraph
    return [*ordered, *held, *between]


def _heads(paragraph: Paragraph, body: float) -> bool:
    """Whether a paragraph may begin a clause: it is set off by its type and no item, or a clause's number stands before it."""
    first = paragraph.first
    if not isinstance(first, Line) or first.text.startswith(f"{BULLET} "):
        return False
    return paragraph.bold or paragraph.size >= LARGER * body or NUMBERED.match(first.text) is not None


def _footnotes_first(found: list[Paragraph], before: Paragraph) -> None:
    """Put the footnotes behind a paragraph before it, where it began on their page."""
    at = next(position for position in reversed(range(len(found))) if found[position] is before)
    notes = [note for note in found[at + 1 :] if note.kind is not BlockKind.FURNITURE and note.pages[0] == before.pages[0]]
    aside = [other for other in found[at + 1 :] if not any(other is note for note in notes)]
    found[at:] = [*notes, before, *aside]


def _leading(pages: Sequence[PdfPage], body: float) -> float:
    """Usual step from one line to the next, relative to the type size."""
    steps = []
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line) and abs(item.size - body) < 0.5]
        steps += [(a.baseline - b.baseline) / body for a, b in pairwise(lines)]
    return median([step for step in steps if 0.8 < step < DOUBLE] or [1.2])


def _recurring_labels(pages: Sequence[PdfPage]) -> set[str]:
    """The words of bold lines that end with a colon again and again in a document, as "For all rooms:" below its headings."""
    lines = (item for page in pages for item in page.items if isinstance(item, Line) and item.bold)
    counts = Counter(_label_words(line.text) for line in lines if line.text.endswith(":") and line.text[0].isupper())
    return {words for words, count in counts.items() if count >= LABEL_LINES}


def _label_words(text: str) -> str:
    """The words of a label without its colon and the mark of a note before it."""
    return text.rstrip(" :*†")


def _page_paragraphs(page: PdfPage, aside: set[int], leading: float, labels: set[str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for position, item in enumerate(page.items):
        if position in aside:
            found.append(Paragraph(BlockKind.FURNITURE, [item], [page.number]))
        elif isinstance(item, TableRow):
            opens = item.bold and not (found and isinstance(found[-1].last, TableRow))
            found.append(Paragraph(BlockKind.TABLE_HEADER if opens else BlockKind.TABLE_ROW, [item], [page.number]))
        else:
            current = found[-1] if found and found[-1].kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) else None
            label = item.bold and _label_words(item.text) in labels
            if current is not None and not label and not _begins(current, item, leading):
                current.lines.append(item)
                current.pages.append(page.number)
            else:
                kind = BlockKind.LIST_ITEM if ITEM.match(item.text) else BlockKind.PARAGRAPH
                found.append(Paragraph(kind, [item], [page.number]))
    return found


def _begins(paragraph: Paragraph, line: Line, leading: float) -> bool:
    """Whether a new paragraph begins with `line`."""
    last, first = paragraph.last, paragraph.first
    if not isinstance(last, Line) or not isinstance(first, Line):
        return True
    step = (last.baseline - line.baseline) / max(line.size, 1.0)
    if step < 0:
        return not _runs_on_line(last, line)
    if abs(line.size - last.size) > 0.08 * last.size or step > 1.3 * leading + 0.05:
        return True
    if _ends_title(paragraph, line):
        return True
    ended, opens = bool(ENDS.search(last.text)), not line.text[0].islower()
    short = last.right - last.x1 > line.first + 0.6 * line.size
    if last.bold != line.bold and (short or ended or labelled(line.text)) and (opens or short):
        return True
    if line.text.startswith(f"{BULLET} ") or (ended and opens and _counts_on(first, line)):
        return True
    if not ended and MENTION.match(line.text):
        return False
    if labelled(line.text) and (short or ended or (labelled(first.text) and abs(line.x0 - first.x0) < 0.5 * line.size)):
        return True
    if _is_centred(last, line):
        return False
    alone = (last.bold and not line.opens_bold) or (short and len(paragraph.lines) == 1)
    if alone and line.text[0].isupper() and _is_title(last.text):
        return True
    if short and opens and (ended or last.bold or last.right - last.x1 > 8 * line.size):
        return True
    runs_on = not (short or ended or last.bold)
    return _is_outdented(paragraph, line, runs_on) or (line.x0 > last.x0 + line.size and len(paragraph.lines) > 1 and ended)


def _ends_title(paragraph: Paragraph, line: Line) -> bool:
    """Whether a plain line comes below a bold title with a clause's number, though that fills its line."""
    numbered = labelled(paragraph.first.text) or NAMED.match(paragraph.first.text) is not None
    return numbered and paragraph.bold and not (line.bold or line.opens_bold) and line.text[0].isupper()


def _is_title(text: str) -> bool:
    """Whether a line is written as a heading: its last word and all of some length with a capital, no figure, no stop, no comma."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    capital = len(words) >= TITLE_WORDS and all(word[0].isupper() for word in [*words, text.split()[-1]])
    return capital and not re.search(r"[\d,]", text) and not ENDS.search(text)


def labelled(text: str) -> bool:
    """Whether a line begins like a list item or a numbered heading."""
    return bool(ITEM.match(text) or NUMBERED.match(text) or CODE.match(text))


def _counts_on(first: Line, line: Line) -> bool:
    """Whether a line begins with the number after a paragraph's, at the same margin: "6 …" where the paragraph is "5 …"."""
    mine, next_one = COUNTED.match(first.text), COUNTED.match(line.text)
    if not mine or not next_one or abs(line.x0 - first.x0) > 0.5 * line.size or not line.text[next_one.end()].isupper():
        return False
    return any(a and b and int(b) == int(a) + 1 for a, b in zip(mine.groups(), next_one.groups(), strict=True))


def _is_centred(last: Line, line: Line) -> bool:
    return abs((last.x0 + last.x1) - (line.x0 + line.x1)) < line.size and abs(last.x0 - line.x0) > line.size


def _is_outdented(paragraph: Paragraph, line: Line, runs_on: bool) -> bool:
    """Whether a line begins further left than a paragraph. runs_on: whether the line before fills its row in plain type, without a stop,
    as the first of a paragraph does that alone is indented."""
    last, first = paragraph.last, paragraph.first
    if not isinstance(last, Line) or not isinstance(first, Line) or line.x0 > last.x0 - line.size:
        return False
    return len(paragraph.lines) > 1 or (labelled(first.text) and line.x0 < first.x0 - line.size and not runs_on)


def _open_end(found: Sequence[Paragraph], body: float) -> Paragraph | None:
    """The last paragraph before a page break, furniture and footnotes aside, if its sentence may run on."""
    for paragraph in reversed(found):
        if paragraph.kind is BlockKind.FURNITURE or (isinstance(paragraph.first, Line) and paragraph.size < SMALL * body):
            continue
        usual = paragraph.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        return paragraph if usual and paragraph.pages[-1] == found[-1].pages[-1] else None
    return None


def _runs_on(paragraph: Paragraph, opening: Paragraph) -> bool:
    last, line = paragraph.last, opening.first
    if not isinstance(last, Line) or not isinstance(line, Line) or opening.kind is not BlockKind.PARAGRAPH:
        return False
    if abs(last.size - line.size) > 0.08 * last.size or paragraph.bold != opening.bold:
        return False
    return not paragraph.bold and _runs_on_line(last, line)


def _runs_on_line(last: Line, line: Line) -> bool:
    if ENDS.search(last.text) or (labelled(line.text) and not MENTION.match(line.text)):
        return False
    return line.text[0].islower() or last.right - last.x1 < line.first + 2 * line.size
