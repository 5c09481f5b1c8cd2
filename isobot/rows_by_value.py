"""Rows that a value in one column tells from the others of their table: "which controls are partly implemented"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import analyse
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from isobot.citation import CITED, SHOWN
from isobot.hit import found_at
from isobot.notice import Notice
from isobot.ranking import Ranking
from isobot.rows import RowsFound
from isobot.tables import tables

DOCUMENTS = 10  # best ones whose tables are looked through
LONGEST_QUESTION = 120  # characters: what is asked for has to be little else than a thing and a value
FEWEST_ROWS = 4  # below the same names of columns, in which values tell rows apart
MOST_ROWS = 5_000  # of a document, since each is taken apart
MOST_VALUES = 8  # different ones in a column of states, grades or kinds
LONGEST_VALUE = 4  # words
_FORM = re.compile(
    r"\A\W*(?:and\s+|so\s+)?(?:(?:which|what|how\s+many)\s|(?:list|show|name|give)(?:\s+me)?\s|(?:are|is)\s+there\s+any\s)"
    r"(?P<thing>(?:[\w-]+\s+){1,5}?)(?:are|is|were|was|with|have|has|rated|marked|in|under)\s(?P<said>.+)",
    re.IGNORECASE,
)
_REASON = re.compile(r"[:;(–—]|\s-\s")  # behind a value: "Partly implemented: tier 2 follows"
_BESIDE = frozenset(
    {
        "a", "an", "the", "all", "every", "any", "of", "for", "in", "on", "at", "by", "with", "as", "are", "is", "was", "were", "has",
        "have", "been", "we", "our", "us", "that", "which", "who", "there", "only", "just", "still", "currently", "now", "marked", "rated",
        "graded", "classified", "listed", "given", "set", "so", "far", "annex", "iso",
    }
)  # fmt: skip
"""What may stand beside the thing and the value and asks for no other; "to be", "not", "yet" and "without" ask for another."""
_PLAIN = frozenset({"yes", "no", "y", "n", "true", "false", "x", "none"})
"""Values that say nothing without the name of their column."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The rows with the value that was asked for, as they first write it, what the column is called, and whether the question says so."""

    rows: list[Block]
    value: str
    name: str
    named: bool


def rows_with_value(generation: Generation, question: str, ranking: Ranking) -> RowsFound | None:
    """The first rows of the best document with such a value, and how many there are; None for a question of another kind.

    The question has to name what the rows are, by the head of another column, and the value of one with few different values, and
    nothing else but that column's name. A column that it names counts before others with that value, and a longer value before others.
    """
    form = _FORM.match(question.rstrip(" ?.!")) if len(question) <= LONGEST_QUESTION else None
    if form is None:
        return None
    documents = dict.fromkeys(int(number) for number in generation.passages["document"][ranking.passages])
    for number in islice(documents, DOCUMENTS):
        if columns := list(_columns(generation, number, form["thing"], form["said"])):
            best = max((column.named, len(column.value)) for column in columns)
            return _found(generation, number, [column for column in columns if (column.named, len(column.value)) == best])
    return None


def _found(generation: Generation, document: int, columns: Sequence[_Column]) -> RowsFound:
    rows = sorted({row.start: row for column in columns for row in column.rows}.items())
    key = "more" if len(rows) > SHOWN else "other" if len(rows) > 1 else "one"
    names = "”, “".join(dict.fromkeys(column.name for column in columns))
    remark = Notice.of(f"notice.rows_with.{key}", number=len(rows), value=columns[0].value, column=names)
    return RowsFound([found_at(generation, document, row.start, row.end) for _, row in rows[:CITED]], (remark,))


def _columns(generation: Generation, document: int, thing: str, said: str) -> Iterator[_Column]:
    text, title = generation.text(document).characters, generation.document(document).title
    for head, rows in _headed(text, generation.catalogue.blocks(document)).items():
        if not FEWEST_ROWS <= len(rows) <= MOST_ROWS:
            continue
        at_things = {at for at, name in enumerate(head) if _is_thing(thing, name, title)}
        written = [_cells(text, row) for row in rows] if at_things else []
        for at, name in enumerate(head) if written else ():
            values = [_REASON.split(cells[at], maxsplit=1)[0].strip(" .*") if at < len(cells) else "" for cells in written]
            value = _value(said, name, values) if at_things - {at} else None
            if value:
                own = [row for row, found in zip(rows, values, strict=True) if found.casefold() == value.casefold()]
                yield _Column(own, value, name, set(analyse(name)) <= set(analyse(said)))


def _headed(text: str, blocks: Sequence[Block]) -> dict[tuple[str, ...], list[Block]]:
    """The rows of a document by the names of their columns: a table that goes on over pages, or in parts, is one."""
    found: defaultdict[tuple[str, ...], list[Block]] = defaultdict(list)
    for head, *rows in tables(blocks):
        if head.kind is BlockKind.TABLE_HEADER:
            found[tuple(_cells(text, head))] += rows
    return found


def _is_thing(thing: str, name: str, title: str) -> bool:
    """Whether a column holds what is asked for: all its words are of the column's name, or of the document's title beside one of them."""
    asked = set(analyse(" ".join(word for word in thing.split() if word.casefold() not in _BESIDE)))
    return not asked.isdisjoint(named := set(analyse(name))) and asked <= named.union(analyse(title))


def _value(said: str, name: str, values: Sequence[str]) -> str | None:
    """The longest value of a column beside which nothing is said but the column's name."""
    counted = Counter(value.casefold() for value in values)
    if len(counted) > MOST_VALUES:
        return None
    fitting = [value for value in dict.fromkeys(values) if value and _is_said(value, said, name)]
    return max(fitting, key=len, default=None)


def _is_said(value: str, said: str, name: str) -> bool:
    place = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", said, re.IGNORECASE) if len(value.split()) <= LONGEST_VALUE else None
    if place is None:
        return False
    beside = [word for word in re.findall(r"[\w'’-]+", f"{said[: place.start()]} {said[place.end() :]}") if word.casefold() not in _BESIDE]
    named = set(analyse(name))
    if not beside:
        return value.casefold() not in _PLAIN
    return all((stems := set(analyse(word))) and stems <= named for word in beside)


def _cells(text: str, row: Block) -> list[str]:
    return [cell.strip() for cell in cells_of(text[row.start : row.end])]
