"""A folder of documents that a benchmark may change, and whole `isobot` processes on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import FOUND_NOTHING, IsobotError

SAMPLED_EVERY = 0.05  # seconds between two looks at memory
TODAY = "2026-09-15"  # the sample organisation's day
PATIENCE = 3600  # seconds that one process may take


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process. peak_mb: most memory, in MiB, that it and its children held together (each shared page counted in each)."""

    seconds: float
    peak_mb: float
    said: dict[str, Any]


def copied(documents: Path | None, folder: Path) -> Path:
    """A copy of `documents` (default: the sample organisation's) in `folder`, which is emptied first."""
    target = folder / "documents"
    shutil.rmtree(folder, ignore_errors=True)
    with resources.as_file(resources.files("corpus") / "policies") as sample:
        shutil.copytree(documents or sample, target)
    return target


def command(documents: Path, index: Path) -> list[str]:
    return [sys.executable, "-m", "isobot", "index", str(documents), "--index", str(index), "--json"]


def environment() -> dict[str, str]:
    return {**os.environ, "ISOBOT_TODAY": TODAY, "HF_HUB_OFFLINE": "1", "ISOBOT_GUIDANCE": "false"}


def run(arguments: list[str]) -> Run:
    """Run to the end. Raises IsobotError when it fails; skipped documents are no failure."""
    began = time.perf_counter()
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()) as process:
        peak = _Peak(process.pid)
        peak.start()
        output, errors = process.communicate(timeout=PATIENCE)
    took = time.perf_counter() - began
    peak.join()
    if process.returncode not in (0, FOUND_NOTHING):
        said = errors.strip().splitlines()[-1:] or ["nothing was said"]
        raise IsobotError(f"`{' '.join(arguments[1:4])}` ended with exit code {process.returncode}: {said[0]}")
    return Run(took, peak.kilobytes / 1024, json.loads(output))


def family(process: int) -> list[int]:
    """The process and all below it, as Linux's /proc knows them; empty where it has ended."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(entry.read_text().rsplit(")", 1)[1].split()[1]), []).append(int(entry.parent.name))
        except (OSError, IndexError, ValueError):  # ended meanwhile
            continue
    found, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return [one for one in found if running(one)]


def running(process: int) -> bool:
    """Whether a process does, or may do, anything: one that ended and waits for its parent to ask how does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except (OSError, IndexError):
        return False


class _Peak(threading.Thread):
    """Adds up the resident memory of a process and its children until it ends."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.kilobytes = 0

    def run(self) -> None:
        while self._lives():
            self.kilobytes = max(self.kilobytes, sum(resident(one) for one in family(self._process)))
            time.sleep(SAMPLED_EVERY)

    def _lives(self) -> bool:
        try:
            return Path(f"/proc/{self._process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False


def resident(process: int) -> int:
    """Kilobytes of memory that a process holds; 0 where it has ended, or where there is no /proc."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
