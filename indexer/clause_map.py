"""Which clause of one generation is which of another: matched by what they say, so that a renumbering is no rewrite."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.clause import Clause
from indexer.passages import own_ranges

if TYPE_CHECKING:
    from corpus.document import Document
    from indexer.generation import Generation

LIKE = 0.5  # share of words in common from which a clause counts as the other one reworded
SAME_DOCUMENT = 0.5  # share of clauses in common from which a document counts as another one renamed and edited
TELLING = 6  # words from which a text is found again in another document; shorter ones stand in many
COMPARED = 250_000  # pairs of clauses of one document that are compared word by word; beyond, only numbers and headings decide

Place = tuple[int, int]
"""The number of a document in its generation, and the position of a clause in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One clause as it is compared. content: heading and own text, children left out, in single spaces; its number is no part of it."""

    place: Place
    number: str | None
    heading: str
    parent: Place | None
    content: str


@dataclass(frozen=True, slots=True)
class Side:
    """The documents of one generation that take part, by number, and their clauses in order."""

    documents: dict[int, Document]
    clauses: dict[int, list[Told]]

    def told(self) -> Iterator[Told]:
        for number in self.documents:
            yield from self.clauses[number]


@dataclass(frozen=True, slots=True)
class ClauseMap:
    """documents, clauses: from the generation before to the one after; each stands in at most one pair."""

    documents: dict[int, int]
    clauses: dict[Place, Place]


def side_of(generation: Generation, documents: Collection[int] | None = None) -> Side:
    """documents: the numbers of those that take part (those that somebody may read, say); all without it."""
    numbers = [number for number in generation.catalogue.numbers() if documents is None or number in documents]
    clauses = {number: _told(number, generation.text(number).characters, generation.catalogue.clauses(number)) for number in numbers}
    return Side({number: generation.document(number) for number in numbers}, clauses)


def clause_map(before: Side, after: Side) -> ClauseMap:
    """Pair the documents, then the clauses within each pair, then those whose very words now stand in another document."""
    documents = _documents(before, after)
    clauses: dict[Place, Place] = {}
    for old, new in documents.items():
        clauses |= _within(before.clauses[old], after.clauses[new])
    taken = set(clauses.values())
    lost = [told for told in before.told() if told.place not in clauses and _tells(told)]
    found = [told for told in after.told() if told.place not in taken and _tells(told)]
    clauses |= dict(_paired(lost, found, lambda told: told.content))
    return ClauseMap(documents, clauses)


def _told(number: int, text: str, clauses: Sequence[Clause]) -> list[Told]:
    told = []
    for position, (clause, own) in enumerate(zip(clauses, own_ranges(clauses), strict=True)):
        words = [clause.heading, *(text[max(start, clause.body) : end] for start, end in own if end > clause.body)]
        content = " ".join(" ".join(words).split())
        parent = None if clause.parent is None else (number, clause.parent)
        told.append(Told((number, position), clause.number, clause.heading, parent, content))
    return told


def _tells(told: Told) -> bool:
    return len(told.content.split()) >= TELLING


def _documents(before: Side, after: Side) -> dict[int, int]:
    """By path, then by bytes, by text, and by what most of their clauses say."""
    pairs: dict[int, int] = {}
    keys: tuple[Callable[[Document], Hashable], ...] = (lambda d: d.path, lambda d: d.sha256, lambda d: d.text_sha256)
    for key in keys:
        left: dict[Hashable, int] = {}
        for number in sorted(set(after.documents) - set(pairs.values()), reverse=True):
            left[key(after.documents[number])] = number
        for number in sorted(before.documents.keys() - pairs.keys()):
            same = left.pop(key(before.documents[number]), None)
            if same is not None:
                pairs[number] = same
    return pairs | _renamed_and_edited(before, after, pairs)


def _renamed_and_edited(before: Side, after: Side, pairs: dict[int, int]) -> dict[int, int]:
    places: dict[str, set[int]] = defaultdict(set)
    for number in set(after.documents) - set(pairs.values()):
        for told in after.clauses[number]:
            if _tells(told):
                places[told.content].add(number)
    scored: list[tuple[float, int, int]] = []
    for number in sorted(before.documents.keys() - pairs.keys()):
        telling = {told.content for told in before.clauses[number] if _tells(told)}
        shared = Counter(new for content in telling for new in places.get(content, ()))
        scored += [(count / len(telling), number, new) for new, count in shared.items() if count >= SAME_DOCUMENT * len(telling)]
    found: dict[int, int] = {}
    for _, old, new in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _within(old: Sequence[Told], new: Sequence[Told]) -> dict[Place, Place]:
    """The clauses of two versions of one document; the surest signs first."""
    pairs: dict[Place, Place] = {}
    signs: tuple[Callable[[Told], Hashable], ...] = (
        lambda told: (told.number, told.content),
        lambda told: told.content if told.content else None,
    )
    for sign in signs:
        pairs |= dict(_paired(*_left(old, new, pairs), sign))
    pairs |= _reworded(*_left(old, new, pairs))
    # What is left and keeps its number and heading, or either of them at the same parent, is the clause rewritten.
    pairs |= dict(_paired(*_left(old, new, pairs), lambda told: (told.number, told.heading) if told.number or told.heading else None))
    return pairs


def _left(old: Sequence[Told], new: Sequence[Told], pairs: dict[Place, Place]) -> tuple[list[Told], list[Told]]:
    taken = set(pairs.values())
    return [told for told in old if told.place not in pairs], [told for told in new if told.place not in taken]


def _paired(old: Iterable[Told], new: Iterable[Told], sign: Callable[[Told], Hashable]) -> Iterator[tuple[Place, Place]]:
    """Those of one sign, in order; None is no sign."""
    waiting: dict[Hashable, list[Place]] = defaultdict(list)
    for told in new:
        waiting[sign(told)].append(told.place)
    for told in old:
        key = sign(told)
        if key is not None and waiting[key]:
            yield told.place, waiting[key].pop(0)


def _reworded(old: Sequence[Told], new: Sequence[Told]) -> dict[Place, Place]:
    """The likest first, by the share of words in common; of two as like, the one that keeps its number, then the first."""
    if len(old) * len(new) > COMPARED:
        return {}
    words = [[Counter(told.content.casefold().split()) for told in told_of] for told_of in (old, new)]
    scored: list[tuple[float, bool, Place, Place]] = []
    for one, ones in zip(old, words[0], strict=True):
        for other, others in zip(new, words[1], strict=True):
            share = _shared(ones, others)
            if share >= LIKE:
                scored.append((-share, one.number != other.number, one.place, other.place))
    found: dict[Place, Place] = {}
    taken: set[Place] = set()
    for _, _, before, after in sorted(scored):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """Sørensen and Dice's coefficient over words, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
