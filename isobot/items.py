"""The marked items of a clause, "(b)" and "(ii)" within it, which are cited and looked up though they are no clauses of their own."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import NamedTuple

from corpus.clause import Clause
from indexer.numbering import roman
from indexer.passages import blocks_within
from indexer.readers.base import Block, BlockKind
from indexer.sentences import Span, sentences

READ_THROUGH = 20_000  # characters of a clause before a quotation that are read to tell which item it is of
LOOKED_AHEAD = 2_000  # characters in which the next mark says what a doubtful one is
LONGEST_LEAD = 300  # characters
DEEPEST = 6  # lists within one another
_LETTERS = r"[a-z]{1,2}|[ivx]{1,6}|\d{1,3}"
MARK = re.compile(rf"\((?P<round>{_LETTERS}|[A-Z])\)|(?P<half>{_LETTERS}|[A-Z])\)|(?P<stop>{_LETTERS})\.(?!\d)")  # "A. Smith" is a name
_PRINTED = re.compile(rf"(?:\(?(?:{_LETTERS}|[A-Z])\)\s?)+|(?:{_LETTERS})\.?")
_ENDING = frozenset(".!?;")
_BULLET = re.compile(r"[^\w\s|(]\s+")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """marks: as printed, the outermost first: ("(c)", "(ii)"). start, end: with all that stands under it.

    leads: of what leads to it, the outermost first: the sentence right above its list, and what holds that begins with.
    """

    marks: tuple[str, ...]
    start: int
    end: int
    leads: tuple[Span, ...] = ()


class _Mark(NamedTuple):
    """style: round, half or stop. orders: what it counts, and how far: "(i)" is the ninth letter and the first Roman figure."""

    printed: str
    style: str
    orders: dict[str, int]


@dataclass(slots=True)
class _Run:
    """A list that still goes on. level: of its blocks, 0 where the reader tells none. item: the position of its latest item.

    printed: the mark of that. sure: whether it is known what the list is under. lead: what stands right above the list, if anything does.
    """

    style: str
    kind: str
    order: int
    level: int
    item: int
    printed: str
    sure: bool = True
    lead: Span | None = None

    def is_like(self, other: _Run) -> bool:
        return (self.style, self.kind) == (other.style, other.kind)

    def is_at(self, mark: _Mark) -> bool:
        """Whether the mark is that of its latest item."""
        return self.style == mark.style and mark.orders.get(self.kind) == self.order

    def is_followed_by(self, block: Block, mark: _Mark) -> bool:
        """Whether the mark counts on, and stands as deep as far as the reader tells."""
        level = not (block.level and self.level) or block.level == self.level
        return level and self.style == mark.style and mark.orders.get(self.kind) == self.order + 1


@dataclass(slots=True)
class _Walk:
    """From block to block of a clause. text: running text that stood since the last item, the nearest block of it. lost: whether a list
    broke off, so that nothing says what comes after it is under."""

    found: list[Item] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    text: Block | None = None
    lost: bool = False

    @property
    def parted(self) -> bool:
        return self.text is not None

    def take(self, block: Block, marks: Sequence[_Mark], ahead: _Mark | None) -> None:
        """A block that is marked. What neither goes on counting nor begins to is no item, and ends the lists.

        ahead: the next mark of its style, which says whether "(i)" behind "(h)" is the ninth letter or the first Roman figure under it.
        """
        for at, mark in enumerate(marks):
            if at + 1 < len(marks) and any(run.is_at(mark) for run in self.runs):
                continue  # "(a)" of "(a)(ii)" behind "(a)(i)"
            inner = at + 1 == len(marks) and mark.orders.get("roman") == 1 and ahead is not None and ahead.orders.get("roman") == 2
            going = not inner and self._goes_on(block, mark)
            if not going and (len(self.runs) == DEEPEST or not self._begins(block, mark)):
                self.runs, self.lost = [], True
                return
        self.text = None
        self.reach(block.end)

    def reach(self, end: int) -> None:
        """The open items hold what ends there."""
        for run in self.runs:
            item = self.found[run.item]
            self.found[run.item] = replace(item, end=end)

    def _goes_on(self, block: Block, mark: _Mark) -> bool:
        going = [at for at, run in enumerate(self.runs) if run.is_followed_by(block, mark)]
        if not going or any(self.runs[at].is_like(self.runs[going[-1]]) for at in going[:-1]):
            return False
        run = self.runs[going[-1]]
        del self.runs[going[-1] + 1 :]
        run.order, run.printed, run.item = run.order + 1, mark.printed, len(self.found)
        self._add(block)
        return True

    def _begins(self, block: Block, mark: _Mark) -> bool:
        kind = next((kind for kind, order in mark.orders.items() if order == 1), None)
        if kind is None:
            return False
        run = _Run(mark.style, kind, 1, block.level, len(self.found), mark.printed)
        outer = next((at for at, one in enumerate(self.runs) if one.level and 0 < block.level <= one.level), len(self.runs))
        alike = next((at for at, one in enumerate(self.runs[:outer]) if one.is_like(run) and (self.parted or at + 1 == outer)), outer)
        under, beside = self.runs[:alike], self.runs[alike:]
        self.lost = self.lost or (bool(beside) and not self.parted)  # nothing between: what led to it was not read
        nested = block.level > under[-1].level > 0 if under and self.parted else True
        known = nested and (not beside or beside[0].is_like(run))
        run.sure = known and not self.lost
        above = self.text or (self.found[under[-1].item] if under else None)
        run.lead = (above.start, above.end) if above else None
        self.runs = [*under, run]
        self._add(block)
        return True

    def _add(self, block: Block) -> None:
        marks = tuple(run.printed for run in self.runs) if all(run.sure for run in self.runs) else ()
        self.found.append(Item(marks, block.start, block.end, tuple(run.lead for run in self.runs if run.lead)))


def item_quoted(
    text: str, clauses: Sequence[Clause], position: int, blocks: Sequence[Block], of: Span, start: int
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The marks of the item of a clause that holds a range, and what leads to it and ends before `start`, where a quotation begins.

    Empty where none does, and far into a long clause, whose lists would all be read.
    """
    if of[1] - clauses[position].start > READ_THROUGH:
        return (), ()
    item = item_at(items_of(text, clauses, position, blocks, until=of[1] + LOOKED_AHEAD), *of)
    return (item.marks, _leads_before(text, item, start)) if item else ((), ())


def _leads_before(text: str, item: Item, start: int) -> tuple[Span, ...]:
    """The last sentence of each that leads to an item, where it breaks off, the outermost first."""
    last = [sentences(text, low, high)[-1] for low, high in item.leads if high <= start]
    return tuple(span for span in last if text[span[1] - 1] not in _ENDING and span[1] - span[0] <= LONGEST_LEAD)


def items_of(text: str, clauses: Sequence[Clause], position: int, blocks: Sequence[Block], until: int | None = None) -> list[Item]:
    """The items of a clause's own text, in order; none of what its children hold. until: what begins there or behind is not looked at.

    A list counts from its first letter, Roman figure or figure on without a gap; one that begins within another is under its latest
    item, and left out where running text between, or a list that breaks off, leaves that open. An item ends with its block and the
    items and bullets under it.
    """
    walk = _Walk()
    end = clauses[position].end if until is None else until
    marked = [(block, list(_marks(text, block))) for block in _own_blocks(clauses, position, blocks, end)]
    ahead = _ahead([marks for _, marks in marked])
    for (block, marks), following in zip(marked, ahead, strict=True):
        if marks:
            walk.take(block, marks, following)
        elif block.kind is BlockKind.LIST_ITEM and walk.runs and not walk.parted and not _is_beside(block, walk.runs[-1]):
            walk.reach(block.end)
        else:
            walk.text = block
    return [item for item in walk.found if item.marks]


def item_at(items: Sequence[Item], start: int, end: int) -> Item | None:
    """The innermost item that holds the whole range; None where none does."""
    holding = [item for item in items if item.start <= start and end <= item.end]
    return max(holding, key=lambda item: (item.start, len(item.marks)), default=None)


def items_marked(
    text: str, clauses: Sequence[Clause], position: int, blocks: Sequence[Block], marks: Sequence[str]
) -> list[Span]:
    """The ranges of a clause's items with these marks, brackets and case aside; a clause with two lists has two.

    Where none has, the items or paragraphs that count through to it within a line: "(i) …, or (ii) …".
    """
    items = items_of(text, clauses, position, blocks)
    if found := _with_marks(items, marks):
        return [(item.start, item.end) for item in found]
    *outer, last = marks
    holding = [(item.start, item.end) for item in _with_marks(items, outer)] if outer else []
    within = holding if outer else [(block.start, block.end) for block in _own_blocks(clauses, position, blocks, clauses[position].end)]
    return [span for span in within if _counts_to(text[slice(*span)].casefold(), last)]


def _with_marks(items: Sequence[Item], marks: Sequence[str]) -> list[Item]:
    return [item for item in items if [bare for mark in item.marks for bare in bare_marks(mark)] == list(marks)]


def _counts_to(words: str, mark: str) -> bool:
    """Whether a line says "(b)" with what comes before that in its row, and neither as part of a reference ("1(b)")."""
    row = [(kind, order) for kind, order in _orders(mark).items() if order > 1]
    printed = re.findall(r"(?<![\w)])\(([a-z]{1,6}|\d{1,3})\)", words)
    before = printed[: printed.index(mark)] if mark in printed else []
    return any((kind, order + 1) in row for found in before for kind, order in _orders(found).items())


def bare_marks(printed: str) -> list[str]:
    """Marks as they are compared: "a" and "ii" of "(a)(II)"; none of what is no mark of an item ("4.2")."""
    return [mark.casefold() for mark in re.findall(r"\w+", printed)] if _PRINTED.fullmatch(printed) else []


def _ahead(marks: Sequence[Sequence[_Mark]]) -> list[_Mark | None]:
    """Of each that is marked the first mark behind it of the style of its last; None where none comes."""
    nearest: dict[str, _Mark] = {}
    found: list[_Mark | None] = []
    for own in reversed(marks):
        found.append(nearest.get(own[-1].style) if own else None)
        nearest |= {mark.style: mark for mark in reversed(own)}
    return found[::-1]


def _own_blocks(clauses: Sequence[Clause], position: int, blocks: Sequence[Block], until: int) -> Iterator[Block]:
    """Those of a clause and of no child of it, without its number, its heading and furniture."""
    clause = clauses[position]
    within = takewhile(lambda one: one.start < clause.end, islice(clauses, position + 1, None))
    children = deque(one for one in within if one.parent == position)
    for _, block in blocks_within(blocks, clause.body, min(until, clause.end)):
        while children and children[0].end <= block.start:
            children.popleft()
        if not (children and children[0].start <= block.start) and block.kind is not BlockKind.FURNITURE:
            yield replace(block, start=max(block.start, clause.body))


def _marks(text: str, block: Block) -> Iterator[_Mark]:
    """The marks that a block begins with: two of "(a)(i) Keys", none of "a.m." A stop marks only what is an item of a list."""
    if block.kind not in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
        return
    bullet = _BULLET.match(text, block.start, block.end)
    at = bullet.end() if bullet else block.start
    found = []
    while match := MARK.match(text, at, block.end):
        style = match.lastgroup or ""
        if style == "stop" and block.kind is not BlockKind.LIST_ITEM:
            break
        letters = match[style]
        found.append(_Mark(match.group(), style, _orders(letters)))
        space = _SPACE.match(text, match.end(), block.end)
        at = space.end() if space else match.end()
        if style != "round":
            break
    if found and at < block.end and (text[at - 1].isspace() or found[-1].style == "round"):
        yield from found


def _orders(letters: str) -> dict[str, int]:
    if letters.isdecimal():
        return {"figure": int(letters)}
    orders: dict[str, int] = {}
    if len(set(letters)) == 1 and not (len(letters) > 1 and set(letters) <= set("ivx")):
        orders["letter" if letters.islower() else "capital"] = ord(letters[0].casefold()) - ord("a") + 1 + 26 * (len(letters) - 1)
    if letters.islower() and (value := roman(letters.upper())):
        orders["roman"] = value
    return orders


def _is_beside(block: Block, run: _Run) -> bool:
    """Whether a bullet stands as deep as the items of a list, and so is under none of them."""
    return bool(block.level and run.level) and block.level <= run.level
