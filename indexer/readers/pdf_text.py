"""The canonical text of a PDF from its paragraphs, with the mark and the page of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from corpus.text import CanonicalText, Page
from indexer.readers.base import ROW_KINDS, Block, BlockKind
from indexer.readers.pdf_furniture import PdfPage
from indexer.readers.pdf_letters import HYPHEN
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_paragraphs import Paragraph, body_size
from indexer.readers.pdf_urls import ends_in_address, goes_on

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(rf"[^\W\d_]*(?:{HYPHEN}\s*|-\n)[^\W\d_]*")
ENDINGS = re.compile(r"(?:ances?|ences?|a?tions?|sions?|ments?|ness|ity|ities|ings?|[ai]bly|ible|a?tional|ical)")
TIGHT = ROW_KINDS | {BlockKind.LIST_ITEM}
LAST = "\U0010ffff"  # behind every letter
TAIL = 500  # characters before a line end that are looked at, more than a word or an address has
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
        text, seams, lead = _paragraph_text(paragraph, hyphens)
        for page, offset in seams:
            starts.setdefault(page, at + offset)
        margins = _margins(margins, paragraph)
        level = len(margins) if paragraph.kind is BlockKind.LIST_ITEM else 0
        blocks.append(Block(paragraph.kind, at, at + len(text), level, round(paragraph.size / body, 2), paragraph.bold, lead))
        pieces.append(text)
        at += len(text)
    return CanonicalText("".join(pieces), _ranges(pages, starts, at)), tuple(blocks)


class Hyphens:
    """Decides, by the words that the rest of the document uses, whether a hyphen at a line end belongs to the word.

    Most do: few offices let their program part words. So it stays where nothing says that it parts one.
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        said: Counter[str] = Counter()
        for paragraph in paragraphs:
            text = "\n".join(line.text for line in paragraph.lines)
            said.update(word.casefold() for word in WORD.findall(BROKEN.sub(" ", text)))
        self.words = sorted(said)
        self.before = [0, *accumulate(said[word] for word in self.words)]  # of each word, how often those before it are said

    def join(self, before: str, after: str) -> str:
        """Two lines, of which the first ends with a broken word, as one."""
        head, tail = re.search(r"[^\W\d_]*$", before[-TAIL:]), re.match(r"[^\W\d_]*", after)
        left, right = (head.group() if head else "").casefold(), (tail.group() if tail else "").casefold()
        parts = not after[:1].isupper() and self._parts_a_word(left, right)
        return before + after if parts else f"{before}-{after}"

    def _parts_a_word(self, left: str, right: str) -> bool:
        """Whether the word, or one that begins with it ("employees"), stands unbroken elsewhere, or its end is never a word by itself."""
        if len(left) < 2 or not right:
            return False
        whole, hyphened = self._count(left + right), self._count(f"{left}-{right}")
        if whole or hyphened:
            return whole >= hyphened
        return ENDINGS.fullmatch(right) is not None and not self._said(left, f"{left}\0")

    def _count(self, begin: str) -> int:
        """How often words are said that begin so."""
        return self._said(begin, begin + LAST)

    def _said(self, first: str, end: str) -> int:
        """How often words from `first` on are said, those from `end` on not among them."""
        return self.before[bisect_left(self.words, end)] - self.before[bisect_left(self.words, first)]


def joined(lines: Sequence[str], hyphens: Hyphens) -> tuple[str, list[int]]:
    """Lines as one, and where each begins in it."""
    text, starts = "", []
    for line in lines:
        if text.endswith(HYPHEN):
            before = text[:-1]
            text = hyphens.join(before, line)
            starts.append(len(text) - len(line))
            continue
        glue = "" if not text or _is_unbroken(text[-TAIL:], line) else " "
        starts.append(len(text) + len(glue))
        text += glue + line
    return text, starts


def _is_unbroken(text: str, line: str) -> bool:
    """Whether a line goes on where the last ended, without a space: after a hyphen, "and/", or inside an address that goes on."""
    return goes_on(text, line) if ends_in_address(text) else re.search(r"[\w<>]-$|\w/$", text) is not None


def _paragraph_text(paragraph: Paragraph, hyphens: Hyphens) -> tuple[str, list[tuple[int, int]], int]:
    """Its text, (page, offset) where each of its pages begins, and how many characters at its begin alone are bold."""
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
    return text, seams, _lead(paragraph, text, starts)


def _lead(paragraph: Paragraph, text: str, starts: Sequence[int]) -> int:
    """Where the bold words end that a paragraph begins with; 0 where all of it is bold, and not beyond a hyphen that was taken out."""
    end = 0
    for line, start in zip(paragraph.lines, starts, strict=True):
        lead = line.text[: line.lead] if isinstance(line, Line) else ""
        if not lead or not text.startswith(lead, start):
            return end
        end = start + len(lead)
        if lead != line.text:
            return end
    return 0


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
