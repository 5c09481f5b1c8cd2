"""Who types a word or two gets the section that is headed so."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.question import Question
from isobot.responder import Responder
from isobot.topic import HEADED
from tests.organisation import matter, responder_on

HARBOUR = (
    matter("Harbour Rules")
    + """# Harbour Rules

## 1 Visitors and guests

Whoever comes aboard signs the book at the gate, and is fetched there by the crew.

## 2 Becoming a pilot

A pilot is sworn in by the harbour master, and keeps the oath for life.

## 3 Lamps

A lamp for guests hangs at the gate. Pilots bring their own.
"""
)
TIDES = matter("Tide Table Standard") + "# Tide Table Standard\n\n## 1 Purpose\n\nTables are printed once a year and hang in every boat.\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path):
    responder: Responder = responder_on(tmp_path_factory.mktemp("topic"), {"harbour.md": HARBOUR, "tides.md": TIDES}, cache)
    return lambda question: responder.answer(Question(question))


@pytest.mark.parametrize(
    ("topic", "begins"),
    [
        ("visitors", "Whoever comes aboard signs the book"),
        ("Lamps", "A lamp for guests hangs at the gate."),
        ("tide tables", "Tables are printed once a year"),  # the title of a document
    ],
)
def test_a_topic_is_answered_by_what_stands_under_its_heading(ask, topic, begins):
    """Though a word alone is near to nothing."""
    answer = ask(topic)
    assert answer.citations[0].quote.startswith(begins)
    assert answer.confidence >= HEADED


@pytest.mark.parametrize("words", ["pilot", "parking", "may visitors smoke"])
def test_a_heading_that_begins_otherwise_is_on_another_topic_and_a_question_is_none(ask, words):
    assert ask(words).confidence != HEADED
