"""What `python -m evals adapt` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from evals.adapter.loading import load_sets
from evals.adapter.low_rank import check_target, write
from evals.adapter.making import make
from evals.adapter.network import load_network
from evals.adapter.recipe import Recipe
from evals.adapter.report import record_of
from indexer.progress import Progress
from isobot.settings import Settings


def adapt(
    folders: Sequence[Path],
    questions: Sequence[Path],
    split: str | None,
    recipe: Recipe,
    folds: int,
    out: Path,
    settings: Settings,
    progress: Progress,
) -> dict[str, Any]:
    """Make an adapter of the settings' model and write it to `out`; returns what there is to say of it.

    An adapter that the setting names already is not built on: the new one takes its place. The arguments are those of the command.
    Raises DatasetError for datasets or an `out` that do not fit, and EncoderError for a model that cannot be trained.
    """
    check_target(out)
    if folds == 1:
        raise DatasetError("--folds is 1, which would hold out every document at once. Give 2 or more, or 0 to measure nothing.")
    sets = load_sets(folders, questions, split, settings, progress)
    network = load_network(settings.model, settings.query_prompt, settings.passage_prompt)
    made = make(network, sets, recipe, folds, progress)
    write(made.tensors, out)
    return record_of(made, network, sets, recipe, out)
