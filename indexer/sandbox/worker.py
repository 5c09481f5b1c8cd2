"""A reading process: takes requests on standard input, one a line, and answers each with a record on standard output.

Run as `python -m indexer.sandbox.worker`, its limits as JSON in its first argument; a second, "ahead", says that there is nothing to read
yet. A request is JSON: {"read": PATH} for a Reading, or {"cut": FACTS, "reading": READING} for a Cut. An answer is its length (8 bytes,
big-endian) and a packed Reading or Cut, or JSON; its first byte tells which: "=" for what was asked for, "!" for a refusal {"kind",
"reason"}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from indexer.sandbox.isolation import isolate
from indexer.sandbox.limits import Limits

READY = b"?"
NEARLY = 0.95  # of the memory allowed; a library in C that is refused more says something else about a file ("unknown error")


def main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints goes nowhere near the answers
    isolate(limits.memory_mb)
    _send(answers, READY)
    if sys.argv[2:] == ["ahead"]:
        _prepare()
    for line in sys.stdin.buffer:
        _send(answers, _answer(json.loads(line), limits))


def _prepare() -> None:
    """Load what every document needs, while the first is still on its way. Where memory is short, the first is told so."""
    with suppress(MemoryError, ImportError):
        for module in ("tokenizers", "indexer.readers", "indexer.cut_record"):
            import_module(module)


def _answer(request: dict[str, Any], limits: Limits) -> bytes:
    from corpus.errors import DocumentError

    before = _most_memory()
    try:
        return b"=" + (_cut(request) if "cut" in request else _read(Path(request["read"]), limits))
    except DocumentError as problem:
        most = _most_memory()
        full = most > before and most > NEARLY * limits.memory_mb
        return _refusal("MemoryError" if full or _ran_out(problem) else type(problem).__name__, str(problem))
    except MemoryError:
        return _refusal("MemoryError", "")


def _read(path: Path, limits: Limits) -> bytes:
    from corpus.errors import DocumentError
    from indexer.readers import read
    from indexer.readers.bounds import allow_pages
    from indexer.reading_record import packed

    allow_pages(limits.pages)
    reading = read(path)
    if len(reading.text.characters) > limits.characters:
        raise DocumentError(f"Its text is longer than {limits.characters:,} characters, the limit `read_characters`.")
    return packed(reading)


def _cut(request: dict[str, Any]) -> bytes:
    from corpus.errors import DamagedDocumentError
    from indexer.cut import Cutting, cut
    from indexer.cut_record import packed
    from indexer.reading_record import reading_from

    facts = request["cut"]
    declared = tuple((str(key), str(value)) for key, value in facts["declared"])
    reading = replace(reading_from(request["reading"]), declared=declared)
    try:
        return packed(cut(facts["path"], facts["sha256"], reading, Cutting(**facts["how"]), _counter(facts["encoder"])))
    except MemoryError:
        raise
    except Exception as problem:  # what nobody has thought of costs this document, not the build
        said = f"It was read, but could not be divided into clauses ({type(problem).__name__}: {problem})."
        raise DamagedDocumentError(f"{said} This is a fault of isobot's: report it with the file.") from problem


@lru_cache(maxsize=1)
def _counter(encoder: str) -> Callable[[Sequence[str]], list[int]]:
    from indexer.encoders.session import token_counter

    return token_counter(Path(encoder))


def _most_memory() -> float:
    """The most address space in MiB that this process has had, as Linux knows it; 0 elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmPeak:")), 0.0)


def _ran_out(problem: BaseException | None) -> bool:
    """Whether memory ran out below a reader that explained its failure otherwise."""
    while problem is not None and not isinstance(problem, MemoryError):
        problem = problem.__cause__ or problem.__context__
    return problem is not None


def _refusal(kind: str, reason: str) -> bytes:
    return b"!" + json.dumps({"kind": kind, "reason": reason}).encode()


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(8, "big"))
    answers.write(answer)
    answers.flush()


if __name__ == "__main__":
    main()
