"""The sandbox: long-lived reading processes, each lent to one file at a time and replaced when a file misbehaves in it."""

from __future__ import annotations

import json
import os
import queue
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import TypeVar

import corpus.errors
from corpus.errors import DamagedDocumentError, DocumentError
from indexer.cut import Cut, Cutting
from indexer.cut_record import unpacked as unpacked_cut
from indexer.readers.base import Reading
from indexer.reading_record import packed, unpacked
from indexer.sandbox.limits import Limits
from indexer.sandbox.place import Place, remove_abandoned

FILES = 500  # that one process reads before it is replaced, so that what a parser leaks stays small
STARTING = 60  # seconds that a process may take until it is ready
ANSWER_BYTES = 16  # that an answer may have for each character of text that is allowed, blocks and pages included
SLACK_BYTES = 1 << 20
T = TypeVar("T")


class Sandbox:
    """As many reading processes as `workers` allows (default: one a core), begun when first needed. Safe to share between threads."""

    def __init__(self, limits: Limits, workers: int | None = None, scratch: str | None = None) -> None:
        """scratch: the folder for what readers put on the disk while they read; the system's temporary one without it.

        What processes that were killed have left there is removed.
        """
        remove_abandoned(scratch)
        self.workers = workers or os.cpu_count() or 1
        self._limits, self._scratch = limits, scratch
        self._idle: queue.LifoQueue[_Process | None] = queue.LifoQueue()  # those that run are lent first
        for _ in range(self.workers):
            self._idle.put(None)
        self._lock = Lock()
        self._alive: set[_Process] = set()
        self._closed = False

    def begin(self, files: int) -> None:
        """Start as many processes as that many files need, so that they are ready when the first file comes."""
        places = [self._idle.get_nowait() for _ in range(min(files, self._idle.qsize()))]
        for process in places:
            self._idle.put(process or self._started(process, ahead=True))

    def read(self, path: Path) -> Reading:
        """Read a file in a process of its own.

        Raises a DocumentError whose message is the reason, among them the limit that the file met.
        """
        refuse_size(path, self._limits)
        return self._asked(json.dumps({"read": str(path.absolute())}).encode(), unpacked)

    def cut(self, path: str, sha256: str, reading: Reading, how: Cutting, encoder: Path) -> Cut:
        """Cut a document in a process of its own, within the same limits: what it says was written by others as well.

        encoder: the folder of the encoder whose tokens are counted. Raises a DocumentError.
        """
        facts = {"path": path, "sha256": sha256, "how": asdict(how), "encoder": str(encoder.absolute()), "declared": reading.declared}
        request = b'{"cut": %s, "reading": %s}' % (json.dumps(facts).encode(), packed(reading))
        return self._asked(request, unpacked_cut)

    def _asked(self, request: bytes, understand: Callable[[bytes], T]) -> T:
        process = self._idle.get()
        try:
            process = process if process and process.fit() else self._started(process)
            return process.ask(request, understand)
        finally:
            if process is not None and not process.fit():
                self._end(process)
                process = None
            self._idle.put(process)

    def close(self) -> None:
        """End every process, and with it whatever is being read."""
        with self._lock:
            self._closed = True
            alive = list(self._alive)
        for process in alive:
            process.kill()  # no more: who is reading from one finds that it has ended, and closes what it reads from
        idle = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._idle.get_nowait())
        for unused in idle:
            if unused is not None:
                self._end(unused)
            self._idle.put(None)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self, before: _Process | None, ahead: bool = False) -> _Process:
        if before is not None:
            self._end(before)
        with self._lock:
            if self._closed:
                raise DocumentError("Reading was stopped.")
            process = _Process(self._limits, ahead, self._scratch)
            self._alive.add(process)
        return process

    def _end(self, process: _Process) -> None:
        process.end()
        with self._lock:
            self._alive.discard(process)


class _Process:
    """One reading process. After a limit, a crash or many files it is no longer `fit`."""

    def __init__(self, limits: Limits, ahead: bool, scratch: str | None) -> None:
        """ahead: it is started before there is anything to read."""
        self._limits, self._left, self._ready = limits, FILES, False
        # -P: no module is taken from the folder that isobot runs in, which may be one of documents.
        command = [sys.executable, "-P", "-m", "indexer.sandbox.worker", json.dumps(asdict(limits)), *(["ahead"] if ahead else [])]
        modules = os.pathsep.join(os.path.abspath(place) for place in sys.path if place)  # noqa: PTH100 - an entry may be no path
        self._place = Place(scratch)
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": modules, "TMPDIR": self._place.name},
            start_new_session=True,  # Ctrl-C comes to the parent alone, and what a reader starts ends with it
        )

    def fit(self) -> bool:
        return self._left > 0 and self._child.poll() is None

    def ask(self, request: bytes, understand: Callable[[bytes], T]) -> T:
        """What it answers to one line of JSON, understood. Raises a DocumentError."""
        limits = self._limits
        self._left -= 1
        try:
            if not self._ready:
                self._receive(STARTING)
                self._ready = True
            self._send(request)
            answer = self._receive(limits.seconds)
        except TimeoutError:
            self.end()
            raise DocumentError(f"Reading it took longer than {limits.seconds} s, the limit `read_seconds`. Is it damaged?") from None
        except OverflowError:
            self.end()
            raise DocumentError(f"What was read of it is too much: the limit `read_characters` is {limits.characters:,}.") from None
        except (EOFError, OSError):
            raise self._crash() from None
        try:
            if answer[:1] == b"=":
                return understand(answer[1:])
            raise self._refusal(answer[1:])
        except ValueError:
            self.end()
            raise DamagedDocumentError("Its reader answered nonsense. Open it, and save it anew.") from None

    def _refusal(self, answer: bytes) -> DocumentError:
        """Raises ValueError for what is no refusal."""
        said = json.loads(answer)
        kind, reason = str(said["kind"]), str(said["reason"])
        if kind == "MemoryError":
            self.end()
            return DocumentError(f"Reading it took more than {self._limits.memory_mb:,} MiB of memory, the limit `read_memory_mb`.")
        found = getattr(corpus.errors, kind, None)
        return (found if isinstance(found, type) and issubclass(found, DocumentError) else DocumentError)(reason)

    def _crash(self) -> DocumentError:
        self.end()
        code = self._child.returncode
        how = f"by {signal.Signals(-code).name}" if code and -code in set(signal.Signals) else f"with code {code}"
        return DamagedDocumentError(
            f"Its reader crashed (it ended {how}); the limit `read_memory_mb` is {self._limits.memory_mb:,} MiB. Open it, and save it anew."
        )

    def _send(self, request: bytes) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(request + b"\n")
        self._child.stdin.flush()

    def _receive(self, seconds: float) -> bytes:
        """One answer. Raises TimeoutError, EOFError when the process ended, OverflowError for an answer that is too long."""
        deadline = time.monotonic() + seconds
        size = int.from_bytes(self._bytes(8, deadline), "big")
        if size > ANSWER_BYTES * self._limits.characters + SLACK_BYTES:
            raise OverflowError
        return self._bytes(size, deadline)

    def _bytes(self, count: int, deadline: float) -> bytes:
        assert self._child.stdout is not None
        descriptor = self._child.stdout.fileno()
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while len(received) < count:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                some = os.read(descriptor, min(count - len(received), 1 << 20))
                if not some:
                    raise EOFError
                received += some
        return bytes(received)

    def kill(self) -> None:
        """Kill the process and whatever it started."""
        with suppress(ProcessLookupError, PermissionError):
            if self._child.poll() is None:
                os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def end(self) -> None:
        """Kill it, remove what it left on the disk, and close the pipes to it; a thread that waits at one would not be told."""
        self.kill()
        self._place.cleanup()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


def refuse_size(path: Path, limits: Limits) -> None:
    """Raises DocumentError for a file that is too large, or cannot be looked at."""
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise DocumentError(f"It cannot be opened: {problem.strerror or problem}.") from None
    if size > limits.file_mb * 1024**2:
        megabytes = f"{size / 1024**2:,.0f}"
        raise DocumentError(f"It is {megabytes} MiB large; the limit `read_file_mb` is {limits.file_mb:,}. Divide it, or raise the limit.")
