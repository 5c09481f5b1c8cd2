"""A heading that turns round what stands below it: under "Not allowed" an item that reads like advice is none."""

from __future__ import annotations

import re

from indexer.readers.base import BlockKind
from indexer.sentences import Span
from isobot.layout import MAX_ITEM, Layout

LONGEST = 60  # characters of a heading that says no more than this
_REFUSES = re.compile(
    r"\b(?:not|never|don['’]?ts?|prohibited|prohibitions?|forbidden|banned|unacceptable|excluded|exclusions?|exempt(?:ed|ions?)?)\b",
    re.IGNORECASE,
)
_REFUSES_ITSELF = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|cannot|\w+n['’]t|without|prohibit\w*|forbid\w*|banned|unacceptable|avoid|exclu\w+|exempt\w*)\b",
    re.IGNORECASE,
)


def with_verdict(page: Layout, first: int, span: Span) -> Span:
    """The range of list items, from the heading of their list on where they say without it the opposite of what holds.

    first: a unit of the list. As it is where the range would be too long for a quotation.
    """
    top = page.opening(first)
    while (before := page.item_before(top)) is not None:
        top = before
    above = page.units[top].block - 1
    heading = page.blocks[above] if above >= 0 else None
    if heading is None or heading.kind is not BlockKind.HEADING or span[1] - heading.start > MAX_ITEM:
        return span
    words = page.text[heading.start : heading.end]
    turned = len(words) <= LONGEST and _REFUSES.search(words) and not _REFUSES_ITSELF.search(page.text, *span)
    return (heading.start, span[1]) if turned else span
