"""Texts that state a figure."""

from __future__ import annotations

import pytest

from indexer.figures import states_figure


@pytest.mark.parametrize(
    "text",
    [
        "Within 4 hours.",
        "Seventeen areas are covered.",
        "Keep forty copies.",
        "a dozen keys",
        "Locks are changed yearly.",
        "Twice, without delay.",
    ],
)
def test_a_figure_may_stand_in_words(text: str) -> None:
    """Numbers, and intervals by their names."""
    assert states_figure(text)


@pytest.mark.parametrize("text", ["Report a loss.", "Someone often tends the tenants.", "No one else may enter."])
def test_words_that_hold_a_number_are_none(text: str) -> None:
    """Nor is "one", which is mostly a pronoun."""
    assert not states_figure(text)
