"""Headings of a PDF that only their italic type sets off from the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.readers.base import BlockKind
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_paragraphs import ENDS, Paragraph

FEWEST = 3  # such lines of a document: a single one may be a motto or a name
MOST_LINES = 2  # of one heading
LONGEST = 80  # characters
MOST_WORDS = 10
SHORTEST_TEXT = 80  # characters of the paragraph below
SHARE = 0.2  # of a document's letters that may be italic: with more, italic type sets nothing off
HEAD = re.compile(
    r"(?!(?:Table|Figure|Fig|Note|Source|Box|Exhibit)\b)(?:(?:§|[A-Z][a-z]+\.?)\s)?(?:[\w.()–-]{1,8}[.)]?\s+)?[^\W\d_a-z].*[\w)]:?",
    re.DOTALL,
)
USUAL = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def with_italic_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with short italic lines alone above upright text set off as bold ones are, where a document has several."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines if isinstance(line, Line)]
    italic = sum(len(line.text) for line in lines if line.italic)
    content = [paragraph for paragraph in paragraphs if paragraph.kind is not BlockKind.FURNITURE]
    above = [None, *content]
    found = {
        id(paragraph)
        for (paragraph, below), before in zip(pairwise(content), above, strict=False)
        if _is_head(paragraph) and _is_text(below) and _has_ended(before)
    }
    if len(found) < FEWEST or italic > SHARE * sum(len(line.text) for line in lines):
        return list(paragraphs)
    return [replace(paragraph, set_off=True) if id(paragraph) in found else paragraph for paragraph in paragraphs]


def _words(paragraph: Paragraph) -> str:
    return " ".join(line.text for line in paragraph.lines)


def _is_italic(paragraph: Paragraph) -> bool:
    return all(isinstance(line, Line) and line.italic for line in paragraph.lines)


def _is_head(paragraph: Paragraph) -> bool:
    words = _words(paragraph)
    short = len(paragraph.lines) <= MOST_LINES and len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    return paragraph.kind in USUAL and short and _is_italic(paragraph) and HEAD.fullmatch(words) is not None


def _is_text(paragraph: Paragraph) -> bool:
    """Whether a paragraph is upright text of some length, or an item of a list."""
    upright = not paragraph.bold and not _is_italic(paragraph)
    item = paragraph.kind is BlockKind.LIST_ITEM
    return upright and (item or (paragraph.kind is BlockKind.PARAGRAPH and len(_words(paragraph)) >= SHORTEST_TEXT))


def _has_ended(paragraph: Paragraph | None) -> bool:
    """Whether nothing of a paragraph can go on below it."""
    if paragraph is None or paragraph.kind not in USUAL or paragraph.bold:
        return True
    return _is_head(paragraph) or ENDS.search(paragraph.last.text) is not None
