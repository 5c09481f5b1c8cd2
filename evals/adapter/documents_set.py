"""A training set of documents, and of questions written about their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.adapter.training_set import HeadedPassage, Pair, Probe, Span, TrainingSet
from evals.adapter.written import WrittenQuestion
from evals.dataset import StaffQuestion
from evals.metrics.quote_hit import squeezed
from indexer.cut import Cut, headed, parts_within

WRITTEN, ASKED = "written", "asked"
PART_OF_A_QUOTE = 40  # letters from which on a passage that a gold quote contains is taken to answer with it


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A document as it is indexed. text: its canonical text."""

    text: str
    cut: Cut

    @property
    def path(self) -> str:
        return self.cut.document.path


def documents_set(
    name: str, documents: Sequence[CutDocument], written: Iterable[WrittenQuestion], asked: Iterable[StaffQuestion] = ()
) -> TrainingSet:
    """The questions of `written` with the passages they are about, and those that head curated answers with the answer.

    asked: evaluation questions, which are measured with and never trained on. A written question whose range is no sentence of a
    passage, nor several, is left out, and its line is among the `unresolved`.
    """
    passages = [passage for document in documents for passage in _passages(document)]
    places = _places(documents)
    resolved = [(question, places.get((question.file, question.start, question.end))) for question in written]
    pairs = [Pair(question.text, *place) for question, place in resolved if place is not None]
    return TrainingSet(
        name,
        tuple(passages),
        (*pairs, *_curated(documents)),
        (*_written_probes(pairs), *_asked_probes(passages, asked)),
        frozenset(document.path for document in documents if document.cut.questions),
        tuple(question.line for question, place in resolved if place is None),
    )


def _passages(document: CutDocument) -> Iterator[HeadedPassage]:
    cut = document.cut
    texts = headed(cut.above, [document.text[passage.start : passage.end] for passage in cut.passages])
    for passage, text in zip(cut.passages, texts, strict=True):
        yield HeadedPassage(text, parts_within(text, passage), document.path)


def _places(documents: Iterable[CutDocument]) -> dict[tuple[str, int, int], Span]:
    """(path, start, end) of every sentence, alone and with those that follow it in its passage → position of the passage, and which
    sentence of it is the first.
    """
    passages = ((document.path, passage) for document in documents for passage in document.cut.passages)
    return {
        (path, start, end): (at, number)
        for at, (path, passage) in enumerate(passages)
        for number, (start, _) in enumerate(passage.parts)
        for _, end in passage.parts[number:]
    }


def _curated(documents: Iterable[CutDocument]) -> Iterator[Pair]:
    """Each heading that asks, and the first passage under it."""
    base = 0
    for document in documents:
        first: dict[int, int] = {}
        for at, passage in enumerate(document.cut.passages):
            first.setdefault(passage.clause, base + at)
        yield from (Pair(document.cut.clauses[clause].heading, first[clause], 0) for clause in document.cut.questions if clause in first)
        base += len(document.cut.passages)


def _written_probes(pairs: Iterable[Pair]) -> list[Probe]:
    right: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        right[pair.question].append(pair.right)
    return [Probe(question, tuple(dict.fromkeys(found)), WRITTEN) for question, found in right.items()]


def _asked_probes(passages: Sequence[HeadedPassage], asked: Iterable[StaffQuestion]) -> Iterator[Probe]:
    """Those that a passage answers: one that holds a gold quote, or a longer one that is part of it."""
    of_file: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, passage in enumerate(passages):
        of_file[passage.document].append((at, squeezed(passage.bare)))
    for question in asked:
        quotes = [(gold.file, squeezed(gold.quote)) for gold in question.gold]
        right = {
            at: None
            for file, quote in quotes
            for at, body in of_file[file]
            if quote in body or (len(body) > PART_OF_A_QUOTE and body in quote)
        }
        if right:
            yield Probe(question.text, tuple(right), ASKED)
