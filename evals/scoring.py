"""From what came back to figures: each metric's value for each question, then means, intervals and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.citation import Citation
from evals.dataset import StaffQuestion
from evals.metrics.abstention import roc_auc
from evals.metrics.bootstrap import Interval, auc_interval, mean_interval
from evals.metrics.hits import DOCUMENT_DEPTHS, QUOTE_DEPTHS, first_document, first_hit, within
from evals.metrics.ranking import ranking_scores
from evals.runner import Asked, Ranked

Scores = Mapping[str, Mapping[str, float]]
"""Metric → question id → value. A question for which a metric means nothing is not in it."""

AUC = "auroc"
ANSWERED_WRONGLY = "unanswerable_answered"
REFUSED_WRONGLY = "answerable_refused"
HIDDEN_AUC = "auroc_hidden"
HIDDEN_ANSWERED = "hidden_answered"
LOWER_IS_BETTER = frozenset({ANSWERED_WRONGLY, REFUSED_WRONGLY, HIDDEN_ANSWERED})


@dataclass(frozen=True, slots=True)
class Figures:
    """metrics: name → value, None where it means nothing. intervals: name → 95 % interval of it.

    groups: "by_type" and "by_corpus" → group → name → value, with "questions", their number.
    scores: what the means are of, for comparing question by question.
    """

    metrics: Mapping[str, float | None]
    intervals: Mapping[str, Interval]
    groups: Mapping[str, Mapping[str, Mapping[str, float | None]]]
    scores: Scores = field(default_factory=dict)


def ranking_figures(ranked: Sequence[Ranked]) -> Figures:
    """Figures for passages."""
    relevant = {one.query.id: one.query.relevant for one in ranked}
    scores = ranking_scores(relevant, {one.query.id: [id for id, _ in one.ranking] for one in ranked})
    return Figures(_means(scores), _intervals(scores), {}, scores)


def answer_figures(asked: Sequence[Asked]) -> Figures:
    """Figures for documents, over all questions, by their type and by their corpus."""
    scores = answer_scores(asked)
    answerable, unanswerable = confidences(asked)
    intervals = _intervals(scores)
    if found := auc_interval(answerable, unanswerable):
        intervals[AUC] = found
    groups = {
        "by_type": _by(asked, scores, lambda question: question.type),
        "by_corpus": _by(asked, scores, lambda question: question.corpus),
    }
    return Figures({**_means(scores), AUC: roc_auc(answerable, unanswerable)}, intervals, groups, scores)


def with_hidden(figures: Figures, asked: Sequence[Asked], hidden: Sequence[Asked]) -> Figures:
    """The figures, and those of the questions that were asked without the documents that answer them.

    "auroc_hidden": the answerable against all that have no answer, these among them. "hidden_answered": their share answered.
    """
    answerable, unanswerable = confidences(asked)
    unanswerable += [one.answer.confidence for one in hidden]
    answered = [float(not one.abstained) for one in hidden]
    intervals = dict(figures.intervals)
    for name, found in ((HIDDEN_AUC, auc_interval(answerable, unanswerable)), (HIDDEN_ANSWERED, mean_interval(answered))):
        if found:
            intervals[name] = found
    means = {HIDDEN_AUC: roc_auc(answerable, unanswerable), HIDDEN_ANSWERED: sum(answered) / len(answered) if answered else None}
    return replace(figures, metrics={**figures.metrics, **means}, intervals=intervals)


def answer_scores(asked: Iterable[Asked]) -> dict[str, dict[str, float]]:
    """Hits of answerable questions over what was shown; "answered_…" again after the threshold, an abstention being a miss."""
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for one in asked:
        id = one.question.id
        if one.question.answerable:
            for name, value in _hits(one.question, one.shown).items():
                scores[name][id] = value
            for name, value in _hits(one.question, one.citations).items():
                scores[f"answered_{name}"][id] = value
            scores[REFUSED_WRONGLY][id] = float(one.abstained)
        else:
            scores[ANSWERED_WRONGLY][id] = float(not one.abstained)
    return dict(scores)


def confidences(asked: Iterable[Asked]) -> tuple[list[float], list[float]]:
    """Those of answerable and those of unanswerable questions."""
    answerable: list[float] = []
    unanswerable: list[float] = []
    for one in asked:
        (answerable if one.question.answerable else unanswerable).append(one.answer.confidence)
    return answerable, unanswerable


def _hits(question: StaffQuestion, shown: Sequence[Citation]) -> dict[str, float]:
    paths = [citation.document.path for citation in shown]
    quote = first_hit(question, zip(paths, (citation.quote for citation in shown), strict=True))
    clause = first_hit(question, zip(paths, (citation.clause_text for citation in shown), strict=True))
    document = first_document(question, paths)
    return {
        **{f"quote@{depth}": within(quote, depth) for depth in QUOTE_DEPTHS},
        **{f"clause_text@{depth}": within(clause, depth) for depth in QUOTE_DEPTHS},
        **{f"document@{depth}": within(document, depth) for depth in DOCUMENT_DEPTHS},
    }


def _by(asked: Sequence[Asked], scores: Scores, group: Callable[[StaffQuestion], str]) -> dict[str, dict[str, float | None]]:
    members: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        members[group(one.question) or "–"].add(one.question.id)
    return {name: {"questions": len(ids), **_means(_only(scores, ids))} for name, ids in sorted(members.items())}


def _only(scores: Scores, ids: set[str]) -> Scores:
    return {name: {id: value for id, value in values.items() if id in ids} for name, values in scores.items()}


def _means(scores: Scores) -> dict[str, float | None]:
    return {name: sum(values.values()) / len(values) if values else None for name, values in scores.items()}


def _intervals(scores: Scores) -> dict[str, Interval]:
    return {name: found for name, values in scores.items() if (found := mean_interval(list(values.values())))}
