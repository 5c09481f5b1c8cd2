"""The caches of readings and cut documents: each is made once, and forgotten when no generation holds its file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.text import CanonicalText, Page
from indexer.build import BuildOptions, build
from indexer.cut import Cut
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind, Reading
from indexer.readers.libreoffice import UNTOLD
from indexer.reading_stage import ReadingStage
from indexer.record_cache import CUTS, READINGS, readings_in
from indexer.rules import building_rules
from indexer.sandbox.pool import Sandbox
from indexer.sources import find

READING = Reading(
    CanonicalText("Keys\n| a | b |", (Page(1, 0, 4, "iv"), Page(2, 5, 14, None))),
    (Block(BlockKind.HEADING, 0, 4, 2, 1.5, True), Block(BlockKind.TABLE_ROW, 5, 14)),
    {"title": "Keys"},
    ("Page 3 has no text.",),
    converter="LibreOffice 7.4.7.2",
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
    cache = readings_in(tmp_path, "rules 1")
    cache.put("aa", ".md", READING)
    assert cache.get("aa", ".md") == READING
    assert [cache.get("ab", ".md"), cache.get("aa", ".txt"), readings_in(tmp_path, "rules 2").get("aa", ".md")] == [None] * 3


def test_a_record_or_a_file_that_is_damaged_is_read_anew(tmp_path):
    """Nothing in the cache is needed."""
    cache = readings_in(tmp_path, "r")
    cache.put("aa", ".md", READING)
    with sqlite3.connect(tmp_path / READINGS) as connection:
        connection.execute("UPDATE records SET record = x'00'")
    connection.close()
    assert cache.get("aa", ".md") is None
    cache.close()
    (tmp_path / READINGS).write_bytes(b"no database" * 999)
    cache = readings_in(tmp_path, "r")
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


def test_one_changed_document_is_the_only_one_that_is_cut(documents, cache, cuts):
    """Clauses, references, passages and words of the others are those of the build before."""
    built(documents, cache)
    assert cuts == {"doors.md", "roofs.md", "windows.md"}
    cuts.clear()
    (documents / "roofs.md").write_text("# Roofs\n\n## 1 Tiles\n\nMend all roofs.\n")
    built(documents, cache)
    assert cuts == {"roofs.md"}


@pytest.mark.parametrize("change", ["rename", "declare", "window", "framework"])
def test_whatever_decides_how_a_document_is_cut_cuts_it_anew(change, documents, cache, cuts):
    """Its title may come from its name, its owner from documents.toml, its passages from the settings."""
    built(documents, cache)
    cuts.clear()
    if change == "rename":
        (documents / "roofs.md").rename(documents / "tiles.md")
    elif change == "declare":
        (documents / "documents.toml").write_text('[[source]]\npath = "roofs.md"\nowner = "Ines"\n[[source]]\npath = "."\n')
    options = {"window": {"window": 40}, "framework": {"default_framework": "iso27001:2013"}}.get(change, {})
    build(find([documents]), documents.parent / "index", BuildOptions(cache / "encoders", **options))
    assert cuts == {"rename": {"tiles.md"}, "declare": {"roofs.md"}}.get(change, {"doors.md", "roofs.md", "windows.md"})


def test_a_build_from_the_caches_is_that_of_a_fresh_one_byte_for_byte(organisation, documents, cache, tmp_path):
    """Every file of the generation, after documents were changed, renamed, removed and added."""
    shutil.copytree(organisation.documents, documents, dirs_exist_ok=True)
    built(documents, cache)
    (documents / "doors.md").write_text("# Doors\n\n## 1 Keys\n\nHand in all keys, see A.5.11.\n\n## 2 FAQ\n\nAsk the guard.\n")
    (documents / "windows.md").rename(documents / "glass.md")
    (documents / "roofs.md").unlink()
    (documents / "gates.csv").write_text("Gate,Locked\nNorth,yes\nSouth,no\n")
    built(documents, cache)
    build(find([documents]), tmp_path / "fresh", BuildOptions(cache / "encoders"))
    files = [Generation.current(index).manifest.files for index in (documents.parent / "index", tmp_path / "fresh")]
    assert files[0] == files[1] and len(files[0]) > 20


@pytest.fixture
def cuts(monkeypatch) -> set[str]:
    """The paths of the documents that were cut."""
    paths: set[str] = set()
    cut = Sandbox.cut
    monkeypatch.setattr(Sandbox, "cut", lambda self, path, *rest: paths.add(path) or cut(self, path, *rest))
    return paths


def test_what_no_generation_holds_is_forgotten(documents, cache):
    """As soon as the last generation that was made of it has gone."""
    index = documents.parent / "index"
    for turn in range(3):
        (documents / "roofs.md").write_text(f"# Roofs\n\nMend all roofs, {turn}.\n")
        built(documents, cache, kept=2)
    counts = set()
    for name in (READINGS, CUTS):
        with sqlite3.connect(index / name) as connection:
            counts |= set(connection.execute("SELECT count(*) FROM records").fetchall())
        connection.close()
    assert counts == {(4,)}  # doors, windows, and the roofs of the two generations that are left
    assert len(list((index / "generations").iterdir())) == 2


class _Readers:
    """Reads every file as one that LibreOffice converted, but for doors.md, and keeps the names of those that it read."""

    workers = 1

    def __init__(self) -> None:
        self.names: list[str] = []

    def read(self, path: Path) -> Reading:
        self.names.append(path.stem)
        return Reading(CanonicalText("Lock."), (), converter="" if path.stem == "doors" else "LibreOffice")

    def cut(self, *_: object) -> Cut:
        raise NotImplementedError("Nothing is cut here.")

    def close(self) -> None:
        return


def test_another_libreoffice_has_only_its_own_documents_read_anew(documents, tmp_path, monkeypatch):
    """And one that does not say its version, none; where it was taken away, what it read is tried anew, and said to need it."""
    said = ""
    monkeypatch.setattr("indexer.readers.libreoffice.version", lambda: said)

    def read_anew() -> list[str]:
        readers = _Readers()
        with closing(readings_in(tmp_path, "r")) as cache:
            list(ReadingStage(readers, cache).outcomes(find([documents]), {}))
        return sorted(readers.names)

    said = "LibreOffice 7.4.7.2"
    assert read_anew() == ["doors", "roofs", "windows"]
    assert read_anew() == []
    said = f"{UNTOLD}, without Impress"
    assert read_anew() == []
    said = "LibreOffice 24.8.1.2"
    assert read_anew() == ["roofs", "windows"]
    said = ""
    assert read_anew() == ["roofs", "windows"]


def test_libreoffice_is_asked_for_its_version_only_for_what_it_converts(monkeypatch):
    """A build that finds nothing to do is not to wait for it; one of its formats may be named in capitals."""
    asked: list[str] = []
    monkeypatch.setattr("indexer.readers.libreoffice.version", lambda: asked.append("") or "LibreOffice 7.4.7.2")
    assert "office" not in building_rules(["doors.md", "roofs.docx"])
    assert not asked
    assert building_rules(["doors.md", "windows.ODT"])["office"] == "LibreOffice 7.4.7.2"
