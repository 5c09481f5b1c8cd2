"""One contract for every vector store."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.errors import DamagedGenerationError, SettingsError, VectorError
from indexer.vectors.base import STORES, build_store, load_store, store_class
from indexer.vectors.rows import unit_rows


@pytest.fixture(params=sorted(STORES))
def store(request):
    return store_class(request.param)


@pytest.fixture(scope="module")
def rows():
    return unit_rows(np.random.default_rng(3).normal(size=(2000, 32)))


def test_the_nearest_come_first_by_cosine(store):
    """Three rows of the plane whose cosines with the query are 1, 0.6 and -1."""
    built = store.build(unit_rows([[3, 4], [5, 0], [-2, 0]]))
    scores, ids = built.search(unit_rows([[1, 0]]), 3)
    assert ids.tolist() == [[1, 0, 2]]
    assert scores[0] == pytest.approx([1, 0.6, -1], abs=1e-3)
    assert (scores.dtype, ids.dtype) == (np.float32, np.int64)


def test_search_finds_what_comparing_every_row_finds(store, rows):
    """At least 99 of 100 of the ten nearest, over fifty queries."""
    queries = unit_rows(np.random.default_rng(4).normal(size=(50, 32)))
    found = store.build(rows).search(queries, 10)[1]
    exact = np.argsort(-(queries @ rows.T), axis=1)[:, :10]
    assert np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found, exact, strict=True)]) >= 0.99


def test_a_filter_that_leaves_one_row_in_a_hundred_still_gives_all_k(store, rows):
    """The filter acts inside the search, so none of the twenty is missing, and none is forbidden."""
    allowed = np.zeros(2000, bool)
    allowed[::100] = True
    scores, ids = store.build(rows).search(rows[:3], 20, allowed)
    assert ids.shape == scores.shape == (3, 20)
    assert all(sorted(line) == list(range(0, 2000, 100)) for line in ids.tolist())


def test_more_than_there_is_gives_what_there_is(store, rows):
    """Asked for fifty where seven are allowed, seven come, and never -1."""
    allowed = np.zeros(2000, bool)
    allowed[5:12] = True
    scores, ids = store.build(rows).search(rows[:1], 50, allowed)
    assert sorted(ids[0].tolist()) == list(range(5, 12))
    assert (np.diff(scores[0]) <= 0).all()


def test_where_nothing_may_be_found_nothing_is(store, rows):
    """An empty store, and a filter that leaves no row, give (1, 0) arrays."""
    forbidden = np.zeros(2000, bool)
    for built, allowed in ((store.build(np.empty((0, 32), np.float32)), None), (store.build(rows), forbidden)):
        scores, ids = built.search(rows[:1], 5, allowed)
        assert scores.shape == ids.shape == (1, 0)


def test_chosen_rows_are_scored_in_the_order_given(store, rows):
    """The scores are to the bit those that a search gives, row by row, whatever else is scored beside them."""
    built = store.build(rows)
    scores, ids = built.search(rows[:1], 30)
    chosen = ids[0][::-1]
    together = built.scores_of(rows[0], chosen)
    assert together.tolist() == scores[0][::-1].tolist()
    assert [built.scores_of(rows[0], chosen[at : at + 1])[0] for at in range(30)] == together.tolist()
    assert built.scores_of(rows[0], np.empty(0, np.int64)).shape == (0,)


def test_a_store_is_the_same_after_saving_and_loading(store, rows, tmp_path):
    """Scores and rows agree to the bit, with and without a filter."""
    built = store.build(rows)
    built.save(tmp_path / "new")
    loaded = store.load(tmp_path / "new")
    allowed = np.arange(2000) % 3 == 0
    assert len(loaded) == 2000
    for before, after in zip(built.search(rows[:5], 9, allowed), loaded.search(rows[:5], 9, allowed), strict=True):
        assert np.array_equal(before, after)
    assert np.array_equal(built.scores_of(rows[0], np.arange(4)), loaded.scores_of(rows[0], np.arange(4)))


def test_a_missing_or_shortened_store_is_reported(store, rows, tmp_path):
    """The message says whether the file is missing or damaged, and what to do."""
    with pytest.raises(DamagedGenerationError, match=r"missing.*isobot index"):
        store.load(tmp_path)
    store.build(rows).save(tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(DamagedGenerationError, match=r"damaged.*isobot index"):
        store.load(tmp_path)


def test_arrays_of_another_shape_are_refused(store, rows):
    """A query of another width, a filter of another length, a row that does not exist."""
    built = store.build(rows)
    with pytest.raises(VectorError, match="32 dimensions"):
        built.search(np.ones((1, 31), np.float32), 1)
    with pytest.raises(VectorError, match="2000 rows"):
        built.search(rows[:1], 1, np.ones(3, bool))
    with pytest.raises(VectorError, match="0 to 1999"):
        built.scores_of(rows[0], np.array([2000]))


def test_the_store_is_chosen_by_size_and_checked(rows, monkeypatch):
    """Few rows are kept flat; many as bytes where those find the nearest, with the recall said, and flat where they do not."""
    assert type(build_store("auto", rows)[0]).__name__ == "FlatStore"
    monkeypatch.setattr("indexer.vectors.base.FLAT_TO", 1000)
    chosen, why = build_store("auto", rows)
    assert type(chosen).__name__ == "BytesStore"
    assert float(why.split(": ")[1].split()[0]) >= 0.98
    monkeypatch.setattr("indexer.vectors.base.LEAST_RECALL", 1.01)
    refused, why = build_store("auto", rows)
    assert type(refused).__name__ == "FlatStore"
    assert "would find" in why
    assert build_store("bytes", rows)[1] == ""


def test_what_was_saved_is_what_is_loaded(store, rows, tmp_path):
    """The folder itself tells which store it holds."""
    store.build(rows).save(tmp_path)
    assert type(load_store(tmp_path)) is store


def test_other_rows_change_no_score_and_no_place(store, rows):
    """Invariant 4: what is found among permitted rows is what a store of those rows alone would find."""
    allowed = np.arange(2000) % 7 != 0
    scores, ids = store.build(rows).search(rows[:4], 25, allowed)
    alone_scores, alone_ids = store.build(rows[allowed]).search(rows[:4], 25)
    assert np.array_equal(np.flatnonzero(allowed)[alone_ids], ids)
    assert np.array_equal(alone_scores, scores)


def test_of_rows_that_are_all_alike_hidden_ones_decide_nothing(store):
    """Which of 500 equal rows are found does not depend on how many hidden ones stand before, between or behind them."""
    alone = store.build(np.full((500, 16), 0.25, np.float32))
    for hidden in (slice(0, 300), slice(100, 400), slice(500, 800)):
        allowed = np.ones(800, np.bool_)
        allowed[hidden] = False
        beside = store.build(np.full((800, 16), 0.25, np.float32))
        query = np.full((1, 16), 0.25, np.float32)
        found = np.cumsum(allowed)[beside.search(query, 20, allowed)[1]] - 1  # places among the permitted
        assert np.array_equal(found, alone.search(query, 20)[1])


def test_an_unknown_store_is_refused_by_name():
    """The message lists the stores there are."""
    with pytest.raises(SettingsError, match=r"'tape'.*flat"):
        store_class("tape")


def test_unit_rows_have_length_one_and_leave_the_input_alone():
    """A 3-4-5 triangle by hand."""
    given = np.array([[3.0, 4.0]], np.float32)
    assert unit_rows(given).tolist() == [[np.float32(0.6), np.float32(0.8)]]
    assert given.tolist() == [[3.0, 4.0]]


@pytest.mark.parametrize(("vectors", "words"), [([1, 2], "shape"), ([[1, 0], [0, 0]], "Row 1"), ([[1, float("nan")]], "Row 0")])
def test_unusable_rows_are_refused(vectors, words):
    """One dimension too few, a row of zeros, a value that is no number: the message says which."""
    with pytest.raises(VectorError, match=words):
        unit_rows(vectors)
