"""Readings kept between builds by the bytes they came from, so that a file is parsed once, whatever it is called."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Collection
from pathlib import Path

from indexer.readers.base import Reading
from indexer.reading_record import packed, unpacked

FILE = "readings.sqlite"
PATIENCE = 60.0  # seconds to wait while another process commits
_TABLE = (
    "CREATE TABLE IF NOT EXISTS readings (sha256 TEXT, rules TEXT, suffix TEXT, record BLOB NOT NULL, "
    "PRIMARY KEY (sha256, rules, suffix)) WITHOUT ROWID"
)


class ReadingCache:
    """An SQLite file of Readings by SHA-256 of the bytes, rules of reading, and suffix of the name, which decides the reader.

    It holds nothing that cannot be made again: a record that does not hold is read anew, a damaged file begun anew, and a cache that
    cannot be written is done without.
    """

    def __init__(self, folder: Path, rules: str) -> None:
        """rules: everything beside the file that decides what is read."""
        self._rules = rules
        self._lock = threading.Lock()
        path = folder / FILE
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError:
            self._connection = _opened(":memory:")
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            Path(f"{path}-journal").unlink(missing_ok=True)
            self._connection = _opened(path)

    def get(self, sha256: str, suffix: str) -> Reading | None:
        query = "SELECT record FROM readings WHERE sha256 = ? AND rules = ? AND suffix = ?"
        try:
            with self._lock:
                row = self._connection.execute(query, (sha256, self._rules, suffix.lower())).fetchone()
            return unpacked(zlib.decompress(row[0])) if row else None
        except (sqlite3.Error, zlib.error, ValueError, TypeError):
            return None

    def put(self, sha256: str, suffix: str, reading: Reading) -> None:
        record = zlib.compress(packed(reading), 1)
        with contextlib.suppress(sqlite3.Error), self._lock, self._connection:
            self._connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (sha256, self._rules, suffix.lower(), record))

    def keep_only(self, hashes: Collection[str]) -> None:
        """Forget what was read by other rules, and files of other bytes than these."""
        with contextlib.suppress(sqlite3.Error), self._lock, self._connection:
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (sha256 TEXT PRIMARY KEY)")
            self._connection.execute("DELETE FROM kept")
            self._connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((one,) for one in hashes))
            self._connection.execute("DELETE FROM readings WHERE rules <> ? OR sha256 NOT IN (SELECT sha256 FROM kept)", (self._rules,))

    def close(self) -> None:
        self._connection.close()


def _opened(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        connection.execute(_TABLE)
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
