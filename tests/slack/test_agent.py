"""Which headings are worth a suggested question."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.clause import Clause
from corpus.document import Document
from isobot.languages import language
from isobot.slack.agent import says_its_subject, telling, working

DOCUMENT = Document("byod.md", "Remote Working Standard", "a" * 64, "b" * 64)


@pytest.mark.parametrize(
    ("heading", "worth"),
    [
        ("Working from abroad", True), ("May I lend my laptop to my family?", True), ("Remote Working Standard", False), ("", False),
        ("—", False), ("A record can be approved if it says:", False), ("Disks", True),
        ("Words " * 20, False),
    ],
)  # fmt: skip
def test_a_heading_is_asked_about_where_it_says_its_subject(heading: str, worth: bool) -> None:
    """Not the title again, not what only a reader of the document understands."""
    assert says_its_subject(Clause("1", heading, 1, 0, 9, 0), DOCUMENT) is worth


def test_the_longest_clause_of_those_that_say_most_is_asked_about() -> None:
    """A longer one under a single word comes after it, and a question is asked as it is."""
    general, abroad = Clause("1", "General", 1, 0, 900, 7), Clause("2", "Working from abroad", 1, 900, 1000, 920)
    asked = Clause("3", "May I lend my laptop?", 1, 1000, 5000, 1020)
    assert telling([general, abroad, asked]) is abroad
    assert telling([general, asked]) is general and telling([asked]) is None


def test_a_quick_answer_shows_no_status_and_a_slow_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one is over before the other's time, whatever the machine does meanwhile."""
    shown = threading.Event()
    client: Any = SimpleNamespace(assistant_threads_setStatus=lambda **_: shown.set())
    monkeypatch.setattr("isobot.slack.agent.SLOW_SECONDS", 600)
    with working(client, "D1", "1.1", language("en")):
        pass
    assert not shown.is_set()
    monkeypatch.setattr("isobot.slack.agent.SLOW_SECONDS", 0)
    with working(client, "D1", "1.1", language("en")):
        assert shown.wait(60)
