"""The reading stage: every file to its Reading and its Cut, in parallel, each in a process that cannot harm the others, none twice."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.errors import DamagedDocumentError, DocumentError
from indexer.cut import Cut, Cutting, cut
from indexer.encoders.base import Encoder
from indexer.interrupts import held_back
from indexer.item import Item, unopened
from indexer.readers.base import Reading
from indexer.record_cache import RecordCache
from indexer.rules import is_current, stamped

ATTEMPTS = 3  # at reading a file that changes meanwhile
AHEAD = 4  # files a worker that may be read before the first of them is asked for: what bounds memory
LISTENED = 0.25  # seconds between two looks at whether Ctrl-C was pressed


class Readers(Protocol):
    """What reads and cuts files, `workers` of them at a time. Safe to share between threads."""

    workers: int

    def read(self, path: Path) -> Reading:
        """Raises a DocumentError whose message is the reason, among them the limit that the file met."""
        ...

    def cut(self, path: str, sha256: str, reading: Reading, how: Cutting, encoder: Path) -> Cut:
        """encoder: the folder of the encoder whose tokens are counted. Raises a DocumentError as `read` does."""
        ...

    def close(self) -> None:
        """End whatever is being read."""
        ...


@dataclass(frozen=True, slots=True)
class Cutter:
    """How documents are cut, by whose tokens, and what was cut before."""

    how: Cutting
    encoder: Encoder
    cache: RecordCache[Cut]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one item: the reading, the hash of the bytes it came from, and the document as cut; or why there is none.

    fresh: whether its file was parsed now. cut: None where only reading was asked for.
    """

    item: Item
    sha256: str
    reading: Reading | None
    reason: str = ""
    fresh: bool = True
    cut: Cut | None = None


class ReadingStage:
    """Has items read and cut by `readers`, as far as the caches do not know them. cutter: None reads alone."""

    def __init__(self, readers: Readers, cache: RecordCache[Reading], cutter: Cutter | None = None) -> None:
        self._readers, self._cache, self._cutter = readers, cache, cutter

    def outcomes(self, items: Sequence[Item], hashes: Mapping[str, str]) -> Iterator[Outcome]:
        """One for each item, in their order. hashes: SHA-256 by path, as far as known."""
        if not items:
            return
        executor = ThreadPoolExecutor(self._readers.workers, thread_name_prefix="reading")
        running: deque[Future[Outcome]] = deque()
        left = iter(items)
        try:
            for item in left:
                with held_back():
                    running.append(executor.submit(self._outcome, item, hashes.get(item.path)))
                if len(running) >= AHEAD * self._readers.workers:
                    yield _awaited(running.popleft())
            while running:
                yield _awaited(running.popleft())
        finally:
            for future in running:
                future.cancel()
            self._readers.close()  # ends what is being read, so that the threads end
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
            parse = _Parse(self._readers, self._cache, sha256)
            reading = item.read(parse)
            found = _hashed(item)
            if found == sha256:
                for suffix, parsed in parse.fresh.items():
                    self._cache.put(sha256, suffix, parsed)
                return Outcome(item, sha256, reading, fresh=bool(parse.fresh), cut=self._cut(item.path, sha256, reading, parse.files))
            sha256 = found
        raise DamagedDocumentError("It kept changing while it was read. Run `isobot index` again when it is finished.")

    def _cut(self, path: str, sha256: str, reading: Reading, files: int) -> Cut | None:
        """A text that came from no file needs no process to itself, and is not kept."""
        if self._cutter is None:
            return None
        how, encoder, cache = self._cutter.how, self._cutter.encoder, self._cutter.cache
        if not files:
            return cut(path, sha256, reading, how, encoder.count_tokens)
        name = hashlib.sha256(json.dumps([path, reading.declared, reading.converter]).encode("utf-8", "surrogatepass")).hexdigest()
        known = cache.get(sha256, name)
        if known is None:
            known = self._readers.cut(path, sha256, reading, how, encoder.folder)
            cache.put(sha256, name, known)
        return known


def _awaited(future: Future[Outcome]) -> Outcome:
    """The outcome, when it is there; Ctrl-C is heard meanwhile."""
    while True:
        with held_back():
            if wait([future], timeout=LISTENED).done:
                return future.result()


@dataclass(slots=True)
class _Parse:
    """How a file becomes a Reading: from the cache where its bytes are known, else parsed, and then in `fresh` by suffix."""

    readers: Readers
    cache: RecordCache[Reading]
    sha256: str
    files: int = 0
    fresh: dict[str, Reading] = field(default_factory=dict)

    def __call__(self, file: Path) -> Reading:
        self.files += 1
        suffix = file.suffix.lower()
        known = self.cache.get(self.sha256, suffix)
        if known is None or not is_current(known):
            known = self.fresh[suffix] = stamped(self.readers.read(file))
        return known


def _hashed(item: Item) -> str:
    """Raises DocumentError for a file that cannot be opened."""
    try:
        return item.sha256()
    except OSError as problem:
        raise DocumentError(unopened(problem)) from None
