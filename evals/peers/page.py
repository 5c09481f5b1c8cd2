"""What stands beside what, as a page of Markdown."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence

from evals.markdown import meaning_of, number, plain, table
from evals.peers.side_by_side import Standing
from evals.report import interval_text

COSTS = ("p50 ms", "p95 ms", "memory MB", "indexing s", "indexing MB")


def page(command: str, results: Mapping[str, Sequence[Standing]]) -> str:
    """The whole page. command: what makes it. results: by name of the dataset."""
    parts = [
        "# isobot beside its peers",
        f"Made by `{command}`, on {platform.machine()} with Python {platform.python_version()}. Each system ran in processes of its own, "
        "one after the other, over the same texts; the encoder of all is all-MiniLM-L6-v2, isobot's with its adapter. In brackets: 95 % "
        "bootstrap intervals.",
        "A peer's passage is extended to the 1,200 characters that isobot may show of a clause. `auroc` of a peer is that of its best "
        "score. Memory is the most that the process which asks had resident. isobot's indexing includes reading the files; "
        "its peers get the text that it read.",
    ]
    for name, standings in results.items():
        parts += [f"## {plain(name)}", standings_table(standings), *_said(standings)]
    return "\n\n".join(parts) + "\n"


def standings_table(standings: Sequence[Standing]) -> str:
    """One row a system: its metrics with intervals, then what it costs."""
    metrics = list(dict.fromkeys(metric for one in standings for metric in one.metrics))
    ran = [one for one in standings if not one.missing]
    return table(("system", *metrics, *COSTS), [[one.name, *(_cell(one, m) for m in metrics), *_costs(one)] for one in ran])


def _cell(one: Standing, metric: str) -> str:
    return f"{number(one.metrics.get(metric))} ({interval_text(one.intervals[metric])})" if metric in one.metrics else "–"


def _costs(one: Standing) -> list[str]:
    return [
        f"{one.milliseconds['p50']:.1f}",
        f"{one.milliseconds['p95']:.1f}",
        f"{one.megabytes:,.0f}",
        f"{one.prepare_seconds:,.0f}",
        f"{one.prepare_megabytes:,.0f}",
    ]


def _said(standings: Sequence[Standing]) -> list[str]:
    metrics = dict.fromkeys(metric for one in standings for metric in one.metrics)
    meanings = [f"- {metric}: {meaning}" for metric in metrics if (meaning := meaning_of(metric))]
    missing = [f"- {one.name} was not run: {one.missing}" for one in standings if one.missing]
    return ["\n".join([*meanings, *missing])]
