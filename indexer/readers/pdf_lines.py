"""The printed lines of one PDF page, in the order in which a person reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.readers.pdf_gutter import gutter_of
from indexer.readers.pdf_letters import Word

CELL_GAP = 1.6  # of the type size: a wider step between two words parts cells or columns
LABEL_GAP = 7.0  # of the type size: how far a list's label may stand from its text
OTHER_SIZE = 0.15  # of the type size
FARTHEST = 0.65  # of the type size: how far a figure is raised
FEW = 4  # characters of a raised or lowered figure
LABEL = re.compile(
    r"(?:•|[-–—*o]|\(?[0-9a-zA-Z]{1,3}[.)]|\(?[ivxIVX]{1,5}[.)]|(?:[A-Z]\.)?\d+(?:\.\d+)*\.?|[A-Z]{2}-\d+(?:\(\d+\))?|\[[\w.-]{1,16}\])"
)

NAMED = re.compile(
    r"(?:§+|art(?:icle|\.)?|sec(?:tion|\.)|annex|appendix|schedule|part|chapter|clause|rule|principle|requirement|step|phase|artikel|kapitel|"
    r"chapitre|abschnitt|teil|art[íi]culo|cap[íi]tulo)\s(?:\d{1,3}(?:[.–-]\d{1,3})*|[A-Z]\d{0,2}|[IVX]{1,5})[.:)]?",
    re.IGNORECASE,
)
"""A label of two words, as before the title of an article."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline. Points, from the lower left of the page.

    right: where the column that holds it ends. first: width of its first word. bold: whether all of its words with letters are.
    gap: widest step between two of its words, relative to the type size. opens_bold: whether its first word is. lead: how many characters
    at its begin are, the number of an item before them among them. coloured, italic: whether all of its words are; links are not
    coloured.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    right: float
    first: float
    gap: float = 0.0
    opens_bold: bool = False
    lead: int = 0
    coloured: bool = False
    italic: bool = False


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Lines in reading order: down each column, columns from left to right, what spans them in between; text laid below the foot last."""
    below = [word for word in words if word.baseline < 0]
    if below:
        upright = [word for word in words if word.baseline >= 0]
        return lines_of(upright) + _with_margin([_line(row) for row in rows_of(below)])
    rows = [pieces_of(row) for row in rows_of(words)]
    gutter = gutter_of(rows)
    if gutter is None:
        return _with_margin([_line(words) for row in rows for words in _alike(row)])
    return _in_columns(rows, gutter.at)


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a baseline, raised and lowered figures included, from the top of the page down."""
    rows: list[list[Word]] = []
    heads: list[Word] = []
    homes: dict[tuple[float, float, bool], int] = {}  # all that `_on_line` knows of a word; the first row that takes it stays the first
    lines = {(word.size, word.baseline) for word in words if len(word.text) > FEW}  # where longer words stand, short ones are no figures
    reach = max(FARTHEST * max((word.size for word in words), default=0.0), 1.0)
    bands: dict[float, list[int]] = {}  # rows by their head's baseline; what takes a word stands in its band or in one beside it
    for word in sorted(words, key=lambda word: (-word.size, -word.baseline)):
        figure = len(word.text) <= FEW and (word.size, word.baseline) not in lines
        known = (word.size, word.baseline, figure)
        home = homes.get(known)
        if home is None:
            band = word.baseline // reach
            near = [row for beside in (band - 1, band, band + 1) for row in bands.get(beside, ())]
            home = homes[known] = min((row for row in near if _on_line(heads[row], word, figure)), default=len(heads))
            if home == len(heads):
                bands.setdefault(band, []).append(home)
                heads.append(word)
                rows.append([])
        rows[home].append(word)
    order = sorted(range(len(rows)), key=lambda i: -heads[i].baseline)
    return [sorted(rows[i], key=lambda word: word.x0) for i in order]


def _on_line(head: Word, word: Word, figure: bool) -> bool:
    """Whether a word stands on the line of a larger one. figure: whether it may be raised or lowered there."""
    rise = word.baseline - head.baseline
    if word.size < 0.8 * head.size and figure:
        return -0.25 * head.size <= rise <= FARTHEST * head.size
    return abs(rise) <= 0.3 * min(head.size, word.size)


def pieces_of(row: list[Word]) -> list[list[Word]]:
    """A row cut at its wide gaps; a list's label stays with its text."""
    pieces = [[row[0]]]
    for last, word in pairwise(row):
        step = (word.x0 - last.x1) / max(last.size, word.size, 1.0)
        if step > CELL_GAP and not (step <= LABEL_GAP and _is_label(pieces[-1], word)):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _is_label(words: list[Word], following: Word) -> bool:
    """Whether the words of a piece label what comes next in a list or, in bold as that is, of a clause."""
    if len(words) == 1:
        return LABEL.fullmatch(words[0].text) is not None
    named = len(words) == 2 and NAMED.fullmatch(f"{words[0].text} {words[1].text}") is not None
    return named and words[0].bold and following.bold


def _alike(row: list[list[Word]]) -> list[list[Word]]:
    """The pieces of a row joined, but for those of another type size: a heading beside a running header."""
    joined = [list(row[0])]
    for piece in row[1:]:
        if abs(piece[0].size - joined[-1][-1].size) > OTHER_SIZE * joined[-1][-1].size:
            joined.append([])
        joined[-1] += piece
    return joined


def _line(words: Sequence[Word]) -> Line:
    rounded = [round(word.size, 1) for word in words]
    letters: dict[float, int] = {}
    for word, size in zip(words, rounded, strict=True):
        letters[size] = letters.get(size, 0) + len(word.text)
    size = max(letters, key=lambda size: (letters[size], size))
    main = words[rounded.index(size)]
    lettered = [word.bold for word in words if word.text[0].isalpha() or any(map(str.isalpha, word.text))]
    gap = max(((b.x0 - a.x1) / max(size, 1.0) for a, b in pairwise(words)), default=0.0)
    return Line(
        text=_joined(words), x0=words[0].x0, x1=words[-1].x1, baseline=main.baseline, size=size, bold=bool(lettered) and all(lettered),
        right=words[-1].x1, first=words[0].x1 - words[0].x0, gap=gap, opens_bold=words[0].bold, lead=_lead(words),
        coloured=all(word.coloured for word in words), italic=all(word.italic for word in words),
    )  # fmt: skip


def _lead(words: Sequence[Word]) -> int:
    """How many characters of a line stand before its first word that has letters and is not bold; 0 where none of them is bold."""
    lettered = [any(map(str.isalpha, word.text)) for word in words]
    opening = next((at for at, word in enumerate(words) if lettered[at] and not word.bold), len(words))
    return len(_joined(words[:opening])) if any(lettered[:opening]) else 0


def _joined(words: Sequence[Word]) -> str:
    return words[0].text + "".join(space_between(last, word) + word.text for last, word in pairwise(words))


def space_between(last: Word, word: Word) -> str:
    """A space, or none before a raised or lowered figure that touches the word."""
    touches = -0.5 * last.size < word.x0 - last.x1 < 0.12 * last.size
    raised = abs(word.baseline - last.baseline) > 0.1 * last.size and word.size < 0.8 * last.size
    return "" if touches and raised else " "


def _with_margin(lines: list[Line]) -> list[Line]:
    """The lines, each told where their column ends: at the end of the longest."""
    right = max((line.x1 for line in lines), default=0.0)
    return [replace(line, right=right) for line in lines]


def _in_columns(rows: list[list[list[Word]]], gutter: float) -> list[Line]:
    lines: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    spanning: list[Line] = []

    def flush() -> None:
        for side in sides:
            lines.extend(_with_margin(side))
            side.clear()

    for row in rows:
        if any(piece[0].x0 < gutter < piece[-1].x1 for piece in row):
            flush()
            spanning.append(_line([word for piece in row for word in piece]))
            lines.append(spanning[-1])
            continue
        for side, holds in ((sides[0], True), (sides[1], False)):
            words = [word for piece in row if (piece[-1].x1 <= gutter) is holds for word in piece]
            if words:
                side.append(_line(words))
    flush()
    return lines
