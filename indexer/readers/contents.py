"""Contents that an author typed by hand: lines with the words of headings further down, each with its page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby, pairwise

from indexer.readers.base import Block, BlockKind, Reading

FEWEST = 3  # entries
KNOWN = 2 / 3  # of the entries whose words stand alone further down
LONGEST = 160  # characters of an entry
PAGE = 200  # characters that a page holds at least, on the average
ENTRY = re.compile(r"(?P<words>[^\n]*[^\W\d_][^\n]*?)[\s.…_]+(?P<page>\d{1,3})")
NUMBER = re.compile(r"[\d.]+[.)]?\s+")
TITLE = re.compile(r"(?:table of )?contents|on this page|inhalt(?:sverzeichnis)?|table des matières|sommaire", re.IGNORECASE)
LINE_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def is_title(text: str) -> bool:
    """Whether the words are those that stand above contents, in English, German or French."""
    return TITLE.fullmatch(" ".join(text.split()).rstrip(":")) is not None


def without_contents(reading: Reading) -> Reading:
    """The reading with contents typed by hand, and the title above them, as furniture.

    Several lines in a row end with a page, and no page is before the last; most of their words stand alone further down. Without a title
    above them what follows is long enough for as many pages: "Locker 12" and "Badge 15" may be prices.
    """
    characters = reading.text.characters
    texts = [characters[block.start : block.end].strip() for block in reading.blocks]
    alone = {_plain(text): at for at, text in enumerate(texts) if len(text) <= LONGEST}  # the last place of each
    listed: set[int] = set()
    above = -1  # the last block before a run
    content = [at for at, block in enumerate(reading.blocks) if block.kind is not BlockKind.FURNITURE]
    for is_entry, run in groupby(content, lambda at: _is_entry(reading.blocks[at], texts[at])):
        entries = list(run)
        title = [above] if above >= 0 and is_title(texts[above]) else []
        room = None if title else len(characters) - reading.blocks[entries[-1]].end
        if is_entry and _are_contents({at: texts[at] for at in entries}, alone, room):
            listed.update(entries, title)
        above = entries[-1]
    if not listed:
        return reading
    aside = [replace(block, kind=BlockKind.FURNITURE, level=0) if at in listed else block for at, block in enumerate(reading.blocks)]
    return replace(reading, blocks=tuple(aside))


def _is_entry(block: Block, text: str) -> bool:
    return block.kind in LINE_KINDS and len(text) <= LONGEST and ENTRY.fullmatch(text) is not None


def _are_contents(entries: Mapping[int, str], alone: Mapping[str, int], room: int | None) -> bool:
    """entries: by their places. alone: the last place of each line. room: characters that follow, where these must hold the pages."""
    found = [match for entry in entries.values() if (match := ENTRY.fullmatch(entry))]
    pages = [int(match["page"]) for match in found]
    if len(found) < FEWEST or any(last > following for last, following in pairwise(pages)):
        return False
    if room is not None and (pages[-1] - pages[0]) * PAGE > room:
        return False
    return sum(alone.get(_plain(match["words"]), 0) > max(entries) for match in found) >= KNOWN * len(found)


def _plain(text: str) -> str:
    """The words of a line without its number, as they are compared."""
    number = NUMBER.match(text)
    return " ".join(text[number.end() if number else 0 :].casefold().split())
