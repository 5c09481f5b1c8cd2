"""Every metric against values computed by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.dataset import Gold, StaffQuestion
from evals.metrics.abstention import roc_auc
from evals.metrics.bootstrap import auc_interval, mean_interval
from evals.metrics.hits import first_document, first_hit, within
from evals.metrics.latency import percentiles
from evals.metrics.quote_hit import common_words, holds, words
from evals.metrics.ranking import ranking_scores

TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("cited", "quote", "held"),
    [
        ("Say: lock\n  your\tscreen now.", "lock your screen", True),
        ("pass words must not be shared", "passwords must", True),
        ("x one two three four five six seven eight", TEN, True),  # 8 of 10 words, exactly 80 %
        ("one two three four five six seven", TEN, False),
        ("ONE, two; THREE (four) five: six seven eight", TEN, True),  # words, not punctuation; casefolded
        ("eight seven six five four three two one", TEN, False),  # the order counts
        ("one a two b three c four d five e six f seven g eight", TEN, True),  # gaps do not
        ("one two three four", "one two three four five", True),  # 4 of 5
        ("one two three", "one two three four", False),  # 3 of 4
        ("", "word", False),
        ("anything", "§ —", False),
    ],
)
def test_a_quotation_is_held_whole_or_to_four_fifths(cited: str, quote: str, held: bool) -> None:
    """Containment is blind to white space; otherwise four fifths of the words must follow in their order."""
    assert holds(cited, quote) is held


def test_an_apostrophe_does_not_part_a_word() -> None:
    """Straight or typographic, it stands inside a word."""
    assert words("Don't STRAẞE, it’s 'so'") == ["don't", "strasse", "it’s", "so"]


def _plain_lcs(first: list[str], second: list[str]) -> int:
    rows = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, a in enumerate(first, 1):
        for j, b in enumerate(second, 1):
            rows[i][j] = rows[i - 1][j - 1] + 1 if a == b else max(rows[i - 1][j], rows[i][j - 1])
    return rows[-1][-1]


@given(st.lists(st.sampled_from("abcd"), max_size=80), st.lists(st.sampled_from("abcd"), max_size=80))
def test_common_words_are_counted_as_the_textbook_counts_them(first: list[str], second: list[str]) -> None:
    """The bit-parallel count equals that of dynamic programming."""
    assert common_words(first, second) == _plain_lcs(first, second)


ASKED = StaffQuestion("q", "?", (Gold("a.md", "lock the door"), Gold("b.md", "hide the key")), also_in=("c.md",))


def test_a_hit_needs_the_right_words_in_the_right_document() -> None:
    """Any gold entry counts, each in its own file or in one of the others named; the place is that of the first."""
    assert first_hit(ASKED, [("z.md", "lock the door"), ("a.md", "open it"), ("b.md", "always hide the key")]) == 3
    assert first_hit(ASKED, [("a.md", "hide the key")]) is None
    assert first_hit(ASKED, [("c.md", "hide the key")]) == 1
    assert first_hit(ASKED, [("c.md", "open it")]) is None
    assert first_hit(ASKED, []) is None


def test_the_right_document_is_counted_by_citations() -> None:
    """A file of `also_in` is right as well; several citations of one wrong document each take a place."""
    assert first_document(ASKED, ["z.md", "z.md", "c.md"]) == 3
    assert first_document(ASKED, ["z.md"]) is None
    assert [within(3, depth) for depth in (1, 3, 5)] == [0.0, 1.0, 1.0]
    assert within(None, 5) == 0.0


def test_roc_auc_counts_ties_as_half() -> None:
    """Of six pairs: (0.9 beats both), (0.5 beats one and ties with one), (0.2 ties with one and loses to one)."""
    assert roc_auc([0.9, 0.5, 0.2], [0.5, 0.2]) == pytest.approx((2 + 1.5 + 0.5) / 6)
    assert roc_auc([0.3, 0.3], [0.3]) == 0.5
    assert roc_auc([0.1], [0.2]) == 0.0
    assert roc_auc([], [0.2]) is None
    assert roc_auc([0.2], []) is None


def test_rankings_are_measured_as_computed_by_hand() -> None:
    """Query "q" has its two relevant passages at places 2 and 12; "nothing" found none; both count in every measure."""
    ranking = ["x", "a", *(f"y{n}" for n in range(9)), "b"]
    scores = ranking_scores({"q": {"a": 1, "b": 1}, "nothing": {"c": 1}}, {"q": ranking, "nothing": []})
    of_q = {name: values["q"] for name, values in scores.items()}
    ideal = 1 + 1 / 1.584962500721156
    expected = {"recall@10": 0.5, "recall@100": 1, "MAP@10": 0.25, "nDCG@10": 1 / 1.584962500721156 / ideal, "MRR@10": 0.5, "hit@1": 0}
    assert of_q == pytest.approx(expected)
    assert all(values["nothing"] == 0 for values in scores.values())


def test_the_order_of_a_ranking_is_kept_whatever_the_ids() -> None:
    """trec_eval would order equal scores by id; the given order decides."""
    for ranking in (["a", "b"], ["b", "a"]):
        assert ranking_scores({"q": {ranking[0]: 1}}, {"q": ranking})["hit@1"]["q"] == 1


def test_an_interval_is_the_same_each_time_and_holds_the_mean() -> None:
    """It depends on values and seed alone, and lies where the normal approximation puts it."""
    values = [1.0] * 40 + [0.0] * 60
    low, high = mean_interval(values) or (0, 0)
    assert mean_interval(values) == (low, high)
    assert mean_interval(values, seed=1) != (low, high)
    assert low == pytest.approx(0.4 - 0.096, abs=0.02)  # 1.96 × sqrt(0.4 × 0.6 / 100)
    assert high == pytest.approx(0.4 + 0.096, abs=0.02)


def test_an_interval_of_equal_values_is_a_point() -> None:
    """Nothing to draw, nothing to vary; without values there is none."""
    assert mean_interval([1.0, 1.0, 1.0]) == (1.0, 1.0)
    assert mean_interval([]) is None
    assert auc_interval([0.9, 0.8], [0.1, 0.2]) == (1.0, 1.0)
    assert auc_interval([0.9], []) is None


def test_latency_percentiles_lie_between_neighbours() -> None:
    """Of 0, 10, …, 100 ms the 95th percentile is half-way between 90 and 100."""
    assert percentiles([float(n) for n in range(100, -1, -10)]) == {"p50": 50.0, "p95": 95.0}
    assert percentiles([]) == {"p50": 0.0, "p95": 0.0}
