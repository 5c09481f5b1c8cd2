"""The sample organisation's documents: complete, as their sources say, and quoted exactly by its questions."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.library import controls_by_id
from corpus.samples.make import POLICIES, SOURCES, make
from corpus.samples.source import FRONT_MATTER, read_source
from indexer.metadata import document_from
from indexer.outline import outline
from indexer.readers import BlockKind, read

TODAY = date(2026, 9, 15)  # the demo's
QUESTIONS = Path(__file__).parents[2] / "corpus" / "questions" / "staff.jsonl"

# name: (version, status, effective, next review, audience)
EXPECTED = {
    "acceptable-use-policy.docx": ("4.0", "in force", "2026-03-16", "2027-03-15", "all staff"),
    "access-control-policy.md": ("3.2", "in force", "2026-01-12", "2027-01-11", "all staff"),
    "ai-tools-policy.md": ("0.4", "draft", None, "2027-03-31", "all staff"),
    "backup-and-recovery-standard.pdf": ("2.3", "in force", "2026-01-19", "2027-01-18", "all staff"),
    "business-continuity-plan.pdf": ("3.0", "in force", "2026-06-22", "2027-06-21", "all staff"),
    "byod-and-mobile-device-standard.docx": ("2.1", "in force", "2025-11-03", "2026-11-02", "all staff"),
    "certificates-and-audit-reports-register.xlsx": ("2026.3", "in force", "2026-09-07", "2027-03-08", "all staff"),
    "change-management-procedure.docx": ("2.4", "in force", "2026-04-20", "2027-04-19", "all staff"),
    "cryptography-standard.html": ("1.5", "in force", "2025-12-01", "2026-11-30", "all staff"),
    "faq.md": ("2026.4", "in force", "2026-09-01", "2027-03-01", "all staff"),
    "incident-response-procedure.html": ("3.4", "in force", "2026-05-04", "2027-05-03", "all staff"),
    "incident-response-runbook.md": ("1.8", "in force", "2026-06-01", "2026-11-30", "security"),
    "information-classification-and-handling-policy.docx": ("2.2", "in force", "2026-02-16", "2027-02-15", "all staff"),
    "information-security-policy.pdf": ("5.1", "in force", "2026-02-02", "2027-02-01", "all staff"),
    "internal-audit-procedure.docx": ("1.2", "in force", "2025-10-13", "2026-10-12", "all staff"),
    "isms-scope-statement.html": ("4.1", "in force", "2026-03-23", "2027-03-22", "all staff"),
    "joiners-movers-and-leavers-procedure.docx": ("3.1", "in force", "2026-03-30", "2027-03-29", "all staff"),
    "logging-and-monitoring-standard.pdf": ("2.0", "in force", "2026-03-23", "2027-03-22", "all staff"),
    "password-and-authentication-standard-v2.1.md": ("2.1", "superseded", "2024-06-03", "2025-06-02", "all staff"),
    "password-and-authentication-standard.pdf": ("3.0", "in force", "2026-03-02", "2027-03-01", "all staff"),
    "physical-security-standard.pdf": ("1.9", "in force", "2026-05-18", "2027-05-17", "all staff"),
    "privacy-policy.md": ("2.0", "in force", "2026-04-20", "2027-04-19", "all staff"),
    "remote-working-standard.md": ("1.6", "in force", "2025-07-01", "2026-06-30", "all staff"),
    "retention-schedule.xlsx": ("2.0", "in force", "2026-04-06", "2027-04-05", "all staff"),
    "risk-assessment-method.pdf": ("1.3", "in force", "2026-01-26", "2027-01-25", "all staff"),
    "secure-development-standard.md": ("2.2", "in force", "2026-02-16", "2027-02-15", "all staff"),
    "statement-of-applicability.xlsx": ("4.0", "in force", "2026-03-23", "2027-03-22", "all staff"),
    "security-awareness.pptx": ("2026.1", "in force", "2026-09-01", "2027-08-31", "all staff"),
    "supplier-security-policy.html": ("1.4", "in force", "2024-11-04", "2026-10-30", "all staff"),
    "vulnerability-and-patch-management-standard.md": ("3.1", "in force", "2026-05-18", "2027-05-17", "all staff"),
}
NUMBER = re.compile(r"\d+(\.\d+)?(?= )")
MADE = sorted(name for name in EXPECTED if not name.endswith(".md"))


CONVERSATIONS = [json.loads(line) for line in QUESTIONS.with_name("conversations.jsonl").read_text(encoding="utf-8").splitlines()]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def front_matter(name: str) -> dict[str, Any]:
    """What the author wrote at the head of the document, or of the source that it was made from."""
    path = POLICIES / name if name.endswith(".md") else SOURCES / f"{Path(name).stem}.md"
    matter = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    assert matter is not None
    loaded: dict[str, Any] = yaml.safe_load(matter[1])
    return loaded


def edition_of(name: str) -> str:
    """The edition to which the document's control ids belong."""
    return "iso27001:2013" if name == "supplier-security-policy.html" else "iso27001:2022"


def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The canonical text of every document with its white space made plain."""
    return {name: flat(read(POLICIES / name).text.characters) for name in EXPECTED}


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("remade")
    make(folder)
    return folder


def test_the_folder_holds_these_documents_and_the_settings():
    """Nothing is missing from what the demo indexes, and nothing stands there by accident."""
    assert sorted(path.name for path in POLICIES.iterdir()) == sorted([*EXPECTED, "isobot.toml"])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_document_states_its_version_status_dates_and_audience(name):
    """The head of every document says what the demo relies on."""
    matter = front_matter(name)
    stated = [matter.get(key) for key in ("version", "status", "effective", "review_by", "audience")]
    assert tuple(None if value is None else str(value) for value in stated) == EXPECTED[name]
    assert matter["owner"]
    assert matter["controls"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_document_is_understood_as_it_states(name):
    """Version, status, dates, audience, owner and controls survive the way through each format."""
    version, status, effective, review_by, audience = EXPECTED[name]
    matter = front_matter(name)
    document = document_from(name, "0" * 64, read(POLICIES / name))
    assert (document.title, document.version, str(document.status)) == (matter["title"], version, status)
    assert document.effective == (date.fromisoformat(effective) if effective else None)
    assert document.review_by == date.fromisoformat(review_by)
    assert document.audience == (None if audience == "all staff" else frozenset({audience}))
    assert document.owner == matter["owner"]
    assert document.controls == tuple((edition_of(name), control) for control in matter["controls"])


def test_one_document_that_binds_is_past_its_review_date():
    """Of all documents in force, the Remote Working Standard alone is overdue on the demo's day."""
    in_force = [name for name, (_, status, *_) in EXPECTED.items() if status == "in force"]
    assert [name for name in in_force if front_matter(name)["review_by"] < TODAY] == ["remote-working-standard.md"]
    assert all(front_matter(name)["effective"] <= TODAY for name in in_force)


@pytest.mark.parametrize("name", MADE)
def test_a_made_document_is_what_its_source_makes(name, remade):
    """Making it again gives the same text, the same structure and the same pages as the file that is kept."""
    kept, again = read(POLICIES / name), read(remade / name)
    assert again.text.characters == kept.text.characters
    assert again.blocks == kept.blocks
    assert again.text.pages == kept.text.pages
    assert again.properties == kept.properties


def test_making_twice_gives_the_same_bytes(remade, tmp_path):
    """No time, random id or order of a set gets into a made document."""
    for path in make(tmp_path):
        assert path.read_bytes() == (remade / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", MADE)
def test_a_made_document_shows_its_control_table_first(name, texts):
    """The document-control table stands before the first section, in the words of the source."""
    before_purpose = texts[name].partition("1 Purpose" if name != "acceptable-use-policy.docx" else "1 About")[0]
    for _, value in read_source(SOURCES / f"{Path(name).stem}.md").control_rows():
        assert value in before_purpose


def test_the_pdf_numbers_its_front_page_apart():
    """The front page is labelled "i" and the body begins again at "1", so that printed and physical pages differ."""
    pages = read(POLICIES / "password-and-authentication-standard.pdf").text.pages
    assert [(page.number, page.label) for page in pages] == [(1, "i"), (2, "1"), (3, "2"), (4, "3"), (5, "4")]


def test_automatic_numbers_of_word_are_those_that_other_documents_refer_to():
    """The BYOD standard's clauses carry no printed number, and still count as its source numbers them."""
    reading = read(POLICIES / "byod-and-mobile-device-standard.docx")
    outside_tables = [block for block in reading.blocks if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)]
    counted = [match[0] for block in outside_tables if (match := NUMBER.match(reading.text.characters[block.start : block.end]))]
    meant = [block.number for block in read_source(SOURCES / "byod-and-mobile-device-standard.md").blocks if getattr(block, "number", None)]
    assert counted == meant
    assert len(meant) == 53  # 11 sections with 42 clauses


@pytest.mark.parametrize("name", MADE)
def test_the_outline_of_a_made_document_is_that_of_its_source(name):
    """Whatever the format, the numbered clauses come back in order, each once, and none besides."""
    clauses = outline(read(POLICIES / name), front_matter(name)["title"])
    meant = [block.number for block in read_source(SOURCES / f"{Path(name).stem}.md").blocks if getattr(block, "number", None)]
    assert [clause.number for clause in clauses if clause.number and not clause.number.startswith("(")] == meant


def test_two_documents_disagree_on_when_the_screen_locks(texts):
    """One deliberate contradiction shows that documents are cited side by side and never blended."""
    assert "locks itself after 5 minutes" in texts["acceptable-use-policy.docx"]
    assert "locks by itself after 10 minutes" in texts["remote-working-standard.md"]


def test_one_document_names_controls_of_the_older_edition(texts):
    """The supplier policy says that its control ids are those of :2013, and uses some."""
    assert "those of ISO/IEC 27001:2013" in texts["supplier-security-policy.html"]
    assert re.findall(r"\((A\.15\.2\.\d)\)", texts["supplier-security-policy.html"]) == ["A.15.2.1", "A.15.2.2"]


def test_every_control_that_a_document_declares_exists():
    """No document declares an id that its edition of ISO/IEC 27001 does not have."""
    for name in EXPECTED:
        assert set(front_matter(name)["controls"]) <= set(controls_by_id(edition_of(name)))


@pytest.mark.parametrize("question", questions(), ids=lambda question: question["id"])
def test_gold_quotations_stand_in_documents_that_everybody_may_cite(question, texts):
    """Each gold quotation is verbatim in a document in force for all staff; questions without one are unanswerable."""
    assert question["answerable"] == bool(question["gold"]) == (question["type"] != "unanswerable")
    assert set(question.get("also_in", [])) <= set(EXPECTED) - {gold["file"] for gold in question["gold"]}
    for gold in question["gold"]:
        assert flat(gold["quote"]) in texts[gold["file"]]
        assert (EXPECTED[gold["file"]][1], EXPECTED[gold["file"]][4]) == ("in force", "all staff")


@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk["id"])
def test_gold_quotations_of_conversations_stand_in_documents_that_everybody_may_cite(talk, texts):
    """Each is verbatim in a document in force for all staff; a last turn that nothing answers has none."""
    assert len(talk["turns"]) >= 2
    assert bool(talk["gold"]) == (talk["kind"] != "unanswerable")
    for gold in talk["gold"]:
        assert flat(gold["quote"]) in texts[gold["file"]]
        assert (EXPECTED[gold["file"]][1], EXPECTED[gold["file"]][4]) == ("in force", "all staff")


def test_the_conversations_are_many_and_of_every_kind():
    """At least 60, each with an id of its own."""
    assert len({talk["id"] for talk in CONVERSATIONS}) == len(CONVERSATIONS) >= 60
    assert len({talk["kind"] for talk in CONVERSATIONS}) == 9


@pytest.mark.parametrize("question", [q for q in questions() if any("page" in g for g in q["gold"])], ids=lambda question: question["id"])
def test_gold_pages_are_the_physical_pages_of_their_quotations(question):
    """The page of a gold quotation from a PDF is the one on which it stands, counted from 1."""
    for gold in question["gold"]:
        if "page" in gold:
            text = read(POLICIES / gold["file"]).text
            page = text.pages[gold["page"] - 1]
            assert flat(gold["quote"]) in flat(text.characters[page.start : page.end])


def test_the_questions_cover_every_document_that_staff_may_cite():
    """Every document in force for all staff answers something, and every sixth question or more has no answer."""
    asked = questions()
    assert len({question["id"] for question in asked}) == len(asked) >= 200
    assert {gold["file"] for question in asked for gold in question["gold"]} == {
        name for name, (_, status, _, _, audience) in EXPECTED.items() if (status, audience) == ("in force", "all staff")
    }
    assert sum(not question["answerable"] for question in asked) >= 35
