"""Which documents are held out together."""

from __future__ import annotations

import hashlib

from evals.adapter.training_set import TrainingSet


def fold_of(document: str, folds: int) -> int:
    """0 to folds - 1, by a hash of the document's path: the same in every run, whatever other documents there are."""
    return int(hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest(), 16) % folds


def held_out(training: TrainingSet, fold: int, folds: int) -> frozenset[str]:
    """The documents of a fold."""
    return frozenset(document for document in {passage.document for passage in training.passages} if fold_of(document, folds) == fold)


def probes_of(training: TrainingSet, fold: int, folds: int) -> list[int]:
    """Positions of the probes that a document of the fold answers first."""
    documents = [training.passages[probe.right[0]].document for probe in training.probes]
    return [at for at, document in enumerate(documents) if fold_of(document, folds) == fold]
