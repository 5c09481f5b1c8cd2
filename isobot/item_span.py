"""From where to where a list item is quoted: with what leads to it, and with what it does not answer without."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from itertools import takewhile

from indexer.sentences import Span
from isobot.layout import LEADS_IN, MAX_ITEM, MAX_QUOTE, Layout
from isobot.leaning import is_branch, leans
from isobot.verdict import with_verdict

_ORDER = re.compile(r"\(?(\d{1,3}|[a-z])[.)]")


def item_span(page: Layout, best: int, asked: AbstractSet[str]) -> Span:
    """A list item's range, from the words above it that lead to it where they fit a quotation, and to the end of a list that is short.

    Those are the item that it stands under, or what stands before the list. An item that leads to items brings them; one that leans on
    those before it brings these; one of several branches brings the others, unless the stems that are asked for name it. What leans on a
    sentence in the same item goes with it. A heading that forbids them comes before items that do not say so.
    """
    above = _above(page, best)
    span = _span(page, best, above, asked)
    return with_verdict(page, best, span) if above is None else span


def _span(page: Layout, best: int, above: int | None, asked: AbstractSet[str]) -> Span:
    """The item's range with what it does not answer without. above: the first unit of what leads to it."""
    if (short := _short_list(page, best, above, asked)) is not None:
        return page.units[short[0]].start, page.units[short[1]].end
    own = page.opening(best) if page.length(page.opening(best), best) <= MAX_QUOTE else best
    first = _leant_on(page, own, best) if above is None else above
    last = _end(page, best, lambda at: _is_led(page, best, at) and page.length(first, at) <= MAX_ITEM) if page.is_open(best) else best
    if last == best:
        last = _end(page, best, lambda at: _goes_on(page, best, at) and page.length(first, at) <= MAX_ITEM)
    branches = _branches(page, own)
    if len(branches) > 1 and not page.stands_out(own, branches, asked):
        first = branches[0] if branches[0] < first and page.length(branches[0], best) <= MAX_ITEM else first
        final = page.item_end(branches[-1])
        last = max(last, _end(page, best, lambda at: at <= final and page.length(first, at) <= MAX_ITEM))
    return page.units[first].start, page.units[last].end


def _short_list(page: Layout, best: int, above: int | None, asked: AbstractSet[str]) -> tuple[int, int] | None:
    """The first and the last unit of the list around an item, from what leads to it, where a quotation holds them.

    None where it does not, and where nothing leads to the list and the stems that are asked for name the item.
    """
    depth = page.depth(best)
    items = [page.opening(best)]
    while page.length(items[0], best) <= MAX_QUOTE and (before := page.item_before(items[0])) is not None:
        items.insert(0, before)
    begin = items[0] if above is None else above
    end = _end(page, best, lambda at: page.depth(at) >= depth and page.length(begin, at - 1) <= MAX_QUOTE)
    if page.length(begin, end) > MAX_QUOTE:
        return None
    own = items[-1]
    while (after := page.item_after(items[-1])) is not None:
        items.append(after)
    return None if above is None and page.stands_out(own, items, asked) else (begin, end)


def _above(page: Layout, best: int) -> int | None:
    """The first unit of what a list item stands under, or of what leads to its list, where a quotation can hold both.

    An item less deep that does not break off only where all of it is short.
    """
    depth = page.depth(best)
    near = takewhile(lambda at: page.length(at, best) <= MAX_ITEM, range(best - 1, -1, -1))
    above = next((at for at in near if page.depth(at) < depth), None)
    if above is None or page.depth(above + 1) != depth or not page.runs_through(above, best):
        return None
    begin = page.opening(above) if page.depth(above) else above
    if page.length(begin, best) <= MAX_QUOTE and page.depth(above):
        return begin
    return above if page.is_open(above) or LEADS_IN.search(page.text, page.units[above].start, page.units[above].end) else None


def _is_led(page: Layout, lead: int, at: int) -> bool:
    """Whether an item belongs to those that another leads to: a deeper one, or where none follows, one that does not go on counting."""
    depth = page.depth(lead)
    if page.depth(lead + 1) > depth:
        return page.depth(at) > depth
    return page.text[page.units[lead].end - 1] == ":" and page.depth(at) >= depth and _order(page, at) != _order(page, lead, 1)


def _goes_on(page: Layout, best: int, at: int) -> bool:
    """Whether a sentence of the same item leans on the one before it: "This should include …"."""
    return page.units[at].block == page.units[best].block and leans(page.words(at))


def _order(page: Layout, at: int, further: int = 0) -> str:
    """The number or letter that an item bears, counted some further; of one without it the mark that it has."""
    begin = page.units[page.opening(at)].start
    mark = _ORDER.match(page.text, begin)
    if mark is None:
        return page.text[begin]
    return str(int(mark[1]) + further) if mark[1].isdigit() else chr(ord(mark[1]) + further)


def _leant_on(page: Layout, own: int, best: int) -> int:
    """The first of the items before one that it leans on, as far as a quotation holds them; or itself."""
    first = own
    while leans(page.words(first)):
        before = page.item_before(first)
        if before is None or page.length(before, best) > MAX_ITEM:
            break
        first = before
    return first


def _branches(page: Layout, own: int) -> list[int]:
    """The first units of the items side by side, this one among them, that each begin with a condition; none where it does not.

    As many as a quotation may hold in front of this one and behind it, and one more.
    """
    if not is_branch(page.words(own)):
        return []
    run = [own]
    while page.length(run[0], own) <= MAX_ITEM and (before := page.item_before(run[0])) is not None and is_branch(page.words(before)):
        run.insert(0, before)
    while page.length(own, run[-1]) <= MAX_ITEM and (after := page.item_after(run[-1])) is not None and is_branch(page.words(after)):
        run.append(after)
    return run


def _end(page: Layout, first: int, belongs: Callable[[int], bool]) -> int:
    """The last unit from `first` on up to which all belong, with no furniture between: its position."""
    at = first
    while at + 1 < len(page.units) and belongs(at + 1) and page.runs_through(at, at + 1):
        at += 1
    return at
