"""What a question gets: citations, or an abstention with what came nearest."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.citation import Citation


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that a language model made of what is cited. citations: positions of those that it rests on, from 0."""

    text: str
    citations: tuple[int, ...]

    @property
    def marked(self) -> str:
        """The sentence with the number of each citation, from 1: "A password has 14 characters [1]."."""
        marks = "".join(f"[{position + 1}]" for position in self.citations)
        end = self.text[-1] if self.text[-1] in ".!?" else ""
        return f"{self.text.removesuffix(end)} {marks}{end}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    citations: best first, at most five; empty when the documents do not answer, and then `nearest` holds what came nearest.
    confidence: calibrated probability, 0 to 1, that the first of them answers.
    owner: whom to ask. notices: sentences to show beside it ("AC-99 is not a control of NIST SP 800-53 r5.").
    differs: pairs of positions among the citations, the earlier first, of different documents that state different figures or opposite
    duties for the same thing. understood: a follow-up as the complete question that it was taken for; "" for a question of its own.
    phrased: its wording by a language model, where a setting names one; empty where none of it stands.
    whole: whether the clause of the first citation was asked for and not the words that answer.
    generation: name of the published index that answered. milliseconds: from question to answer.
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
    understood: str = ""
    phrased: tuple[Phrase, ...] = ()
    whole: bool = False

    @property
    def abstained(self) -> bool:
        return not self.citations
