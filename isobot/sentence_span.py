"""From where to where sentences are quoted: with the neighbours that speak to the question, and with what they do not answer without."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from indexer.sentences import Span
from isobot.layout import APART, LEADS_IN, MAX_ITEM, MAX_QUOTE, Layout
from isobot.leaning import is_branch, leans

NEARLY = 0.5  # of the best sentence's likeness: at that, its neighbour is quoted with it
_CLOSING = frozenset('.!?:;)"”’')


def sentence_span(page: Layout, likeness: Mapping[int, float], best: int, asked: AbstractSet[str]) -> Span:
    """A sentence's range, with those neighbours that are nearly as like, those that it leans on, and what it leads to.

    One of several branches brings the others, unless the stems that are asked for name it.
    """
    first, last = _grown(page, likeness, best)
    if first == last:
        first, last = _with_branches(page, best, asked)
    first = _leant_on(page, first, last)
    last = _replied(page, first, last)
    return page.units[first].start, _led_to(page, first, last) if _leads_in(page, first, last) else page.units[last].end


def _grown(page: Layout, likeness: Mapping[int, float], best: int) -> tuple[int, int]:
    first = last = best
    while True:
        beside = [
            position
            for position in (first - 1, last + 1)
            if position in likeness
            and likeness[position] >= NEARLY * likeness[best]
            and page.kind(position) not in APART
            and _runs_on(page, min(position, last), max(position, first))
            and page.runs_through(min(position, last), max(position, first))
            and page.length(min(position, first), max(position, last)) <= MAX_QUOTE
        ]
        if not beside or likeness[best] <= 0:
            return first, last
        nearest = max(beside, key=lambda position: likeness[position])
        first, last = min(first, nearest), max(last, nearest)


def _with_branches(page: Layout, best: int, asked: AbstractSet[str]) -> tuple[int, int]:
    """The first and the last of the sentences in a run that each begin with a condition, as far as a quotation holds them."""
    first = last = best
    if is_branch(page.words(best)):
        while _is_said(page, last + 1, last) and is_branch(page.words(last + 1)) and page.length(first, last + 1) <= MAX_QUOTE:
            last += 1
        while _is_said(page, first - 1, first) and is_branch(page.words(first - 1)) and page.length(first - 1, last) <= MAX_QUOTE:
            first -= 1
    alone = first == last or page.stands_out(best, range(first, last + 1), asked)
    return (best, best) if alone else (first, last)


def _leant_on(page: Layout, first: int, last: int) -> int:
    """The first of the sentences before unit `first` that it leans on, as far as a quotation holds them; or itself."""
    while first > 0 and leans(page.words(first)):
        if not (_is_said(page, first - 1, first) and _runs_on(page, first - 1, first)) or page.length(first - 1, last) > MAX_QUOTE:
            break
        first -= 1
    return first


def _replied(page: Layout, first: int, last: int) -> int:
    """The position of what replies to unit `last` where that asks something or ends in a colon, since neither answers; else `last`."""
    while page.text[page.units[last].end - 1] in "?:" and _is_said(page, last + 1, last) and page.length(first, last + 1) <= MAX_QUOTE:
        last += 1
    return last


def _is_said(page: Layout, at: int, beside: int) -> bool:
    """Whether a unit is there, is running text, and stands next to another without furniture between."""
    there = 0 <= at < len(page.units) and page.kind(at) not in APART
    return there and page.runs_through(min(at, beside), max(at, beside))


def _runs_on(page: Layout, before: int, after: int) -> bool:
    """Whether one reads on from a unit to the next: in a paragraph of its own, a line that is no sentence is a label or an imprint."""
    units = page.units
    return units[before].block == units[after].block or page.text[units[before].end - 1] in _CLOSING


def _leads_in(page: Layout, first: int, last: int) -> bool:
    """Whether sentences say that something follows, or break off before a list."""
    before_list = last + 1 < len(page.units) and page.depth(last + 1) > 0
    return bool(LEADS_IN.search(page.text, page.units[first].start, page.units[last].end)) or (
        before_list and (page.is_open(last) or page.text[page.units[last].end - 1] == "?")
    )


def _led_to(page: Layout, first: int, last: int) -> int:
    """The end of the list or table that unit `last` leads to, or of as much of it as a quotation may hold."""
    end = page.units[last].end
    for at in range(last + 1, len(page.units)):
        led = page.kind(at) in APART and page.runs_through(last, at)
        if page.length(first, at) > MAX_ITEM or not (led or page.units[at].block == page.units[last].block):
            break
        end = page.units[at].end if led else end
    return end
