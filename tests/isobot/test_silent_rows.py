"""Rows that are near a question's words and do not speak to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.question import Question
from tests.organisation import responder_on

HARBOUR = """# Harbour Safety Policy

Harbour Office

| Item | Value |
|---|---|
| Title | Harbour Safety Policy |
| Reference | HRB-07 |
| Version | 2.1 |
| Owner | Harbour Master |
| Approved by | Town Council |
| Review date | 30 June 2027 |

## 1 Boats

1.1 Whoever moors a boat lights its lantern at dusk.

1.2 Nobody swims between moored boats.

| Berth | Boat |
|---|---|
| North | Anna |
| South | Berta |

## 2 Who does what

| Task | Harbour Master | Crew | Dock Guard |
|---|---|---|---|
| Counting the boats in the harbour | I | A, R | C |
| Closing the harbour in a storm | A, R | I | C and whoever helps |

2.2 The crew counts the boats of the harbour each evening and writes their number into the log.
"""

CARD = {"Title": "Pier Rules", "Reference": "PIE-01", "Status": "In force", "Owner": "Pier Office", "Classification": "Internal"}
PIER = (
    "<html><body><h1>Pier Rules</h1><table>"
    + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in CARD.items())
    + "</table><h2>1 Anglers</h2><p>Anglers keep to the end of the pier.</p></body></html>"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[[str], Answer]:
    responder = responder_on(tmp_path_factory.mktemp("silent"), {"harbour.md": HARBOUR, "pier.html": PIER}, cache)
    return lambda text: responder.answer(Question(text))


def first(answer: Answer) -> str:
    return (answer.citations or answer.nearest)[0].quote


@pytest.mark.parametrize("question", ["harbour safety policy", "what do we do for safety in the harbour?", "HRB-07 harbour"])
def test_a_document_s_own_table_does_not_answer_by_repeating_a_question(question: str, ask: Callable[[str], Answer]) -> None:
    """Its title is near to whatever is asked of it, and says nothing."""
    answer = ask(question)
    assert all("| Title |" not in one.quote and "| Reference |" not in one.quote for one in (*answer.citations, *answer.nearest))


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("who has approved our harbour rules", "| Approved by | Town Council |"),
        ("classification of the pier's rules for anglers", "| Classification | Internal |"),
        ("which master is the owner of harbour rules", "| Owner | Harbour Master |"),
    ],
)
def test_a_row_answers_who_asks_for_what_its_label_names(question: str, row: str, ask: Callable[[str], Answer]) -> None:
    """A line that is no sentence beside it is passed over, too, and of rows without a header it alone is quoted."""
    quote = first(ask(question))
    assert quote == row or (quote.startswith("| Item | Value |") and row in quote)
    assert "Harbour Office" not in quote


def test_a_row_of_letters_answers_who_asks_for_roles_alone(ask: Callable[[str], Answer]) -> None:
    """To another question the sentence answers, though the row's label has more of its words; a row with words in it still may."""
    assert first(ask("how are boats in the harbour counted")).startswith("2.2 The crew counts")
    assert "Counting the boats" in first(ask("who is accountable for counting the boats in the harbour"))
    assert "Counting the boats" in first(ask("dock guard counting the boats in the harbour"))
    assert "Closing the harbour" in first(ask("closing the harbour in a storm"))


def test_rows_of_other_tables_speak(ask: Callable[[str], Answer]) -> None:
    """Two cells make no row of the document's own table."""
    assert "| North | Anna |" in first(ask("north berth"))
