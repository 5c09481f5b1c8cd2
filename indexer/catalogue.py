"""Documents, clauses, blocks and control links of one generation, in a SQLite file that is only ever read once published."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.clause import Clause, ClauseLink
from corpus.control import ControlLink, Provenance
from corpus.document import Document, Status
from corpus.errors import DamagedGenerationError
from corpus.text import Page
from indexer.readers.base import Block, BlockKind

FILE = "catalogue.sqlite"
_KINDS = tuple(BlockKind)
_SCHEMA = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, record TEXT NOT NULL, pages TEXT NOT NULL, blocks BLOB NOT NULL);
CREATE TABLE clauses (document INTEGER, position INTEGER, number TEXT, heading TEXT, level INTEGER, start INTEGER, "end" INTEGER,
    body INTEGER, parent INTEGER, PRIMARY KEY (document, position)) WITHOUT ROWID;
CREATE TABLE links (document INTEGER, clause INTEGER, framework TEXT, id TEXT, provenance TEXT, ambiguous INTEGER,
    start INTEGER, "end" INTEGER);
CREATE TABLE clause_links (document INTEGER, start INTEGER, "end" INTEGER, to_document INTEGER, to_clause INTEGER);
CREATE INDEX clause_links_by_place ON clause_links (document, start);
CREATE INDEX links_by_clause ON links (document, clause);
CREATE INDEX clauses_by_number ON clauses (number COLLATE NOCASE);
CREATE INDEX clauses_by_heading ON clauses (heading COLLATE NOCASE);
CREATE INDEX links_by_control ON links (framework, id);
"""
_CLAUSES = 'SELECT number, heading, level, start, "end", body, parent FROM clauses WHERE document = ? ORDER BY position'


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as the catalogue keeps it. `links` are by position of the clause."""

    document: Document
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    links: Mapping[int, Sequence[ControlLink]]


class CatalogueWriter:
    """Fills a new catalogue; documents are numbered from 0 in the order they are added."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._next = 0

    def add(self, entry: Entry) -> int:
        number, self._next = self._next, self._next + 1
        pages = json.dumps([[page.number, page.start, page.end, page.label] for page in entry.pages])
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            (number, entry.document.path, record_of(entry.document), pages, _packed(entry.blocks)),
        )
        self._connection.executemany(
            "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, i, c.number, c.heading, c.level, c.start, c.end, c.body, c.parent) for i, c in enumerate(entry.clauses)],
        )
        self._connection.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, clause, link.framework, link.id, link.provenance.value, link.ambiguous, link.start, link.end)
                for clause, links in entry.links.items()
                for link in links
            ],
        )
        return number

    def refer(self, number: int, links: Iterable[ClauseLink]) -> None:
        """Add what the text of a document refers to."""
        rows = [(number, link.start, link.end, link.document, link.clause) for link in links]
        self._connection.executemany("INSERT INTO clause_links VALUES (?, ?, ?, ?, ?)", rows)

    def clauses(self, number: int) -> tuple[Clause, ...]:
        """Of a document that was added."""
        return tuple(Clause(*row) for row in self._connection.execute(_CLAUSES, (number,)))

    def close(self) -> None:
        self._connection.commit()
        self._connection.close()


class Catalogue:
    """Reads a published catalogue; safe to share between threads.

    Raises DamagedGenerationError where the file is missing or is no catalogue.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        try:
            self._connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        except sqlite3.Error as problem:
            raise DamagedGenerationError(f"{self._path} cannot be opened ({problem}). Run `isobot index` to rebuild the index.") from None
        self.document = lru_cache(maxsize=16_384)(self._document)
        self.clauses = lru_cache(maxsize=256)(self._clauses)
        self.blocks = lru_cache(maxsize=256)(self._blocks)
        self.pages = lru_cache(maxsize=256)(self._pages)

    def numbers(self) -> range:
        """Numbers of all documents."""
        return range(int(self._rows("SELECT count(*) FROM documents")[0][0]))

    def number_of(self, path: str) -> int | None:
        """The number of the document with this path, or None."""
        rows = self._rows("SELECT id FROM documents WHERE path = ?", path)
        return int(rows[0][0]) if rows else None

    def paths(self) -> list[str]:
        """Paths of all documents, by number."""
        return [row[0] for row in self._rows("SELECT path FROM documents ORDER BY id")]

    def names(self) -> list[tuple[str, ...]]:
        """What each document is called, by number: its title, and its reference and designations where it has them."""
        names = []
        for number, stored in self._rows("SELECT id, record FROM documents ORDER BY id"):
            with self._understood(number):
                record = json.loads(stored)
                names.append((str(record["title"]), *filter(None, [record["reference"]]), *record.get("designations", ())))
        return names

    def _document(self, number: int) -> Document:
        stored = self._one("SELECT record FROM documents WHERE id = ?", number)[0]
        with self._understood(number):
            return document_from_record(str(stored))

    def _pages(self, number: int) -> tuple[Page, ...]:
        stored = self._one("SELECT pages FROM documents WHERE id = ?", number)[0]
        with self._understood(number):
            return tuple(Page(*page) for page in json.loads(str(stored)))

    def _blocks(self, number: int) -> tuple[Block, ...]:
        stored = self._one("SELECT blocks FROM documents WHERE id = ?", number)[0]
        with self._understood(number):
            return tuple(Block(_KINDS[kind], start, end, level) for kind, start, end, level in _unpacked(stored))

    def _clauses(self, number: int) -> tuple[Clause, ...]:
        return tuple(Clause(*row) for row in self._rows(_CLAUSES, number))

    def clause_links(self, number: int, start: int, end: int) -> tuple[ClauseLink, ...]:
        """What a range of a document's text refers to, in its order."""
        asked = (
            'SELECT start, "end", to_document, to_clause FROM clause_links WHERE document = ? AND start >= ? AND start < ? '
            'ORDER BY start, "end", to_document, to_clause'
        )
        return tuple(ClauseLink(*row) for row in self._rows(asked, number, start, end))

    def clauses_numbered(self, pattern: str) -> list[tuple[int, int]]:
        """(document, position) of every clause with this number, whatever its case; "%" stands for any characters."""
        asked = "SELECT document, position FROM clauses WHERE number LIKE ? ORDER BY document, position"
        rows = self._rows(asked, pattern.replace("_", ""))
        return [(int(document), int(position)) for document, position in rows]

    def clauses_headed(self, heading: str) -> list[tuple[int, int]]:
        """(document, position) of every clause with this heading, whatever its case."""
        asked = "SELECT document, position FROM clauses WHERE heading = ? COLLATE NOCASE ORDER BY document, position"
        return [(int(document), int(position)) for document, position in self._rows(asked, heading)]

    def links(self, number: int, clause: int | None = None) -> tuple[ControlLink, ...]:
        """What ties one clause of a document to controls, or all of them together."""
        asked = 'SELECT framework, id, provenance, ambiguous, start, "end" FROM links WHERE document = ?'
        rows = self._rows(asked, number) if clause is None else self._rows(f"{asked} AND clause = ?", number, clause)
        with self._understood(number):
            return tuple(_link(*row) for row in rows)

    def clauses_for(self, framework: str, id: str) -> list[tuple[int, int, ControlLink]]:
        """(document, clause, link) of every clause tied to a control, in document order."""
        rows = self._rows(
            'SELECT document, clause, framework, id, provenance, ambiguous, start, "end" FROM links WHERE framework = ? AND id = ? '
            "ORDER BY document, clause",
            framework,
            id,
        )
        return [(row[0], row[1], _link(*row[2:])) for row in rows]

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _understood(self, number: int) -> Iterator[None]:
        """What is stored of a document is what `CatalogueWriter` writes."""
        try:
            yield
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as problem:
            raise DamagedGenerationError(
                f"{self._path} is damaged at document {number} ({type(problem).__name__}: {problem}). "
                "Run `isobot index` to rebuild the index."
            ) from None

    def _one(self, query: str, number: int) -> tuple:  # type: ignore[type-arg]
        rows = self._rows(query, number)
        if not rows:
            raise DamagedGenerationError(f"{self._path} holds no document {number}. Run `isobot index` to rebuild the index.")
        return rows[0]

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as problem:
            raise DamagedGenerationError(f"{self._path} cannot be read ({problem}). Run `isobot index` to rebuild the index.") from None


def _link(framework: str, id: str, provenance: str, ambiguous: int, start: int | None, end: int | None) -> ControlLink:
    return ControlLink(framework, id, Provenance(provenance), bool(ambiguous), start, end)


def _packed(blocks: Iterable[Block]) -> bytes:
    rows = [(_KINDS.index(block.kind), block.start, block.end, block.level) for block in blocks]
    return np.asarray(rows, dtype=np.int32).reshape(-1, 4).tobytes()


def _unpacked(stored: bytes) -> list[list[int]]:
    rows: list[list[int]] = np.frombuffer(stored, dtype=np.int32).reshape(-1, 4).tolist()
    return rows


_DATES = ("effective", "review_by", "expires")
_PLAIN = ("path", "title", "sha256", "text_sha256", "version", "owner", "collection", "framework", "reference", "approved_by")


def record_of(document: Document) -> str:
    record: dict[str, object] = {name: getattr(document, name) for name in _PLAIN}
    record |= {name: day.isoformat() if (day := getattr(document, name)) else None for name in _DATES}
    record["status"] = document.status.value
    record["audience"] = None if document.audience is None else sorted(document.audience)
    record["controls"] = document.controls
    record["designations"] = document.designations
    return json.dumps(record, ensure_ascii=False)


def document_from_record(record: str) -> Document:
    raw = json.loads(record)
    raw |= {name: date.fromisoformat(raw[name]) if raw[name] else None for name in _DATES}
    raw["status"] = Status(raw["status"])
    raw["audience"] = None if raw["audience"] is None else frozenset(raw["audience"])
    raw["controls"] = tuple(tuple(pair) for pair in raw["controls"])
    raw["designations"] = tuple(raw.get("designations", ()))  # generations of before have none
    return Document(**raw)
