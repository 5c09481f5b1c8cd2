"""Numbers in the left margin of a PDF page that count its lines, as drafts and contracts have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.readers.pdf_letters import ENDS, Word
from indexer.readers.pdf_lines import rows_of

COUNT = re.compile(r"\d{1,4}")
APART = 0.5  # of the type size: white space between the numbers and the text
SAME_END = 1.0  # points
FEWEST = 5  # numbers one after the other
TELLING = 2  # lines of which no list has the like: with nothing beside their number, or in mid-sentence
STEPS = (1, 2, 5, 10)


def line_numbers(words: Sequence[Word], known: float | None = None) -> list[Word]:
    """The words of a page that count its lines; empty where there are none.

    They stand left of all text, end at one place, and rise from one to the next by as much as there are lines. A list of single lines
    does that as well, so where every line is counted some of them must be empty, or go on in mid-sentence.
    known: where the numbers of the page before ended, points; numbers there need no further proof.
    """
    left = min((word.x0 for word in words if not COUNT.fullmatch(word.text)), default=0.0)
    column = [word for word in words if COUNT.fullmatch(word.text) and word.x1 + APART * word.size <= left]
    if not column or max(word.x1 for word in column) - min(word.x1 for word in column) > SAME_END:
        return []
    rows = rows_of(words)
    places = {id(word): place for place, row in enumerate(rows) for word in row}
    counted = sorted((places[id(word)], int(word.text)) for word in column)
    if any(other - one != value - before for (one, before), (other, value) in pairwise(counted)):
        return []
    again = known is not None and abs(column[0].x1 - known) <= SAME_END
    return column if again or _is_proved(rows, counted) else []


def _is_proved(rows: Sequence[Sequence[Word]], counted: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers, as (row, number), count lines and no items."""
    steps = {value - before for (_, before), (_, value) in pairwise(counted)}
    if len(steps) != 1 or not steps <= set(STEPS):
        return False
    if steps != {1}:
        return counted[0][1] <= len(rows) and all(value % step == 0 for step in steps for _, value in counted)  # no years
    texts = [[word.text for word in rows[place] if not COUNT.fullmatch(word.text)] for place, _ in counted]
    going_on = sum(bool(above and below) and below[0][0].islower() and not ENDS.search(above[-1]) for above, below in pairwise(texts))
    return len(counted) >= FEWEST and max(going_on, sum(not text for text in texts)) >= TELLING
