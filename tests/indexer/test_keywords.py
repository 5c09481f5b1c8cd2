"""BM25 over the inverted index."""

from __future__ import annotations

from math import log

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DamagedGenerationError
from indexer.keywords import Keywords

LISTS = [["back", "up", "key"], ["key", "key"], [], ["visitor"]]


def test_scores_are_those_of_the_formula():
    """One term, worked by hand: 4 passages of 6 tokens, "key" in two of them, once in three tokens and twice in two."""
    idf = log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    first = idf * 1 / (1 + 0.6 * (0.25 + 0.75 * 3 / 1.5))
    second = idf * 2 / (2 + 0.6 * (0.25 + 0.75 * 2 / 1.5))
    assert Keywords.build(LISTS).scores(["key"]) == pytest.approx([first, second, 0, 0])


def test_scores_agree_with_another_implementation():
    """bm25s, method lucene, gives the same numbers over a corpus of random tokens."""
    chance = np.random.default_rng(7)
    lists = [[f"w{number}" for number in chance.zipf(1.4, size) % 50] for size in chance.integers(1, 40, 60)]
    other = bm25s.BM25(k1=0.6, b=0.75, method="lucene")
    other.index(lists, show_progress=False)
    question = ["w1", "w2", "w7", "w1", *(f"w{number}" for number in range(10, 40))]
    assert Keywords.build(lists).scores(question) == pytest.approx(other.get_scores(question), rel=1e-5)


@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=6), max_size=8), st.data())
def test_passages_that_are_not_allowed_might_as_well_not_exist(lists, data):
    """Every figure under a filter is, to the bit, what an index of the allowed passages alone gives."""
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(lists), max_size=len(lists))), bool)
    whole = Keywords.build(lists)
    alone = Keywords.build([tokens for tokens, kept in zip(lists, allowed, strict=True) if kept])
    question = ["a", "b", "b", "f"]
    assert np.array_equal(whole.scores(question, allowed)[allowed], alone.scores(question))
    assert not whole.scores(question, allowed)[~allowed].any()


@pytest.mark.parametrize("lists", [[], [[]], [["key"]]])
def test_the_smallest_indexes_answer(lists, tmp_path):
    """No passage, one without a token, one with one: built, saved, loaded and asked."""
    Keywords.build(lists).save(tmp_path)
    loaded = Keywords.load(tmp_path)
    assert loaded.scores(["nothing"]).tolist() == [0.0] * len(lists)
    assert (loaded.scores(["key"]) > 0).tolist() == [bool(tokens) for tokens in lists]
    assert loaded.scores([]).tolist() == [0.0] * len(lists)


def test_a_word_that_no_passage_has_scores_nothing():
    """And takes nothing from the words beside it."""
    keywords = Keywords.build(LISTS)
    assert not keywords.scores(["laptop"]).any()
    assert np.array_equal(keywords.scores(["laptop", "key"]), keywords.scores(["key"]))


def test_how_many_passages_hold_a_word_is_counted_over_what_is_allowed():
    """A word that stands nowhere counts 0, and so does each in an empty index."""
    keywords = Keywords.build([["key", "up"], ["key", "key"], ["down"]])
    assert keywords.frequencies(["key", "laptop", "down"]) == [2, 0, 1]
    assert keywords.frequencies(["key", "down"], np.array([True, False, False])) == [1, 0]
    assert Keywords.build([]).frequencies(["key"]) == [0]


def test_a_loaded_index_is_mapped_and_scores_the_same(tmp_path):
    """Loading reads no postings; k1 and b come along."""
    built = Keywords.build(LISTS, k1=0.9, b=0.4)
    built.save(tmp_path)
    loaded = Keywords.load(tmp_path)
    assert isinstance(loaded.passages.base, np.memmap)
    assert np.array_equal(built.scores(["key", "up"]), loaded.scores(["key", "up"]))


def test_a_missing_or_shortened_file_is_reported(tmp_path):
    """The message names the folder and says what to do."""
    Keywords.build(LISTS).save(tmp_path)
    counts = tmp_path / "counts.npy"
    counts.write_bytes(counts.read_bytes()[:-4])
    with pytest.raises(DamagedGenerationError, match="isobot index"):
        Keywords.load(tmp_path)
    counts.unlink()
    with pytest.raises(DamagedGenerationError, match="isobot index"):
        Keywords.load(tmp_path)
