"""How long a person waits for a cold `isobot ask`: the whole process, beside the usual hybrid asked the same."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import FOUND_NOTHING, IsobotError
from evals.peers.usual import PASSAGES
from isobot.settings import Settings

QUESTION = "how long does my password have to be?"
ROUNDS = 7
TODAY = "2026-09-15"  # the sample organisation's day
PATIENCE = 300  # seconds that one process may take


@dataclass(frozen=True, slots=True)
class AskTimes:
    """Wall time of each whole process, in seconds, in the order they ran; the two took turns after one run each that is left out."""

    question: str
    passages: int
    isobot_seconds: tuple[float, ...]
    usual_seconds: tuple[float, ...]

    @property
    def isobot(self) -> float:
        return statistics.median(self.isobot_seconds)

    @property
    def usual(self) -> float:
        return statistics.median(self.usual_seconds)

    @property
    def ratio(self) -> float:
        """How many times longer the usual hybrid takes, median over median."""
        return self.usual / self.isobot

    def as_record(self) -> dict[str, Any]:
        return {**asdict(self), "isobot_median": self.isobot, "usual_median": self.usual, "ratio": self.ratio}

    def __str__(self) -> str:
        rows = (("isobot ask", self.isobot_seconds), ("sentence-transformers + rank_bm25", self.usual_seconds))
        lines = [f"“{self.question}”, {self.passages} passages, {len(self.isobot_seconds)} runs each in turns, whole processes:"]
        lines += [f"  {name:34} median {statistics.median(t):6.2f} s   ({min(t):.2f}–{max(t):.2f} s)" for name, t in rows]
        return "\n".join([*lines, f"  isobot is {self.ratio:.1f} times as fast."])


def measure(documents: Path | None = None, rounds: int = ROUNDS) -> AskTimes:
    """Index `documents` (default: the sample organisation's), then time both. Raises IsobotError when either of the two fails."""
    settings = Settings.load()
    folder = settings.cache / "evals" / "bench-ask"
    passages = _prepare(folder, replace(settings, index=folder / "index"), documents)
    isobot = [sys.executable, "-m", "isobot", "ask", QUESTION, "--index", str(folder / "index")]
    usual = [sys.executable, "-m", "evals.peers.usual", "ask", str(folder), QUESTION]
    _timed(isobot), _timed(usual)  # both find their files in the page cache from here on
    times = [(_timed(isobot), _timed(usual)) for _ in range(rounds)]
    return AskTimes(QUESTION, passages, tuple(ours for ours, _ in times), tuple(theirs for _, theirs in times))


def _prepare(folder: Path, settings: Settings, documents: Path | None) -> int:
    """Index the documents, and give the peer the same passages; returns their number."""
    from indexer.build import build
    from indexer.generation import Generation
    from indexer.sources import find
    from isobot.build_options import options_from

    folder.mkdir(parents=True, exist_ok=True)
    with resources.as_file(resources.files("corpus") / "policies") as policies:
        build(find([documents or policies]), settings.index, options_from(settings))
    generation = Generation.current(settings.index)
    passages = [generation.text(int(row["document"])).characters[row["start"] : row["end"]] for row in generation.passages]
    generation.close()
    (folder / PASSAGES).write_text(json.dumps(passages), encoding="utf-8")
    _timed([sys.executable, "-m", "evals.peers.usual", "prepare", str(folder)])
    return len(passages)


def _timed(command: Sequence[str]) -> float:
    """Seconds of wall time from start to exit. Raises IsobotError when it fails; a question without an answer is none."""
    environment = {**os.environ, "ISOBOT_TODAY": TODAY, "HF_HUB_OFFLINE": "1"}
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False)
    took = time.perf_counter() - began
    if done.returncode not in (0, FOUND_NOTHING) or "Traceback" in done.stderr:
        said = done.stderr.strip().splitlines()[-1:] or ["nothing was said"]
        raise IsobotError(f"`{' '.join(command[1:4])}` ended with exit code {done.returncode}: {said[0]}")
    return took
