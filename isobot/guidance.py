"""What the guidance says to a question about a framework. It is searched for no other question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from corpus.document import GUIDANCE
from corpus.library import controls_by_id, find_control, framework_names
from indexer.analysis import analyse
from indexer.encoders.base import Rows
from indexer.generation import Generation, Mask
from indexer.references import Reference
from isobot.confidence import LOOKED_UP, probability
from isobot.framework_question import Aspect, FrameworkQuestion
from isobot.hit import Hit, best_clauses, whole_clause
from isobot.retrieve import Retriever

SHOWN = 2  # clauses of guidance in one answer: the organisation's own must find room beside them
CANDIDATES = 10  # clauses among which the topic's own is looked for
CALLED = 0.9  # confidence where the topic is a name of the control
NEARLY = 0.85  # of the best clause's score: at that, a second one is shown

OPENINGS = {Aspect.EVIDENCE: "An auditor ", Aspect.STAFF: "For staff: "}
"""How the paragraph of guidance begins that speaks of one aspect of a control; what it asks stands before them."""

ControlName = tuple[str, str]
"""Framework and id."""


@dataclass(frozen=True, slots=True)
class Guided:
    """Clauses of guidance, best first, and the controls that they are on.

    confidence: calibrated probability, 0 to 1, that the first of them answers. query: the vector to choose their words by.
    """

    hits: list[Hit]
    controls: list[ControlName]
    confidence: float
    query: Rows


class Guidance:
    """The guidance in one generation."""

    def __init__(self, generation: Generation, retriever: Retriever, default_framework: str) -> None:
        self._generation = generation
        self._retriever = retriever
        self._default = default_framework

    def on(
        self, text: str, asked: FrameworkQuestion, references: Sequence[Reference], groups: frozenset[str], today: date
    ) -> Guided | None:
        """What the guidance says to a question: on the controls that it names, else on its topic; None where there is no guidance."""
        permitted = self._generation.permitted(groups, today, (GUIDANCE,))
        if not permitted.any():
            return None
        named = [(reference.framework, reference.id) for reference in references]
        if not named and asked.clause and (found := find_control(f"clause {asked.clause}", self._edition(asked))):
            named = [(found[0].framework, found[0].id)]
        return self._on_controls(text, asked.aspect, named, permitted) if named else self._on_topic(asked, permitted)

    def _on_controls(self, text: str, aspect: Aspect, named: Iterable[ControlName], permitted: Mask) -> Guided | None:
        hits: list[Hit] = []
        controls: list[ControlName] = []
        for framework, id in dict.fromkeys(named):
            of_edition = permitted & self._of(framework)
            places = [place for place in self._generation.catalogue.clauses_numbered(id) if of_edition[place[0]]]
            hits += [self._aimed(whole_clause(self._generation, document, position), aspect) for document, position in places]
            controls += [(framework, id)] if places else []
        return Guided(hits[:SHOWN], controls, LOOKED_UP, self._retriever.encoding(text).result()) if hits else None

    def _on_topic(self, asked: FrameworkQuestion, permitted: Mask) -> Guided | None:
        of_edition = permitted & self._of(self._edition(asked))
        ranking = self._retriever.rank(asked.topic, of_edition if of_edition.any() else permitted)
        best = best_clauses(self._generation, ranking, CANDIDATES)
        called = [hit for hit in best if self._is_called(hit, asked.topic)]
        hits = (called or [hit for hit in best if hit.score >= NEARLY * best[0].score])[:SHOWN]
        controls = [name for hit in hits if (name := self._control(hit)) is not None]
        confidence = CALLED if called else probability(ranking.signals.meaning, ranking.scores)
        return Guided([self._aimed(hit, asked.aspect) for hit in hits], controls, confidence, ranking.query) if hits else None

    def _is_called(self, hit: Hit, topic: str) -> bool:
        """Whether the topic is what the control is called, in its title or by staff."""
        name = self._control(hit)
        if name is None:
            return False
        control = controls_by_id(name[0])[name[1]]
        wanted = set(analyse(topic, question=True))
        return bool(wanted) and any(wanted <= set(analyse(words)) for words in (control.title, *control.staff_words))

    def _aimed(self, hit: Hit, aspect: Aspect) -> Hit:
        """The hit at the paragraph that speaks of the aspect, where the clause is laid out as ours are."""
        clause = self._generation.catalogue.clauses(hit.document)[hit.clause]
        text = self._generation.text(hit.document).characters
        blocks = [block for block in self._generation.catalogue.blocks(hit.document) if clause.body <= block.start < clause.end]
        chosen = [block for block in blocks if text.startswith(OPENINGS.get(aspect, ""), block.start)]
        return replace(hit, start=chosen[0].start, end=chosen[0].end, opening=True) if chosen else hit

    def _edition(self, asked: FrameworkQuestion) -> str:
        if asked.edition:
            return f"iso27001:{asked.edition}"
        return self._default if self._default.startswith("iso27001:") else "iso27001:2022"

    def _of(self, framework: str) -> Mask:
        """Bool array (documents,): those that declare this framework."""
        return np.array([of == framework for of in self._frameworks], dtype=np.bool_)

    @cached_property
    def _frameworks(self) -> list[str | None]:
        return [self._generation.document(number).framework for number in self._generation.catalogue.numbers()]

    def _control(self, hit: Hit) -> ControlName | None:
        framework = self._frameworks[hit.document]
        number = self._generation.catalogue.clauses(hit.document)[hit.clause].number
        if framework is None or number is None or framework not in framework_names():
            return None
        return (framework, number) if number in controls_by_id(framework) else None
