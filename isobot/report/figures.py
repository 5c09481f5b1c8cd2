"""The report: figures of a period, the unanswered register grouped, documents cited and never cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.document import GUIDANCE, Document
from indexer.references import question_references
from isobot.refusals import ChangedError
from isobot.reopened import reopened
from isobot.report.likeness import distinct, grouped
from isobot.state.moments import stamp
from isobot.state.records import AnswerRecord, UnansweredQuestion

if TYPE_CHECKING:
    from indexer.generation import Generation
    from isobot.state.store import Store


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Unanswered questions that are alike. questions: each once, oldest first; times: how often they were asked in all."""

    questions: tuple[str, ...]
    times: int
    owner: str | None


@dataclass(frozen=True, slots=True)
class Cited:
    """How many answers of the period cite a document."""

    path: str
    title: str
    answers: int


@dataclass(frozen=True, slots=True)
class Report:
    """since, until: ISO 8601, UTC, `until` exclusive. people: who asked, as far as they are told apart.

    controls: "iso27001:2022 A.8.13" → open questions that name it, or whose nearest clause documents it. cited: of this period, most
    first. never: paths that no answer in the state cites.
    """

    since: str
    until: str
    generation: str
    questions: int
    abstained: int
    people: int
    helpful: int
    not_helpful: int
    open: tuple[OpenQuestions, ...]
    controls: tuple[tuple[str, int], ...]
    cited: tuple[Cited, ...]
    never: tuple[str, ...]


def every_group(generation: Generation) -> frozenset[str]:
    """All groups that any document is restricted to."""
    documents = map(generation.document, generation.catalogue.numbers())
    return frozenset(group for document in documents for group in document.audience or ())


def compiled(
    store: Store, generation: Generation, since: datetime, until: datetime, readers: frozenset[str] | None, framework: str
) -> Report:
    """The report of a period, for who belongs to `readers`; None is whoever may read the state, and so everything.

    Of a document that they may not read nothing is told, and no question that came near one: its words may give away what it says.
    framework: the edition that a bare id in a question belongs to. Raises StateError.
    """
    first, last = stamp(since), stamp(until)
    within: list[AnswerRecord] = []
    ever: set[str] = set()
    for record in store.answers():
        ever.update(one.path for one in record.citations)
        if first <= record.asked_at < last:
            within.append(record)
    asked = {record.id for record in within}
    said = [one for one in store.feedback() if first <= one.given_at < last]
    groups = every_group(generation) if readers is None else readers
    readable = documents_for(generation, groups)
    open_to = {path for path, document in readable.items() if document.collection != GUIDANCE}
    left_open = [one for one in store.unanswered() if one.answer_id in asked]
    if readers is not None:
        left_open = [one for one in left_open if all(cited.path in readable for cited in one.nearest)]
    counts = Counter(path for record in within for path in {one.path for one in record.citations})
    cited = [Cited(path, readable[path].title or path, number) for path, number in counts.items() if path in open_to]
    return Report(
        since=first,
        until=last,
        generation=generation.name,
        questions=len(within),
        abstained=sum(record.abstained for record in within),
        people=len({record.asker_ref for record in within}),
        helpful=sum(one.helpful for one in said),
        not_helpful=sum(not one.helpful for one in said),
        open=open_questions(generation, left_open),
        controls=by_control(generation, left_open, groups, framework),
        cited=tuple(sorted(cited, key=lambda one: (-one.answers, one.path))),
        never=tuple(sorted(path for path in open_to - ever)),
    )


def documents_for(generation: Generation, readers: frozenset[str]) -> dict[str, Document]:
    """The documents that members of these groups may read, by path."""
    documents = map(generation.document, generation.catalogue.numbers())
    return {one.path: one for one in documents if one.may_be_read_by(readers)}


def open_questions(generation: Generation, left_open: Sequence[UnansweredQuestion]) -> tuple[OpenQuestions, ...]:
    """Alike ones together, by the model that the index was built with."""
    if not left_open:
        return ()
    rows = generation.encoder(threads=1).encode([one.question for one in left_open], "query")
    groups = [[left_open[number] for number in group] for group in grouped(rows)]
    owners = [next((one.owner for one in group if one.owner), None) for group in groups]
    return tuple(
        OpenQuestions(tuple(distinct([one.question for one in group])), len(group), owner)
        for group, owner in zip(groups, owners, strict=True)
    )


def by_control(
    generation: Generation, left_open: Sequence[UnansweredQuestion], readers: frozenset[str], framework: str
) -> tuple[tuple[str, int], ...]:
    """How many open questions belong to each control, most first."""
    counts: Counter[str] = Counter()
    for one in left_open:
        named = {f"{found.framework} {found.id}" for found in question_references(one.question, framework)}
        counts.update(named or near(generation, one, readers))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def near(generation: Generation, one: UnansweredQuestion, readers: frozenset[str]) -> set[str]:
    """The controls of the nearest clause that still stands as it did."""
    for cited in one.nearest:
        try:
            return {f"{link.framework} {link.id}" for link in reopened(generation, cited, readers).controls}
        except ChangedError:
            continue
    return set()
