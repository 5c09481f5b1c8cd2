"""isobot and its peers over the same data in one run, each in processes of its own, one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import IsobotError
from evals.dataset import Dataset, DocumentsDataset, PassagesDataset
from evals.metrics.abstention import roc_auc
from evals.metrics.bootstrap import Interval, auc_interval, mean_interval
from evals.metrics.hits import DOCUMENT_DEPTHS, QUOTE_DEPTHS, first_document, first_hit, within
from evals.metrics.latency import percentiles
from evals.metrics.ranking import ranking_scores
from evals.peers.base import DEPTH, PEERS, TEXTS, read_texts
from evals.peers.process import QUESTIONS
from indexer.progress import Progress

OURS = "isobot"
SHOWN = 1200  # characters: what a peer's window is extended to, the most that isobot shows of a clause
LIBRARIES = {"txtai hybrid": "txtai", "Haystack hybrid": "haystack"}
_CITED = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """One system. metrics, intervals: by name, over all questions that each means something for.

    milliseconds: "p50" and "p95" of a question, in the process. prepare_seconds, prepare_megabytes: of indexing.
    megabytes: the most that the asking process had resident. missing: why it was not run, else "".
    """

    name: str
    metrics: Mapping[str, float | None]
    intervals: Mapping[str, Interval]
    milliseconds: Mapping[str, float]
    prepare_seconds: float
    prepare_megabytes: float
    megabytes: float
    missing: str = ""


def compare_peers(dataset: Dataset, folder: Path, progress: Progress, names: Sequence[str] = tuple(PEERS)) -> tuple[Standing, ...]:
    """Index and ask with isobot, then with each peer. Raises IsobotError where one of them fails.

    folder: of the dataset. names: of the peers, in order. A peer whose library is not installed is named as missing.
    """
    standings = []
    progress.stage("Side by side", 1 + len(names))
    with tempfile.TemporaryDirectory(prefix="isobot-peers-") as work:
        ours = Path(work) / "ours"
        ours.mkdir()
        for step in ("prepare", "ask"):
            process("evals.peers.ours", step, str(folder), str(ours))
        standings.append(_standing(OURS, ours, _ours(dataset, read_step(ours, "ask"))))
        progress.advance()
        for number, name in enumerate(names):
            theirs = Path(work) / str(number)
            theirs.mkdir()
            standings.append(_peer(name, dataset, ours, theirs))
            progress.advance()
    return tuple(standings)


def extended(text: str, start: int, end: int, length: int = SHOWN) -> str:
    """The window with as much of its text on either side as makes `length` characters; a longer one is cut at its end."""
    if end - start >= length:
        return text[start : start + length]
    first = max(0, min(start - (length - (end - start)) // 2, len(text) - length))
    return text[first : first + length]


def _peer(name: str, dataset: Dataset, ours: Path, theirs: Path) -> Standing:
    if (library := LIBRARIES.get(name)) and not _installed(library):
        return Standing(name, {}, {}, {}, 0, 0, 0, f"{library} is not installed: pip install 'isobot[peers]'")
    os.link(ours / TEXTS, theirs / TEXTS)
    (theirs / QUESTIONS).write_text(json.dumps(_questions(dataset)), encoding="utf-8")
    for step in ("prepare", "ask"):
        process("evals.peers.process", step, name, str(theirs))
    return _standing(name, theirs, _theirs(dataset, read_step(theirs, "ask"), theirs))


def _standing(name: str, folder: Path, scored: tuple[dict[str, float | None], dict[str, Interval]]) -> Standing:
    prepared, asked = read_step(folder, "prepare"), read_step(folder, "ask")
    metrics, intervals = scored
    return Standing(
        name,
        metrics,
        intervals,
        percentiles(asked["milliseconds"]),
        prepared["seconds"],
        prepared["megabytes"],
        asked["megabytes"],
    )


def _questions(dataset: Dataset) -> list[str]:
    if isinstance(dataset, DocumentsDataset):
        return [question.text for question in dataset.questions]
    return [query.text for query in dataset.queries]


def _ours(dataset: Dataset, asked: Mapping[str, Any]) -> tuple[dict[str, float | None], dict[str, Interval]]:
    if isinstance(dataset, PassagesDataset):
        return _ranked(dataset, asked["rankings"])
    clauses = [[(path, text) for path, _, text in shown] for shown in asked["shown"]]
    quotes = [[(path, quote) for path, quote, _ in shown] for shown in asked["shown"]]
    return _answered(dataset, clauses, asked["confidence"], quotes)


def _theirs(dataset: Dataset, asked: Mapping[str, Any], folder: Path) -> tuple[dict[str, float | None], dict[str, Interval]]:
    if isinstance(dataset, PassagesDataset):
        return _ranked(dataset, [list(dict.fromkeys(one["path"] for one in found))[:DEPTH] for found in asked["found"]])
    texts = {text.path: text.text for text in read_texts(folder)}
    shown = [[(one["path"], extended(texts[one["path"]], one["start"], one["end"])) for one in found[:_CITED]] for found in asked["found"]]
    return _answered(dataset, shown, [found[0]["score"] if found else 0.0 for found in asked["found"]], None)


def _ranked(dataset: PassagesDataset, rankings: Sequence[Sequence[str]]) -> tuple[dict[str, float | None], dict[str, Interval]]:
    relevant = {query.id: query.relevant for query in dataset.queries}
    return _summed(ranking_scores(relevant, dict(zip(relevant, rankings, strict=True))))


def _answered(
    dataset: DocumentsDataset,
    clauses: Sequence[Sequence[tuple[str, str]]],
    confidences: Sequence[float],
    quotes: Sequence[Sequence[tuple[str, str]]] | None,
) -> tuple[dict[str, float | None], dict[str, Interval]]:
    """Hits over all answerable questions, and how well the confidence (of a peer: its best score) tells them from the others."""
    scores: dict[str, dict[str, float]] = {}
    told: tuple[list[float], list[float]] = ([], [])
    for number, question in enumerate(dataset.questions):
        told[0 if question.answerable else 1].append(confidences[number])
        if not question.answerable:
            continue
        hit, right = first_hit(question, clauses[number]), first_document(question, [path for path, _ in clauses[number]])
        values = {f"clause_text@{depth}": within(hit, depth) for depth in QUOTE_DEPTHS}
        values |= {f"document@{depth}": within(right, depth) for depth in DOCUMENT_DEPTHS}
        if quotes is not None:
            values["quote@1"] = within(first_hit(question, quotes[number]), 1)
        for metric, value in values.items():
            scores.setdefault(metric, {})[question.id] = value
    metrics, intervals = _summed(scores)
    if (interval := auc_interval(*told)) is not None:
        metrics["auroc"], intervals["auroc"] = roc_auc(*told), interval
    return metrics, intervals


def _summed(scores: Mapping[str, Mapping[str, float]]) -> tuple[dict[str, float | None], dict[str, Interval]]:
    metrics: dict[str, float | None] = {name: sum(values.values()) / len(values) for name, values in scores.items()}
    return metrics, {name: found for name, values in scores.items() if (found := mean_interval(list(values.values())))}


def read_step(folder: Path, step: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / f"{step}.json").read_text(encoding="utf-8"))
    return record


def _installed(library: str) -> bool:
    from importlib.util import find_spec

    return find_spec(library) is not None


def process(module: str, *arguments: str) -> None:
    """Raises IsobotError with the last line that it said, where it fails."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["nothing was said"]
        raise IsobotError(f"`{module} {' '.join(arguments[:2])}` ended with exit code {done.returncode}: {said[0]}")
