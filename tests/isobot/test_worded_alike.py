"""Sentences that have all the words of a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.question import Question
from isobot.worded_alike import has_all_words
from tests.organisation import matter, responder_on


@pytest.mark.parametrize(
    ("question", "quotation", "has"),
    [
        ("who checks anchors", "Boats are painted. The mate checks each anchor.", True),
        ("when do anchors get checked", "- Anchor: checked in May", True),
        ("when are anchors checked", "| Anchor | checked in May |", True),
        ("when are anchors checked", "Anchor checks", False),
        ("who checks anchors", "The mate checks boats. An anchor is heavy.", False),
        ("who checks anchors", "The mate looks after each anchor.", False),
        ("anchors?", "An anchor is heavy.", False),
    ],
)
def test_all_words_stand_in_one_sentence_row_or_item(question: str, quotation: str, has: bool) -> None:
    """Not in two sentences, nor in a title; and of a question with one word alone nothing is said."""
    assert has_all_words(question, quotation) is has


YARD = (
    matter("Yard Rules")
    + """# Yard Rules

## 1 The mate

Besides keeping the log, greeting whoever comes on board and seeing to the paint, the mate splices hawsers, mends sails and
writes to the owners about whatever the yard has found in the course of the winter.

## 2 Moorings

Boats are moored by their crews.

## 3 Fenders

Fenders hang on both sides.
"""
)


def test_such_a_sentence_is_an_answer_however_much_else_it_says(cache: Path, tmp_path: Path) -> None:
    """One that lacks a word of the question is as likely to answer as it is near."""
    responder = responder_on(tmp_path, {"yard.md": YARD}, cache)
    assert responder.answer(Question("who splices hawsers")).citations
    assert not responder.answer(Question("who sells hawsers")).citations
