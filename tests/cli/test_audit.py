"""`isobot audit` and `isobot replay`: what an auditor types."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.organisation import Command, Organisation, index_of

QUESTION = "within how many hours must a lost laptop be reported?"


@pytest.fixture
def asked(isobot: Command, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The number of an answer that `isobot ask` recorded for Bo, in an index of its own."""
    index = tmp_path / "index"
    shutil.copytree(organisation.index, index)
    monkeypatch.setenv("ISOBOT_INDEX", str(index))
    monkeypatch.setenv("ISOBOT_AUDIT_TERMINAL", "true")
    return str(json.loads(isobot("ask", QUESTION, "--as", "bo@example.org", "--json").out)["answer"])


def test_an_answer_is_replayed_to_the_letter(isobot: Command, asked: str) -> None:
    """What `ask` printed of its citations stands in what `replay` prints, with who asked; nothing changed since."""
    said = isobot("ask", QUESTION, "--json")
    first = json.loads(said.out)["citations"][0]
    ended = isobot("replay", asked)
    assert ended.code == 0, ended.err
    assert "by terminal:bo@example.org (terminal)" in ended.out and f"Question  {QUESTION}" in ended.out
    shown = "\n".join(line.rstrip() for line in ended.out.splitlines())
    assert f"“{first['quote']}”\n  Laptop Standard v2.0 · §3.2 Loss\n  the document is unchanged since\n" in shown
    told = json.loads(isobot("replay", asked, "--json").out)
    assert (told["intact"], told["quotations"][0]["quote"], told["quotations"][0]["standing"]) == (True, first["quote"], "same")


def test_what_became_of_the_documents_is_said(isobot: Command, asked: str, organisation: Organisation, tmp_path: Path) -> None:
    """Rewritten, renamed, gone: the words that were shown come from the stored text all the same."""
    before = json.loads(isobot("replay", asked, "--json").out)["quotations"][0]["quote"]
    documents = tmp_path / "documents"
    shutil.copytree(organisation.documents, documents)
    standard = documents / "laptop-standard.md"
    text = standard.read_text()

    def standing() -> str:
        index_of(documents, tmp_path / "index", organisation.cache)
        (first, *_) = json.loads(isobot("replay", asked, "--json").out)["quotations"]
        assert first["quote"] == before
        return str(first["standing"])

    standard.write_text(text.replace("four hours", "six hours"))
    assert standing() == "rewritten"
    standard.unlink()
    assert standing() == "gone"
    (documents / "laptops.md").write_text(text)
    assert standing() == "renamed"


def test_a_record_that_was_changed_is_said_to_be(isobot: Command, asked: str, tmp_path: Path) -> None:
    """By `replay` and by `verify`, each with exit code 1."""
    assert isobot("audit", "verify").out.startswith("1 answers: all hold.\nhead ")
    with sqlite3.connect(tmp_path / "index" / "state.db") as connection:
        connection.execute("UPDATE answers SET question = 'another'")
    ended = isobot("replay", asked)
    assert ended.code == 1 and "WAS CHANGED" in ended.out
    ended = isobot("audit", "verify")
    assert ended.code == 1 and f"Answer {asked} of" in ended.out and "was changed after it was recorded" in ended.out


def test_a_lost_text_is_said(isobot: Command, asked: str, tmp_path: Path) -> None:
    """The rest is shown; exit code 1."""
    with sqlite3.connect(tmp_path / "index" / "texts.sqlite") as connection:
        connection.execute("DELETE FROM texts")
    ended = isobot("replay", asked)
    assert ended.code == 1 and "The words are lost: " in ended.out and "Laptop Standard v2.0 · §3.2 Loss" in ended.out


def test_what_is_not_there_is_explained(isobot: Command, asked: str) -> None:
    """An answer of no such number, an empty one, a day that is none, a person who never asked, a file that cannot be written."""
    for command, said in (
        (("replay", "nope"), "The state holds no answer 'nope'."),
        (("replay", ""), "The state holds no answer ''."),
        (("audit", "export", "--since", "soon"), "--since is 'soon', which is no date."),
        (("audit", "erase", "nobody", "--yes"), "Nobody is known as 'nobody'."),
        (("audit", "erase", "", "--yes"), "Nobody is known as ''."),
        (("audit", "export", "--out", "/nowhere/at/all"), "/nowhere/at/all cannot be written: "),
        (("audit", "prune", "--yes"), "Nothing says how long answers are kept."),
    ):
        ended = isobot(*command)
        assert ended.code == 2 and said in ended.err, ended


def test_an_export_tells_who_asked_only_where_that_is_asked_for(isobot: Command, asked: str, tmp_path: Path) -> None:
    """As JSON Lines on standard output, or as CSV in a file that is its owner's alone; by day."""
    (line,) = isobot("audit", "export").out.splitlines()
    assert json.loads(line)["id"] == asked and "bo@example.org" not in line
    (line,) = isobot("audit", "export", "--identities").out.splitlines()
    assert json.loads(line)["asker"] == "terminal:bo@example.org"
    file = tmp_path / "log.csv"
    assert isobot("audit", "export", "--format", "csv", "--out", file).err == f"1 answers in {file}\n"
    with file.open(newline="", encoding="utf-8") as stream:
        names, row = csv.reader(stream)
    assert dict(zip(names, row, strict=True))["question"] == QUESTION
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert isobot("audit", "export", "--until", "2020-01-01").out == ""


def test_a_person_is_erased_by_the_end_of_their_name(isobot: Command, asked: str) -> None:
    """Only where it is said to be meant; the chain holds, and a replay says that somebody was erased."""
    ended = isobot("audit", "erase", "bo@example.org")
    assert ended.code == 2 and "Give --yes" in ended.err
    assert isobot("audit", "erase", "bo@example.org", "--yes").out == "terminal:bo@example.org is forgotten; the chain is as it was.\n"
    assert isobot("audit", "verify").code == 0
    assert "by somebody who was erased" in isobot("replay", asked).out


def test_pruning_keeps_what_is_young(isobot: Command, asked: str) -> None:
    """An answer of today stays, whatever number of days is kept."""
    assert isobot("audit", "prune", "--days", "1", "--yes").out == "0 answers older than 1 days are forgotten.\n"
    assert isobot("replay", asked).code == 0


def test_without_the_setting_the_terminal_records_nothing(isobot: Command, organisation: Organisation) -> None:
    """Asking makes no state."""
    ended = isobot("ask", QUESTION, "--index", organisation.index, "--json")
    assert "answer" not in json.loads(ended.out) and not (organisation.index / "state.db").exists()
