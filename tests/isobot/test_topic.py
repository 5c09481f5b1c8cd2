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

## 4 Rafting

The harbour master is told the evening before, and is back by noon.
"""
)
HOME = (
    matter("Remote Working Standard")
    + """# Remote Working Standard

## 1 Purpose

A third of the crew work ashore on Mondays. Lamps and a stove have to be at home, says this standard.

## 2 Lamps ashore

A lamp on the desk is lit at dusk.
"""
)
TIDES = matter("Tide Table Standard") + "# Tide Table Standard\n\n## 1 Purpose\n\nTables are printed once a year and hang in every boat.\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path):
    documents = {"harbour.md": HARBOUR, "tides.md": TIDES, "home.md": HOME}
    responder: Responder = responder_on(tmp_path_factory.mktemp("topic"), documents, cache)
    return lambda question: responder.answer(Question(question))


@pytest.mark.parametrize(
    ("topic", "begins"),
    [
        ("visitors", "Whoever comes aboard signs the book"),
        ("Lamps", "A lamp for guests hangs at the gate."),
        ("may we go rafting?", "The harbour master is told the evening before"),  # what one wants to do is a topic as well
        ("can i work from home", "A third of the crew work ashore"),  # the title has another name for it
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
