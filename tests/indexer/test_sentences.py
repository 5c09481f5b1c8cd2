"""Sentences: where they end, and that they lose nothing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import sentences

PROSE = st.text(st.sampled_from("ab Zé9.!?…:;,\"'”)(\n\t\u00a0\u2029。e.g. No."), max_size=120)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lock it. Report it.", ["Lock it.", "Report it."]),
        ("Is it lost? Report it! Then wait…  Thanks.", ["Is it lost?", "Report it!", "Then wait…", "Thanks."]),
        ("See e.g. Annex A, i.e. the list. Then stop.", ["See e.g. Annex A, i.e. the list.", "Then stop."]),
        ("Version 2.1 of No. 7 holds.", ["Version 2.1 of No. 7 holds."]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("1. Lock it. 2. Report it.", ["1. Lock it.", "2. Report it."]),
        ("It ends. but goes on.", ["It ends. but goes on."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    """Full stops of abbreviations, numbers, list marks and running sentences end nothing."""
    assert words(text) == expected


@given(PROSE, st.integers(0, 40), st.integers(0, 40))
def test_sentences_are_ordered_and_hold_every_character_that_is_no_space(text, skip, drop):
    """Whatever the text and the range, nothing is lost, doubled or out of order, and no sentence begins or ends in space."""
    low, high = min(skip, len(text)), max(min(skip, len(text)), len(text) - drop)
    spans = sentences(text, low, high)
    assert all(low <= start < end <= high for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert {i for i in range(low, high) if not text[i].isspace()} <= covered


def test_the_mark_of_a_note_belongs_to_the_sentence_before_it():
    """ "Doors are shut.[1] Lamps burn." is two sentences."""
    text = "Doors are shut.[1] Lamps burn."
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == ["Doors are shut.[1]", "Lamps burn."]
