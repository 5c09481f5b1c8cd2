"""How a document says without a label that it is a draft or no longer in force."""

from __future__ import annotations

import pytest

from corpus.document import Status
from indexer.labels import Fact
from indexer.metadata import found_in, stated_at
from indexer.stages import is_stamp, says_so, status_in
from tests.indexer.test_metadata import document, reading_of


@pytest.mark.parametrize(
    "line",
    [
        "DRAFT", "Draft for consultation, 4 August 2026", "Draft, 3 May 2026", "[Draft]", "Second draft 0.3",
        "DRAFT – not for circulation", "Entwurf",
        "Draft v0.4", "Version 0.4 draft", "Not yet in force",
    ],
)  # fmt: skip
def test_a_line_above_the_first_section_stamps_a_draft(line):
    """Alone on its line, whatever day or purpose follows it."""
    assert document("Ladder Rules", line, "1. Scope", "All ladders.", path="a.docx").status is Status.DRAFT


@pytest.mark.parametrize(
    "line",
    [
        "WITHDRAWN", "Withdrawn on 1 May 2026", "Superseded by the Roof Rules", "Replaced by the Roof Rules on 2 May 2026",
        "No longer in force",
        "This procedure was replaced by the Roof Rules on 1 May 2026 and is no longer in force.", "This document has been withdrawn.",
        "Please note: this policy is no longer in force. Ask the safety desk.",
    ],
)  # fmt: skip
def test_a_line_or_a_sentence_above_the_first_section_withdraws(line):
    """Also where a table below still says what was true before."""
    found = document("Ladder Rules", line, ["Status", "Approved"], ["Owner", "Safety Desk"], "1. Scope", "All ladders.", path="a.docx")
    assert found.status is Status.SUPERSEDED


@pytest.mark.parametrize("title", ["Ladder Rules (draft)", "Ladder Rules – DRAFT v0.3", "Ladder Rules [withdrawn]"])
def test_a_title_may_end_with_the_stamp(title):
    """In brackets or after a dash."""
    assert document((1, title), "All ladders.", path="a.docx").status is not Status.IN_FORCE


@pytest.mark.parametrize(
    "lines",
    [
        ["Rules for Draft Documents", "A draft is marked as one."],
        ["Draft Beer Policy", "Beer is served cool."],
        ["States of Documents", "Each document has one state.", "Draft", "A draft is being written.", "Withdrawn", "It is over."],
        [(1, "States of Documents"), (2, "Draft"), "It is being written.", (2, "Withdrawn"), "It is over."],
        ["States of Documents", (1, "Draft"), "It is being written.", (1, "Withdrawn"), "It is over."],
        ["Ladder Rules", "This policy has been withdrawn from the wall but remains in force."],
        ["Ladder Rules", "This standard has been superseded in part by the Roof Rules."],
        ["Ladder Rules", "1. Scope", "Draft"],
        ["Ladder Rules", "1. Withdrawn ladders", "Withdrawn"],
        ["Ladder Rules", "This policy replaces the Roof Rules, which was withdrawn on 1 May 2026."],
        ["Ladder Rules", "This policy is superseded by the law of the land where that is stricter."],
        ["Ladder Rules", "This policy is withdrawn when the last ladder is sold."],
        ["Ladder Rules", "A policy that was replaced by another is no longer in force and is archived."],
        ["Ladder Rules", "Drafts are kept for a year. This draft folder is emptied in May."],
        ["Ladder Rules", (2, "Storage"), "Withdrawn"],
        ["Ladder Rules", ["Stage", "Draft"], ["Kept", "1 year"]],
    ],
)
def test_words_about_drafts_and_withdrawals_stamp_nothing(lines):
    """A title, a section, a condition or another document uses the same words."""
    assert document(*lines, path="a.docx").status is Status.IN_FORCE


def test_a_stamped_draft_yields_to_a_stated_status():
    """The mark may be left over from before the approval."""
    assert document("DRAFT", "Ladder Rules", ["Status", "Approved"], path="a.docx").status is Status.IN_FORCE


def test_a_stamp_is_the_place_of_the_status():
    """Who asks why is shown the line."""
    reading = reading_of("Ladder Rules", "Withdrawn on 1 May 2026", "1. Scope")
    found, places = found_in("a.docx", "0" * 64, reading)
    at = stated_at(found, reading.text.characters, reading.blocks, Fact.STATUS)
    assert places[Fact.STATUS] == "text" and at is not None
    assert reading.text.characters[at.start : at.end] == "Withdrawn on 1 May 2026"


@pytest.mark.parametrize(
    "line",
    [
        "Archived and Obsolete Ladders", "Withdrawn by staff", "Retired and surplus ladders", "Ladders (revoked)",
        "This plan is archived in the records system for ten years.", "This standard is no longer in use only after the board decides so.",
    ],
)  # fmt: skip
def test_a_document_about_what_was_withdrawn_is_in_force(line):
    """Least of all where it says so."""
    assert document(line, "Status: In force", "1. Scope", "All ladders.", path="a.docx").status is Status.IN_FORCE


def test_a_sentence_below_a_label_is_no_status():
    """The ladders are retired, and the rules stand."""
    assert document("Ladder Rules", "Status:\nRetired ladders are sold", "1. Scope", path="a.docx").status is Status.IN_FORCE


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Entwurf", Status.DRAFT), ("noch nicht freigegeben", Status.DRAFT), ("projet", Status.DRAFT),
        ("en cours de validation", Status.DRAFT), ("noch nicht gültig", Status.DRAFT), ("n’est pas en vigueur", Status.DRAFT),
        ("aufgehoben", Status.SUPERSEDED), ("nicht mehr gültig", Status.SUPERSEDED), ("abrogée", Status.SUPERSEDED),
        ("freigegeben", Status.IN_FORCE), ("en vigueur", Status.IN_FORCE), ("lila", None),
    ],
)  # fmt: skip
def test_status_words_in_german_and_french(words, status):
    """As in English."""
    assert status_in(words) is status


def test_longer_lines_are_no_stamps():
    """They are sentences."""
    assert not is_stamp("Draft " + "x" * 200) and not is_stamp("") and not says_so("")
