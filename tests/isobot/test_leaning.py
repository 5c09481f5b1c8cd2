"""Which sentences say little without those beside them."""

from __future__ import annotations

import pytest

from isobot.leaning import is_branch, leans


@pytest.mark.parametrize(
    "words",
    [
        "If so, ask the porter.", "If not: ring.", "Otherwise, ring the bell.", "After that, go home.", "In that case it is burnt.",
        "If you've reached this step, go on.", "For example, a ferry is one.", "They are kept for a year.", "These boats are tied.",
    ],
)  # fmt: skip
def test_a_sentence_that_points_back_leans_and_is_no_branch(words: str):
    """It says nothing without the one before it."""
    assert leans(words)
    assert not is_branch(words)


@pytest.mark.parametrize(
    "words", ["This policy is for all.", "Italy is far.", "Boats are tied.", "Thenard was here.", "It is best to ask."]
)
def test_a_sentence_that_names_what_it_is_about_neither_leans_nor_is_a_branch(words: str):
    """Words that only begin alike make no difference."""
    assert not leans(words)
    assert not is_branch(words)


@pytest.mark.parametrize(
    "words", ["If you are a guest, ring.", "If no answer comes, ring.", "For contractors: ring.", "Where it leaks: ring."]
)
def test_a_sentence_that_begins_with_a_condition_is_a_branch(words: str):
    """It holds for some, and its like may hold for others."""
    assert is_branch(words)
