"""Invariant 10: guidance answers questions about a framework, and nothing else."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from corpus.answer import Answer
from corpus.document import GUIDANCE
from indexer.build import BuildOptions, BuildReport, build
from indexer.generation import Generation
from indexer.guidance import guidance
from indexer.sources import find
from isobot.citation import marks
from isobot.controls.locate import locate
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from isobot.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
DAY = date(2026, 9, 15)
NOBODY: frozenset[str] = frozenset()
STAFF = [json.loads(line)["question"] for line in (CORPUS / "questions" / "staff.jsonl").read_text(encoding="utf-8").splitlines()]
OF_RULES = [
    "how often do we back up?",
    "where is A.8.13 documented?",
    "A.8.13",
    "what does the Backup and Recovery Standard say about A.8.13?",
    "are we ISO 27001 certified",
    "what does A.8.99 want from us?",
    "who won the football last night?",
]
Indexes = tuple[tuple[Responder, BuildReport], tuple[Responder, BuildReport]]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory, cache: Path, sample_index: Path) -> Indexes:
    """The sample organisation with guidance and without; what was embedded before serves both."""
    base = tmp_path_factory.mktemp("guidance")
    sources, options = find([CORPUS / "policies"]), BuildOptions(cache / "encoders")
    (base / "without").mkdir()
    shutil.copy(sample_index / "embeddings.sqlite", base / "without")
    without = build(sources, base / "without", options)
    shutil.copytree(base / "without", base / "with")
    beside = build(sources, base / "with", options, guidance=guidance({source.path for source in sources}))
    opened = [
        Responder(Settings(index=base / name, cache=cache, default_owner="Head of Information Security"), lambda: DAY)
        for name in ("with", "without")
    ]
    return (opened[0], beside), (opened[1], without)


def said(responder: Responder, question: str) -> str:
    record = answer_record(responder.answer(Question(question)))
    return json.dumps({key: value for key, value in record.items() if key not in ("generation", "milliseconds")}, ensure_ascii=False)


def cited(answer: Answer) -> list[tuple[str, str | None]]:
    return [(citation.document.collection, citation.clause.number) for citation in answer.citations]


def ask(indexes: Indexes, question: str) -> Answer:
    return indexes[0][0].answer(Question(question))


def test_guidance_changes_no_byte_of_an_answer_about_the_organisations_rules(indexes):
    """Thirty questions of staff, and some that come near a framework: answers, scores, owners and abstentions are the same without it."""
    (there, _), (not_there, _) = indexes
    step = max(len(STAFF) // 30, 1)
    for question in [*STAFF[::step][:30], *OF_RULES]:
        assert said(there, question) == said(not_there, question), question


def test_guidance_is_counted_apart(indexes):
    """The documents, clauses and passages of a build are the organisation's; beside them stands on how many controls guidance is."""
    (responder, beside), (_, without) = indexes
    assert (beside.documents, beside.clauses, beside.passages) == (without.documents, without.clauses, without.passages)
    assert (beside.guidance, without.guidance) == (138 + 198, 0)
    manifest = responder.generation.manifest
    assert manifest.documents == without.documents + manifest.guidance.documents
    assert [skipped.path for skipped in beside.skipped] == [skipped.path for skipped in without.skipped]


@pytest.mark.parametrize(
    ("question", "number", "begins"),
    [
        ("what does A.8.13 want from us?", "A.8.13", "Make backup copies of information, software and settings by a written rule"),
        ("what is iso 27001 clause 9.2 about", "9.2", "Audit your own management system before others do."),
        ("what does the standard say about backups", "A.8.13", "Make backup copies"),
        ("what does clause 9.3.3 of the standard ask", "9.3.3", "The review has to end with results"),
        ("what would an auditor look for in A.8.13?", "A.8.13", "An auditor looks for the backup rule"),
        ("what does A.7.7 mean for staff?", "A.7.7", "For staff: lock your screen"),
        ("what did A.12.3.1 ask?", "A.12.3.1", "Copy data, software and system images"),
        ("what does iso 27001:2013 say about usb sticks", "A.8.3.1", "Settle who may use USB sticks"),
        ("does iso 27001 require mfa", "A.8.5", "Signing in is made as strong"),
    ],
)
def test_a_question_about_the_framework_is_answered_from_guidance_and_marked(question, number, begins, indexes):
    """From the entry of the control or of the topic, and from the paragraph that speaks of what was asked."""
    answer = ask(indexes, question)
    assert cited(answer)[0] == (GUIDANCE, number)
    assert answer.citations[0].quote.startswith(begins)
    assert marks(answer.citations[0], DAY) == ["guidance, not your policy"]


def test_the_organisations_own_clauses_stand_beside_the_guidance(indexes):
    """After it where the question is what a control asks, before it where it is also where that is documented."""
    after = ask(indexes, "what does A.8.13 want from us?")
    assert [collection for collection, _ in cited(after)][:2] == [GUIDANCE, "policies"]
    before = ask(indexes, "where is A.8.13 documented and what does it ask?")
    assert [collection for collection, _ in cited(before)][:3] == ["policies", "policies", GUIDANCE]


def test_what_the_guidance_does_not_speak_of_is_as_if_there_were_none(indexes):
    """It lends no weak hit to a question about the framework."""
    (there, _), (not_there, _) = indexes
    for question in ("what does the standard say about pizza", "what does iso 27001 say about overtime"):
        assert said(there, question) == said(not_there, question)


def test_guidance_documents_no_control(indexes):
    """Where a control is documented, only the organisation's clauses count."""
    generation: Generation = indexes[0][0].generation
    for id in ("A.8.13", "A.5.7", "9.2.2"):
        assert {one.citation.document.collection for one in locate(generation, id, None, NOBODY, DAY).clauses} <= {"policies"}
