"""Questions that are alike, brought together."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.encoders.base import Rows
from isobot.curated import SAME


def grouped(rows: Rows, alike: float = SAME) -> list[list[int]]:
    """Row numbers in groups, the largest first; the first of each is the one that the others are alike.

    rows: unit vectors of questions, oldest first. alike: least cosine to the first of a group for joining it; a row joins the nearest.
    """
    groups: list[list[int]] = []
    for number, row in enumerate(rows):
        cosines = [float(rows[group[0]] @ row) for group in groups]
        nearest = max(range(len(groups)), key=cosines.__getitem__, default=None)
        if nearest is None or cosines[nearest] < alike:
            groups.append([number])
        else:
            groups[nearest].append(number)
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def distinct(texts: Sequence[str]) -> list[str]:
    """Each text once, in the order of its first use, whatever its capitals and white space."""
    return list({" ".join(text.casefold().split()): text for text in reversed(texts)}.values())[::-1]
