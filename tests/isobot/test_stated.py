"""What only points to an answer stands behind what states it, also in another clause."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.confidence import SILENT
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import matter, responder_on

TRAVEL = (
    matter("Travel Rules")
    + """# Travel Rules

## 1 Roles

The next section describes who approves trips.

## 2 Consent

Trips within the country are approved by the line manager. Trips abroad need the director's consent.

## 3 Receipts

See Appendix B for the retention periods of travel receipts.

## 4 Hotels

Hotels up to 120 euros a night are booked without asking.

## Appendix A Trains

Trains are preferred to planes for journeys of less than six hours.
"""
)


@pytest.fixture(scope="module")
def responder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Responder:
    return responder_on(tmp_path_factory.mktemp("stated"), {"travel.md": TRAVEL}, cache)


def quotes(answer: Answer) -> list[str]:
    return [one.quote for one in answer.citations or answer.nearest]


def test_a_clause_that_states_is_cited_before_one_that_points(responder: Responder):
    """Though the words of the question stand in the other, which comes behind it."""
    answer = responder.answer(Question("who approves trips"))
    assert answer.citations
    assert quotes(answer)[0].startswith("Trips within the country are approved by the line manager.")
    assert quotes(answer)[1] == "The next section describes who approves trips."


def test_where_nothing_else_states_it_a_pointer_is_shown_and_is_no_answer(responder: Responder):
    """What is far from the question does not come before it."""
    answer = responder.answer(Question("retention periods of travel receipts"))
    assert not answer.citations and answer.confidence <= SILENT
    assert quotes(answer)[0].startswith("See Appendix B for the retention periods")


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("where are the retention periods of travel receipts", "See Appendix B for the retention periods of travel receipts."),
        ("which section describes who approves trips", "The next section describes who approves trips."),
    ],
)
def test_who_asks_where_it_is_written_is_answered_by_a_pointer(responder: Responder, question: str, quote: str):
    """It states what is asked."""
    answer = responder.answer(Question(question))
    assert answer.citations and quotes(answer)[0] == quote
