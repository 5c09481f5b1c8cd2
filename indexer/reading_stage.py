"""The reading stage: every file to its Reading, in parallel, each in a process that cannot harm the others, none twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from corpus.errors import DamagedDocumentError, DocumentError
from indexer.readers.base import Reading
from indexer.reading_cache import ReadingCache
from indexer.sandbox.pool import Sandbox

ATTEMPTS = 3  # at reading a file that changes meanwhile
AHEAD = 4  # files a worker that may be read before the first of them is asked for: what bounds memory


class Item(Protocol):
    """Something to index: a file, or a text that is in memory already."""

    @property
    def path(self) -> str: ...

    def sha256(self) -> str: ...

    def read(self, parse: Callable[[Path], Reading] = ...) -> Reading:
        """parse: how a file becomes a Reading."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one item: the reading, and the hash of the bytes it came from; or why there is none."""

    item: Item
    sha256: str
    reading: Reading | None
    reason: str = ""
    fresh: bool = True


class ReadingStage:
    """Reads items in `sandbox`, as far as `cache` does not know them."""

    def __init__(self, sandbox: Sandbox, cache: ReadingCache) -> None:
        self._sandbox, self._cache = sandbox, cache

    def outcomes(self, items: Sequence[Item], hashes: dict[str, str]) -> Iterator[Outcome]:
        """One for each item, in their order. hashes: SHA-256 by path, as far as known."""
        if not items:
            return
        executor = ThreadPoolExecutor(self._sandbox.workers, thread_name_prefix="reading")
        running: deque[Future[Outcome]] = deque()
        left = iter(items)
        try:
            for item in left:
                running.append(executor.submit(self._outcome, item, hashes.get(item.path)))
                if len(running) >= AHEAD * self._sandbox.workers:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()
            self._sandbox.close()  # ends what is being read, so that the threads end
            executor.shutdown(wait=True)

    def _outcome(self, item: Item, known: str | None) -> Outcome:
        sha256 = known or ""
        try:
            sha256 = known if known is not None else _hashed(item)
            return self._settled(item, sha256)
        except DocumentError as problem:
            return Outcome(item, sha256, None, str(problem))

    def _settled(self, item: Item, sha256: str) -> Outcome:
        """Read a file as it was hashed; what was written to it meanwhile is hashed and read again. Raises a DocumentError."""
        for _ in range(ATTEMPTS):
            fresh: dict[str, Reading] = {}
            reading = item.read(partial(self._parse, sha256, fresh))
            found = _hashed(item)
            if found == sha256:
                for suffix, parsed in fresh.items():
                    self._cache.put(sha256, suffix, parsed)
                return Outcome(item, sha256, reading, fresh=bool(fresh))
            sha256 = found
        raise DamagedDocumentError("It kept changing while it was read. Run `isobot index` again when it is finished.")

    def _parse(self, sha256: str, fresh: dict[str, Reading], file: Path) -> Reading:
        """The Reading of a file; from the cache where its bytes are known, else parsed, and then put into `fresh` by suffix."""
        known = self._cache.get(sha256, file.suffix)
        if known is None:
            known = fresh[file.suffix] = self._sandbox.read(file)
        return known


def _hashed(item: Item) -> str:
    """Raises DocumentError for a file that cannot be opened."""
    try:
        return item.sha256()
    except OSError as problem:
        raise DocumentError(unopened(problem)) from None


def unopened(problem: OSError) -> str:
    return f"It cannot be opened: {problem.strerror or problem}."
