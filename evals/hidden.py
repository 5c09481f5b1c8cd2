"""Further questions without an answer: those that the documents do answer, asked as if the documents that do were not there.

By invariant 4, to hide a document from the asker changes the answer exactly as taking it out of the index would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from evals.dataset import DocumentsDataset
from evals.runner import Asked, ask_one
from indexer.generation import Generation, Mask
from indexer.progress import Progress
from isobot.responder import Responder


def ask_without_gold(dataset: DocumentsDataset, responder: Responder, progress: Progress) -> tuple[Asked, ...]:
    """Ask every answerable question with its gold documents and those of `also_in` hidden: the right answer is to abstain."""
    answerable = [question for question in dataset.questions if question.answerable]
    progress.stage("Asking without the documents that answer", len(answerable))
    asked = []
    for question in answerable:
        with hiding(responder.generation, {gold.file for gold in question.gold} | set(question.also_in)):
            asked.append(ask_one(question, responder))
        progress.advance()
    return tuple(asked)


@contextmanager
def hiding(generation: Generation, paths: Iterable[str]) -> Iterator[None]:
    """For as long as it lasts, nobody may read the documents of these paths."""
    hidden = set(paths)
    permitted = generation.permitted
    numbers = [number for number in generation.catalogue.numbers() if generation.document(number).path in hidden]

    def without(*arguments: Any, **options: Any) -> Mask:
        mask = permitted(*arguments, **options).copy()
        mask[numbers] = False
        return mask

    setattr(generation, "permitted", without)  # noqa: B010
    try:
        yield
    finally:
        setattr(generation, "permitted", permitted)  # noqa: B010
