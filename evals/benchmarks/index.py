"""What an index costs: the first build end to end, one with nothing changed, and one with one document changed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import IsobotError
from evals.benchmarks.folders import PATIENCE, command, copied, environment, run
from isobot.settings import Settings

CHANGED = "\n\nWhoever reads this sentence tells the owner of this document.\n"
TEXTS = frozenset({".md", ".txt", ".rst", ".markdown"})


@dataclass(frozen=True, slots=True)
class IndexTimes:
    """Seconds are wall time of whole processes; `plain_seconds` are those of `encode` alone. peak_mb: MiB of the first build."""

    documents: int
    passages: int
    first_seconds: float
    unchanged_seconds: float
    one_changed_seconds: float
    plain_seconds: float
    peak_mb: float

    @property
    def faster_than_plain(self) -> float:
        """Passages a second of the first build, end to end, over those of plain sentence-transformers."""
        return self.plain_seconds / self.first_seconds

    @property
    def unchanged_faster(self) -> float:
        return self.first_seconds / self.unchanged_seconds

    @property
    def one_changed_faster(self) -> float:
        return self.first_seconds / self.one_changed_seconds

    def as_record(self) -> dict[str, Any]:
        ratios = ("faster_than_plain", "unchanged_faster", "one_changed_faster")
        return {**asdict(self), **{name: getattr(self, name) for name in ratios}}

    def __str__(self) -> str:
        rate, plain = self.passages / self.first_seconds, self.passages / self.plain_seconds
        return "\n".join(
            [
                f"{self.documents} documents, {self.passages:,} passages; whole processes, the model exported beforehand:",
                f"  first build            {self.first_seconds:8.1f} s   {rate:6.0f} passages a second, peak {self.peak_mb:,.0f} MiB",
                f"  sentence-transformers  {self.plain_seconds:8.1f} s   {plain:6.0f} passages a second (`encode` alone)",
                f"  nothing changed        {self.unchanged_seconds:8.2f} s   {self.unchanged_faster:6.1f} times faster than the first",
                f"  one document changed   {self.one_changed_seconds:8.2f} s   {self.one_changed_faster:6.1f} times faster than the first, "
                f"which read {self.documents} times as many",
                f"  isobot is {self.faster_than_plain:.2f} times as fast as plain sentence-transformers.",
            ]
        )


def measure(documents: Path | None = None) -> IndexTimes:
    """Index a copy of `documents` (default: the sample organisation's). Raises IsobotError when a build or the peer fails."""
    from indexer.encoders.onnx import encoder_for

    settings = Settings.load()
    folder = settings.cache / "evals" / "bench-index"
    encoder_for(settings.model, settings.cache / "encoders", settings.precision)
    copy, index = copied(documents, folder), folder / "index"
    first = run(command(copy, index))
    plain = _plain(folder, index)
    unchanged = run(command(copy, index))
    _change_one(copy)
    changed = run(command(copy, index))
    if unchanged.said["generation"] != first.said["generation"] or changed.said["generation"] == first.said["generation"]:
        raise IsobotError("The builds did not do what they were timed for: one was made anew, or a change was not noticed.")
    return IndexTimes(
        first.said["documents"], first.said["passages"], first.seconds, unchanged.seconds, changed.seconds, plain, first.peak_mb
    )


def _plain(folder: Path, index: Path) -> float:
    """Seconds that the peer takes over the passages of the index."""
    from indexer.generation import Generation

    generation = Generation.current(index)
    texts = [generation.text(int(row["document"])).characters[row["start"] : row["end"]] for row in generation.passages]
    generation.close()
    (folder / "passages.json").write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "evals.peers.plain", str(folder / "passages.json")],
        capture_output=True, text=True, env=environment(), timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise IsobotError(f"sentence-transformers failed: {(done.stderr.strip().splitlines() or ['nothing was said'])[-1]}")
    return float(done.stdout.split()[-1])


def _change_one(documents: Path) -> None:
    """A sentence more in the text file of middle length."""
    files = sorted((file for file in documents.rglob("*") if file.suffix in TEXTS), key=lambda file: (file.stat().st_size, file))
    if not files:
        raise IsobotError(f"{documents} holds no text file ({', '.join(sorted(TEXTS))}) that could be changed.")
    chosen = files[len(files) // 2]
    chosen.write_bytes(chosen.read_bytes() + CHANGED.encode())
