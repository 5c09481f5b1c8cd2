"""How long a question takes inside a process that is running, beside rank_bm25 + sentence-transformers asked the same."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from evals.dataset import CORPUS, DOCUMENTS, QUESTIONS, Dataset, DocumentsDataset
from evals.loading import load
from evals.metrics.latency import percentiles
from evals.peers.base import TEXTS
from evals.peers.side_by_side import process, read_step
from evals.records import records

PEER = "their reciprocal rank fusion"
ROUNDS = 3
ASKED = 200  # questions a round


@dataclass(frozen=True, slots=True)
class QueryTimes:
    """Milliseconds of each question, all rounds together; isobot answers with citations, the peer ranks its windows.

    megabytes: the most that the asking process had resident.
    """

    dataset: str
    passages: int
    isobot_milliseconds: tuple[float, ...]
    usual_milliseconds: tuple[float, ...]
    isobot_megabytes: float
    usual_megabytes: float

    @property
    def ratio(self) -> float:
        """How many times longer the usual hybrid takes, median over median."""
        return percentiles(self.usual_milliseconds)["p50"] / percentiles(self.isobot_milliseconds)["p50"]

    def as_record(self) -> dict[str, Any]:
        ours, theirs = percentiles(self.isobot_milliseconds), percentiles(self.usual_milliseconds)
        return {**asdict(self), "isobot": ours, "usual": theirs, "ratio": self.ratio}

    def __str__(self) -> str:
        rows = (
            ("isobot", self.isobot_milliseconds, self.isobot_megabytes),
            ("sentence-transformers + rank_bm25", self.usual_milliseconds, self.usual_megabytes),
        )
        lines = [f"{self.dataset}, {self.passages:,} passages; {len(self.isobot_milliseconds):,} questions each, in {ROUNDS} turns:"]
        for name, times, megabytes in rows:
            found = percentiles(times)
            lines.append(f"  {name:34} p50 {found['p50']:7.1f} ms   p95 {found['p95']:7.1f} ms   {megabytes:5,.0f} MB")
        return "\n".join([*lines, f"  isobot is {self.ratio:.1f} times as fast."])


def measure(folder: Path | None = None) -> QueryTimes:
    """Index a dataset or a folder of documents (default: the sample organisation's), then ask both in turns.

    Raises DatasetError where the dataset does not fit, and IsobotError when either of the two fails.
    """
    with tempfile.TemporaryDirectory(prefix="isobot-query-") as work, dataset_folder(folder) as where:
        dataset = load(where)
        ours, theirs = Path(work) / "ours", Path(work) / "theirs"
        for one in (ours, theirs):
            one.mkdir()
            (one / "questions.json").write_text(json.dumps(asked_of(dataset)), encoding="utf-8")
        process("evals.peers.ours", "prepare", str(where), str(ours))
        os.link(ours / TEXTS, theirs / TEXTS)
        process("evals.peers.process", "prepare", PEER, str(theirs))
        passages = int(read_step(ours, "prepare")["passages"])
        measured = [(times_of("evals.peers.ours", "time", str(where), ours), times_of("evals.peers.process", "ask", PEER, theirs))
                    for _ in range(ROUNDS)]  # fmt: skip
    first, second = zip(*measured, strict=True)
    return QueryTimes(dataset.name, passages, _all(first), _all(second), _most(first), _most(second))


def times_of(module: str, step: str, what: str, folder: Path) -> dict[str, Any]:
    process(module, step, what, str(folder))
    return read_step(folder, step)


def _all(rounds: Sequence[dict[str, Any]]) -> tuple[float, ...]:
    return tuple(time for one in rounds for time in one["milliseconds"])


def _most(rounds: Sequence[dict[str, Any]]) -> float:
    return max(float(one["megabytes"]) for one in rounds)


def asked_of(dataset: Dataset) -> list[str]:
    """At most 200 questions, at even distances."""
    texts = [one.text for one in (dataset.questions if isinstance(dataset, DocumentsDataset) else dataset.queries)]
    step = max(1, len(texts) // ASKED)
    return texts[::step][:ASKED]


@contextmanager
def dataset_folder(folder: Path | None) -> Iterator[Path]:
    """The folder where it is a dataset; else one with its documents (default: the sample organisation's) and the sample's questions."""
    if folder is not None and any((folder / name).is_file() for name in (QUESTIONS, CORPUS)):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="isobot-query-") as made, resources.as_file(resources.files("corpus")) as corpus:
        target = Path(made) / (folder or corpus / "policies").name
        shutil.copytree(folder or corpus / "policies", target / DOCUMENTS)
        asked = [{"id": one.values["id"], "question": one.text("question"), "answerable": False}
                 for one in records(corpus / "questions" / "staff.jsonl")]  # fmt: skip
        (target / QUESTIONS).write_text("".join(json.dumps(one) + "\n" for one in asked), encoding="utf-8")
        yield target
