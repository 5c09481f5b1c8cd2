"""Vectors of sentences, by where they stand."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.errors import DamagedGenerationError
from indexer.sentence_vectors import SentenceVectors

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], np.float32)
QUERY = np.array([[0, 1]], np.float32)


@pytest.fixture
def kept(tmp_path):
    SentenceVectors.build([1, 0, 1, 0], [30, 0, 0, 12], ROWS).save(tmp_path)
    return SentenceVectors.load(tmp_path)


def test_a_sentence_is_found_by_its_document_and_place(kept):
    """Half precision changes a cosine by less than a thousandth."""
    assert kept.likest(QUERY, [(0, 0, 12), (1, 30, 40), (0, 12, 20), (1, 0, 30)]) == pytest.approx([1, 0, 0.6, 0.8], abs=1e-3)
    assert kept.likest(QUERY, []) == []


def test_of_a_sentence_that_was_cut_the_likest_piece_counts(kept):
    """A sentence longer than the encoder reads has several rows."""
    assert kept.likest(QUERY, [(0, 0, 20)]) == pytest.approx([1], abs=1e-3)


def test_sentences_of_one_document_are_as_like_as_by_themselves(kept):
    """With a gap between them, and where nothing starts."""
    places = [(0, 12), (12, 20), (25, 40)]
    assert kept.likenesses(QUERY, 0, places) == kept.likest(QUERY, [(0, *place) for place in places])


def test_nothing_where_nothing_starts(kept):
    """Another document's sentences do not count, nor does one that starts at the end of the range."""
    assert kept.likest(QUERY, [(0, 13, 1000), (1, 1, 30)]) == [0, 0]


def test_a_missing_or_unequal_file_is_damage(kept, tmp_path):
    """It says what to run."""
    np.save(tmp_path / "places.npy", np.arange(3))
    with pytest.raises(DamagedGenerationError, match="do not fit each other"):
        SentenceVectors.load(tmp_path)
    (tmp_path / "vectors.npy").unlink()
    with pytest.raises(DamagedGenerationError, match="Run `isobot index`"):
        SentenceVectors.load(tmp_path)
