"""Passages: windows of one clause that leave nothing out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.encoders.onnx import OnnxEncoder
from indexer.outline import outline
from indexer.passages import own_ranges, passages, units_of
from indexer.readers.base import BlockKind, Reading
from tests.indexer.readings import furniture, heading, item, part, reading

SENTENCE = st.lists(st.sampled_from(["staff", "must", "lock", "paper", "2.1", "(A.8.1)", "x" * 40]), min_size=1, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
PARTS = st.lists(
    st.one_of(
        PARAGRAPH,
        st.builds(lambda words, level: heading(words[:60], level), SENTENCE, st.integers(1, 3)),
        PARAGRAPH.map(item),
        SENTENCE.map(lambda words: item(words[:-1] + ":")),
        SENTENCE.map(furniture),
        SENTENCE.map(lambda words: part(f"| {words} | 7 |", BlockKind.TABLE_ROW)),
    ),
    min_size=1,
    max_size=12,
)


def by_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def cut(made: Reading, window: int = 12, longest: int = 30) -> list[tuple[str, int]]:
    clauses = outline(made, "A title")
    text = made.text.characters
    return [(text[p.start : p.end], p.clause) for p in passages(text, clauses, made.blocks, by_words, window, longest)]


@given(PARTS, st.integers(4, 20))
def test_passages_stay_in_their_clause_and_hold_everything_that_can_be_quoted(parts, window):
    """They are in order, never cross a clause, begin in its own text, and every word of every unit is in one of them."""
    made = reading(parts)
    text, clauses = made.text.characters, outline(made, "A title")
    found = passages(text, clauses, made.blocks, by_words, window, 3 * window)
    owned = own_ranges(clauses)
    for clause, own in enumerate(owned):
        mine = [p for p in found if p.clause == clause]
        assert all(a.end <= b.start for a, b in itertools.pairwise(mine))
        assert all(any(low <= p.start < p.end <= high for low, high in own) for p in mine)
        held = {i for p in mine for i in range(p.start, p.end)}
        units = units_of(text, clauses[clause], own, made.blocks)
        assert {i for unit in units for i in range(unit.start, unit.end) if not text[i].isspace()} <= held


@given(PARTS)
def test_a_passage_is_never_longer_than_the_encoder_reads(parts):
    """Neither long sentences nor a lead-in with its first item outgrow the limit."""
    longest = 9
    assert max((len(words.split()) for words, _ in cut(reading(parts), 9, longest)), default=0) <= longest


def test_sentences_share_a_passage_until_the_window_is_full():
    """Two sentences of four words make one passage of eight; the third begins the next."""
    made = reading([heading("1 Paper"), "Lock all paper away. Shred all old paper. Burn all the rest."])
    assert [words for words, _ in cut(made, window=8)] == ["Lock all paper away. Shred all old paper.", "Burn all the rest."]


def test_a_lead_in_stays_with_its_first_item():
    """What opens a list is never a passage by itself where its first item still fits."""
    made = reading([heading("1 Duties"), "Every member of staff must never ever:", item("lend a laptop to a visitor;"), item("leave it.")])
    assert cut(made, window=8)[0][0].split("\n\n") == ["Every member of staff must never ever:", "lend a laptop to a visitor;"]


def test_furniture_parts_passages():
    """Words before and after a page's footer are not embedded as if they stood together with it."""
    made = reading([heading("1 Paper"), "Lock paper away.", furniture("Page 3 of 9"), "Shred it."])
    assert [words for words, _ in cut(made)] == ["Lock paper away.", "Shred it."]


def test_text_that_is_dense_in_tokens_is_cut_to_what_the_encoder_reads(encoder: OnnxEncoder):
    """Chinese without spaces and rows of numbers have more tokens than four characters each would give."""
    longest = encoder.max_tokens - 2
    made = reading([heading("1 规定"), "所有员工必须在离开办公室之前锁上文件柜" * 60, "4711 0815 31415926 " * 90])
    text = made.text.characters
    found = passages(text, outline(made, "A title"), made.blocks, encoder.count_tokens, 72, longest)
    assert max(encoder.count_tokens([text[p.start : p.end] for p in found])) <= longest
    assert sum(p.end - p.start for p in found) >= 60 * 19 + 85 * 19
