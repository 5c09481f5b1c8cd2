"""What an adapter is trained on: questions, and the passages of one corpus, some of which answer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, replace

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadedPassage:
    """A passage as the encoder reads it.

    text: the passage behind what stands above it. parts: code point ranges of `text`: of the passage itself, then of each of its
    sentences, as far as they are known. document: what it was taken from.
    """

    text: str
    parts: tuple[Span, ...]
    document: str

    @property
    def bare(self) -> str:
        start, end = self.parts[0]
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage that answers it.

    right: position of that passage. sentence: which of its sentences answers, from 0; None where that is not known.
    wrong: positions of passages that are near to the question and do not answer it, the likest first.
    """

    question: str
    right: int
    sentence: int | None = None
    wrong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to measure with. kind: where it comes from. right: positions of the passages that answer, the first decides the fold."""

    question: str
    right: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """One corpus. curated: documents of questions and answers, which may answer any question and so are no negatives.

    unresolved: lines of the questions' file, from 1, whose range is no sentence of a passage, nor several.
    """

    name: str
    passages: tuple[HeadedPassage, ...]
    pairs: tuple[Pair, ...]
    probes: tuple[Probe, ...] = ()
    curated: frozenset[str] = frozenset()
    unresolved: tuple[int, ...] = ()

    def answers(self) -> dict[str, frozenset[int]]:
        """Of each question every passage that answers it."""
        found: dict[str, set[int]] = defaultdict(set)
        for pair in self.pairs:
            found[pair.question].add(pair.right)
        return {question: frozenset(right) for question, right in found.items()}

    def without(self, documents: Set[str]) -> TrainingSet:
        """The set as it is trained on while these documents are held out: no pair of a question that one of them answers, none of
        their passages among the wrong ones. Passages keep their positions.
        """
        held = {at for at, passage in enumerate(self.passages) if passage.document in documents}
        answers = self.answers()
        kept = [pair for pair in self.pairs if held.isdisjoint(answers[pair.question])]
        return replace(self, pairs=tuple(replace(pair, wrong=tuple(at for at in pair.wrong if at not in held)) for pair in kept))
