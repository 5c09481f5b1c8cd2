"""What is seen in one step of training: pairs of one corpus, and their hard negatives."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.adapter.recipe import Recipe
from evals.adapter.training_set import HeadedPassage, Pair, TrainingSet


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions beside the passages that answer them or do not.

    right: for each question the position, among `passages`, of the one that answers. sentence: which of its sentences does, or None.
    also_right: (question, passage) positions of further answers, which count neither way.
    """

    questions: tuple[str, ...]
    passages: tuple[HeadedPassage, ...]
    right: tuple[int, ...]
    sentence: tuple[int | None, ...]
    also_right: tuple[tuple[int, int], ...]


def steps(sets: Sequence[TrainingSet], recipe: Recipe) -> int:
    """Batches of one epoch."""
    return sum(_parts(len(one.pairs), recipe) for one in sets)


def epoch(sets: Sequence[TrainingSet], recipe: Recipe, draw: random.Random) -> Iterator[Batch]:
    """Every pair once, in batches of nearly the same size, in an order that is drawn."""
    waiting: list[tuple[TrainingSet, Mapping[str, frozenset[int]], list[Pair]]] = []
    for one in sets:
        pairs, answers = list(one.pairs), one.answers()
        draw.shuffle(pairs)
        parts = _parts(len(pairs), recipe)
        waiting += [(one, answers, pairs[number::parts]) for number in range(parts)]
    draw.shuffle(waiting)
    for training, right, some in waiting:
        yield _batch(training, right, some, recipe.wrong, draw)


def _parts(pairs: int, recipe: Recipe) -> int:
    return math.ceil(pairs / recipe.batch)


def _batch(
    training: TrainingSet, answers: Mapping[str, frozenset[int]], pairs: Sequence[Pair], wrong: int, draw: random.Random
) -> Batch:
    places: dict[int, int] = {}  # position in the set → position in the batch
    for pair in pairs:
        places.setdefault(pair.right, len(places))
    for pair in pairs:
        for at in draw.sample(pair.wrong, min(wrong, len(pair.wrong))):
            places.setdefault(at, len(places))
    also = [
        (number, places[at]) for number, pair in enumerate(pairs) for at in answers[pair.question] if at != pair.right and at in places
    ]
    return Batch(
        tuple(pair.question for pair in pairs),
        tuple(training.passages[at] for at in places),
        tuple(places[pair.right] for pair in pairs),
        tuple(pair.sentence for pair in pairs),
        tuple(also),
    )
