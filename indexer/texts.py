"""Canonical texts, kept by their hash for as long as anything may point at them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import DamagedGenerationError
from corpus.text import CanonicalText, Page

FILE = "texts.sqlite"
PATIENCE = 30.0  # seconds to wait while another process commits
_TABLE = "CREATE TABLE IF NOT EXISTS texts (sha256 TEXT PRIMARY KEY, characters TEXT NOT NULL) WITHOUT ROWID"
_PUT = (
    "INSERT INTO texts VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET characters = excluded.characters "
    "WHERE characters IS NOT excluded.characters"
)


class TextStore:
    """Texts of all generations in one SQLite file, each under the SHA-256 of its UTF-8 bytes; a text is never changed."""

    def __init__(self, index: Path, writable: bool = False) -> None:
        """Raises DamagedGenerationError where the file is no store of texts or, unless `writable`, is missing."""
        self._path = index / FILE
        # Readers too open it for writing, where they may: what a killed build left half written is rolled back by whoever comes first.
        address = f"{self._path.resolve().as_uri()}?mode={'rwc' if writable else 'rw'}"
        with self._explained():
            self._connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, check_same_thread=False)
            if writable:
                self._connection.execute(_TABLE)
                self._connection.commit()

    def put(self, text: CanonicalText) -> None:
        """Keep a text; it is on disk when this returns. What was stored under its hash and is not that text is mended.

        One text a transaction: a longer one would outgrow SQLite's memory, and then readers would have to wait until it ends.
        """
        with self._explained(), self._connection:
            self._connection.execute(_PUT, (text.sha256, text.characters))

    def get(self, sha256: str, pages: tuple[Page, ...] = ()) -> CanonicalText:
        """The text with that hash, checked against it. Raises DamagedGenerationError when it is missing or was altered."""
        with self._explained():
            row = self._connection.execute("SELECT characters FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise DamagedGenerationError(f"{self._path} holds no text {sha256[:12]}. Run `isobot index` to mend it.")
        text = _text(row[0], pages)
        if text is None or text.sha256 != sha256:
            found = f"it is {text.sha256[:12]} now" if text else "it is no text any more"
            raise DamagedGenerationError(
                f"The text stored as {sha256[:12]} in {self._path} was altered: {found}. Run `isobot index` to mend it."
            )
        return text

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as problem:
            if not self._path.exists():
                raise DamagedGenerationError(f"{self._path} is missing. Run `isobot index` to rebuild it.") from None
            raise DamagedGenerationError(f"{self._path} cannot be read or written ({problem}). Is it locked, or the disk full?") from None
        except sqlite3.Error as problem:
            raise DamagedGenerationError(
                f"{self._path} is damaged ({problem}). Put a copy of it back, or move it away; then run `isobot index`."
            ) from None


def _text(stored: object, pages: tuple[Page, ...]) -> CanonicalText | None:
    try:
        return CanonicalText(stored, pages) if isinstance(stored, str) else None
    except UnicodeEncodeError:
        return None
