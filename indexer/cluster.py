"""An existing Dask cluster in place of this machine: its workers read, cut and encode, and the generation is the same.

Each worker needs this version of isobot. What a worker runs are the functions below; each reads in a sandbox of its own, since a worker
stands as near to its file as this machine would. A cluster is trusted: Dask's own protocol runs code on both sides.
"""

from __future__ import annotations

import atexit
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from corpus.errors import DocumentError, IsobotError, SettingsError
from indexer import cut_record, reading_record
from indexer.cut import Cut, Cutting
from indexer.encoders.base import Encoder, Kind, Rows
from indexer.encoders.onnx import load_encoder
from indexer.readers.base import Reading
from indexer.rules import RULES
from indexer.sandbox.limits import Limits
from indexer.sandbox.pool import Sandbox, refuse_size

ENCODED_AT_ONCE = 32  # texts that a task encodes; about a tenth of a second, far above what a task costs
ANSWERING = 10  # seconds that a scheduler may take
MOST = 256  # files under way at a time, each of which holds a thread here
T = TypeVar("T")


class Cluster:
    """A connection to the Dask scheduler at `address`, until the end of its block. `readers` and `encoder` do what this machine's would."""

    def __init__(self, address: str, limits: Limits, encoder: Encoder) -> None:
        """Raises SettingsError where the extra is missing, nobody answers, no worker is there, or one has another isobot."""
        self._client = _connected(address)
        try:
            threads = _threads_of(self._client, address)
            files = {file.name: file.read_bytes() for file in encoder.folder.iterdir() if file.is_file()}
            model = self._client.submit(_given, files, pure=False)
        except BaseException:
            self._client.close()
            raise
        self.threads = threads
        self.readers = ClusterReaders(self._client, limits, encoder.fingerprint, model, min(threads, MOST))
        self.encoder = ClusterEncoder(self._client, encoder, model)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


class ClusterReaders:
    """Reads and cuts on the workers, as many files at a time as these have threads. Safe to share between threads."""

    def __init__(self, client: Any, limits: Limits, fingerprint: str, model: Any, workers: int) -> None:
        self.workers = workers
        self._client, self._limits, self._fingerprint, self._model = client, limits, fingerprint, model
        self._running: set[Any] = set()

    def read(self, path: Path) -> Reading:
        refuse_size(path, self._limits)
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise DocumentError(f"It cannot be opened: {problem.strerror or problem}.") from None
        return reading_record.unpacked(self._done(_read, content, path.suffix, asdict(self._limits)))

    def cut(self, path: str, sha256: str, reading: Reading, how: Cutting, encoder: Path) -> Cut:
        """encoder: that with which the cluster was begun; its files are on the workers."""
        facts = {"path": path, "sha256": sha256, "how": asdict(how), "declared": reading.declared, "limits": asdict(self._limits)}
        record = reading_record.packed(reading)
        return cut_record.unpacked(self._done(_cut, self._fingerprint, self._model, record, facts))

    def close(self) -> None:
        """Give up whatever is under way."""
        with suppress(Exception):  # the scheduler may be gone, and then there is nothing to give up
            self._client.cancel(list(self._running))

    def _done(self, task: Callable[..., bytes], *arguments: Any) -> bytes:
        future = self._client.submit(task, *arguments, pure=False)
        self._running.add(future)
        try:
            record: bytes = _result(future)
            return record
        finally:
            self._running.discard(future)


class ClusterEncoder:
    """The same encoder, on the workers: texts go there by the dozen, and each row depends on its text alone as ever."""

    def __init__(self, client: Any, encoder: Encoder, model: Any) -> None:
        self._client, self._encoder, self._model = client, encoder, model
        self.folder, self.fingerprint, self.model = encoder.folder, encoder.fingerprint, encoder.model
        self.dimensions, self.max_tokens = encoder.dimensions, encoder.max_tokens

    def encode(self, texts: Sequence[str], kind: Kind, progress: Callable[[int], None] | None = None) -> Rows:
        import numpy as np

        blocks = self._spread(_encode, [(part, kind) for part in _in_parts(texts)], progress)
        return np.concatenate([np.empty((0, self.dimensions), np.float32), *blocks])

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]], progress: Callable[[int], None] | None = None
    ) -> list[Rows]:
        pairs = list(zip(_in_parts(texts), _in_parts(parts), strict=True))
        return [rows for block in self._spread(_encode_parts, pairs, progress) for rows in block]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)

    def _spread(self, task: Callable[..., T], arguments: Iterable[tuple[Any, ...]], progress: Callable[[int], None] | None) -> Iterator[T]:
        """What the task makes of each, in their order."""
        given = list(arguments)
        futures = [self._client.submit(task, self.fingerprint, self._model, *one, pure=False) for one in given]
        for future, (texts, *_) in zip(futures, given, strict=True):
            yield _result(future)
            if progress:
                progress(len(texts))


def _in_parts(every: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(every), ENCODED_AT_ONCE):
        yield every[start : start + ENCODED_AT_ONCE]


def _result(future: Any) -> Any:
    """What a task came to. Raises its own DocumentError, and IsobotError where the cluster failed."""
    try:
        return future.result()
    except IsobotError:
        raise
    except Exception as problem:  # of the cluster: workers that died, a scheduler that is gone, a task that was cancelled
        raise IsobotError(
            f"The Dask cluster failed ({type(problem).__name__}: {' '.join(str(problem).split())[:200]}). Look at its logs, and run "
            "`isobot index` again: it carries on from the work already done."
        ) from None


def _connected(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise SettingsError("--dask needs the extra 'dask'. Install it: `pip install 'isobot[dask]'`.") from None
    warnings.filterwarnings("ignore", "Sending large graph")  # what was scattered instead would be lost with the worker that holds it
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said once, by us
    try:
        return distributed.Client(address, timeout=ANSWERING, set_as_default=False)
    except (OSError, TimeoutError, ValueError, ImportError) as problem:
        raise SettingsError(f"No Dask scheduler answers at {address} ({problem}). Give its address, as in tcp://10.0.0.5:8786.") from None


def _threads_of(client: Any, address: str) -> int:
    """How many tasks the workers run at a time. Raises SettingsError where none can do what is asked."""
    threads = client.nthreads()
    if not threads:
        raise SettingsError(f"The Dask cluster at {address} has no workers. Start some: `dask worker {address}`.")
    needed = f"Each worker needs the version of isobot that is installed here, reading rules {RULES}."
    try:
        stated: Mapping[str, int] = client.run(_rules)
    except Exception as problem:  # whatever unpickling a function of ours raises where there is no isobot
        raise SettingsError(f"A worker of {address} cannot run isobot ({type(problem).__name__}: {problem}). {needed}") from None
    others = sorted(worker for worker, rules in stated.items() if rules != RULES)
    if others:
        raise SettingsError(f"The worker {others[0]} has another isobot, of reading rules {stated[others[0]]}. {needed}")
    return sum(threads.values())


# What follows runs on the workers.


def _rules() -> int:
    return RULES


def _given(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The encoder as the outcome of a task, which the scheduler has made again when the worker that holds it dies."""
    return files


def _read(content: bytes, suffix: str, limits: Mapping[str, int]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="isobot-", dir=_scratch()) as folder:
        file = Path(folder) / f"document{suffix}"
        file.write_bytes(content)
        return reading_record.packed(_sandbox(Limits(**limits), _scratch()).read(file))


def _cut(fingerprint: str, model: Mapping[str, bytes], record: bytes, facts: Mapping[str, Any]) -> bytes:
    declared = tuple((key, value) for key, value in facts["declared"])
    reading = replace(reading_record.unpacked(record), declared=declared)
    sandbox, how = _sandbox(Limits(**facts["limits"]), _scratch()), Cutting(**facts["how"])
    return cut_record.packed(sandbox.cut(facts["path"], facts["sha256"], reading, how, _model(fingerprint, model)))


def _encode(fingerprint: str, model: Mapping[str, bytes], texts: Sequence[str], kind: Kind) -> Rows:
    return _encoder(_model(fingerprint, model)).encode(texts, kind)


def _encode_parts(
    fingerprint: str, model: Mapping[str, bytes], texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
) -> list[Rows]:
    return _encoder(_model(fingerprint, model)).encode_parts(texts, parts)


def _scratch() -> str:
    """The folder of the worker that runs this task, which Dask takes away with the worker, however that ends."""
    directory: str = import_module("distributed").get_worker().local_directory
    return directory


_models: dict[tuple[str, str], Path] = {}
_writing = Lock()


def _model(fingerprint: str, files: Mapping[str, bytes]) -> Path:
    """The folder of the encoder on this worker, written when first needed."""
    scratch = _scratch()
    with _writing:
        if (scratch, fingerprint) not in _models:
            folder = Path(tempfile.mkdtemp(prefix="isobot-encoder-", dir=scratch))
            for name, content in files.items():
                (folder / name).write_bytes(content)
            _models[scratch, fingerprint] = folder
        return _models[scratch, fingerprint]


@lru_cache(maxsize=2)
def _encoder(folder: Path) -> Encoder:
    return load_encoder(folder, threads=1)  # each task has a thread of its own already


@lru_cache(maxsize=2)
def _sandbox(limits: Limits, scratch: str) -> Sandbox:
    sandbox = Sandbox(limits, scratch=scratch)
    atexit.register(sandbox.close)
    return sandbox
