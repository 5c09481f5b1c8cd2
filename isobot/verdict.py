"""A heading that turns round what stands below it: under "Not allowed" an item that reads like advice is none."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.citation import Citation
from indexer.readers.base import BlockKind
from indexer.sentences import Span
from isobot.figures import prohibits
from isobot.layout import MARKER, MAX_ITEM, Layout

LONGEST = 60  # characters of a heading that says no more than this
_CONDITION = re.compile(r"\b(?:if|when|once|where|how|why)\b", re.IGNORECASE)
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


def far_verdict(citation: Citation, start: int) -> Citation | None:
    """What forbids a quoted item from too far above to be quoted with it, with the items below it that fit.

    start: where it begins. Returns None where it is too long itself.
    """
    text = citation.text.characters
    end = max(text.rfind("\n", start, start + MAX_ITEM), start)
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    if end == start:
        return None
    return replace(citation, start=start, end=end, context_start=start, context_end=end, item=(), leads=())


def forbidden_from(citation: Citation) -> int | None:
    """Where the line begins that forbids a quoted item; None where the item says no itself, or nothing above it does.

    The item alone reads like leave. What forbids it is the nearest line above without the mark of an item, where that ends with a colon,
    or the heading where none stands between.
    """
    text, clause = citation.text.characters, citation.clause
    if not MARKER.match(citation.quote) or _REFUSES_ITSELF.search(citation.quote):
        return None
    end = citation.start
    for line in reversed(text[clause.body : end].splitlines(keepends=True)):
        begin, words = end - len(line), line.strip()
        if words and not MARKER.match(words):
            return text.index(words, begin) if words.endswith(":") and _forbids(words) else None
        end = begin
    return clause.start if len(clause.heading) <= LONGEST and _forbids(clause.heading) else None


def _forbids(words: str) -> bool:
    return prohibits(words) and not _CONDITION.search(words)
