"""What a question gets: citations, or an abstention with what came nearest."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.citation import Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    citations: best first, at most five; empty when the documents do not answer, and then `nearest` holds what came nearest.
    confidence: calibrated probability, 0 to 1, that the first of them answers.
    owner: whom to ask. notices: sentences to show beside it ("AC-99 is not a control of NIST SP 800-53 r5.").
    differs: pairs of positions among the citations, the earlier first, of different documents that state different figures or opposite
    duties for the same thing. generation: name of the published index that answered. milliseconds: from question to answer.
    """

    question: str
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    confidence: float
    owner: str | None
    generation: str
    milliseconds: float
    notices: tuple[str, ...] = ()
    differs: tuple[tuple[int, int], ...] = ()

    @property
    def abstained(self) -> bool:
        return not self.citations
