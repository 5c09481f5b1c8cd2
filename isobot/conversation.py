"""A conversation: each question with the one before it, for every surface."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.errors import NothingCitedError
from indexer.analysis import analyse
from isobot.about_citation import told, with_its_rule
from isobot.citation import SHOWN
from isobot.citation_request import CitationRequest, Wanted
from isobot.confidence import LOOKED_UP
from isobot.follow_up import behind, follow_up, without_requests
from isobot.question import MAX_CHARACTERS, Question

if TYPE_CHECKING:
    from isobot.responder import Responder

SPOKEN_OF = 0.22  # cosine between a new thing and the cited clauses; below it, and without a word of it, they do not speak of it
NOT_NAMED = 0.05  # probability that clauses answer which do not speak of the thing that was asked about


@dataclass(frozen=True, slots=True)
class Earlier:
    """The question before, complete in itself, and what was shown to it, best first, as far as who asks now may read it."""

    question: str
    citations: tuple[Citation, ...]

    @classmethod
    def of(cls, answer: Answer) -> Earlier:
        return cls(answer.understood or answer.question, answer.citations or answer.nearest)


class Conversation:
    """What one person asks, one question after another."""

    def __init__(self, responder: Responder, groups: frozenset[str] = frozenset()) -> None:
        self._responder = responder
        self._groups = groups
        self._earlier: Earlier | None = None

    def answer(self, text: str) -> Answer:
        """Answer the next question. Raises QuestionError for what is none; the conversation goes on from the one before then."""
        answer = self._responder.phrased(continued(self._responder, Question(text, self._groups), self._earlier))
        self._earlier = Earlier.of(answer)
        return answer


def continued(responder: Responder, question: Question, earlier: Earlier | None) -> Answer:
    """Answer a question behind the one before it, for who belongs to its groups; None begins a conversation.

    Raises NothingCitedError where something is asked of a citation, and there is none.

    A question of its own is answered as if it were the first. Whether one is that is decided by its words, and where they leave
    it open by which of the two is answered with more confidence. Clauses that answer the earlier question, and do not speak of
    what is new in this one, do not answer.
    """
    meant = follow_up(question.text, earlier.question) if earlier else None
    if earlier is None or meant is None:
        return responder.answer(question)
    if isinstance(meant, CitationRequest):
        return _requested(responder, question, earlier, meant)
    answer = responder.answer(replace(question, text=meant.question, named=meant.named))
    speaks = answer.abstained or not meant.named or _speak_of(responder, answer.citations[:SHOWN], meant.named)
    if meant.perhaps_new:
        alone = responder.answer(replace(question, named=meant.named))
        if not speaks or alone.confidence >= answer.confidence:
            return alone
    elif not speaks:
        confidence = min(answer.confidence, NOT_NAMED)
        answer = replace(answer, citations=(), nearest=answer.citations, confidence=confidence, notices=(), differs=())
    return replace(answer, question=question.text, understood=meant.question)


def _speak_of(responder: Responder, citations: Iterable[Citation], named: str) -> bool:
    stems = set(analyse(named))
    cited = tuple(citations)
    texts = (f"{one.document.title} {one.clause_path} {one.clause_text}" for one in cited)
    return any(stems <= set(analyse(text)) for text in texts) or responder.closeness(named, cited) >= SPOKEN_OF


def _requested(responder: Responder, question: Question, earlier: Earlier, request: CitationRequest) -> Answer:
    """What is to be told of an earlier citation, with the citation itself. Raises NothingCitedError where there is none."""
    began = time.perf_counter()
    if request.wanted is Wanted.MORE:
        return _more(responder, question, earlier)
    cited = with_its_rule(earlier.citations[request.position :])
    if not cited:
        raise NothingCitedError
    return Answer(
        question=question.text,
        citations=cited,
        nearest=(),
        confidence=LOOKED_UP,
        owner=cited[0].document.owner,
        generation=responder.generation.name,
        milliseconds=(time.perf_counter() - began) * 1000,
        notices=told(cited, request.wanted, responder.today()),
        understood=_recorded(earlier, question.text),
        whole=request.wanted is Wanted.CLAUSE,
    )


def _more(responder: Responder, question: Question, earlier: Earlier) -> Answer:
    """What the earlier question found beside what was shown. Raises NothingCitedError where that is nothing."""
    again = responder.answer(replace(question, text=without_requests(earlier.question)))
    shown = {_slice(one) for one in earlier.citations[:SHOWN]}
    left = tuple(one for one in again.citations or again.nearest if _slice(one) not in shown)
    if not left:
        raise NothingCitedError(more=True)
    citations, nearest = ((), left) if again.abstained else (left, ())
    understood = _recorded(earlier, question.text)
    return replace(again, question=question.text, understood=understood, citations=citations, nearest=nearest, notices=(), differs=())


def _recorded(earlier: Earlier, text: str) -> str:
    return behind(earlier.question, text)[:MAX_CHARACTERS]


def _slice(citation: Citation) -> tuple[str, int, int]:
    return citation.document.path, citation.start, citation.end
