"""`python -m evals tune`: from which confidence on to answer, chosen on questions of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from corpus.errors import DatasetError
from evals.metrics.bootstrap import Interval, mean_interval
from evals.metrics.reliability import OperatingPoint, operating_points

FOLDS = 10
FEWEST = 10  # questions of each kind; with fewer, a threshold says more about the questions than about the documents


@dataclass(frozen=True, slots=True)
class Tuned:
    """A threshold and what it would do.

    now: what the threshold that is set does. best: the threshold chosen on all questions, and what it does to them.
    refused, answered: shares of the answerable that are refused and of the others that are answered, by thresholds chosen without
    the questions counted (cross-validation), with their 95 % intervals. answerable, others: how many of each kind.
    """

    now: OperatingPoint
    best: OperatingPoint
    refused: float
    answered: float
    refused_interval: Interval
    answered_interval: Interval
    answerable: int
    others: int

    def as_record(self) -> dict[str, Any]:
        return asdict(self)


def tuned(answerable: Sequence[float], others: Sequence[float], now: float, most_refused: float) -> Tuned:
    """Choose a threshold by the confidences of questions that have an answer and of others that have none.

    now: the threshold that is set. most_refused: share of the answerable that may be refused. Raises DatasetError for too few questions.
    """
    if min(len(answerable), len(others)) < FEWEST:
        raise DatasetError(
            f"{len(answerable)} questions have an answer and {len(others)} have none; choosing a threshold needs {FEWEST} of each. "
            "Add some to questions.jsonl, or ask the answerable ones without their documents as well: --hide-gold."
        )
    refused, answered = [], []
    for fold in range(FOLDS):
        kept = chosen(_without(answerable, fold), _without(others, fold), most_refused).threshold
        refused += [float(confidence < kept) for confidence in answerable[fold::FOLDS]]
        answered += [float(confidence >= kept) for confidence in others[fold::FOLDS]]
    return Tuned(
        now=OperatingPoint(now, *_rates(answerable, others, now)),
        best=chosen(answerable, others, most_refused),
        refused=sum(refused) / len(refused),
        answered=sum(answered) / len(answered),
        refused_interval=mean_interval(refused) or (0.0, 1.0),
        answered_interval=mean_interval(answered) or (0.0, 1.0),
        answerable=len(answerable),
        others=len(others),
    )


def chosen(answerable: Sequence[float], others: Sequence[float], most_refused: float) -> OperatingPoint:
    """The threshold with the fewest mistakes of both kinds together, each as a share, that refuses no more than it may.

    It stands half way between two confidences, so that it is no one question's own. Source: Youden, "Index for rating diagnostic
    tests", 1950.
    """
    points = operating_points(answerable, others)
    # The first refuses nobody, so there always is one.
    allowed = [(before, point) for before, point in pairwise((points[0], *points)) if point.refused <= most_refused]
    before, best = min(allowed, key=lambda pair: (pair[1].refused + pair[1].answered, pair[1].threshold))
    between = (before.threshold + best.threshold) / 2
    return OperatingPoint(between if between > before.threshold else best.threshold, best.refused, best.answered)


def shown(result: Tuned) -> str:
    """What a person reads."""
    now, best = result.now, result.best
    return (
        f"answer_from is {now.threshold:.3g}: of {result.answerable} answerable questions it refuses {now.refused:.0%}, "
        f"and of {result.others} others it answers {now.answered:.0%}.\n"
        f"answer_from = {best.threshold:.3f} would refuse {best.refused:.0%} and answer {best.answered:.0%}.\n"
        f"Expect {result.refused:.0%} refused ({_range(result.refused_interval)}) and {result.answered:.0%} answered "
        f"({_range(result.answered_interval)}) of questions that it was not chosen by ({FOLDS}-fold cross-validation, 95 % intervals).\n"
        f"To set it, write `answer_from = {best.threshold:.3f}` into isobot.toml."
    )


def _without(confidences: Sequence[float], fold: int) -> list[float]:
    return [confidence for at, confidence in enumerate(confidences) if at % FOLDS != fold]


def _rates(answerable: Sequence[float], others: Sequence[float], threshold: float) -> tuple[float, float]:
    refused = sum(confidence < threshold for confidence in answerable) / len(answerable)
    return refused, sum(confidence >= threshold for confidence in others) / len(others)


def _range(interval: Interval) -> str:
    return f"{interval[0]:.0%}–{interval[1]:.0%}"
