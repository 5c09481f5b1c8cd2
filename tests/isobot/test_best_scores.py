"""The best of very many scores, found by looking at a sample first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isobot.retrieve import SAMPLED, _best


@pytest.mark.parametrize("count", [0, 3, 40, SAMPLED * 10 + 1, 20_000])
def test_the_best_are_those_that_sorting_gives(count: int) -> None:
    """Whatever their number; what is not above zero is never among them."""
    scores = np.random.default_rng(count).normal(size=count).astype(np.float32)
    expected = [int(place) for place in np.argsort(-scores, kind="stable")[:10] if scores[place] > 0]
    assert sorted(_best(scores, 10).tolist()) == sorted(expected)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0]), max_size=2000))
def test_ties_at_the_boundary_leave_none_of_the_better_out(values: list[float]) -> None:
    """As many come as there are above zero, ten at the most, and their scores are the highest."""
    scores = np.array(values, np.float32)
    found = _best(scores, 10)
    assert len(set(found.tolist())) == len(found) == min(10, int((scores > 0).sum()))
    assert sorted(scores[found].tolist()) == sorted(scores[scores > 0].tolist())[-len(found) or len(values) :]


def test_a_sample_that_misleads_changes_nothing() -> None:
    """All that the sample looks at is high, all between is low, and more are wanted than were looked at."""
    scores = np.ones(6000, np.float32)
    scores[::SAMPLED] = 9
    assert int((scores[_best(scores, 100)] == 9).sum()) == 100
    assert len(_best(scores, 119)) == 119
