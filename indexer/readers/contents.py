"""Contents that an author typed by hand: lines with the words of headings further down, each with its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from indexer.readers.base import Block, BlockKind, Reading

FEWEST = 3  # entries
KNOWN = 2 / 3  # of the entries whose words stand alone further down
LONGEST = 160  # characters of an entry
ENTRY = re.compile(r"(?P<words>[^\n]*[^\W\d_][^\n]*?)[\s.…_]+(?P<page>\d{1,3})")
NUMBER = re.compile(r"[\d.]+[.)]?\s+")
TITLE = re.compile(r"(?:table of )?contents", re.IGNORECASE)
LINE_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def without_contents(reading: Reading) -> Reading:
    """The reading with contents typed by hand, and the title above them, as furniture.

    Several lines in a row end with a page, and no page is before the last; most of their words stand alone further down.
    """
    characters = reading.text.characters
    texts = [characters[block.start : block.end].strip() for block in reading.blocks]
    listed: set[int] = set()
    content = [at for at, block in enumerate(reading.blocks) if block.kind is not BlockKind.FURNITURE]
    for is_entry, run in groupby(content, lambda at: _is_entry(reading.blocks[at], texts[at])):
        entries = list(run)
        if is_entry and _are_contents([texts[at] for at in entries], texts[entries[-1] + 1 :]):
            title = content[max(content.index(entries[0]) - 1, 0)]
            listed.update(entries, [title] if TITLE.fullmatch(texts[title]) else [])
    if not listed:
        return reading
    aside = [replace(block, kind=BlockKind.FURNITURE, level=0) if at in listed else block for at, block in enumerate(reading.blocks)]
    return replace(reading, blocks=tuple(aside))


def _is_entry(block: Block, text: str) -> bool:
    return block.kind in LINE_KINDS and len(text) <= LONGEST and ENTRY.fullmatch(text) is not None


def _are_contents(entries: Sequence[str], below: Sequence[str]) -> bool:
    found = [match for entry in entries if (match := ENTRY.fullmatch(entry))]
    if len(found) < FEWEST or any(int(last["page"]) > int(following["page"]) for last, following in pairwise(found)):
        return False
    headings = {_plain(text) for text in below if len(text) <= LONGEST}
    return sum(_plain(match["words"]) in headings for match in found) >= KNOWN * len(found)


def _plain(text: str) -> str:
    """The words of a line without its number, as they are compared."""
    number = NUMBER.match(text)
    return " ".join(text[number.end() if number else 0 :].casefold().split())
