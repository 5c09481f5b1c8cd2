"""The role whose holder a question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.confidence import SILENT
from isobot.question import Question
from isobot.role_asked import lacks_role
from tests.organisation import matter, responder_on

TEXT = "The Harbour Master is Ida Quay. The Deputy Director keeps the keys. Ask the DPO (dpo@harbour.example)."


@pytest.mark.parametrize(
    "question",
    [
        "who is the managing director",
        "who's our harbour pilot?",
        "Who is the lock keeper of the north gate?",
        "who is the current chief keeper, name please",
        "who is the CTO",
    ],
)
def test_words_that_do_not_name_a_role_say_nothing_of_who_has_it(question: str) -> None:
    """Not even those that name a role called much like it."""
    assert lacks_role(question, TEXT)


@pytest.mark.parametrize(
    "question",
    [
        "who is the harbour master",
        "who is our current harbour master by name?",
        "who is the harbour master at the north gate",
        "who is the data protection officer",
        "who is the dpo",
        "who are the deputy directors",
        "who is the DD",
        "who is the right person to ask about anchors",
        "who is the boss",
        "who is the owner of the anchors",
        "who is allowed on board",
        "who is the target audience of the timetable",
        "who is the admin",
        "who are the users",
        "who is the timetable written for",
        "who pays for anchors",
        "is the pilot on board",
    ],
)
def test_words_that_name_it_may_and_other_questions_ask_for_no_role(question: str) -> None:
    """A role may be named by its initials, and a person is asked for in words that are no role."""
    assert not lacks_role(question, TEXT)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who is the DPO?", "The data protection officer is Ida Quay."),
        ("who is the DPO?", "Data protection officer: Ida Quay"),
        ("who is our ceo", "Ida Quay, Chief Executive"),
        ("who is the receptionist", "Ida Quay sits at the reception."),
    ],
)
def test_a_role_may_be_named_in_small_letters_or_by_a_word_of_its_kin(question: str, text: str) -> None:
    """Where the words of its initials stand in their order."""
    assert not lacks_role(question, text)
    assert lacks_role(question, "For the protection of data there is an officer, Ida Quay.")


CREW = (
    matter("Crew Rules")
    + """# Crew Rules

## 1 Roles

The master of the ferry is Ida Quay, and her deputy is Per Mole.

## 2 Leave

Leave of the crew is agreed with the master of the ferry.
"""
)


def test_who_holds_another_role_is_no_answer(cache: Path, tmp_path: Path) -> None:
    """However near the clause is."""
    responder = responder_on(tmp_path, {"crew.md": CREW}, cache)
    assert "Ida Quay" in responder.answer(Question("who is the master of the ferry")).citations[0].quote
    other = responder.answer(Question("who is the cook of the ferry"))
    assert not other.citations and other.nearest and other.confidence <= SILENT
