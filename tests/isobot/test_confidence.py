"""How likely it is that the first citation answers."""

from __future__ import annotations

import numpy as np
import pytest

from isobot.confidence import probability


def test_nothing_found_is_no_answer():
    """Without a candidate the probability is 0."""
    assert probability(np.empty(0), np.empty(0)) == 0.0


def test_the_probability_is_that_of_the_regression():
    """1 / (1 + exp(4.885 - 8.234 * 0.6 - 0.861 * 2)), the best compared with the sixth."""
    closeness = np.array([0.5, 0.6, 0.4, 0.3, 0.2, 0.1, 0.0])
    scores = np.array([3.0, 2.5, 2.0, 1.5, 1.2, 1.0, -4.0])
    assert probability(closeness, scores) == pytest.approx(0.85538, abs=1e-5)


def test_few_candidates_are_compared_with_the_last_of_them():
    """One alone leads nobody: 1 / (1 + exp(4.885 - 8.234 * 0.5))."""
    assert probability(np.array([0.5]), np.array([9.0])) == pytest.approx(0.31691, abs=1e-5)


def test_a_closer_candidate_and_a_longer_lead_both_raise_it():
    """And it stays a probability."""
    low = probability(np.array([0.3, 0.2]), np.array([1.0, 0.9]))
    closer = probability(np.array([0.7, 0.2]), np.array([1.0, 0.9]))
    leading = probability(np.array([0.3, 0.2]), np.array([4.0, 0.9]))
    assert 0 < low < min(closer, leading) < max(closer, leading) < 1
