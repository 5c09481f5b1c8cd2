"""Questions that a row of a table answers, or a list of questions word for word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.question import Question
from isobot.responder import Responder
from isobot.rows import membership
from tests.organisation import Organisation, index_of, matter

DAY = date(2026, 9, 15)
SCOPE = (
    matter("Scope of Certification", owner="Quality Team")
    + """# Scope of Certification

## 1 What is certified

| Region | Services in scope |
|---|---|
| North | Ferry Planner, Dock Board, Tide Watch |
| North High | Ferry Planner, Dock Board |

## 2 Where services run

| Service | Harbour | Depot |
|---|---|---|
| Ferry Planner | Yes | No |
| Tide Watch | Yes | Yes |
"""
)
JOINED = """Certified regions

RegionServices in scope
NorthFerry Planner, Dock Board, Tide Watch
North HighFerry Planner, Dock Board, Crane Log
SoDFerry Planner, Crane Log
"""
FAQ = """# Questions

## Does ISO 27001 certification expire?

Ours is renewed every three years, in May.

## May I bring a dog?

Only to the harbour office.
"""
HIDDEN = matter("Secret Scope", audience="security") + "# Secret\n\n| Region | Services in scope |\n|---|---|\n| Delta | Crane Log |\n"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, cache: Path):
    base = tmp_path_factory.mktemp("rows")
    opened = {}
    for name, files in {"ruled": {"scope.md": SCOPE, "secret.md": HIDDEN, "faq.md": FAQ}, "joined": {"scope.txt": JOINED}}.items():
        folder = base / name
        folder.mkdir()
        for path, text in files.items():
            (folder / path).write_text(text, encoding="utf-8")
        index_of(folder, base / f"{name}-index", cache)
        opened[name] = Responder(Organisation(folder, base / f"{name}-index", cache).settings, lambda: DAY)

    def ask(question: str, of: str = "ruled", groups: frozenset[str] = frozenset()) -> Answer:
        return opened[of].answer(Question(question, groups=groups))

    return ask


@pytest.mark.parametrize(
    ("question", "thing", "label"),
    [
        ("is Tide Watch in scope for North High?", "Tide Watch", "North High"),
        ("Are the dock boards included in the North region", "dock boards", "North region"),
        ("does North High include Tide Watch?", "Tide Watch", "North High"),
    ],
)
def test_the_question_says_what_belongs_to_what(question, thing, label):
    """The thing and the label, without their articles."""
    asked = membership(question)
    assert asked is not None
    assert (asked.thing, asked.label) == (thing, label)


@pytest.mark.parametrize("question", ["", "?", "how long do we keep invoices?", "is encryption required?", "in scope for", "is " * 200])
def test_other_questions_ask_no_row(question):
    """They go the way of every question."""
    assert membership(question) is None


def test_the_row_with_the_label_is_quoted_where_it_names_the_thing(answers):
    """The longer label wins over the one that begins alike, and nothing needs saying beside it."""
    answer = answers("is Dock Board in scope for North High?")
    assert answer.citations[0].quote.endswith("| North High | Ferry Planner, Dock Board |")
    assert answer.notices == ()


def test_a_row_that_does_not_name_the_thing_is_quoted_and_said_not_to(answers):
    """The other row of the table names it, so the table lists such things."""
    answer = answers("is Tide Watch in scope for North High?")
    assert answer.citations[0].quote.endswith("| North High | Ferry Planner, Dock Board |")
    assert answer.notices == ("Tide Watch is not named in this row.",)


def test_a_column_for_the_label_answers_by_the_row_of_the_thing(answers):
    """What stands in the cell is for the reader to see."""
    answer = answers("is Tide Watch supported in Depot?")
    assert answer.citations[0].quote.endswith("| Tide Watch | Yes | Yes |")
    assert answer.notices == ()


@pytest.mark.parametrize(
    "question", ["is lunch included in North High?", "is Tide Watch in scope for Atlantis?", "is Tide Watch in scope for North Low?"]
)
def test_what_no_table_speaks_of_gets_no_row(answers, question):
    """Neither an unknown label nor a thing of another kind is answered by a row."""
    assert not any("not named" in notice for notice in answers(question).notices)


@pytest.mark.parametrize(
    ("question", "quote", "notices"),
    [
        ("is Crane Log in scope for SoD", "SoDFerry Planner, Crane Log", ()),
        ("is Tide Watch in scope for SoD", "SoDFerry Planner, Crane Log", ("Tide Watch is not named in this row.",)),
        ("is Dock Board in scope for North High?", "North HighFerry Planner, Dock Board, Crane Log", ()),
    ],
)
def test_rows_whose_cells_were_run_together_answer_too(answers, question, quote, notices):
    """Their label ends where a capital follows a letter."""
    answer = answers(question, "joined")
    assert answer.citations[0].quote.endswith(quote)
    assert answer.notices == notices


def test_no_row_of_a_hidden_document_is_quoted(answers):
    """Who may read it gets its row; nobody else learns that its label exists."""
    question = "is Crane Log in scope for Delta?"
    assert not any("Delta" in citation.quote for citation in (answers(question).citations or answers(question).nearest))
    assert answers(question, groups=frozenset({"security"})).citations[0].quote.endswith("| Delta | Crane Log |")


@pytest.mark.parametrize("question", ["Does ISO 27001 certification expire?", "  does iso 27001 certification  expire"])
def test_a_question_that_is_a_heading_is_answered_by_its_clause(answers, question):
    """Word for word, whatever the case and the mark at its end; what it says of a standard is not looked up first."""
    answer = answers(question)
    assert answer.citations[0].quote == "Ours is renewed every three years, in May."
    assert answer.confidence > 0.9
