"""Whether citations that a search found state what is asked, or only point to it, or speak beside it."""

from __future__ import annotations

from corpus.citation import Citation
from isobot.confidence import SILENT
from isobot.pointers import POINTING, asks_where, only_points
from isobot.value_asked import lacks_value

NEAR = 1.0  # standard deviations less than what points scores: so near, what states something comes before it
Citations = tuple[Citation, ...]


def weighed(question: str, citations: Citations, confidence: float) -> tuple[Citations, float]:
    """The citations, what only points behind what states, and how likely the first of them then answers.

    citations: as the search ranks them, not empty. confidence: probability, 0 to 1, that the first of these answers.
    """
    first = citations[0]
    if only_points(first.quote) and not asks_where(question):
        citations = _stating_first(citations)
        confidence = min(confidence, SILENT) if citations[0] is first else confidence * POINTING
    return citations, min(confidence, SILENT) if lacks_value(question, citations[0].clause_text) else confidence


def _stating_first(citations: Citations) -> Citations:
    """The citations, before all others those that state something and are nearly as good as the first, which only points."""
    least = citations[0].score - NEAR
    stating = [one for one in citations if one.score >= least and not only_points(one.quote)]
    return (*stating, *(one for one in citations if one not in stating))
