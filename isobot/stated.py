"""Whether citations that a search found state what is asked, or only point to it, or speak beside it or of its opposite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from corpus.citation import Citation
from isobot.citation import CITED
from isobot.confidence import SILENT
from isobot.figures import asks_prohibition
from isobot.kind_asked import lacks_kind
from isobot.ownership import are_opposed, owners
from isobot.pointers import asks_where, only_points
from isobot.role_asked import asks_role, lacks_role
from isobot.same_question import shares_frame
from isobot.value_asked import Where, asks_interval, lacks_value, states_interval
from isobot.verdict import far_verdict, forbidden_from
from isobot.worded_alike import has_all_words

NEAR = 1.0  # standard deviations less than the first scores: so near, what states what is asked comes before it
WORDED_ALIKE = 0.6  # at least, where a sentence has all words of the question: of 32 such that were thought less likely 26 answered
FORWARD = 0.8  # of the confidence in the first is left: given that this is wrong, the next is right in 35 of 100
Citations = tuple[Citation, ...]


def weighed(question: str, citations: Citations, confidence: float) -> tuple[Citations, float]:
    """The citations, first one that states something, and how likely this then answers.

    citations: as the search ranks them, not empty. confidence: probability, 0 to 1, that the first of these answers.
    """
    if confidence < WORDED_ALIKE and not asks_role(question) and has_all_words(question, citations[0].quote):
        confidence = WORDED_ALIKE
    for states in _demands(question):
        if not states(citations[0]):
            forward = _forward(citations, states)
            confidence = confidence * FORWARD if forward else min(confidence, SILENT)
            citations = (*forward, *(one for one in citations if one not in forward))
    first = citations[0]
    shown = f"{first.document.title}\n{first.clause_path}\n{first.clause_text}"
    lacking = (
        lacks_value(question, lambda where: _words(first, where))
        or lacks_role(question, shown)
        or lacks_kind(question, first.quote, shown)
        or (first.clause.heading.endswith("?") and shares_frame(question, first.clause.heading, first.whole_clause))
    )
    forbidden = None if asks_prohibition(question) else forbidden_from(first)
    verdict = None if forbidden is None else far_verdict(first, forbidden)
    if verdict:
        citations = (verdict, *citations[: CITED - 1])
    misleads = forbidden is not None and verdict is None
    return citations, min(confidence, SILENT) if lacking or misleads else confidence


def _demands(question: str) -> Iterator[Callable[[Citation], bool]]:
    """What the first citation has to do."""
    if not asks_where(question):
        yield lambda one: not only_points(one.quote)
    if asks_interval(question):
        yield lambda one: states_interval(one.quote)
    if owners(question):
        yield lambda one: not are_opposed(question, f"{one.clause.heading} {one.quote}")


def _forward(citations: Citations, states: Callable[[Citation], bool]) -> Citations:
    """The first of the citations that does so and is nearly as good as the first of all; none where there is none."""
    least = citations[0].score - NEAR
    return tuple(islice((one for one in citations if one.score >= least and states(one)), 1))


def _words(citation: Citation, where: Where) -> str:
    match where:
        case Where.QUOTE:
            return citation.quote
        case Where.CLAUSE:
            return citation.text.characters[citation.clause.start : citation.clause.end]
        case Where.SHOWN:
            return f"{citation.column_names}\n{citation.clause_text}"
