"""Numbered titles in the margin of a PDF page, each beside the text that it heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from indexer.readers.pdf_gutter import gutter_of
from indexer.readers.pdf_letters import Piece, Word
from indexer.readers.pdf_lines import NAMED, Line, lines_of, pieces_of, rows_of

NEXT_LINE = 1.6  # of the type size: lines of one title stand no farther apart
FEWEST_TEXT = 5  # lines that begin where the text does
MOST_OTHERS = 4  # plain lines that begin further left: running headers and footers
MARGIN = 4.0  # of the type size: at least, left of the text
SHORTEST_TEXT = 25  # characters of the line beside a title
NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.|[A-Z]\.|[A-Z]\d{1,2}(?:\.\d{1,2})*\.?)\s+[^\W\d_]")
OPENS = re.compile(r"[\d§]|[A-Z]\d|[A-Z]\.|(?:Art|Sec|Annex|Appendix|Schedule|Part|Chapter|Clause|Rule|Step|Phase|Re|Pr|Kap|Ch|Ab|Teil)")


def side_titles(words: Sequence[Word]) -> tuple[list[list[Line]], list[Word]]:
    """The lines of each title that stands left of the text, and the words that stand in none."""
    plain = {round(word.baseline) for word in words if not word.bold}
    if not any(word.bold and OPENS.match(word.text) and not plain.isdisjoint(_level(word)) for word in words):
        return [], list(words)
    rows = [pieces_of(row) for row in rows_of([word for word in words if word.baseline >= 0])]
    edge = _edge(rows)
    if edge is None:
        return [], list(words)
    rows = [[part for piece in row for part in _cut(piece, edge)] for row in rows]
    found: list[list[Line]] = []
    taken: set[int] = set()
    for at, row in enumerate(rows):
        if id(row[0][0]) in taken or not _begins(row, edge):
            continue
        title = [row[0]]
        for below in rows[at + 1 :]:
            if title[-1][0].baseline - below[0][0].baseline > NEXT_LINE * title[-1][0].size:
                break
            if _goes_on(title[-1], below[0], edge):
                title.append(below[0])
        found.append([_one_line(title)])
        taken.update(id(word) for piece in title for word in piece)
    return found, [word for word in words if id(word) not in taken]


def _cut(piece: Piece, edge: float) -> list[Piece]:
    """A piece cut where a title in bold reaches close to plain text."""
    at = next((at for at, word in enumerate(piece) if at and word.x0 >= edge and not word.bold), 0)
    return [piece[:at], piece[at:]] if at and _is_aside(piece[:at], edge) else [piece]


def _one_line(title: Sequence[Piece]) -> Line:
    """A title as one line, a little above the text beside it."""
    first, *more = [line for piece in title for line in lines_of(piece)]
    text = " ".join(line.text for line in (first, *more))
    return replace(first, text=text, baseline=first.baseline + 0.5 * first.size, right=inf, lead=len(text))


def _level(word: Word) -> range:
    """Where the baselines of words beside one may lie, whole points."""
    return range(round(word.baseline) - 2, round(word.baseline) + 3)


def _edge(rows: Sequence[Sequence[Piece]]) -> float | None:
    """Where the text of a page begins, points, whose left margin holds bold words alone; None for any other page."""
    plain = [piece for row in rows for piece in row if not _is_bold(piece)]
    if len(plain) < FEWEST_TEXT:
        return None
    ((edge, count),) = Counter(round(piece[0].x0) for piece in plain).most_common(1)
    others = sum(piece[0].x0 < edge - MARGIN * piece[0].size for piece in plain)
    return edge - 1.0 if count >= FEWEST_TEXT and others <= MOST_OTHERS and gutter_of(rows) is None else None


def _is_bold(piece: Piece) -> bool:
    return all(word.bold for word in piece)


def _is_aside(piece: Piece, edge: float) -> bool:
    return _is_bold(piece) and piece[-1].x1 < edge and piece[0].x0 < edge - MARGIN * piece[0].size


def _begins(row: Sequence[Piece], edge: float) -> bool:
    """Whether a row begins with a numbered title and goes on with text."""
    title = " ".join(word.text for word in row[0])
    if len(row) != 2 or not _is_aside(row[0], edge) or not (NUMBER.match(title) or NAMED.match(title)):
        return False
    text = row[1]
    return text[0].x0 >= edge and not _is_bold(text) and sum(len(word.text) + 1 for word in text) > SHORTEST_TEXT


def _goes_on(last: Piece, piece: Piece, edge: float) -> bool:
    """Whether the first piece of a row is the next line of a title."""
    words = " ".join(word.text for word in piece)
    below = last[0].baseline - piece[0].baseline > 0.5 * last[0].size
    return below and _is_aside(piece, edge) and not (NUMBER.match(words) or NAMED.match(words))
