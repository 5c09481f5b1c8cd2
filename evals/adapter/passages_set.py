"""A training set of passages with judged queries (BEIR)."""

from __future__ import annotations

from evals.adapter.training_set import HeadedPassage, Pair, Probe, TrainingSet
from evals.dataset import PassagesDataset, PassageText

JUDGED = "judged"


def passages_set(dataset: PassagesDataset) -> TrainingSet:
    """Each query with each passage that is relevant to it; which sentence answers is not known. Passages without text are left out."""
    kept = [passage for passage in dataset.passages if passage.text.strip()]
    places = {passage.id: at for at, passage in enumerate(kept)}
    found = [(query.text, tuple(places[id] for id in query.relevant if id in places)) for query in dataset.queries]
    return TrainingSet(
        dataset.name,
        tuple(map(_headed, kept)),
        tuple(Pair(question, at) for question, right in found for at in right),
        tuple(Probe(question, right, JUDGED) for question, right in found if right),
    )


def _headed(passage: PassageText) -> HeadedPassage:
    text = f"{passage.title}\n{passage.text}" if passage.title.strip() else passage.text
    return HeadedPassage(text, ((len(text) - len(passage.text), len(text)),), passage.document or passage.id)
