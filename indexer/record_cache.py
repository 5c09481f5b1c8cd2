"""What was made of a file, kept between builds by the bytes it came from, so that it is made once."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Generic, TypeVar

from indexer import cut_record, reading_record
from indexer.cut import Cut
from indexer.readers.base import Reading

READINGS, CUTS = "readings.sqlite", "cuts.sqlite"
PATIENCE = 60.0  # seconds to wait while another process commits
_TABLE = (
    "CREATE TABLE IF NOT EXISTS records (sha256 TEXT, rules TEXT, name TEXT, record BLOB NOT NULL, "
    "PRIMARY KEY (sha256, rules, name)) WITHOUT ROWID"
)
T = TypeVar("T")


class RecordCache(Generic[T]):
    """An SQLite file of records by SHA-256 of a file's bytes, rules by which they were made, and what of the file's name decides.

    It holds nothing that cannot be made again: a record that does not hold is made anew, a damaged file begun anew, and a cache that
    cannot be written is done without. Safe to share between threads.
    """

    def __init__(self, path: Path, rules: str, packed: Callable[[T], bytes], unpacked: Callable[[bytes], T]) -> None:
        """rules: everything beside the file that decides the record. unpacked: raises ValueError for what is none."""
        self._rules, self._packed, self._unpacked = rules, packed, unpacked
        self._lock = threading.Lock()
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError:
            self._connection = _opened(":memory:")
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            Path(f"{path}-journal").unlink(missing_ok=True)
            self._connection = _opened(path)

    def get(self, sha256: str, name: str) -> T | None:
        query = "SELECT record FROM records WHERE sha256 = ? AND rules = ? AND name = ?"
        try:
            with self._lock:
                row = self._connection.execute(query, (sha256, self._rules, name)).fetchone()
            return self._unpacked(zlib.decompress(row[0])) if row else None
        except (sqlite3.Error, zlib.error, ValueError, TypeError):
            return None

    def put(self, sha256: str, name: str, made: T) -> None:
        record = zlib.compress(self._packed(made), 1)
        with contextlib.suppress(sqlite3.Error), self._lock, self._connection:
            self._connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", (sha256, self._rules, name, record))

    def keep_only(self, hashes: Collection[str]) -> None:
        """Forget what was made by other rules, and of files of other bytes than these."""
        with contextlib.suppress(sqlite3.Error), self._lock, self._connection:
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (sha256 TEXT PRIMARY KEY)")
            self._connection.execute("DELETE FROM kept")
            self._connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((one,) for one in hashes))
            self._connection.execute("DELETE FROM records WHERE rules <> ? OR sha256 NOT IN (SELECT sha256 FROM kept)", (self._rules,))

    def close(self) -> None:
        self._connection.close()


def readings_in(folder: Path, rules: str) -> RecordCache[Reading]:
    """Readings, by the suffix of a file's name in small letters, which decides the reader."""
    return RecordCache(folder / READINGS, rules, reading_record.packed, reading_record.unpacked)


def cuts_in(folder: Path, rules: str) -> RecordCache[Cut]:
    """Cut documents, by all that was known of them beside their bytes."""
    return RecordCache(folder / CUTS, rules, cut_record.packed, cut_record.unpacked)


def _opened(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        connection.execute(_TABLE)
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
