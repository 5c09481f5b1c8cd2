"""Rows that a value in one column tells from the others of their table: "which controls are partly implemented"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import analyse
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from isobot.hit import found_at
from isobot.notice import Notice
from isobot.ranking import Ranking
from isobot.rows import RowsFound
from isobot.tables import tables

DOCUMENTS = 5  # best ones whose tables are looked through
LONGEST_QUESTION = 120  # characters: what is asked for has to be little else than a thing and a value
FEWEST_ROWS = 4  # of a table in which values tell rows apart
MOST_VALUES = 8  # different ones in a column of states, grades or kinds
LONGEST_VALUE = 4  # words
SHOWN = 5  # rows, as many as are cited
_FORM = re.compile(
    r"\A\W*(?:and\s+|so\s+)?(?:(?:which|what|how\s+many)\s|(?:list|show|name|give)(?:\s+me)?\s|(?:are|is)\s+there\s+any\s)"
    r"(?P<rest>(?:\w+\s+){1,5}?(?:are|is|were|was|with|have|has|rated|marked|in|under)\s.+)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:\b(?:not|never|no|without|nor)|n['’]t)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_REASON = re.compile(r"\s*(?:[:;(–—]|\s-\s).*\Z", re.DOTALL)  # behind a value: "Partly implemented: tier 2 follows"
_BESIDE = frozenset(
    analyse("all every any only just still currently now marked rated graded classified listed given set yet so far annex iso")
)
"""What may stand beside the thing and the value and asks for no other."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows of one table with the value that was asked for, as the table writes it, and what the column is called."""

    rows: list[Block]
    value: str
    name: str


def rows_with_value(generation: Generation, question: str, ranking: Ranking) -> RowsFound | None:
    """The first rows of the best document with such a value, and how many there are; None for a question of another kind.

    The question has to name what the rows are, by the head of another column, and the value of one with few different values, and
    nothing else but what the title of the document says. A column that it names counts before others with that value.
    """
    form = _FORM.match(question.rstrip(" ?.!")) if len(question) <= LONGEST_QUESTION else None
    if form is None:
        return None
    telling = frozenset(analyse(form["rest"], question=True)) - _BESIDE
    documents = dict.fromkeys(int(number) for number in generation.passages["document"][ranking.passages])
    for number in islice(documents, DOCUMENTS):
        if columns := list(_columns(generation, number, form["rest"], telling)):
            named = [column for column in columns if telling.issuperset(analyse(column.name))] or columns
            longest = max(len(column.value) for column in named)
            return _found(generation, number, [column for column in named if len(column.value) == longest])
    return None


def _found(generation: Generation, document: int, columns: Sequence[_Column]) -> RowsFound:
    rows = sorted({row.start: row for column in columns for row in column.rows}.items())
    key = "more" if len(rows) > SHOWN else "other" if len(rows) > 1 else "one"
    names = "”, “".join(dict.fromkeys(column.name for column in columns))
    remark = Notice.of(f"notice.rows_with.{key}", number=len(rows), value=columns[0].value, column=names, shown=SHOWN)
    return RowsFound([found_at(generation, document, row.start, row.end) for _, row in rows[:SHOWN]], (remark,))


def _columns(generation: Generation, document: int, asked: str, telling: AbstractSet[str]) -> Iterator[_Column]:
    text, blocks = generation.text(document).characters, generation.catalogue.blocks(document)
    titled = analyse(generation.document(document).title)
    for table in tables(blocks):
        if table[0].kind is not BlockKind.TABLE_HEADER or len(table) <= FEWEST_ROWS:
            continue
        head = _cells(text, table[0])
        if telling.isdisjoint(analyse(" ".join(head))):
            continue
        rows = [_cells(text, block) for block in table[1:]]
        for at, name in enumerate(head):
            things = set(analyse(" ".join([*head[:at], *head[at + 1 :]])))
            cells = [_REASON.sub("", row[at]) if at < len(row) else "" for row in rows]
            value = None if telling.isdisjoint(things) else _value(asked, Counter(cells))
            if value and telling <= things.union(titled, analyse(value), analyse(name)):
                yield _Column([block for block, cell in zip(table[1:], cells, strict=True) if cell == value], value, name)


def _cells(text: str, row: Block) -> list[str]:
    return [cell.strip() for cell in cells_of(text[row.start : row.end])]


def _value(asked: str, values: Counter[str]) -> str | None:
    """The longest value of a column that the question says as it stands, and does not deny."""
    if len(values) > MOST_VALUES:
        return None
    said = []
    for value in values:
        if value and len(value.split()) <= LONGEST_VALUE:
            place = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", asked, re.IGNORECASE)
            if place and not _NEGATED.search(asked[: place.start()]):
                said.append(value)
    return max(said, key=len, default=None)
