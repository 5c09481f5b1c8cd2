"""Choosing a threshold: by hand-computed confidences."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import DatasetError
from evals.metrics.reliability import OperatingPoint
from evals.tune import chosen, shown, tuned

ANSWERABLE = [0.3, 0.5, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9, 0.9, 0.9]
OTHERS = [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.4, 0.4, 0.4, 0.85]


def test_the_threshold_with_the_fewest_mistakes_is_chosen():
    """Between 0.4 and 0.5: one of ten refused, one of ten answered; every other makes more mistakes."""
    best = chosen(ANSWERABLE, OTHERS, most_refused=1.0)
    assert (best.threshold, best.refused, best.answered) == (pytest.approx(0.45), 0.1, pytest.approx(0.1))


def test_no_more_are_refused_than_may_be():
    """Where nobody may be, the lowest answerable confidence bounds it: 0.25 lies between 0.2 and 0.3, and four of ten are answered."""
    best = chosen(ANSWERABLE, OTHERS, most_refused=0.0)
    assert (best.threshold, best.refused, best.answered) == (pytest.approx(0.25), 0.0, 0.4)


def test_what_to_expect_is_counted_on_questions_that_did_not_choose():
    """The question at 0.3 holds the threshold down; in the fold that leaves it out, nothing does, and it is refused."""
    result = tuned(ANSWERABLE, OTHERS, now=0.35, most_refused=0.0)
    assert result.now == OperatingPoint(0.35, 0.1, 0.4)
    assert (result.best.refused, result.refused) == (0.0, 0.1)
    assert "answer_from = 0.250 would refuse 0% and answer 40%." in shown(result)


def test_too_few_questions_choose_nothing():
    with pytest.raises(DatasetError, match="3 questions have an answer and 10 have none"):
        tuned(ANSWERABLE[:3], OTHERS, now=0.2, most_refused=0.15)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0, 1))
@example([5e-324], [0.0], 0.0)  # no number lies between these two
def test_a_chosen_threshold_does_what_it_says(answerable, others, most_refused):
    """Counted anew with it, the shares are the ones that were promised, and no more are refused than may be."""
    best = chosen(answerable, others, most_refused)
    assert best.refused <= most_refused
    assert sum(one < best.threshold for one in answerable) / len(answerable) == best.refused
    assert sum(one >= best.threshold for one in others) / len(others) == pytest.approx(best.answered)
