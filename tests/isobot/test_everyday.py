"""What people call otherwise than the documents do is searched for by the name that the documents have for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.confidence import LOOKED_UP
from isobot.everyday import as_documents_say, other_names
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import matter, responder_on


class Names:
    """A vocabulary of the names that documents have for things."""

    def __init__(self, **counted: int) -> None:
        self._counted = {name.replace("_", " "): count for name, count in counted.items()}

    def named(self, name: str) -> int:
        return self._counted.get(name.casefold(), 0)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Boss, is that you?", "line manager, is that you?"),
        ("who nicked it", "who stolen it"),
        ("my thumb drive is full", "my usb stick is full"),  # of two names the more frequent
        ("wfh rules", "wfh rules"),  # the documents have no name for it
        ("a pen drive", "a usb stick"),
        ("the memory stick", "the memory stick"),  # plain words, which a document uses
        ("helpdesk@example.org, boss-4, the boss's", "helpdesk@example.org, boss-4, the boss's"),
        ("the help desk", "the service desk"),
        ("a colleague", "a colleague"),
        ("are the temps of the freezer written down", "are the temps of the freezer written down"),  # no people
        ("empty the trash folder", "empty the trash folder"),
    ],
)
def test_a_name_that_documents_hardly_use_is_replaced_by_theirs(typed, searched):
    """Addresses, ids and what a document says itself in several words stay as they were typed."""
    people = {"line_manager": 45, "boss": 2, "colleague": 7, "agency_workers": 3}
    names = Names(**people, stolen=3, usb_stick=9, removable_media=4, memory_stick=1, service_desk=30, waste=5)
    assert as_documents_say(typed, names) == searched


def test_a_name_that_documents_use_often_enough_stays():
    """Twenty times as often has theirs to be."""
    assert as_documents_say("my boss", Names(line_manager=20, boss=1)) == "my boss"
    assert as_documents_say("my boss", Names(line_manager=21, boss=1)) == "my line manager"


def test_other_names_are_those_of_the_list():
    """In any case, and for whatever is not in it there are none."""
    assert other_names("Working from  home") == ("home working", "homeworking", "remote working", "teleworking")
    assert other_names("harbour") == ()


RULES = (
    matter("Yard Rules")
    + """# Yard Rules

## 1 Sticks

Only the Service Desk lends a USB stick, and whoever borrows it signs for it.

## 2 Oars

Oars are counted every evening.
"""
)
SECRET = matter("Board Rules", audience="board") + "# Board Rules\n\n## 1 Drives\n\nA thumb drive of the board is kept in the safe.\n"


@pytest.fixture
def responder(tmp_path: Path, cache: Path) -> Responder:
    return responder_on(tmp_path, {"yard.md": RULES, "board.md": SECRET}, cache)


def test_a_question_in_the_words_of_a_heading_is_answered_below_it(tmp_path, cache):
    """Though documents have another word for one of them."""
    often = "".join(f"## {number} Duty {number}\n\nThe line manager signs sheet {number}.\n\n" for number in range(1, 31))
    listed = matter("Questions") + "# Questions\n\n## Can my boss read my log?\n\nNo, it is private.\n"
    ask = responder_on(tmp_path, {"duty.md": matter("Duty Rules") + "# Duty Rules\n\n" + often, "questions.md": listed}, cache).answer
    answer = ask(Question("can my boss read my log"))
    assert answer.citations[0].quote == "No, it is private."
    assert answer.confidence == LOOKED_UP


def test_what_may_not_be_read_names_nothing(responder):
    """Who reads the board's rules is answered from them; for everybody else the thing has the name of the others."""
    of_all = responder.answer(Question("who lends me a thumb drive"))
    of_board = responder.answer(Question("where is the thumb drive of the board kept", frozenset({"board"})))
    assert of_all.citations[0].quote.startswith("Only the Service Desk lends a USB stick")
    assert of_board.citations[0].quote.startswith("A thumb drive of the board")
