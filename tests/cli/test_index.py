"""`isobot index`: what it prints, for people and for programs, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.organisation import DOCUMENTS, Command, write_documents

ROOT = Path(__file__).parents[2]
KEYS = {"generation", "documents", "clauses", "passages", "guidance", "seconds", "skipped"}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "documents", *list(DOCUMENTS)[3:])


def test_a_build_is_summed_up_for_a_person(documents, isobot: Command, tmp_path):
    """Counts, time, generation and where it is; the second time, that nothing had changed."""
    first = isobot("index", documents, "--index", tmp_path / "index")
    assert first.code == 0
    assert [line.split()[0] for line in first.out.splitlines()] == ["Documents", "Clauses", "Passages", "Took", "Generation", "Index"]
    assert first.out.splitlines()[0].split() == ["Documents", "3"]
    assert "(nothing had changed)" not in first.out
    second = isobot("index", documents, "--index", tmp_path / "index")
    assert second.code == 0
    assert "(nothing had changed)" in second.out


def test_the_json_has_the_keys_of_the_contract_and_nothing_else(documents, isobot: Command, tmp_path):
    """Also the second time, and then it is quick."""
    first = json.loads(isobot("index", documents, "--index", tmp_path / "index", "--json").out)
    second = json.loads(isobot("index", documents, "--index", tmp_path / "index", "--json").out)
    for report in (first, second):
        assert set(report) == KEYS
        assert (report["documents"], report["skipped"]) == (3, [])
    assert first["generation"] == second["generation"]
    assert second["seconds"] < 5


def test_guidance_comes_with_the_index_and_is_counted_apart(documents, isobot: Command, tmp_path, monkeypatch):
    """By default; the setting `guidance` leaves it out."""
    monkeypatch.delenv("ISOBOT_GUIDANCE")
    ended = isobot("index", documents, "--index", tmp_path / "index")
    assert ended.code == 0
    assert " ".join(ended.out.splitlines()[0].split()) == "Documents 3, and guidance on 336 controls"
    report = json.loads(isobot("index", documents, "--index", tmp_path / "index", "--json").out)
    assert (report["documents"], report["guidance"]) == (3, 336)
    assert isobot("text", "guidance/iso27001-2022-a8-technological.md", "--index", tmp_path / "index").code == 0
    assert "23 documents (20 of guidance)" in isobot("verify", "--index", tmp_path / "index").out
    monkeypatch.setenv("ISOBOT_GUIDANCE", "false")
    assert json.loads(isobot("index", documents, "--index", tmp_path / "index", "--json").out)["guidance"] == 0


@pytest.mark.parametrize("files", [{}, {"empty.pdf": b""}])
def test_guidance_is_no_stand_in_for_documents(files, isobot: Command, tmp_path, monkeypatch):
    """A folder in which nothing can be read is refused, with guidance as without."""
    monkeypatch.delenv("ISOBOT_GUIDANCE")
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    ended = isobot("index", folder, "--index", tmp_path / "index")
    assert (ended.code, ended.out) == (2, "")
    assert not (tmp_path / "index" / "current").exists()


def test_a_skipped_document_stays_skipped_until_it_changes(documents, isobot: Command, tmp_path):
    """The second build, too, ends with 1 and says why, although nothing had changed."""
    (documents / "empty.pdf").write_bytes(b"")
    for _ in range(2):
        ended = isobot("index", documents, "--index", tmp_path / "index")
        assert ended.code == 1
        assert "\nNot indexed:\n  empty.pdf: " in ended.out
    (documents / "empty.pdf").unlink()
    assert isobot("index", documents, "--index", tmp_path / "index").code == 0


def test_several_paths_go_under_their_folders_names(documents, isobot: Command, tmp_path, monkeypatch):
    """Each folder's name goes before its documents, and a single file may stand among them."""
    other = write_documents(tmp_path / "other", *list(DOCUMENTS)[1:])
    monkeypatch.setenv("ISOBOT_INDEX", str(tmp_path / "index"))
    report = json.loads(isobot("index", documents, other, tmp_path / "documents" / "laptop-standard.md", "--json").out)
    assert report["documents"] == 4
    assert "Access is granted" in isobot("text", "documents/access-control-policy.md").out
    assert "Access is granted" in isobot("text", "other/access-control-policy.md").out
    assert isobot("text", "access-control-policy.md").code == 2


def test_without_a_path_this_folder_is_indexed_into_its_own_index(documents, isobot: Command, monkeypatch):
    """The index lies in `.isobot`, which is hidden, so that it is never taken for documents."""
    monkeypatch.chdir(documents)
    assert isobot("index").code == 0
    assert json.loads(isobot("index", "--json").out)["documents"] == 3
    assert (documents / ".isobot" / "current").is_file()
    assert isobot("ask", "who reviews access?").code in (0, 1)


def test_what_documents_say_cannot_write_on_the_terminal(isobot: Command, tmp_path):
    """Names and reasons with control characters, markup and emoji codes are shown as harmless text."""
    documents = write_documents(tmp_path / "documents", *list(DOCUMENTS)[1:])
    (documents / "a\x1b[31m[bold]:smile:.pdf").write_bytes(b"")
    ended = isobot("index", documents, "--index", tmp_path / "index")
    assert ended.code == 1
    assert "\x1b" not in ended.out
    assert "[31m[bold]:smile:.pdf: " in ended.out


def test_a_program_reads_clean_json_from_standard_output(documents, cache, tmp_path):
    """In a process of its own: progress and notices go to standard error, and not even there when it is no terminal."""
    environ = {**os.environ, "ISOBOT_CACHE": str(cache), "ISOBOT_SETTINGS": ""}
    command = [sys.executable, "-m", "isobot", "index", str(documents), "--index", str(tmp_path / "index"), "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(json.loads(ended.stdout)) == KEYS


def test_an_encoding_that_lacks_characters_breaks_no_output(organisation, cache):
    """On an ASCII terminal an answer is still printed, and JSON still parses to the same words."""
    environ = {**os.environ, "ISOBOT_CACHE": str(cache), "ISOBOT_SETTINGS": "", "PYTHONIOENCODING": "ascii", "ISOBOT_TODAY": "2026-09-15"}
    command = [sys.executable, "-m", "isobot", "ask", "who reviews access – and how often?", "--index", str(organisation.index)]
    plain = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, timeout=120)
    as_json = subprocess.run([*command, "--json"], cwd=ROOT, env=environ, capture_output=True, timeout=120)
    assert plain.returncode == as_json.returncode in (0, 1), plain.stderr
    assert b"Access Control Policy v2.1" in plain.stdout
    assert json.loads(as_json.stdout.decode("ascii"))["question"] == "who reviews access – and how often?"
