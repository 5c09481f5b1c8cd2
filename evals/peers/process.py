"""One system in a process of its own, so that its time and memory are its own.

    python -m evals.peers.process prepare|ask NAME FOLDER

FOLDER holds texts.json and questions.json; what was measured is written to FOLDER/prepare.json and FOLDER/ask.json.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.peers.base import DEPTH, peer, read_texts

QUESTIONS = "questions.json"


def main(arguments: Sequence[str]) -> None:
    step, name, folder = arguments[0], arguments[1], Path(arguments[2])
    began = time.perf_counter()
    work: Callable[[], dict[str, Any]] = {"prepare": lambda: _prepare(name, folder), "ask": lambda: _ask(name, folder)}[step]
    measured = work()
    measured |= {"seconds": time.perf_counter() - began, "megabytes": peak_megabytes()}
    (folder / f"{step}.json").write_text(json.dumps(measured), encoding="utf-8")


def _prepare(name: str, folder: Path) -> dict[str, Any]:
    peer(name).prepare(read_texts(folder), folder)
    return {}


def _ask(name: str, folder: Path) -> dict[str, Any]:
    """Every question, after one that is not timed, so that nothing is loaded in the first."""
    questions: list[str] = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
    opened = peer(name)
    opened.open(folder)
    opened.search(questions[0], DEPTH)
    milliseconds, found = [], []
    for question in questions:
        began = time.perf_counter()
        results = opened.search(question, DEPTH)
        milliseconds.append((time.perf_counter() - began) * 1000)
        found.append([asdict(result) for result in results])
    return {"milliseconds": milliseconds, "found": found}


def peak_megabytes() -> float:
    """The most memory that this process had resident, in millions of bytes."""
    status = Path("/proc/self/status")
    # What getrusage says on Linux begins with the peak of the process that started this one.
    if status.exists() and (peak := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(peak[1]) * 1024 / 1e6
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
