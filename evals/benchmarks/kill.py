"""What a killed build costs: builds ended by SIGKILL at random moments, and what is served and built afterwards."""

from __future__ import annotations

import random
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.benchmarks.folders import command, copied, environment, family, run, running
from evals.benchmarks.index import TEXTS
from indexer.record_cache import CUTS, READINGS
from isobot.settings import Settings

KILLS = 20
SEED = 20260915


@dataclass(frozen=True, slots=True)
class Kills:
    """Of `kills` builds that were killed: how many had ended or published by then, and after how many all held.

    served: the last published generation could be opened. verified: `isobot verify` found nothing. completed: the next build ended
    well. left: reading processes that outlived their build. moments: seconds after the start, of builds that take `whole` seconds.
    """

    kills: int
    published: int
    served: int
    verified: int
    completed: int
    left: int
    whole: float
    moments: tuple[float, ...]

    @property
    def held(self) -> bool:
        return self.served == self.verified == self.completed == self.kills and not self.left

    def as_record(self) -> dict[str, Any]:
        return {**asdict(self), "held": self.held}

    def __str__(self) -> str:
        when = f"{min(self.moments):.2f} to {max(self.moments):.2f} s"
        return (
            f"{self.kills} builds of {self.whole:.1f} s, killed after {when} ({self.published} had published by then):\n"
            f"  the last generation was served after {self.served}, `isobot verify` held after {self.verified},\n"
            f"  the next build completed after {self.completed}; {self.left} reading processes were left.\n"
            f"  {'Nothing was lost.' if self.held else 'SOMETHING WAS LOST.'}"
        )


def measure(documents: Path | None = None, kills: int = KILLS, seed: int = SEED) -> Kills:
    """Kill builds of a copy of `documents` (default: the sample organisation's). Raises IsobotError when the first build fails."""
    folder = Settings.load().cache / "evals" / "bench-kill"
    copy, index = copied(documents, folder), folder / "index"
    chance = random.Random(seed)
    run(command(copy, index))
    whole = _whole(copy, index)
    moments = tuple(chance.uniform(0, whole) for _ in range(kills))
    outcomes = [_killed(copy, index, moment, turn) for turn, moment in enumerate(moments)]
    totals = [sum(outcome[i] for outcome in outcomes) for i in range(5)]
    return Kills(kills, totals[0], totals[1], totals[2], totals[3], totals[4], whole, moments)


def _whole(documents: Path, index: Path) -> float:
    """Seconds of a build as they will be killed: every text changed, and nothing known of any file."""
    _change(documents, index, "whole")
    return run(command(documents, index)).seconds


def _killed(documents: Path, index: Path, moment: float, turn: int) -> tuple[bool, bool, bool, bool, int]:
    """Published meanwhile, served, verified, next build completed, processes left."""
    from corpus.errors import IsobotError
    from indexer.generation import Generation, current_name
    from indexer.verify import verify

    before = current_name(index)
    _change(documents, index, str(turn))
    with subprocess.Popen(command(documents, index), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()) as process:
        time.sleep(moment)
        children = [one for one in family(process.pid) if one != process.pid]
        process.kill()
    served = verified = completed = False
    try:
        generation = Generation.current(index)
        served = True
        verified = not verify(generation).problems
        generation.close()
        published = generation.name != before
        report = run(command(documents, index))
        completed = current_name(index) == report.said["generation"] and (published or report.said["generation"] != before)
    except IsobotError:
        published = False
    return published, served, verified, completed, sum(map(running, children))


def _change(documents: Path, index: Path, word: str) -> None:
    """Every text says something new, and the index forgets what was read and cut, so that each build reads, embeds and writes."""
    for cache in (READINGS, CUTS):
        (index / cache).unlink(missing_ok=True)
    for file in documents.rglob("*"):
        if file.suffix in TEXTS:
            kept = file.read_text(encoding="utf-8", errors="replace").rpartition("\n\nTurn ")
            file.write_text(f"{kept[0] or kept[2]}\n\nTurn {word} of the locks is daily.\n", encoding="utf-8")
