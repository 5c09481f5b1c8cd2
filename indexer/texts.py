"""Canonical texts, kept by their hash for as long as anything may point at them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import DamagedGenerationError
from corpus.text import CanonicalText, Page

FILE = "texts.sqlite"


class TextStore:
    """Texts of all generations in one SQLite file, each under the SHA-256 of its UTF-8 bytes; a text is never changed."""

    def __init__(self, index: Path, writable: bool = False) -> None:
        self._path = index / FILE
        if writable:
            self._connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            self._connection.execute("CREATE TABLE IF NOT EXISTS texts (sha256 TEXT PRIMARY KEY, characters TEXT NOT NULL) WITHOUT ROWID")
            self._connection.commit()
        else:
            self._connection = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, timeout=30, check_same_thread=False)

    def put(self, text: CanonicalText) -> None:
        """Keep a text; it is on disk after `commit`."""
        self._connection.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (text.sha256, text.characters))

    def commit(self) -> None:
        self._connection.commit()

    def get(self, sha256: str, pages: tuple[Page, ...] = ()) -> CanonicalText:
        """The text with that hash, checked against it. Raises DamagedGenerationError when it is missing or was altered."""
        row = self._connection.execute("SELECT characters FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise DamagedGenerationError(f"{self._path} holds no text {sha256[:12]}. Run `isobot index` to rebuild the index.")
        text = CanonicalText(row[0], pages)
        if text.sha256 != sha256:
            raise DamagedGenerationError(
                f"The text stored as {sha256[:12]} in {self._path} was altered: it is {text.sha256[:12]} now. "
                f"Move that file away and run `isobot index` to rebuild it."
            )
        return text

    def close(self) -> None:
        self._connection.close()
