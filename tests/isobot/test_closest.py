"""One sentence that answers brings its passage before those that are only near the question."""

from __future__ import annotations

from pathlib import Path

from isobot.question import Question
from tests.organisation import matter, responder_on

HARBOUR = (
    matter("Harbour Rules")
    + """# Harbour Rules

## 1 Workshop

Tools hang on the wall. Grease is kept in the red shed. Ropes are counted each spring. Visitors walk on the yellow line. A fire is put
out with sand. The key of the gate lies with the porter.

## 2 Gate

The gate of the harbour is painted green, and the gate is oiled before winter so that the gate opens well.

## 3 Boats

Boats are tied up at night with two ropes.

## 4 Keys

Keys are made of brass and bear a number.

## 5 Porter

The porter greets guests, carries parcels and reads the newspaper.

## 6 Dogs

Dogs wait outside.
"""
)


def test_a_sentence_among_others_of_its_passage_is_found(cache: Path, tmp_path: Path) -> None:
    """Though those are on other matters, and another clause is on the matter as a whole."""
    responder = responder_on(tmp_path, {"harbour.md": HARBOUR}, cache)
    answer = responder.answer(Question("who has the gate key"))
    assert [one.quote for one in answer.citations][:2] == [
        "The key of the gate lies with the porter.",
        "The gate of the harbour is painted green, and the gate is oiled before winter so that the gate opens well.",
    ]
