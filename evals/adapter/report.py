"""What `python -m evals adapt` says of an adapter that it made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.adapter.figures import rows
from evals.adapter.making import Made
from evals.adapter.network import Network
from evals.adapter.recipe import Recipe
from evals.adapter.training_set import TrainingSet


def record_of(made: Made, network: Network, sets: Sequence[TrainingSet], recipe: Recipe, out: Path) -> dict[str, Any]:
    """For a script: the file, what it was trained on and how, and the hits on what was held out."""
    return {
        "out": str(out),
        "model": network.name,
        "device": network.device.type,
        "recipe": asdict(recipe),
        "rank": recipe.rank * len(recipe.scales),
        "maps": len(made.tensors) // 2,
        "datasets": [
            {"name": one.name, "passages": len(one.passages), "pairs": len(one.pairs), "unresolved": list(one.unresolved)} for one in sets
        ],
        "held_out": made.held_out,
    }


def show(record: dict[str, Any]) -> None:
    """For a person, on standard output."""
    console = Console(highlight=False)
    if record["held_out"]:
        heads, *lines = rows(record["held_out"])
        table = Table(box=None, padding=(0, 2, 0, 0))
        for head in heads:
            table.add_column(head, no_wrap=True)
        for line in lines:
            table.add_row(*(cell.replace("[", r"\[") for cell in line))
        console.print(table)
        _say(console, "\nHits of the right passage by vectors alone, without the adapter → with one trained on other documents.\n")
    pairs = sum(one["pairs"] for one in record["datasets"])
    _say(console, f"{record['maps']} maps changed in rank {record['rank']}, trained on {pairs:,} pairs ({record['device']}).")
    _say(console, f"Written to {record['out']}. Use it with the setting model = \"{record['model']}+{record['out']}\".")


def _say(console: Console, sentence: str) -> None:
    """On one line, however narrow the terminal, so that it can be copied."""
    console.print(sentence, markup=False, soft_wrap=True)
