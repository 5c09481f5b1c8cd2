"""At which place the right citation and the right document stand."""

from __future__ import annotations

from collections.abc import Iterable

from evals.dataset import StaffQuestion
from evals.metrics.quote_hit import holds

QUOTE_DEPTHS = (1, 3, 5)
DOCUMENT_DEPTHS = (1, 3)


def first_hit(question: StaffQuestion, shown: Iterable[tuple[str, str]]) -> int | None:
    """Place, from 1, of the first shown text that answers, or None.

    shown: (document path, text) pairs, best first. A text answers when its document is that of a gold entry, or one of
    `also_in`, and it holds that entry's quote.
    """
    for place, (path, text) in enumerate(shown, start=1):
        if any((gold.file == path or path in question.also_in) and holds(text, gold.quote) for gold in question.gold):
            return place
    return None


def first_document(question: StaffQuestion, paths: Iterable[str]) -> int | None:
    """Place, from 1, of the first citation whose document is a gold one or one of `also_in`, or None. paths: a citation each."""
    right = {gold.file for gold in question.gold} | set(question.also_in)
    return next((place for place, path in enumerate(paths, start=1) if path in right), None)


def within(place: int | None, depth: int) -> float:
    """1.0 when something was found at a place not below `depth`, else 0.0."""
    return float(place is not None and place <= depth)
