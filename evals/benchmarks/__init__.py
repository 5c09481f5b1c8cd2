"""Benchmarks of speed. Each runs side by side with what it is measured against, in turns, on the same machine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import SettingsError

BENCHMARKS = {
    "ask": "A cold `isobot ask` as a whole process, beside sentence-transformers + rank_bm25.",
    "query": "A question in a process that is running, beside rank_bm25 + sentence-transformers; --documents may name a dataset.",
    "scale": "A question over 1,000,000 passages (--passages), varied copies of real ones: time and memory.",
    "index": "`isobot index`: the first time, with nothing and with one document changed, beside sentence-transformers' `encode`.",
    "kill": "Builds killed at random moments: what is served then, and what the next build does.",
    "slack": "200 mentions at once in 20 channels of a stand-in Slack that repeats events and sends 429s; then 5,000 in a row.",
    "slack-kill": "Two bots in Slack on PostgreSQL, killed at twenty moments of a conversation: what was answered, lost or doubled.",
}
"""Name → what it measures. The benchmark is the function `measure` of the module of that name, with _ for -."""


class Result(Protocol):
    """What a benchmark found; `str` of it is for people."""

    def as_record(self) -> dict[str, Any]: ...


def benchmark(name: str, documents: Path | None = None, passages: int | None = None) -> Result:
    """Run a benchmark, on the sample organisation's documents where no folder is named.

    passages: how many "scale" has. Raises SettingsError for a name that is none.
    """
    if name not in BENCHMARKS:
        raise SettingsError(f"There is no benchmark {name!r}. There is: {', '.join(BENCHMARKS)}.")
    options = {"passages": passages} if name == "scale" and passages else {}
    result: Result = import_module(f"evals.benchmarks.{name.replace('-', '_')}").measure(documents, **options)
    return result
