"""Lone numbers: figures and letters before a heading that nothing in the document counts on from, as in "802.11 Networks" or "3 Copies"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from indexer.candidates import Candidate, without_number
from indexer.dates import date_in
from indexer.number_rows import Row, row_of
from indexer.numbering import APPENDICES, PARAGRAPH_SIGN, ROMAN, Number, Scheme
from indexer.reference_patterns import FAMILIES

NEAR = 3  # numbers of a row that stand no farther apart go on from each other
RUN = 3  # figures before headings that rise so make a row, though some of it are left out
OPENING = 2  # lines at the head of a document, whose number may be that of the document among others
QUARTERS = 4  # "Q1" to "Q4" may be those of a year
ISO_ANNEX = "A"  # whose controls others refer to: "A.8.13" may stand alone
CALLED = ("section", "chapter", "clause", "article")  # words that name a clause and little else
Parts = tuple[int | str, ...]
CONTROL_FAMILIES = frozenset(FAMILIES.split("|"))


class _Counting:
    """All numbers that stand at the head of a document's lines, for asking whether one of them is counted."""

    def __init__(self, candidates: Sequence[Candidate], opening: Collection[int]) -> None:
        self._places: defaultdict[tuple[Row, str, bool, bool], set[int]] = defaultdict(set)  # by row, name, mark and type
        self._printed: defaultdict[str, set[str]] = defaultdict(set)  # of named numbers and of controls, by name
        self._parts: set[Parts] = set()
        self._above: set[Parts] = set()
        self._depths: Counter[int] = Counter()  # how many figures of each depth there are
        self._asked = False
        self._rising = _rising(candidates)
        self._set_off = sum(candidate.styled for index, candidate in enumerate(candidates) if index not in opening)
        for candidate in candidates:
            if candidate.number is not None:
                self._add(candidate, candidate.number)

    def _add(self, candidate: Candidate, number: Number) -> None:
        self._places[row_of(number), number.name, number.dashed, candidate.styled] |= number.places
        self._printed[_name(number)].add(number.printed)
        self._depths[number.depth] += number.scheme is Scheme.DECIMAL and number.parts not in self._parts
        self._parts.add(number.parts)
        self._above.update(number.parts[:depth] for depth in range(1, number.depth))
        self._asked |= number.scheme is Scheme.QUESTION and (candidate.text.endswith("?") or max(number.places) > QUARTERS)

    def counts(self, candidate: Candidate, number: Number) -> bool:
        """Whether the document shows that a number counts a clause, and is no part of the words behind it."""
        if candidate.named:
            return True
        match number.scheme:
            case Scheme.QUESTION:
                return self._asked or 0 in number.places
            case Scheme.CONTROL:
                return number.parts[0] in CONTROL_FAMILIES or self._has_others(number)
            case Scheme.NAMED if number.name == ROMAN:
                return self._has_neighbour(candidate, number)
            case Scheme.NAMED:
                return number.name in (*APPENDICES, *CALLED) or number.depth > 1 or 1 in number.places or self._has_others(number)
            case Scheme.DECIMAL if number.printed.startswith(PARAGRAPH_SIGN):
                return True
            case Scheme.DECIMAL if number.depth == 1:
                plain = not candidate.styled or (number.closed and isinstance(number.parts[0], int))
                near = NEAR if number.closed or candidate.position in self._rising else 1
                return plain or number.parts in self._above or self._has_neighbour(candidate, number, near)
            case Scheme.DECIMAL if candidate.styled and self._set_off == 1:
                return True  # no other heading shows how the document counts that it was taken from
            case Scheme.DECIMAL:
                first = set(number.parts) == {1} and not number.dashed  # the only clause of a document may be its 1.1
                return first or number.parts in self._above or self._has_neighbour(candidate, number) or self._is_below(number)
        return True

    def _has_others(self, number: Number) -> bool:
        return len(self._printed[_name(number)]) > 1

    def _has_neighbour(self, candidate: Candidate, number: Number, near: int = NEAR) -> bool:
        """Whether a number near it stands in its row. Single figures are at the head of many lists: for one that is set off by its type
        only others set off count."""
        places = self._places[row_of(number), number.name, number.dashed, True]
        if not candidate.styled or number.depth > 1:
            places = places | self._places[row_of(number), number.name, number.dashed, False]
        return any(place + step in places for place in number.places for step in range(-near, near + 1) if step)

    def _is_below(self, number: Number) -> bool:
        """Whether it may be what is left of a row below another number; "3.0" is none, and stands beside "2.0" or "4.0"."""
        if number.parts[-1] == 0:
            return self._has_beside(number)
        if number.parts[0] == ISO_ANNEX:
            return True
        if number.parts[:-1] not in self._parts:
            chaptered = number.depth > 2 and number.parts[:1] in self._parts and self._depths[2] == 0
            return chaptered or (number.begins and self._has_beside(number))
        return not number.dashed and (min(number.places) <= NEAR or self._depths[number.depth] > 1)

    def _has_beside(self, number: Number) -> bool:
        """Whether "3.1" stands beside "2.1" or "4.1", or after "2.4"."""
        *outer, chapter, last = number.parts
        if not isinstance(chapter, int):
            return False
        beside = {(*outer, chapter - 1, last), (*outer, chapter + 1, last)}
        return bool(beside & self._parts) or (last == 1 and (*outer, chapter - 1) in self._above)


def _rising(candidates: Iterable[Candidate]) -> frozenset[int]:
    """The positions of figures before headings that rise in short steps, and behind which no lower one of the same row comes."""
    runs: list[list[tuple[int, int]]] = []
    for candidate in candidates:
        figure = _figure(candidate)
        if figure is None:
            continue
        while runs and len(runs[-1]) > 1 and runs[-1][0][1] < figure <= runs[-1][-1][1]:
            runs[-1].pop()
        if runs and 0 < figure - runs[-1][-1][1] <= NEAR:
            runs[-1].append((candidate.position, figure))
        else:
            runs.append([(candidate.position, figure)])
    return frozenset(position for run in runs if len(run) >= RUN for position, _ in run)


def _figure(candidate: Candidate) -> int | None:
    """The figure before a heading that is set off, as 3 of "3 Rules"."""
    number = candidate.number
    if number is None or number.scheme is not Scheme.DECIMAL or number.depth > 1 or not candidate.styled:
        return None
    return number.parts[0] if isinstance(number.parts[0], int) else None


def _name(number: Number) -> str:
    """What numbers of its kind share: "section" of "Section 4", "AC" of "AC-2"."""
    return str(number.parts[0]) if number.scheme is Scheme.CONTROL else number.name


def _amounts(candidates: Sequence[Candidate]) -> frozenset[int]:
    """The positions of candidates that begin with an amount or an address: it reads like one, and neither counts on from the number before
    it nor is counted on by the one behind it."""
    numbered = [(candidate, candidate.number) for candidate in candidates if candidate.number is not None]
    found: set[int] = set()
    for at, (candidate, number) in enumerate(numbered):
        if number.measured:
            before, behind = _first_beside(candidate, number, numbered[:at][::-1]), _first_beside(candidate, number, numbered[at + 1 :])
            if not ((before and _goes_on(before, number)) or (behind and _goes_on(number, behind))):
                found.add(candidate.position)
    return frozenset(found)


def _first_beside(candidate: Candidate, number: Number, others: Iterable[tuple[Candidate, Number]]) -> Number | None:
    """The first of others in its scheme and type that is not below it in depth."""
    alike = (other for beside, other in others if beside.styled == candidate.styled and other.scheme is number.scheme)
    return next((other for other in alike if other.depth <= number.depth), None)


def _goes_on(number: Number, behind: Number) -> bool:
    """Whether the one behind is the next of the row."""
    return row_of(number) == row_of(behind) and behind.is_next_to(number)


def with_counted_numbers(candidates: Sequence[Candidate], characters: str) -> list[Candidate]:
    """The candidates, without the number of those that have a lone one or begin with an amount or the day of a date.

    characters: of the canonical text.
    """
    amounts = _amounts(candidates)
    candidates = [without_number(candidate, characters) if candidate.position in amounts else candidate for candidate in candidates]
    opening = [index for index, candidate in enumerate(candidates) if candidate.text][:OPENING]
    counting = _Counting(candidates, opening)
    counted: list[Candidate] = []
    for index, candidate in enumerate(candidates):
        bare = without_number(candidate, characters)
        lone = candidate.number is not None and index not in opening and not counting.counts(candidate, candidate.number)
        counted.append(bare if lone or date_in(bare.text) else candidate)
    return counted
