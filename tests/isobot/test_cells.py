"""Questions that the cell of a table answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.cells import FITS
from isobot.question import Question
from tests.organisation import matter, responder_on

BACKUP = (
    matter("Backup Standard")
    + """# Backup Standard

## 1 Tiers

Each system belongs to a tier, which its owner proposes.

| Tier | Systems | RPO | RTO |
|---|---|---|---|
| 1 | Booking, vault | 15 minutes | 4 hours |
| 2 | Mail, portal of the desk | 12 hours | 24 hours |
| 3 | Test systems | 24 hours | 1 week |

## 2 Tasks

| Task | Desk | Mail team | Board |
|---|---|---|---|
| Restore the portal | R | C | I |
| Test a restore | A, R | C | with the guests |

## 3 Keys

| Key | Longest life | Renewed by |
|---|---|---|
| Master key | 3 years | Board |
| Key of a guest | 1 year | Desk |
"""
)
SECRET = matter("Vault Rules", audience="security") + "# Vault Rules\n\n| Door | Code holder |\n|---|---|\n| Vault | Ada Byron |\n"
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Ask:
    responder = responder_on(tmp_path_factory.mktemp("cells"), {"backup.md": BACKUP, "vault.md": SECRET}, cache)
    return lambda text, *groups: responder.answer(Question(text, groups=frozenset(groups)))


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("RTO of mail", "| 2 | Mail, portal of the desk | 12 hours | 24 hours |"),
        ("which tier is the vault in?", "| 1 | Booking, vault | 15 minutes | 4 hours |"),
        ("rpo tier 3", "| 3 | Test systems | 24 hours | 1 week |"),
        ("how long is the longest life of a guest's key", "| Key of a guest | 1 year | Desk |"),
        ("backup standard: rto for booking", "| 1 | Booking, vault | 15 minutes | 4 hours |"),
    ],
)
def test_the_row_that_a_question_names_with_a_column_is_quoted(ask: Ask, question: str, row: str) -> None:
    """With confidence: all that is asked stands in it, in its header, or in what the table stands under."""
    answer = ask(question)
    assert row in answer.citations[0].quote
    assert answer.confidence >= FITS


@pytest.mark.parametrize(
    "question",
    [
        "how many master keys are there",  # both words stand in one column, which says nothing of how many
        "rto tier 4",  # no such row
        "rpo of the printer",  # nor such a word
        "which board tests a restore",  # a matrix of letters
        "mail",  # too little
        "who renews a guest",  # what is called by more than that word is another thing
    ],
)
def test_a_question_that_no_row_fits_is_no_question_for_a_cell(ask: Ask, question: str) -> None:
    """It is as sure as the search is."""
    assert ask(question).confidence < FITS


def test_a_table_that_the_asker_may_not_read_answers_nothing(ask: Ask) -> None:
    """Who may read it has the row."""
    assert "Ada Byron" in ask("who is the code holder of the vault door", "security").citations[0].quote
    hidden = ask("who is the code holder of the vault door")
    assert all(one.document.path == "backup.md" for one in hidden.citations or hidden.nearest)
