"""The question's way to an Answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.document import GUIDANCE, Document
from corpus.library import framework
from indexer.analysis import analyse
from indexer.encoders.base import Encoder, Rows
from indexer.generation import Generation, Mask
from indexer.references import Reference, question_references
from isobot import lookup
from isobot.asked_for import CORRESPONDS, by_relevance, documenting, linked, numbered
from isobot.cells import FITS, cell_asked
from isobot.citable import citable, readable
from isobot.citation import CITED
from isobot.closest import by_closest_sentence
from isobot.confidence import LOOKED_UP, probability
from isobot.curated import confidence_in, curated, referred_hits
from isobot.defined import SURE, defined
from isobot.document_facts import facts_asked
from isobot.document_list import documents_listed
from isobot.everyday import as_documents_say
from isobot.framework_question import framework_question
from isobot.guidance import ControlName, Guidance
from isobot.hit import Hit, best_clauses, followed, speaking_first, whole_clause
from isobot.imprint import behind_what_is_said
from isobot.named_folder import in_named_folder
from isobot.named_source import named_source
from isobot.notice import Notice
from isobot.question import Question
from isobot.quoter import Quoter
from isobot.ranking import Ranking
from isobot.retrieve import Retriever
from isobot.rows import rows_asked
from isobot.rows_by_value import rows_with_value
from isobot.settings import Settings
from isobot.side_by_side import Pairs, SideBySide
from isobot.silent_rows import SilentRows
from isobot.slide_notes import behind_rules
from isobot.spelling import spelled
from isobot.stated import weighed
from isobot.topic import HEADED, under_heading

NEAR = 7  # next best clauses, looked through for one that disagrees with a citation
OWN_BEFORE = 2  # own clauses before the guidance, to who asks where a control is documented and what it asks: both are seen at once
MISSING = 4  # sentences about what a question names and nobody has
TELLING = 4  # words beside an id: "where is A.8.13 documented" has one, "MA-4 about remote support sessions" more


@dataclass(frozen=True, slots=True)
class Found:
    """What is cited, best first, with the vector of the question to choose the words by.

    confidence: calibrated probability, 0 to 1, that the first of them answers. notices: why there is no answer, whatever is near.
    remarks: what to say beside an answer. guessed: whether the search alone says how likely that is.
    """

    hits: list[Hit]
    confidence: float
    query: Rows
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    guessed: bool = False


class Answerer:
    """Answers from one generation."""

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.generation = generation
        self._settings = settings

    def answer(self, question: Question, today: date, began: float) -> Answer:
        """Answer a question as of a day; `began` is when it was asked, by `time.perf_counter`."""
        asked = question.text
        self._retriever.encoding(asked)  # begins here: nearly every question is meant as it is typed
        allowed = citable(self.generation, question, today)
        vocabulary = self._retriever.readable(allowed)
        text, mended = spelled(asked, vocabulary)
        question = replace(question, text=as_documents_say(text, vocabulary))
        references = question_references(question.text, self._settings.default_framework)
        least = self._settings.answer_from
        catalogue = self.generation.catalogue
        answers = lookup.question_answered(catalogue, text, allowed) or lookup.question_answered(catalogue, question.text, allowed)
        told = None if answers else self._told(question.text, allowed, today)
        guided = None if answers or told else self._guided(question, references, allowed, today)
        found = told or guided or self._own(question, references, allowed, answers)
        may_read = readable(self.generation, question.groups, today)
        quoter = Quoter(self.generation, found.query, may_read, question.text)
        citations = quoter.citations(found.hits[:CITED], "" if told else question.named)
        confidence = 0.0 if found.notices else found.confidence
        if found.guessed and citations:
            citations, confidence = weighed(question.text, citations, confidence)
        answered = bool(citations) and not found.notices and confidence >= least
        differs: Pairs = ()
        if answered:
            beside = SideBySide(self.generation, found.query, may_read)
            citations, differs = beside.arranged(citations, found.hits[:CITED], found.hits[CITED : CITED + NEAR], quoter.alone)
        return Answer(
            question=asked,
            citations=citations if answered else (),
            nearest=() if answered else citations,
            confidence=confidence,
            owner=self._owner(citations, near=found.confidence >= least / 2),
            generation=self.generation.name,
            milliseconds=(time.perf_counter() - began) * 1000,
            notices=(*map(_taken_for, mended), *(found.notices or found.remarks)),
            differs=differs,
        )

    def _own(self, question: Question, references: Sequence[Reference], allowed: Mask, answers: Sequence[tuple[int, int]]) -> Found:
        """What the organisation's documents say. answers: clauses whose heading is the question itself."""
        text = question.text
        known = [reference for reference in references if reference.known]
        hits, missing = numbered(self.generation, text, references, allowed)
        missing = _some(missing)
        # What is not there keeps nobody from what is: it is said beside the answer.
        notices, remarks = ([], missing) if known or hits else (missing, [])
        source = named_source(self.generation, text, allowed)
        among = source.documents if source else in_named_folder(self.generation, text, allowed)
        more = _asks_more(text, references, [self.generation.document(hit.document) for hit in hits])
        home = "" if more else self._settings.default_framework
        named, standing_in = documenting(self.generation, _names(known), among, home)
        ranking = self._retriever.rank(source.question if source else _searched(text, references), among)
        silent = SilentRows(self.generation, text)
        telling = silent.left_out(ranking)
        if named:
            hits, remarks = by_relevance(self.generation, named, ranking), [*standing_in, *remarks]
        if answers and not notices:
            hits = [whole_clause(self.generation, *place) for place in answers]
            hits = followed(hits, referred_hits(self.generation, hits[0], allowed))
        rows = None if hits or notices else rows_asked(self.generation, text, ranking) or rows_with_value(self.generation, text, ranking)
        hits = rows.hits if rows else hits
        certain = bool(hits)
        if not certain or rows or answers or more:
            best = best_clauses(self.generation, telling, CITED + NEAR)
            if not self.generation.reranker:  # which knows better
                best = by_closest_sentence(self.generation, ranking.query, best)
            best = [silent.narrowed(hit) for hit in best]
            best = behind_what_is_said(self.generation, best, text)
            hits = followed(hits, behind_rules(self.generation, best, allowed))
        if certain:
            confidence = CORRESPONDS if standing_in and not answers else LOOKED_UP
            return Found(hits, confidence, ranking.query, tuple(notices), (*remarks, *(rows.remarks if rows else ())))
        likely = probability(telling.signals.meaning, telling.scores)
        hits, confidence = self._put_first(question, ranking, among, hits, likely)
        return Found(hits, confidence, ranking.query, tuple(notices), tuple(remarks), guessed=confidence == likely)

    def _put_first(
        self, question: Question, ranking: Ranking, allowed: Mask, hits: list[Hit], confidence: float
    ) -> tuple[list[Hit], float]:
        """The hits of a search behind what the form of a question or an FAQ puts before them, and how likely the first then answers."""
        term = defined(self.generation, question.text, ranking)
        if lines := term or cell_asked(self.generation, question.text, ranking):
            hits = followed(lines, hits)
            # "who is the owner?" behind a question is mostly about what that named: it must not win for its form alone.
            confidence = confidence if question.named else max(confidence, SURE if term else FITS)
        elif headed := under_heading(self.generation, question.text, hits):
            hits, confidence = followed(headed, hits), max(confidence, HEADED)
        same, narrower = curated(self.generation, question, ranking, allowed)
        if same:
            hits = followed(followed(same, referred_hits(self.generation, same[0], allowed)), hits)
            confidence = max(confidence, confidence_in(same[0]))
        elif narrower:
            hits = followed(narrower, hits)
        return speaking_first(self.generation, hits, question.named) if question.named else hits, confidence

    def _told(self, text: str, allowed: Mask, today: date) -> Found | None:
        """What documents that the question names say of themselves; None for every other question."""
        told = documents_listed(self.generation, text, allowed, today) or facts_asked(self.generation, text, allowed, today)
        if told is None:
            return None
        ranking = self._retriever.rank(text, allowed)
        near = best_clauses(self.generation, ranking, CITED) if told.missing else []
        return Found(followed(told.hits, near), LOOKED_UP, ranking.query, told.missing, told.remarks)

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
        own = linked(self.generation, guided.controls, allowed)
        if own:
            own = by_relevance(self.generation, own, self._retriever.rank(_searched(question.text, references), allowed))
        before = OWN_BEFORE if asked.where else 0
        hits = [*own[:before], *guided.hits, *own[before:]]
        return Found(hits, guided.confidence, guided.query)

    def closeness(self, words: str, citations: Iterable[Citation]) -> float:
        """Cosine between some words and the sentence of the cited clauses that is likest to them; 0 without citations."""
        query, numbers = self._encoder.encode([words], "query"), self.generation.catalogue.number_of
        known = [(number, one.clause) for one in citations if (number := numbers(one.document.path)) is not None]
        ranges = [(number, clause.start, clause.end) for number, clause in known]
        return max(self.generation.sentences.likest(query, ranges), default=0.0)

    def rank_documents(self, text: str, k: int, today: date) -> list[tuple[str, float]]:
        """Paths of the best `k` documents with the score of each one's best passage."""
        ranking = self._retriever.rank(text, readable(self.generation, frozenset(), today))
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

    def _owner(self, citations: tuple[Citation, ...], near: bool) -> str | None:
        """Whom to ask: the owner of the first document cited, unless that has nothing to do with the question."""
        of_documents = next((c.document.owner for c in citations if c.document.owner), None)
        return of_documents if near and of_documents else self._settings.default_owner or of_documents


def _searched(text: str, references: Iterable[Reference]) -> str:
    """The words to search for: an id says nothing to a search, its control's title does."""
    titles = [control.title for r in references if r.known and (control := framework(r.framework).get(r.id))]
    return " ".join([text, *titles])


def _names(references: Iterable[Reference]) -> list[ControlName]:
    return [(reference.framework, reference.id) for reference in references]


def _asks_more(question: str, references: Iterable[Reference], documents: Iterable[Document]) -> bool:
    """Whether a question that names controls, or sections of documents, has matter of its own, beyond asking for them."""
    rest = question
    for reference in references:
        rest = rest.replace(reference.text, " ")
    words = {word for word in analyse(rest, question=True) if len(word) > 1 and word.isalpha()}
    return len(words.difference(*(lookup.words_of_section(document) for document in documents))) >= TELLING


def _some(missing: Sequence[str]) -> list[str]:
    """Each sentence once, and of many how many more there are."""
    each = list(dict.fromkeys(missing))
    return each if len(each) <= MISSING else [*each[:MISSING], Notice.of("notice.more_missing", number=len(each) - MISSING)]


def _taken_for(mended: tuple[str, str]) -> str:
    return Notice.of("notice.mended", word=mended[0], taken=mended[1])
