"""The question's way to an Answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clause import path_of
from corpus.control import Provenance
from corpus.document import GUIDANCE
from corpus.library import framework
from indexer.analysis import analyse
from indexer.encoders.base import Encoder, Rows
from indexer.generation import Generation, Mask
from indexer.links import WHOLE_DOCUMENT
from indexer.passages import Unit
from indexer.references import Reference, question_references
from isobot import lookup
from isobot.citation import NAMES, SHOWN, document_label
from isobot.confidence import LOOKED_UP, probability
from isobot.controls.lists import lists_controls, tags_of
from isobot.curated import confidence_in, curated, referred_hits
from isobot.framework_question import framework_question
from isobot.guidance import ControlName, Guidance
from isobot.hit import Hit, best_clauses, followed, ranked_clauses, whole_clause
from isobot.notice import Notice
from isobot.question import Question
from isobot.quotation import clause_units, column_span, context_span, opening_span, quote_span, within
from isobot.ranking import Ranking
from isobot.referred import referred
from isobot.retrieve import Retriever
from isobot.rows import rows_asked
from isobot.settings import Settings
from isobot.side_by_side import Pairs, SideBySide
from isobot.spelling import spelled

CITED = 5
NEAR = 7  # next best clauses, looked through for one that disagrees with a citation
OWN_BEFORE = 2  # own clauses before the guidance, to who asks where a control is documented and what it asks: both are seen at once
MISSING = 4  # sentences about what a question names and nobody has
TELLING = 4  # words beside an id: "where is A.8.13 documented" has one, "MA-4 about remote support sessions" more


@dataclass(frozen=True, slots=True)
class Found:
    """What is cited, best first, with the vector of the question to choose the words by.

    confidence: calibrated probability, 0 to 1, that the first of them answers. notices: why there is no answer, whatever is near.
    remarks: what to say beside an answer.
    """

    hits: list[Hit]
    confidence: float
    query: Rows
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Answerer:
    """Answers from one generation."""

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.generation = generation
        self._settings = settings

    def answer(self, question: Question, today: date, began: float) -> Answer:
        """Answer a question as of a day; `began` is when it was asked, by `time.perf_counter`."""
        asked = question.text
        self._retriever.encoding(asked)  # begins here: nearly every question is meant as it is typed
        allowed = self._allowed(question, today)
        text, mended = spelled(asked, self._retriever.readable(allowed))
        question = replace(question, text=text)
        references = question_references(question.text, self._settings.default_framework)
        least = self._settings.answer_from
        answers = lookup.question_answered(self.generation.catalogue, question.text, allowed)
        guided = None if answers else self._guided(question, references, allowed, today)
        found = guided or self._own(question, references, allowed, answers)
        readable = self._readable(question.groups, today)
        citations = self._citations(found.hits[:CITED], found.query, readable, question.named)
        answered = bool(citations) and not found.notices and found.confidence >= least
        differs: Pairs = ()
        if answered:
            beside = SideBySide(self.generation, found.query, readable)
            cite = partial(self._cited_alone, query=found.query, readable=readable)
            citations, differs = beside.arranged(citations, found.hits[:CITED], found.hits[CITED : CITED + NEAR], cite)
        return Answer(
            question=asked,
            citations=citations if answered else (),
            nearest=() if answered else citations,
            confidence=0.0 if found.notices else found.confidence,
            owner=self._owner(citations, near=found.confidence >= least / 2),
            generation=self.generation.name,
            milliseconds=(time.perf_counter() - began) * 1000,
            notices=(*map(_taken_for, mended), *(found.notices or found.remarks)),
            differs=differs,
        )

    def _own(
        self, question: Question, references: Sequence[Reference], allowed: Mask, answers: Sequence[tuple[int, int]]
    ) -> Found:
        """What the organisation's documents say. answers: clauses whose heading is the question itself."""
        text = question.text
        known = [reference for reference in references if reference.known]
        hits, missing = self._numbered(text, allowed) if not references else ([], [])
        missing = list(dict.fromkeys([*map(_no_such_control, (one for one in references if not one.known)), *missing]))
        if len(missing) > MISSING:
            missing = [*missing[:MISSING], Notice.of("notice.more_missing", number=len(missing) - MISSING)]
        # What is not there keeps nobody from what is: it is said beside the answer.
        notices, remarks = ([], missing) if known or hits else (missing, [])
        linked = self._linked(_names(known), allowed)
        ranking = self._retriever.rank(self._searched(text, references), allowed)
        if linked:
            hits = self._by_relevance(linked, ranking)
        if answers and not notices:
            hits = [whole_clause(self.generation, *place) for place in answers]
            hits = followed(hits, referred_hits(self.generation, hits[0], allowed))
        rows = None if hits or notices else rows_asked(self.generation, text, ranking)
        hits = rows.hits if rows else hits
        certain = bool(hits)
        if not certain or rows or answers or _asks_more(text, references):
            hits = followed(hits, best_clauses(self.generation, ranking, CITED + NEAR))
        if certain:
            return Found(hits, LOOKED_UP, ranking.query, tuple(notices), (*remarks, *(rows.remarks if rows else ())))
        closeness = (ranking.signals.bare + ranking.signals.headed) / 2
        confidence = probability(closeness, ranking.scores)
        if same := curated(self.generation, question, ranking.query, allowed, float(closeness.max(initial=0.0))):
            hits = followed(followed(same, referred_hits(self.generation, same[0], allowed)), hits)
            confidence = max(confidence, confidence_in(same[0]))
        if question.named:
            hits = self._speaking_first(hits, question.named)
        return Found(hits, confidence, ranking.query, tuple(notices), tuple(remarks))

    def _speaking_first(self, hits: list[Hit], named: str) -> list[Hit]:
        """The hits that speak of what a follow-up names before those that do not: what answers the question before it ranks high, too."""
        stems = set(analyse(named))

        def is_silent(hit: Hit) -> bool:
            clauses = self.generation.catalogue.clauses(hit.document)
            clause = clauses[hit.clause]
            words = self.generation.text(hit.document).characters[clause.start : clause.end]
            return stems.isdisjoint(analyse(f"{path_of(clauses, hit.clause)} {words}"))

        return [*sorted(hits[:SHOWN], key=is_silent), *hits[SHOWN:]]

    def _guided(self, question: Question, references: Sequence[Reference], allowed: Mask, today: date) -> Found | None:
        """To a question about a framework: the guidance, and the organisation's own clauses that document what it is on.

        None for every other question, and where the guidance does not answer: then it is as if there were none.
        """
        if question.collections is not None and GUIDANCE not in question.collections:
            return None
        asked = framework_question(question.text, references)
        if asked is None or not all(reference.known for reference in references):
            return None
        guided = self._guidance.on(question.text, asked, references, question.groups, today)
        if guided is None or guided.confidence < self._settings.answer_from:
            return None
        linked = self._linked(guided.controls, allowed)
        if linked:
            linked = self._by_relevance(linked, self._retriever.rank(self._searched(question.text, references), allowed))
        before = OWN_BEFORE if asked.where else 0
        hits = [*linked[:before], *guided.hits, *linked[before:]]
        return Found(hits, guided.confidence, guided.query)

    def closeness(self, words: str, citations: Iterable[Citation]) -> float:
        """Cosine between some words and the sentence of the cited clauses that is likest to them; 0 without citations."""
        query, numbers = self._encoder.encode([words], "query"), self.generation.catalogue.number_of
        places = [(number, one.clause) for one in citations if (number := numbers(one.document.path)) is not None]
        sentences = self.generation.sentences
        return max((sentences.likeness(query, number, clause.start, clause.end) for number, clause in places), default=0.0)

    def rank_documents(self, text: str, k: int, today: date) -> list[tuple[str, float]]:
        """Paths of the best `k` documents with the score of each one's best passage."""
        ranking = self._retriever.rank(text, self._readable(frozenset(), today))
        owners = self.generation.passages["document"][ranking.passages]
        _, first = np.unique(owners, return_index=True)
        best = np.sort(first)[:k]
        return [(self.generation.document(int(owners[i])).path, float(ranking.scores[i])) for i in best]

    @cached_property
    def _encoder(self) -> Encoder:
        return self.generation.encoder(threads=1)

    @cached_property
    def _retriever(self) -> Retriever:
        return Retriever(self.generation, self._encoder)

    @cached_property
    def _guidance(self) -> Guidance:
        return Guidance(self.generation, self._retriever, self._settings.default_framework)

    def _readable(
        self, groups: frozenset[str], today: date, collections: frozenset[str] | None = None, in_force_only: bool = True
    ) -> Mask:
        own = self.generation.own_collections()
        wanted = own if collections is None else [name for name in own if name in collections]
        return self.generation.permitted(groups, today, wanted, in_force_only)

    def _allowed(self, question: Question, today: date) -> Mask:
        """What may be cited: what is in force, and what is not but is asked for by its own name."""
        in_force = self._readable(question.groups, today, question.collections)
        others = np.flatnonzero(self._readable(question.groups, today, question.collections, in_force_only=False) & ~in_force)
        named = lookup.documents_named(question.text, ((int(i), self.generation.document(int(i))) for i in others))
        if not named:
            return in_force
        titles = frozenset(self.generation.document(int(i)).title.casefold() for i in np.flatnonzero(in_force))
        asked = [one.number for one in named if lookup.asked_for_by_name(question.text, one, titles)]
        if not asked:
            return in_force
        chosen = np.zeros_like(in_force)
        chosen[asked] = True
        return chosen

    def _numbered(self, text: str, allowed: Mask) -> tuple[list[Hit], list[str]]:
        """The clauses whose numbers the question gives, in the document that it names; and a sentence for each that there is none of."""
        if ids := lookup.clause_ids_named(text):
            return self._by_ids(ids, allowed)
        catalogue = self.generation.catalogue
        number = lookup.section_named(text)
        if number is None:
            return [], []
        documents = ((int(i), self.generation.document(int(i))) for i in np.flatnonzero(allowed))
        named = lookup.documents_named(text, documents)
        most = [one for one in named if one.document.title == named[0].document.title]
        found = [
            whole_clause(self.generation, one.number, position)
            for one in most
            if (position := lookup.clause_numbered(catalogue.clauses(one.number), number)) is not None
        ]
        if found or not most:
            return found, []
        return [], [Notice.of("notice.no_section", document=document_label(most[0].document), number=number)]

    def _by_ids(self, ids: Iterable[str], allowed: Mask) -> tuple[list[Hit], list[str]]:
        """As `_numbered`, for ids that stand by themselves. One of a family that no readable document has is an ordinary word."""
        catalogue = self.generation.catalogue
        hits: list[Hit] = []
        missing: list[str] = []
        for id in ids:
            places = [place for place in catalogue.clauses_numbered(id) if allowed[place[0]]]
            hits += [whole_clause(self.generation, document, position) for document, position in places]
            if not places and any(allowed[document] for document, _ in catalogue.clauses_numbered(lookup.family_of(id) + "%")):
                missing.append(Notice.of("notice.no_clause", id=id))
        return hits, missing

    def _searched(self, text: str, references: Iterable[Reference]) -> str:
        """The words to search for: an id says nothing to a search, its control's title does."""
        titles = [control.title for r in references if r.known and (control := framework(r.framework).get(r.id))]
        return " ".join([text, *titles])

    def _linked(self, controls: Iterable[ControlName], allowed: Mask) -> list[Hit]:
        """Clauses that name, or are declared to document, these controls."""
        hits: dict[tuple[int, int], Hit] = {}
        for name in controls:
            for document, position, link in self.generation.catalogue.clauses_for(*name):
                if not allowed[document] or link.provenance is Provenance.REJECTED:
                    continue
                clause = self.generation.catalogue.clauses(document)[position]
                # What a document-control table names, the document declares as a whole; its clauses say where.
                declared = name in self.generation.document(document).controls and position == WHOLE_DOCUMENT
                start, end = (clause.start, clause.end) if link.start is None or link.end is None else (link.start, link.end)
                whole = declared or link.start is None or lists_controls(self.generation.catalogue.links(document, position))
                hits.setdefault((document, position), Hit(document, position, start, end, 0.5 if whole else 1.0))
        return list(hits.values())

    def _by_relevance(self, linked: list[Hit], ranking: Ranking) -> list[Hit]:
        """Linked clauses as the search ranks them; the clauses that name the control before lists and declarations."""
        place = {(hit.document, hit.clause): number for number, hit in enumerate(ranked_clauses(self.generation, ranking))}
        return sorted(linked, key=lambda hit: (-hit.score, place.get((hit.document, hit.clause), len(place))))

    def _citations(self, hits: list[Hit], query: Rows, readable: Mask, named: str = "") -> tuple[Citation, ...]:
        """The hits as citations, each quoting the sentences that are likest to the question.

        readable: what they may refer to. named: what a follow-up adds; where sentences of a clause speak of it, one of them is quoted.
        """
        stems = set(analyse(named))
        citations = []
        for hit in hits:
            catalogue = self.generation.catalogue
            text = self.generation.text(hit.document).characters
            units = clause_units(text, catalogue.clauses(hit.document), hit.clause, catalogue.blocks(hit.document))
            speaking = [i for i, unit in enumerate(units) if stems and stems <= set(analyse(text[unit.start : unit.end]))]
            choices = speaking or within(units, hit.start, hit.end) or range(len(units))
            likeness = {i: self.generation.sentences.likeness(query, hit.document, units[i].start, units[i].end) for i in choices}
            if likeness:
                citations.append(self._citation(hit, units, likeness, readable))
        return tuple(citations)

    def _cited_alone(self, hit: Hit, query: Rows, readable: Mask) -> tuple[Citation, ...]:
        return self._citations([hit], query, readable)

    def _citation(self, hit: Hit, units: list[Unit], likeness: dict[int, float], readable: Mask) -> Citation:
        catalogue = self.generation.catalogue
        text = self.generation.text(hit.document)
        clauses = catalogue.clauses(hit.document)
        blocks = catalogue.blocks(hit.document)
        opening = opening_span(text.characters, [units[position] for position in sorted(likeness)])
        quote = opening if hit.whole else quote_span(text.characters, units, likeness, blocks)
        if hit.opening and quote[0] < opening[1]:
            quote = opening
        context = context_span(text.characters, clauses, hit.clause, units, quote)
        clause = clauses[hit.clause]
        return Citation(
            document=self.generation.document(hit.document),
            text=text,
            clauses=clauses,
            position=hit.clause,
            start=quote[0],
            end=quote[1],
            context_start=context[0],
            context_end=context[1],
            controls=tags_of(catalogue.links(hit.document, hit.clause), *quote),
            score=hit.score,
            refers=referred(self.generation, hit.document, clause, readable),
            columns=column_span(quote[0], blocks),
        )

    def _owner(self, citations: tuple[Citation, ...], near: bool) -> str | None:
        """Whom to ask: the owner of the first document cited, unless that has nothing to do with the question."""
        of_documents = next((c.document.owner for c in citations if c.document.owner), None)
        return of_documents if near and of_documents else self._settings.default_owner or of_documents


def _names(references: Iterable[Reference]) -> list[ControlName]:
    return [(reference.framework, reference.id) for reference in references]


def _asks_more(question: str, references: Iterable[Reference]) -> bool:
    """Whether a question that names controls has matter of its own, beyond asking where they are documented."""
    rest = question
    for reference in references:
        rest = rest.replace(reference.text, " ")
    return len(set(analyse(rest, question=True))) >= TELLING


def _taken_for(mended: tuple[str, str]) -> str:
    return Notice.of("notice.mended", word=mended[0], taken=mended[1])


def _no_such_control(reference: Reference) -> str:
    return Notice.of("notice.no_control", id=reference.id, framework=NAMES.get(reference.framework, reference.framework))
