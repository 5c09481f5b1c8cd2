"""Invariant 4: whoever may not read a document cannot learn from anything that it exists."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.library import find_control
from indexer.generation import Generation
from isobot.controls.locate import locate
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from tests.organisation import DOCUMENTS, HIDDEN, HIDDEN_WORDS, MEMBER, Organisation, index_of, matter, write_documents

SECURITY, SALES = frozenset({"security"}), frozenset({"sales"})
DAY = date(2026, 9, 15)
BODY = DOCUMENTS["laptop-standard.md"].split("---\n")[2]
TWIN = matter("Laptop Standard Annex", owner="Zebedee Quillfeather", audience="security") + BODY
QUESTIONS = [
    "whom do I call when ransomware is suspected?",
    "falcon bridge extension",
    "what does the Falcon Ransomware Runbook say?",
    "who owns the Falcon Ransomware Runbook?",
    "is version 1.8 of the falcon ransomware runbook in force",
    "section 1 of the falcon ransomware runbook",
    "is a ransom ever paid without the board?",
    "where is A.5.24 documented?",
    "where is A.8.1 documented?",
    "A.99.99",
    "section 3.9 of the laptop standard",
    "what does the laptop standard annex say about loss?",
    "how soon must a lost laptop be reported?",
    "may I lend my laptop to my cousin",
    "how long do we keep camera footage",
    "who reviews access, and how often?",
    "pull the network cable",
    "zebedee quillfeather",
    "ماذا أفعل عند فقدان الحاسوب؟",
    "the of and",
    "q",
]


@pytest.fixture(scope="module")
def with_and_without(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Organisation, Organisation]:
    """The same documents twice: once with two that only `security` may read, one of them a twin of a public one, once without them."""
    base = tmp_path_factory.mktemp("hidden")
    more = {"aa-first/laptop-annex.md": TWIN}
    made = []
    for name, documents in (
        ("with", write_documents(base / "with" / "documents", **more)),
        ("without", write_documents(base / "without" / "documents", HIDDEN)),
    ):
        index_of(documents, base / name / "index", cache)
        made.append(Organisation(documents, base / name / "index", cache))
    return made[0], made[1]


def said(responder: Responder, question: str, groups: frozenset[str]) -> str:
    record = answer_record(responder.answer(Question(question, groups)))
    return json.dumps({key: value for key, value in record.items() if key not in ("generation", "milliseconds")}, ensure_ascii=False)


@pytest.fixture(scope="module")
def responders(with_and_without) -> tuple[Responder, Responder]:
    return tuple(Responder(made.settings, lambda: DAY) for made in with_and_without)  # type: ignore[return-value]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("groups", [frozenset(), SALES], ids=["member", "sales"])
def test_taking_hidden_documents_out_changes_no_byte_of_an_answer(question, groups, responders):
    """Citations, scores, confidence, owner, notices: all are what they would be if the documents did not exist."""
    there, not_there = responders
    assert said(there, question, groups) == said(not_there, question, groups)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_word_of_a_hidden_document_reaches_an_answer(question, responders):
    """Neither path nor title nor owner nor text, beyond what the asker typed himself."""
    answer = json.loads(said(responders[0], question, SALES))
    assert answer.pop("understood") == answer.pop("question") == question
    shown = json.dumps(answer).casefold()
    assert not [word for word in (*HIDDEN_WORDS, "7788", "laptop-annex", "aa-first") if word.casefold() in shown]


def test_whoever_belongs_to_the_group_is_answered_from_the_document(responders):
    """The documents are found, so that the tests above test something."""
    answer = responders[0].answer(Question(QUESTIONS[0], SECURITY))
    shown = answer.citations or answer.nearest
    assert shown[0].document.path == HIDDEN
    assert "extension 7788" in shown[0].quote
    assert not {c.document.path for c in (lambda a: a.citations or a.nearest)(responders[0].answer(Question(QUESTIONS[0])))} & {HIDDEN}


@pytest.mark.parametrize("id", ["A.5.24", "A.8.1", "A.5.15", "A.5"])
def test_a_control_is_located_in_what_the_asker_may_read(id, with_and_without):
    """The same clauses come, in the same order, as if the hidden documents were not indexed; the group gets more."""
    assert find_control(id, None)
    there, not_there = (Generation.current(made.index) for made in with_and_without)
    found = [locate(generation, id, None, SALES, DAY) for generation in (there, not_there)]
    shown = [[(one.citation.document.path, one.citation.start, one.citation.end, one.provenance) for one in f.clauses] for f in found]
    assert shown[0] == shown[1]
    if id == "A.5.24":
        assert not shown[0]
        assert [one.citation.document.path for one in locate(there, id, None, SECURITY, DAY).clauses] == [HIDDEN]


def test_the_commands_say_the_same_of_a_hidden_document_as_of_none(isobot, with_and_without, monkeypatch):
    """`isobot text` of its path, of a path close to it, and `isobot control` of the only control it documents."""
    there, not_there = with_and_without
    for words in (("text", HIDDEN), ("text", "falcon-runbok.md"), ("text", "aa-first/laptop-annex.md"), ("control", "A.5.24")):
        ended = []
        for made in (there, not_there):
            monkeypatch.setenv("ISOBOT_INDEX", str(made.index))
            said = isobot(*words, "--as", MEMBER)
            ended.append((said.code, said.out, said.err.replace(str(made.index), "INDEX")))
        assert ended[0] == ended[1], words


def test_a_restricted_document_can_be_read_by_its_group(isobot, organisation, monkeypatch):
    """Its text is printed for whoever belongs to it, and the hint at a misspelt path as well."""
    monkeypatch.setenv("ISOBOT_INDEX", str(organisation.index))
    assert "falcon bridge" in isobot("text", HIDDEN, "--as", "amira@example.org").out
    assert f"Did you mean {HIDDEN}?" in isobot("text", "falcon-runbok.md", "--as", "amira@example.org").err
    assert isobot("text", HIDDEN, "--as", "stranger@example.org").code == 2
