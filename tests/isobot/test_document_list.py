"""Documents are listed by their review dates and owners, to who asks for them all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.document_list import _window
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import TODAY, responder_on

DAY = date.fromisoformat(TODAY)


def written(title: str, owner: str, review: str, status: str = "in force") -> str:
    return f"""# {title}

| Item | Value |
|---|---|
| Owner | {owner} |
| Status | {status} |
| Next review | {review} |

## 1 Purpose

This text says how {title.lower()} are kept, and by whom.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path):
    files = {
        "boats.md": written("Boats", "Harbour Master", "2026-08-31"),
        "cranes.md": written("Cranes", "Head of Works", "2026-09-15"),
        "ropes.md": written("Ropes", "Harbour Master", "2026-10-10"),
        "sheds.md": written("Sheds", "Head of Works", "2027-02-28"),
        "tides.md": written("Tides", "Pilot", "2025-01-01", status="draft"),
        "sluice.md": written("Sluice Standard", "Head of Works (J. Doe) and Harbour Master", "2028-01-31"),
        "nets.md": "# Nets\n\n## 1 Purpose\n\nThis text says how nets are mended.\n",
        "board.md": "---\naudience: board\n---\n\n" + written("Wages", "Harbour Master", "2026-01-31"),
    }
    responder: Responder = responder_on(tmp_path_factory.mktemp("listed"), files, cache)
    return lambda question: responder.answer(Question(question))


def titles(answer: Answer) -> list[str]:
    return [one.document.title for one in answer.citations]


UNDATED = "One document states no review date."


@pytest.mark.parametrize(
    ("question", "documents", "notice"),
    [
        ("which documents are overdue for review?", ["Boats"], "One document is overdue for review: Boats (2026-08-31)."),
        (
            "what policies are due for review",
            ["Boats", "Cranes", "Ropes"],
            "3 documents are due for review by 2026-10-15: Boats (2026-08-31); Cranes (2026-09-15); Ropes (2026-10-10).",
        ),
        (
            "which policies need to be reviewed next quarter",
            ["Ropes"],
            "One document is due for review from 2026-10-01 to 2026-12-31: Ropes (2026-10-10).",
        ),
        (
            "which documents are up for review in february 2027",
            ["Sheds"],
            "One document is due for review from 2027-02-01 to 2027-02-28: Sheds (2027-02-28).",
        ),
        (
            "which standards are due for review in 2028",
            ["Sluice Standard"],
            "One document is due for review from 2028-01-01 to 2028-12-31: Sluice Standard (2028-01-31).",
        ),
    ],
)
def test_documents_in_force_that_the_asker_may_read_are_listed_by_their_review(ask, question, documents, notice):
    """The earliest first, each cited by the row with the day; drafts and hidden documents are not counted, those without a day are told."""
    answer = ask(question)
    assert titles(answer) == documents
    assert answer.notices == ((notice,) if "standards" in question else (notice, UNDATED))
    assert all(one.quote.startswith("| Next review |") for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "documents", "notice"),
    [
        (
            "which documents does the harbour master own?",
            ["Boats", "Ropes", "Sluice Standard"],
            "Harbour Master owns 3 documents: Boats; Ropes; Sluice Standard.",
        ),
        (
            "which policies are owned by the head of works",
            ["Cranes", "Sheds", "Sluice Standard"],
            "Head of Works owns 3 documents: Cranes; Sheds; Sluice Standard.",
        ),
        ("which standards belong to the head of works", ["Sluice Standard"], "Head of Works owns one document: Sluice Standard."),
    ],
)
def test_documents_are_listed_by_each_of_their_owners(ask, question, documents, notice):
    """Who holds the office stands in brackets and is no part of its name."""
    answer = ask(question)
    assert (titles(answer), answer.notices) == (documents, (notice,))
    assert all(one.quote.startswith("| Owner |") for one in answer.citations)


def test_where_none_is_due_the_next_one_of_the_kind_is_told(ask):
    standards = ask("which standards are overdue")
    assert standards.notices == ("No document is overdue for review.", "The next one is Sluice Standard (2028-01-31).")
    answer = ask("which documents are due for review in 2031")
    assert titles(answer) == ["Cranes"]
    none = "No document is due for review from 2031-01-01 to 2031-12-31."
    assert answer.notices == (none, "The next one is Cranes (2026-09-15).", UNDATED)


@pytest.mark.parametrize(
    "question",
    [
        "which documents does the cook own",
        "which documents are due at the harbour office",
        "which policies are reviewed",
        "which documents are due for review in 0000",
        "which documents are due for review by 31 february 2027",
        "who reviews documents",
    ],
)
def test_what_asks_for_something_else_is_left_to_the_search(ask, question):
    assert not any("due for review" in notice or " owns " in notice for notice in ask(question).notices)


@pytest.mark.parametrize(
    ("time", "window"),
    [
        ("this month", (date(2026, 9, 1), date(2026, 9, 30))),
        ("next month", (date(2026, 10, 1), date(2026, 10, 31))),
        ("this quarter", (date(2026, 7, 1), date(2026, 9, 30))),
        ("next year", (date(2027, 1, 1), date(2027, 12, 31))),
        ("by 1 march 2027", (date.min, date(2027, 3, 1))),
        ("before 2027-01-01", (date.min, date(2026, 12, 31))),
        ("in the spring", None),
        ("in 0000", None),
        ("before 0001", None),
        ("by may 0000", None),
    ],
)
def test_a_time_is_its_first_and_its_last_day(time, window):
    assert _window(time, DAY) == window
