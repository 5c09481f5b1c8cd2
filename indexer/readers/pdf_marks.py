"""What the author of a PDF marked as headings: its bookmarks, and the heading tags of a tagged PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.text import CanonicalText
from indexer.readers.base import Block, BlockKind
from indexer.readers.pdf_letters import BULLET

MOST = 20_000  # bookmarks or tagged headings; a file with more is no document that somebody outlined
DEEPEST = 12  # levels of bookmarks, and of tags within each other
LONGEST = 200  # characters of a tagged heading
HEADING_TAG = re.compile(r"H([1-6]?)")
LABEL = re.compile(r"(?:\d+\.?)+")  # a number that stands before a heading's words, or not


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that the author marked as a heading. page: from 1. level: from 1."""

    words: str
    page: int
    level: int


def bookmarks_of(document: Any) -> list[Mark]:
    """The bookmarks of an open pdfium document; those that lead nowhere are left out."""
    marks = []
    for bookmark, _ in zip(document.get_toc(max_depth=DEEPEST), range(MOST), strict=False):
        destination = bookmark.get_dest()
        page = destination.get_index() if destination else None
        if page is not None and page >= 0:
            marks.append(Mark(bookmark.get_title(), page + 1, bookmark.level + 1))
    return marks


def tagged_headings(page: Any, number: int) -> list[Mark]:
    """The text under the tags H and H1 to H6 of an open pdfium page, sentences left out. number: of the page, from 1."""
    import pypdfium2.raw as raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        levels: dict[int, tuple[int, int]] = {}  # marked content → the heading that it belongs to, and its level
        children = (raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree)))
        for order, (level, element) in enumerate(_headings(children)):
            levels |= dict.fromkeys(_content(element), (order, level))
    finally:
        raw.FPDF_StructTree_Close(tree)
    words: defaultdict[tuple[int, int], str] = defaultdict(str)
    if levels:
        text = page.get_textpage()
        for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=DEEPEST):
            if (heading := levels.get(raw.FPDFPageObj_GetMarkedContentID(part.raw))) is not None:
                words[heading] += _text_of(part, text)
        text.close()
    return [Mark(words[order, level], number, level) for order, level in sorted(words) if not _is_sentence(words[order, level])]


def _is_sentence(words: str) -> bool:
    """Whether what is tagged as a heading is none: programs that convert documents tag body text so."""
    return len(words) > LONGEST or words.rstrip().endswith((".", ":", ";"))


def _headings(elements: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    import pypdfium2.raw as raw

    for element in elements if depth < DEEPEST * 2 else ():
        if not element:
            continue
        if tag := HEADING_TAG.fullmatch(_type(element)):
            yield int(tag[1] or 1), element
        else:
            count = raw.FPDF_StructElement_CountChildren(element)
            yield from _headings((raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)), depth + 1)


def _type(element: Any) -> str:
    import ctypes

    import pypdfium2.raw as raw

    buffer = ctypes.create_string_buffer(64)
    raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw.decode("utf-16-le", "ignore").split("\0", 1)[0]


def _content(element: Any, depth: int = 0) -> Iterator[int]:
    """Ids of the marked content under a tag."""
    import pypdfium2.raw as raw

    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child and depth < DEEPEST:
            yield from _content(child, depth + 1)
        elif (found := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            yield found


def _text_of(part: Any, text: Any) -> str:
    import ctypes

    import pypdfium2.raw as raw

    length = raw.FPDFTextObj_GetText(part.raw, text.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(part.raw, text.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "ignore").split("\0", 1)[0]


def with_marks(text: CanonicalText, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """The blocks, with the level of each that is on a mark's page and has its words, the number before them aside.

    Each mark names one block, the first that no other mark has named. An item of a list that begins with a bullet is no heading,
    whatever its author's program made of it.
    """
    wanted: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for mark in marks:
        if words := _folded(mark.words):
            wanted[mark.page, words].append(mark.level)
    if not wanted:
        return tuple(blocks)
    named = []
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            words = text.characters[block.start : block.end]
            page = text.pages_of(block.start, block.start + 1)
            levels = wanted.get((page[0].number, _folded(words))) if page and not words.startswith(BULLET) else None
            if levels:
                block = replace(block, kind=BlockKind.PARAGRAPH, level=levels.pop(0))
        named.append(block)
    return tuple(named)


def _folded(words: str) -> str:
    """Only letters and figures, in lower case, without the number before them unless there is nothing else."""
    plain = " ".join(words.split())
    label = LABEL.match(plain)
    rest = plain[label.end() :] if label else plain
    return re.sub(r"[\W_]+", "", (rest if re.search(r"\w", rest) else plain).casefold())
