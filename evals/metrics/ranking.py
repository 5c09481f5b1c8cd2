"""Measures of a ranking, as ir_measures computes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from corpus.errors import SettingsError

MEASURES = {
    "recall@10": "R@10",
    "recall@100": "R@100",
    "MAP@10": "AP@10",
    "nDCG@10": "nDCG@10",
    "MRR@10": "RR@10",
    "hit@1": "Success@1",
}
"""Our name → that of ir_measures."""


def ranking_scores(relevant: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Measure → query id → value, 0 to 1. A query without a ranking scores 0.

    relevant: query id → passage id → grade. rankings: query id → passage ids, best first.
    MAP@10 divides by all the relevant passages of the query, as trec_eval does. Raises SettingsError where ir_measures is missing.
    """
    try:
        ir_measures = import_module("ir_measures")
    except ModuleNotFoundError:
        raise SettingsError("Measuring rankings needs ir_measures. Install it: pip install 'isobot[evals]'.") from None
    named = {ir_measures.parse_measure(theirs): ours for ours, theirs in MEASURES.items()}
    # Falling whole numbers for scores: trec_eval would put passages of the same score in an order of its own.
    run = {query: {id: float(-place) for place, id in enumerate(ranking)} for query, ranking in rankings.items() if ranking}
    judged = {query: dict(grades) for query, grades in relevant.items()}
    scores: dict[str, dict[str, float]] = {name: dict.fromkeys(relevant, 0.0) for name in MEASURES}
    for entry in ir_measures.iter_calc(list(named), judged, run):
        scores[named[entry.measure]][entry.query_id] = float(entry.value)
    return scores
