"""The cache of readings: a file is parsed once, whatever it is called, and forgotten when no generation holds it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.text import CanonicalText, Page
from indexer.build import BuildOptions, build
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind, Reading
from indexer.reading_cache import FILE, ReadingCache
from indexer.sources import find

READING = Reading(
    CanonicalText("Keys\n| a | b |", (Page(1, 0, 4, "iv"), Page(2, 5, 14, None))),
    (Block(BlockKind.HEADING, 0, 4, 2, 1.5, True), Block(BlockKind.TABLE_ROW, 5, 14)),
    {"title": "Keys"},
    ("Page 3 has no text.",),
)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    for name in ("doors", "windows", "roofs"):
        (tmp_path / "documents" / f"{name}.md").write_text(f"# {name.title()}\n\n## 1 Locks\n\nLock all {name}.\n")
    return tmp_path / "documents"


def built(documents: Path, cache: Path, kept: int = 5):
    return build(find([documents]), documents.parent / "index", BuildOptions(cache / "encoders", kept=kept))


def test_a_reading_comes_back_as_it_was(tmp_path):
    """Pages, printed labels, type sizes, properties and warnings; under its bytes, its rules and its suffix alone."""
    cache = ReadingCache(tmp_path, "rules 1")
    cache.put("aa", ".MD", READING)
    assert cache.get("aa", ".md") == READING
    assert [cache.get("ab", ".md"), cache.get("aa", ".txt"), ReadingCache(tmp_path, "rules 2").get("aa", ".md")] == [None] * 3


def test_a_record_or_a_file_that_is_damaged_is_read_anew(tmp_path):
    """Nothing in the cache is needed."""
    cache = ReadingCache(tmp_path, "r")
    cache.put("aa", ".md", READING)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE readings SET record = x'00'")
    connection.close()
    assert cache.get("aa", ".md") is None
    cache.close()
    (tmp_path / FILE).write_bytes(b"no database" * 999)
    cache = ReadingCache(tmp_path, "r")
    cache.put("aa", ".md", READING)
    assert cache.get("aa", ".md") == READING


def test_one_changed_document_is_the_only_one_that_is_read(documents, cache):
    """And the report says what changed."""
    assert built(documents, cache).read == 3
    (documents / "roofs.md").write_text("# Roofs\n\n## 1 Tiles\n\nMend all roofs.\n")
    report = built(documents, cache)
    assert (report.read, report.changes.changed, report.changes.added, report.changes.removed) == (1, ("roofs.md",), (), ())


def test_a_renamed_document_is_recognised_and_not_read(documents, cache):
    """Its clauses stand under the new path, and the old one is gone."""
    built(documents, cache)
    (documents / "archive").mkdir()
    (documents / "doors.md").rename(documents / "archive" / "gates.md")
    (documents / "windows.md").unlink()
    report = built(documents, cache)
    assert (report.read, report.changes.renamed, report.changes.removed) == (0, (("doors.md", "archive/gates.md"),), ("windows.md",))
    catalogue = Generation.current(documents.parent / "index").catalogue
    assert catalogue.paths() == ["archive/gates.md", "roofs.md"]


def test_what_no_generation_holds_is_forgotten(documents, cache):
    """As soon as the last generation that was made of it has gone."""
    index = documents.parent / "index"
    for turn in range(3):
        (documents / "roofs.md").write_text(f"# Roofs\n\nMend all roofs, {turn}.\n")
        built(documents, cache, kept=2)
    with sqlite3.connect(index / FILE) as connection:
        (count,) = connection.execute("SELECT count(*) FROM readings").fetchone()
    connection.close()
    assert count == 4  # doors, windows, and the roofs of the two generations that are left
    assert len(list((index / "generations").iterdir())) == 2
