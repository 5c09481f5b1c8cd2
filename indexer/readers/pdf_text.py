"""The canonical text of a PDF from its paragraphs, with the mark and the page of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.text import CanonicalText, Page
from indexer.readers.base import ROW_KINDS, Block, BlockKind
from indexer.readers.pdf_furniture import PdfPage
from indexer.readers.pdf_letters import HYPHEN
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_paragraphs import Paragraph, body_size
from indexer.readers.pdf_urls import ends_in_address, goes_on

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TIGHT = ROW_KINDS | {BlockKind.LIST_ITEM}
UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")


def text_of(pages: Sequence[PdfPage], paragraphs: Sequence[Paragraph]) -> tuple[CanonicalText, tuple[Block, ...]]:
    """Paragraphs are parted by an empty line, rows and items of one list by a line end alone."""
    hyphens = Hyphens(paragraphs)
    body = body_size(pages)
    pieces: list[str] = []
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    at = 0
    margins: list[float] = []
    for index, paragraph in enumerate(paragraphs):
        if pieces:
            tight = paragraph.kind in TIGHT and paragraphs[index - 1].kind in TIGHT
            pieces.append("\n" if tight else "\n\n")
            at += len(pieces[-1])
        text, seams = _paragraph_text(paragraph, hyphens)
        for page, offset in seams:
            starts.setdefault(page, at + offset)
        margins = _margins(margins, paragraph)
        level = len(margins) if paragraph.kind is BlockKind.LIST_ITEM else 0
        blocks.append(Block(paragraph.kind, at, at + len(text), level, round(paragraph.size / body, 2), paragraph.bold))
        pieces.append(text)
        at += len(text)
    return CanonicalText("".join(pieces), _ranges(pages, starts, at)), tuple(blocks)


class Hyphens:
    """Decides, by the words that the rest of the document uses, whether a hyphen at a line end belongs to the word."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.words: Counter[str] = Counter()
        for paragraph in paragraphs:
            for line in paragraph.lines:
                self.words.update(word.casefold() for word in WORD.findall(line.text.rstrip("-" + HYPHEN)))

    def join(self, before: str, after: str) -> str:
        """Two lines, of which the first ends with a broken word, as one."""
        head, tail = re.search(r"[^\W\d_]*$", before), re.match(r"[^\W\d_]*", after)
        left, right = (head.group() if head else "").casefold(), (tail.group() if tail else "").casefold()
        whole, parted = self.words[left + right], self.words[f"{left}-{right}"]
        if not left or not right or parted > whole or after[:1].isupper():
            return f"{before}-{after}"
        if whole or len(left) < 2 or not (self.words[left] and self.words[right] and len(right) > 2):
            return before + after
        return f"{before}-{after}"


def joined(lines: Sequence[str], hyphens: Hyphens) -> tuple[str, list[int]]:
    """Lines as one, and where each begins in it."""
    text, starts = "", []
    for line in lines:
        if text.endswith(HYPHEN):
            before = text[:-1]
            text = hyphens.join(before, line)
            starts.append(len(text) - len(line))
            continue
        glue = "" if not text or _is_unbroken(text, line) else " "
        starts.append(len(text) + len(glue))
        text += glue + line
    return text, starts


def _is_unbroken(text: str, line: str) -> bool:
    """Whether a line goes on where the last ended, without a space: after a hyphen, "and/", or inside an address that goes on."""
    return goes_on(text, line) if ends_in_address(text) else re.search(r"[\w<>]-$|\w/$", text) is not None


def _paragraph_text(paragraph: Paragraph, hyphens: Hyphens) -> tuple[str, list[tuple[int, int]]]:
    """Its text, and (page, offset) where each of its pages begins."""
    lines = []
    for line in paragraph.lines:
        inner = [*line.text[:-1].replace(f"{HYPHEN} ", HYPHEN).split(HYPHEN), line.text[-1:]]
        text = inner[0]
        for part in inner[1:-1]:
            text = hyphens.join(text, part)
        lines.append(text + inner[-1])
    text, starts = joined(lines, hyphens)
    if text.endswith(HYPHEN):
        text = text[:-1] + "-"
    text = UNPRINTABLE.sub(" ", text)
    seams = [(paragraph.pages[0], 0)]
    seams += [(page, start) for page, start in zip(paragraph.pages, starts, strict=True) if page != paragraph.pages[0]]
    return text, seams


def _margins(margins: list[float], paragraph: Paragraph) -> list[float]:
    """Left margins of the list items that hold this one, outermost first, itself last; empty outside a list."""
    if paragraph.kind is not BlockKind.LIST_ITEM or not isinstance(paragraph.first, Line):
        return margins if paragraph.kind is BlockKind.FURNITURE else []
    left = paragraph.first.x0
    return [*(margin for margin in margins if margin < left - 0.5 * paragraph.size), left]


def _ranges(pages: Sequence[PdfPage], starts: dict[int, int], end: int) -> tuple[Page, ...]:
    """Each page from where its first text stands to where the next one's does; a page without text is empty."""
    ranges = []
    following = end
    for page in reversed(pages):
        start = min(starts.get(page.number, following), following)
        ranges.append(Page(page.number, start, following, page.label))
        following = start
    if ranges and pages:
        first = ranges[-1]
        ranges[-1] = Page(first.number, 0, first.end, first.label)
    return tuple(reversed(ranges))
