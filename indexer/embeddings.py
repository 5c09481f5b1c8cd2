"""Vectors of passages kept between builds, so that each text is encoded once."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import GenerationError, VectorError
from indexer.encoders.base import Encoder, Rows
from indexer.vectors.rows import unit_rows

FILE = "embeddings.sqlite"
COMMITTED_AT_ONCE = 256  # texts; what a killed build loses at most, about a second of work
ASKED_AT_ONCE = 500  # keys a query; SQLite takes at least 999 variables
Spans = tuple[tuple[int, int], ...]

PATIENCE = 60.0  # seconds to wait while another process commits

_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, text)
) WITHOUT ROWID
"""


class EmbeddingCache:
    """An SQLite file of passage vectors by encoder fingerprint and SHA-256 of the text.

    Rows are kept as float16, which changes a cosine by less than 0.0001, and always pass through it: a text gets the same
    row whether it was encoded now or read back. Processes may share the file; a damaged file is begun anew, as it holds
    nothing that cannot be made again.
    """

    def __init__(self, folder: Path, at_once: int = COMMITTED_AT_ONCE) -> None:
        """Open or begin the cache of `folder`. Raises GenerationError when it cannot be written to.

        at_once: texts that are encoded between two commits.
        """
        self._path, self._at_once = folder / FILE, at_once
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _opened(self._path)
        except sqlite3.OperationalError as error:
            raise GenerationError(f"The embedding cache {self._path} cannot be opened ({error}). May it be written to?") from error
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            Path(f"{self._path}-journal").unlink(missing_ok=True)
            self._connection = _opened(self._path)

    def close(self) -> None:
        self._connection.close()

    def rows(self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Rows:
        """Unit rows of `texts` as passages, in their order: float32 (n, dim).

        Only what is missing is encoded, a repeated text once. progress: called with the count of `texts` just settled.
        Raises VectorError on an empty text.
        """
        return _stacked(self._settled(encoder, [(text, ()) for text in texts], progress), encoder.dimensions)

    def rows_with_parts(
        self, encoder: Encoder, texts: Sequence[str], parts: Sequence[Spans], progress: Callable[[int], None] | None = None
    ) -> tuple[Rows, Rows]:
        """Unit rows of `texts` as passages, float32 (n, dim), and of all their parts in one run, float32 (all parts, dim).

        parts: for each text, code point ranges of it. The rest is as for `rows`.
        """
        blocks = self._settled(encoder, list(zip(texts, parts, strict=True)), progress)
        whole, inner = [block[:1] for block in blocks], [block[1:] for block in blocks]
        return _stacked(whole, encoder.dimensions), _stacked(inner, encoder.dimensions)

    def _settled(
        self, encoder: Encoder, wanted: Sequence[tuple[str, Spans]], progress: Callable[[int], None] | None
    ) -> list[NDArray[np.float16]]:
        """For each passage a block, float16 (1 + its parts, dim): its own row before those of its parts."""
        for position, (text, _) in enumerate(wanted):
            if not text.strip():
                raise VectorError(f"Passage {position} of {len(wanted)} is empty. Leave it out: an empty text has no meaning to compare.")
        keys = [_key(text, parts) for text, parts in wanted]
        positions: dict[bytes, list[int]] = {}
        for position, key in enumerate(keys):
            positions.setdefault(key, []).append(position)
        blocks: dict[bytes, NDArray[np.float16]] = {}
        for key, block in self._known(encoder, list(positions)):
            if len(block) == 1 + len(wanted[positions[key][0]][1]):
                blocks[key] = block
        _tell(progress, sum(len(positions[key]) for key in blocks))
        for some in _in_parts([key for key in positions if key not in blocks], self._at_once):
            fresh = _encoded(encoder, [wanted[positions[key][0]] for key in some])
            self._keep(encoder, some, fresh)
            blocks.update(zip(some, fresh, strict=True))
            _tell(progress, sum(len(positions[key]) for key in some))
        return [blocks[key] for key in keys]

    def _known(self, encoder: Encoder, keys: list[bytes]) -> Iterator[tuple[bytes, NDArray[np.float16]]]:
        for some in _in_parts(keys, ASKED_AT_ONCE):
            marks = ",".join("?" * len(some))
            query = f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({marks})"
            with self._speaking():
                found = self._connection.execute(query, [encoder.fingerprint, *some]).fetchall()
            for key, blob in found:
                if len(blob) % (2 * encoder.dimensions) == 0:
                    yield key, np.frombuffer(blob, "<f2").reshape(-1, encoder.dimensions)

    def _keep(self, encoder: Encoder, keys: list[bytes], blocks: list[NDArray[np.float16]]) -> None:
        with self._speaking(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                ((encoder.fingerprint, key, block.astype("<f2").tobytes()) for key, block in zip(keys, blocks, strict=True)),
            )

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise GenerationError(f"The embedding cache {self._path} failed ({error}). Is the disk full? Else delete the file.") from error


def _key(text: str, parts: Spans) -> bytes:
    """A passage by itself goes by its text, one with parts by their ranges as well."""
    said = text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(said + b"\0" + repr(parts).encode() if parts else said).digest()


def _encoded(encoder: Encoder, wanted: Sequence[tuple[str, Spans]]) -> list[NDArray[np.float16]]:
    texts, parts = [text for text, _ in wanted], [spans for _, spans in wanted]
    if any(parts):
        return [rows.astype(np.float16) for rows in encoder.encode_parts(texts, parts)]
    return list(encoder.encode(texts, "passage").astype(np.float16)[:, None])


def _stacked(blocks: Sequence[NDArray[np.float16]], dimensions: int) -> Rows:
    return unit_rows(np.concatenate([np.empty((0, dimensions), np.float16), *blocks]))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        connection.execute(_TABLE)
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged pages")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _in_parts(keys: list[bytes], size: int) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _tell(progress: Callable[[int], None] | None, count: int) -> None:
    if progress and count:
        progress(count)
