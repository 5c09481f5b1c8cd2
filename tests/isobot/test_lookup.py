"""Sections and documents that a question names."""

from __future__ import annotations

import pytest

from isobot.lookup import section_named


@pytest.mark.parametrize(
    ("question", "number"),
    [("which clauses does it meet", None), ("two secs late", None), ("sections 4 to 8", "4"), ("section4.3", "4.3"), ("Annex A", "A")],
)
def test_the_end_of_a_word_is_no_number_of_a_section(question: str, number: str | None) -> None:
    """The s of "clauses" is not section s."""
    assert section_named(question) == number
