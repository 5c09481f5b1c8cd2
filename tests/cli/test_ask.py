"""`isobot ask`, `isobot text` and `isobot control`: quotations that are slices, in the form that the contract states."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from typing import Any

import pytest

from indexer.generation import Generation
from tests.organisation import HIDDEN, Command, Organisation

ANSWER = {"question", "abstained", "confidence", "owner", "citations", "nearest", "generation", "milliseconds"}
CITATION = {
    "document", "clause", "page", "page_end", "page_label", "quote", "start", "end", "clause_text", "controls", "score"
}  # fmt: skip
QUESTIONS = [
    "within how many hours must a lost laptop be reported?",
    "may I leave my laptop in the car?",
    "how long are payroll records kept?",
    "how long is door camera footage kept?",
    "who grants access to a system?",
    "what happens to the account of a leaver?",
    "where is A.5.18 documented?",
    "section 4.2 of the access control policy",
    "what do the clean desk rules say?",
    "who won the football last night?",
    "Wie lange werden Gehaltsdaten aufbewahrt?",
]


@pytest.fixture(autouse=True)
def index(organisation: Organisation, environ, monkeypatch) -> None:
    monkeypatch.setenv("ISOBOT_INDEX", str(organisation.index))


def asked(isobot: Command, question: str, *more: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(isobot("ask", question, "--json", *more).out)
    return answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_a_slice_of_the_text_that_is_printed(question, isobot: Command):
    """quote == text[start:end], inside its clause text, within the lengths of the contract, under the hashes that are stated."""
    answer = asked(isobot, question)
    assert set(answer) >= ANSWER
    assert answer["abstained"] == (answer["citations"] == [])
    assert 0 <= answer["confidence"] <= 1
    cited = answer["citations"] or answer["nearest"]
    assert 0 < len(cited) <= 5
    for citation in cited:
        assert set(citation) >= CITATION
        text = isobot("text", citation["document"]["path"]).out
        assert hashlib.sha256(text.encode()).hexdigest() == citation["document"]["text_sha256"]
        assert citation["quote"] == text[citation["start"] : citation["end"]]
        assert citation["quote"] in citation["clause_text"]
        assert citation["clause_text"] in text
        assert len(citation["clause_text"]) <= 1200
        assert len(citation["quote"]) <= (800 if "|" in citation["quote"] or ":" in citation["quote"] else 400)


def test_the_text_that_is_printed_is_the_canonical_one_and_nothing_more(isobot: Command, organisation):
    """Not even a line end is added to it."""
    generation = Generation.current(organisation.index)
    for number in generation.catalogue.numbers():
        document = generation.document(number)
        assert isobot("text", document.path, "--as", "amira@example.org").out == generation.text(number).characters


def test_the_answer_is_shown_with_its_document_version_clause_and_control(isobot: Command):
    """As a person reads it: the sentence in quotation marks, where it stands, what must be known of the document."""
    ended = isobot("ask", "must the disk of a laptop be encrypted before it leaves the office?")
    assert ended.code == 0
    assert "must be encrypted before it leaves the office (A.8.1)." in ended.out
    assert "Laptop Standard v2.0 · §3.1 Disks" in ended.out
    assert "! review overdue since 2026-03-31" in ended.out


def test_a_question_without_an_answer_ends_with_one_and_names_whom_to_ask(isobot: Command):
    """The documents do not say; that is said, and is no failure."""
    ended = isobot("ask", "who won the football last night?")
    assert ended.code == 1
    assert "Ask " in ended.out
    assert asked(isobot, "who won the football last night?")["citations"] == []


def test_the_asker_decides_what_is_seen(isobot: Command):
    """`--as` takes the groups of that user; without it and for a stranger, what every member may read."""
    question = "whom do I call when ransomware is suspected?"
    found = {user: {c["document"]["path"] for c in (a["citations"] or a["nearest"])} for user, a in (
        (user, asked(isobot, question, *(["--as", user] if user else []))) for user in ("", "AMIRA@example.org", "bo@example.org", "x")
    )}  # fmt: skip
    assert HIDDEN in found["AMIRA@example.org"]
    assert not any(HIDDEN in paths for user, paths in found.items() if not user.startswith("AMIRA"))


def test_without_a_question_one_after_another_is_taken(isobot: Command, monkeypatch):
    """From a pipe: a line a question, a bad one does not end it, an empty line does."""
    lines = "within how many hours must a lost laptop be reported?\n?!\nwho won the football?\n\nnever asked\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode() + b"\xff"), encoding="utf-8"))
    ended = isobot("ask")
    assert ended.code == 0
    assert "within four hours" in ended.out
    assert ended.err.count("The question is empty.") == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe laptop\n"), encoding="utf-8"))
    assert isobot("ask", "--json").code == 0


def test_a_control_is_shown_with_the_clauses_that_document_it(isobot: Command):
    """The contract's keys in JSON; its title and clauses for a person; 2 for an id that does not exist."""
    found = json.loads(isobot("control", "A.5.18", "--json").out)
    assert set(found) >= {"control", "alternatives", "equivalents", "clauses"}
    assert set(found["control"]) >= {"framework", "id", "title", "asks"}
    assert found["clauses"][0]["provenance"] == "explicit"
    assert set(found["clauses"][0]) >= CITATION | {"provenance", "probability"}
    shown = isobot("control", "A.5.18").out
    assert "ISO/IEC 27001:2022 A.5.18 Access rights" in shown
    assert "Access Control Policy v2.1 · §4.3 Reviews" in shown
    ended = isobot("control", "A.99.1")
    assert (ended.code, ended.out) == (2, "")
    assert "'A.99.1' is not a control or clause of" in ended.err


def test_an_unknown_document_is_refused_with_the_nearest_name(isobot: Command):
    """A misspelling is helped; a path with bytes that are no text is no failure."""
    ended = isobot("text", "laptop-standart.md")
    assert (ended.code, ended.out) == (2, "")
    assert "Did you mean laptop-standard" in ended.err
    assert isobot("text", "\udcff.md").code == 2
    assert "no document 'zzz'. Paths stand there as in " in isobot("text", "zzz").err


def test_an_outline_names_the_file_that_cannot_be_read(isobot: Command, tmp_path, organisation):
    """The keys of the contract for a file, and a sentence with its name for one that is none."""
    found = json.loads(isobot("outline", organisation.documents / "laptop-standard.md", "--json").out)
    assert set(found) == {"document", "clauses"}
    assert [clause["number"] for clause in found["clauses"] if clause["number"]] == ["3.1", "3.2", "3.3"]
    assert set(found["clauses"][0]) == {"number", "heading", "level", "start", "end", "page", "parent"}
    (tmp_path / "bad.docx").write_bytes(b"no archive")
    ended = isobot("outline", tmp_path / "bad.docx")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"isobot: {tmp_path}/bad.docx: ")
    assert isobot("outline", tmp_path / "gone.md").err.startswith(f"isobot: There is no file {tmp_path}/gone.md.")


def test_lines_of_a_quotation_end_with_their_words(isobot: Command, monkeypatch):
    """Whoever copies them into a mail copies no spaces behind them; on a narrow terminal as on a wide one."""
    for width in ("40", "200"):
        monkeypatch.setenv("COLUMNS", width)
        for command in (["ask", "within how many hours must a lost laptop be reported?"], ["control", "A.5.18"]):
            lines = isobot(*command).out.splitlines()
            assert lines == [line.rstrip() for line in lines]
            assert any(line.startswith("  ") for line in lines)
