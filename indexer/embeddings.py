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

    def __init__(self, folder: Path) -> None:
        """Open or begin the cache of `folder`. Raises GenerationError when it cannot be written to."""
        self._path = folder / FILE
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
        for position, text in enumerate(texts):
            if not text.strip():
                raise VectorError(f"Passage {position} of {len(texts)} is empty. Leave it out: an empty text has no meaning to compare.")
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        positions: dict[bytes, list[int]] = {}
        for position, key in enumerate(keys):
            positions.setdefault(key, []).append(position)
        rows = np.empty((len(texts), encoder.dimensions), np.float16)
        missing = dict.fromkeys(positions)
        for key, vector in self._known(encoder, list(positions)):
            rows[positions[key]] = vector
            del missing[key]
        _tell(progress, sum(len(positions[key]) for key in positions if key not in missing))
        for some in _in_parts(list(missing), COMMITTED_AT_ONCE):
            fresh = encoder.encode([texts[positions[key][0]] for key in some], "passage").astype(np.float16)
            self._keep(encoder, some, fresh)
            for key, vector in zip(some, fresh, strict=True):
                rows[positions[key]] = vector
            _tell(progress, sum(len(positions[key]) for key in some))
        return unit_rows(rows)

    def _known(self, encoder: Encoder, keys: list[bytes]) -> Iterator[tuple[bytes, NDArray[np.float16]]]:
        for some in _in_parts(keys, ASKED_AT_ONCE):
            marks = ",".join("?" * len(some))
            query = f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({marks})"
            with self._speaking():
                found = self._connection.execute(query, [encoder.fingerprint, *some]).fetchall()
            for key, blob in found:
                if len(blob) == 2 * encoder.dimensions:
                    yield key, np.frombuffer(blob, "<f2")

    def _keep(self, encoder: Encoder, keys: list[bytes], vectors: NDArray[np.float16]) -> None:
        little = vectors.astype("<f2")
        with self._speaking(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                ((encoder.fingerprint, key, row.tobytes()) for key, row in zip(keys, little, strict=True)),
            )

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise GenerationError(f"The embedding cache {self._path} failed ({error}). Is the disk full? Else delete the file.") from error


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
