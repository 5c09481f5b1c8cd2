"""Hostile files as whoever runs isobot meets them: each command says what is wrong with the file, and goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.indexer import hostile
from tests.organisation import Command

CRASHING = "crash\x1b[31m.pdf"
SHOWN = "crash\\x1b[31m.pdf"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """One document, and a PDF over whose page labels pdfium runs in circles until its process dies."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "doors.md").write_text("# Doors\n\n## 1 Locks\n\nLock all doors.\n")
    (folder / CRASHING).write_bytes(hostile.recursive_pdfs()["labels"])
    return folder


def test_a_parser_that_crashes_costs_its_file_alone(documents, isobot: Command, tmp_path):
    """The index holds the other, the report names the file as text, and its text is not to be had."""
    ended = isobot("index", documents, "--index", tmp_path / "index")
    assert ended.code == 1
    assert f"{SHOWN}: Its reader crashed (it ended by SIGSEGV); the limit `read_memory_mb` is" in ended.out
    assert "\x1b" not in ended.out + ended.err
    for typed in (CRASHING, SHOWN):
        ended = isobot("text", typed, "--index", tmp_path / "index")
        assert (ended.code, ended.out) == (2, "") and "\x1b" not in ended.err
    assert isobot("text", "doors.md", "--index", tmp_path / "index").out.endswith("Lock all doors.")


def test_an_outline_is_read_within_the_limits(documents, isobot: Command, monkeypatch):
    """A crash is a sentence and exit code 2, and a limit that is set holds."""
    ended = isobot("outline", documents / CRASHING)
    assert (ended.code, ended.out) == (2, "")
    assert f"{SHOWN}: Its reader crashed" in ended.err and "\x1b" not in ended.err
    monkeypatch.setenv("ISOBOT_READ_CHARACTERS", "10")
    ended = isobot("outline", documents / "doors.md")
    assert ended.code == 2 and "Its text is longer than 10 characters, the limit `read_characters`." in ended.err


def test_doctor_shows_the_other_documents(documents, isobot: Command, tmp_path):
    """And what is wrong with the one that cannot be read."""
    ended = isobot("doctor", documents, "--documents", "--json", "--index", tmp_path / "index")
    crashed, doors = json.loads(ended.out)["documents"]
    assert ended.code == 1
    assert crashed["path"] == SHOWN and crashed["reason"].startswith("Its reader crashed")
    assert (doors["path"], doors["found"]["title"]["value"]) == ("doors.md", "Doors")
    assert not (tmp_path / "index").exists()
    shown = isobot("doctor", documents, "--documents", "--index", tmp_path / "index").out
    assert SHOWN in shown and "\x1b" not in shown
