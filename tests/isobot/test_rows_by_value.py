"""Rows that a value in one column tells from the others are answered with how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import matter, responder_on

FLEET = (
    matter("Fleet Register")
    + """# Fleet Register

## 1 Boats

| Boat | Berth | State | Remark |
|---|---|---|---|
| Alder | North quay | Laid up | Mast is out |
| Birch | North quay | In service | |
| Cedar | South quay | In service: harbour only | New lights |
| Date | South quay | Not seaworthy | Leaks |
| Elder | South quay | in service. | |
| Fir | South quay | Laid up: engine | |

Two more came in spring.

| Boat | Berth | State | Remark |
|---|---|---|---|
| Gorse | South quay | IN SERVICE | |
| Hazel | South quay | Sold | |

## 2 Crews

| Crew | Language | Inshore | Offshore |
|---|---|---|---|
| Ravens | Dutch | Qualified | Not qualified |
| Swifts | English | Not qualified | Qualified |
| Terns | Dutch | Qualified | Qualified |
| Gulls | English | Qualified | Not qualified |

## 3 Gear

| Gear | Owner | Insured |
|---|---|---|
| Winch | Ravens | No |
| Crane | Swifts | Yes |
| Sling | | Yes |
| Hook | | No |
"""
)
CARGO = matter("Cargo List") + "# Cargo List\n\n| Lot | Kind |\n|---|---|\n" + "".join(f"| Lot {n} | Dry |\n" for n in range(1, 8))
SECRET = matter("Secret Fleet", audience="board") + FLEET.split("---\n", 2)[2].replace("Birch", "Zebra")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path):
    files = {"fleet.md": FLEET, "cargo.md": CARGO, "secret.md": SECRET}
    responder: Responder = responder_on(tmp_path_factory.mktemp("values"), files, cache)
    return lambda question: responder.answer(Question(question))


def firsts(answer: Answer) -> list[str]:
    """The first cell of each row that is cited from the register."""
    rows = [one.quote.splitlines()[-1] for one in answer.citations if one.document.path != "secret.md"]
    return [row.split("|")[1].strip() for row in rows if row.startswith("|")]


@pytest.mark.parametrize(
    ("question", "boats", "notice"),
    [
        ("which boats are laid up?", ["Alder", "Fir"], "2 rows say “Laid up” under “State”."),
        (
            "how many boats are in service",
            ["Birch", "Cedar", "Elder", "Gorse"],
            "4 rows say “In service” under “State”; the first of them are shown.",
        ),
        ("list all the boats that are not seaworthy", ["Date"], "One row says “Not seaworthy” under “State”."),
        ("which crews are not qualified offshore", ["Ravens", "Gulls"], "2 rows say “Not qualified” under “Offshore”."),
        ("which crews are not qualified", ["Ravens", "Swifts", "Gulls"], "3 rows say “Not qualified” under “Inshore”, “Offshore”."),
        ("which gear has insured no", ["Winch", "Hook"], "2 rows say “No” under “Insured”."),
        ("which lots are dry?", [f"Lot {n}" for n in range(1, 6)], "7 rows say “Dry” under “Kind”; the first of them are shown."),
    ],
)
def test_every_row_with_the_value_is_cited_in_the_order_of_the_table(ask, question, boats, notice):
    """The words behind a colon are a reason, small letters and a full stop are no other value, and a table may go on in parts; the longest
    value counts, and of several columns the one that is named."""
    answer = ask(question)
    assert firsts(answer)[: len(boats)] == boats
    assert answer.notices == (notice,)
    assert answer.confidence > 0.9


@pytest.mark.parametrize(
    "question",
    [
        "which boats are not laid up",  # denies the value
        "which boats of the harbour master are laid up",  # says more than the table does
        "which cars are laid up",  # no column holds cars
        "are boats laid up in winter",
        "which boats are sunk",
        "which boats are to be sold",
        "which boats are yet to be laid up",
        "which boats have to be in service",
        "which gear has no owner",  # the value of another column
        "which boats without a remark are laid up",  # a second condition
        "which boats with a remark are laid up",
        "which crews are not in service inshore",
    ],
)
def test_what_says_more_or_less_than_a_value_is_no_question_for_rows(ask, question):
    assert not any("row" in notice for notice in ask(question).notices)
