"""The store of canonical texts: exact, mendable, and readable beside a writer."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import DamagedGenerationError
from corpus.text import CanonicalText, Page
from indexer.texts import FILE, TextStore
from tests.privileges import public_folder, unprivileged

__all__ = ["public_folder"]

TEXT = CanonicalText("Clause 1 – “quoted” \U0001f512\u0000\u2028 end\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = TextStore(tmp_path, writable=True)
    store.put(TEXT)
    store.close()
    return tmp_path


def test_a_text_comes_back_exactly(folder):
    """Every code point, NUL and line separators included, and with the pages that were asked for."""
    pages = (Page(1, 0, 5, "iv"),)
    assert TextStore(folder).get(TEXT.sha256, pages) == CanonicalText(TEXT.characters, pages)


@pytest.mark.parametrize("name", ["with space", "what?", "a#b", "100%", "çé字"])
def test_the_folder_may_have_any_name(tmp_path, monkeypatch, name):
    """Characters that mean something in an address are part of the path, relative or absolute."""
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    TextStore(Path(name), writable=True).put(TEXT)
    assert TextStore(Path(name)).get(TEXT.sha256) == TEXT
    assert TextStore(tmp_path / name).get(TEXT.sha256) == TEXT
    assert (tmp_path / name / FILE).is_file()


def altered(folder: Path, value: object) -> None:
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("UPDATE texts SET characters = ?", (value,))
    connection.close()


@pytest.mark.parametrize("value", ["another text", b"\xff\xfe", 7])
def test_an_altered_text_is_refused_and_putting_it_again_mends_it(folder, value):
    """The hash decides; what the next build puts replaces what is not the text."""
    altered(folder, value)
    with pytest.raises(DamagedGenerationError, match=f"stored as {TEXT.sha256[:12]} in .* was altered.*isobot index"):
        TextStore(folder).get(TEXT.sha256)
    TextStore(folder, writable=True).put(TEXT)
    assert TextStore(folder).get(TEXT.sha256) == TEXT


def test_a_missing_text_and_a_missing_file_are_named(folder, tmp_path):
    """Whoever reads learns which, and what to do."""
    with pytest.raises(DamagedGenerationError, match=r"holds no text 000000000000\. Run `isobot index`"):
        TextStore(folder).get("0" * 64)
    (folder / FILE).unlink()
    with pytest.raises(DamagedGenerationError, match=rf"{FILE} is missing\. Run `isobot index`"):
        TextStore(folder)


@pytest.mark.parametrize("content", [b"no database at all " * 99, b"SQLite format 3\0" + b"\x07" * 5000])
def test_a_file_that_is_no_database_is_named(folder, content):
    """For a reader and for a writer alike; the file is left for whoever wants to rescue what is in it."""
    (folder / FILE).write_bytes(content)
    for writable in (False, True):
        with pytest.raises(DamagedGenerationError, match=f"{FILE} .*"):
            TextStore(folder, writable).get(TEXT.sha256)
    assert (folder / FILE).read_bytes() == content


KILLED = """
import os, signal, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN IMMEDIATE")
for i in range(400):
    c.execute("INSERT INTO texts VALUES (?, ?)", (f"{i:064d}", "x" * 3000))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_left_half_written_does_not_keep_readers_out(folder):
    """A journal that is still hot is rolled back by whoever reads first."""
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder / FILE)], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / f"{FILE}-journal").stat().st_size
    assert TextStore(folder).get(TEXT.sha256) == TEXT


def test_a_reader_is_served_while_a_build_puts_many_texts(folder):
    """No transaction stays open between two texts, so readers never wait for the end of a build."""
    writer = TextStore(folder, writable=True)
    for number in range(30):
        writer.put(CanonicalText(f"{number} " + "long text " * 50_000))
        reader = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True, timeout=0)
        assert reader.execute("SELECT count(*) FROM texts").fetchone() == (number + 2,)
        reader.close()


def test_a_store_that_may_not_be_written_can_be_read(public_folder):
    """A bot of another user serves an index that it cannot write to."""
    TextStore(public_folder, writable=True).put(TEXT)
    (public_folder / FILE).chmod(0o444)
    public_folder.chmod(0o555)
    with unprivileged():
        assert TextStore(public_folder).get(TEXT.sha256) == TEXT
        with pytest.raises(DamagedGenerationError, match=f"{FILE} cannot be read or written"):
            TextStore(public_folder, writable=True).put(CanonicalText("another"))
    public_folder.chmod(0o755)
