"""Questions that a row of a table answers: whether something belongs to what the row is about ("is Tracking in scope for Staging?")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import analyse
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from isobot.hit import Hit, found_at
from isobot.notice import Notice
from isobot.ranking import Ranking
from isobot.tables import tables

DOCUMENTS = 20  # best ones whose tables are looked through
LONGEST_LABEL = 8  # words of a cell that can be a label
LONGEST_QUESTION = 300  # characters
_BELONGS = (
    r"(?:in|within|inside|out of|outside|(?:a )?part of)[\s-](?:the\s+)?scope|included|covered|listed|named|available|supported"
    r"|certified|allowed|approved|permitted|part"
)
_FORMS = (
    re.compile(rf"(?:is|are)\s+(?P<thing>.+?)\s+(?:also\s+|still\s+)?(?P<how>{_BELONGS})\s+(?:for|in|under|by|with|of|on|at|to)\s+(?P<label>.+)"),
    re.compile(
        r"(?:does|do)\s+(?P<label>.+?)\s+(?P<how>(?:have|has)\s+in\s+scope|include|cover|contain|support|list)\s+(?P<thing>.+)",
    ),
)  # fmt: skip
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:the|our|a|an)\s+")
_KINDS = frozenset(
    {
        "environment", "environments", "region", "regions", "site", "office", "team", "department", "plan", "tenant", "users", "customers",
        "table", "row",
    }
)  # fmt: skip
"""What a label may have beside its own words: "the Staging environment"."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What a question of this kind asks: whether `thing` belongs to `label`; `how` are the words that relate them."""

    thing: str
    label: str
    how: str


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The rows that answer, best first, and what to say beside them ("Delve is not named in this row.")."""

    hits: list[Hit]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that may answer. fit: words of the label that it or its column bears. kind: how it answers, 0 best."""

    document: int
    block: Block
    fit: int
    kind: int


def membership(question: str) -> Membership | None:
    """What the question asks of a row, or None for a question of another kind."""
    words = " ".join(question.split()).rstrip(" ?.!")
    if len(words) > LONGEST_QUESTION:
        return None
    for form in _FORMS:
        match = form.match(words) or form.match(words[:1].casefold() + words[1:])
        if match:
            thing, label = _ARTICLE.sub("", match["thing"], count=1), _ARTICLE.sub("", match["label"], count=1)
            return Membership(thing, label, match["how"])
    return None


def rows_asked(generation: Generation, question: str, ranking: Ranking) -> RowsFound | None:
    """The row that the question's label names, from the documents that the search puts first; None where no row is asked for.

    The row that bears most of the label counts. Best is the row of the thing in a table with a column for the label; then the
    label's own row where the thing stands in it. A label's row without the thing is cited only where another row of its table
    names the thing, or the table's header says what is asked ("in-scope services"), and then with the remark that the thing is
    not named there.
    """
    asked = membership(question)
    if asked is None:
        return None
    documents = dict.fromkeys(int(number) for number in generation.passages["document"][ranking.passages])
    rows = [row for number in islice(documents, DOCUMENTS) for row in _rows_of(generation, number, asked)]
    if not rows:
        return None
    fit, kind = min((-row.fit, row.kind) for row in rows)
    best = [row for row in rows if (-row.fit, row.kind) == (fit, kind)]
    remarks = (Notice.of("notice.not_in_row", thing=asked.thing),) if kind >= _ABSENT else ()
    return RowsFound([found_at(generation, row.document, row.block.start, row.block.end) for row in best], remarks)


_MATRIX, _NAMED, _ABSENT, _SAID = range(4)


def _rows_of(generation: Generation, document: int, asked: Membership) -> Iterator[_Row]:
    text, blocks = generation.text(document).characters, generation.catalogue.blocks(document)
    thing, label = _words(asked.thing), _words(asked.label)
    for table in tables(blocks):
        cells = [cells_of(text[block.start : block.end]) for block in table]
        head = [_words(cell) for cell in cells[0]] if table[0].kind is BlockKind.TABLE_HEADER else [""]
        rows = [(b, _words(row[0]), row[1:]) for b, row in zip(table, cells, strict=True) if b.kind is BlockKind.TABLE_ROW]
        column = max((_count(name) for name in head[1:] if _names(label, name, "")), default=0)
        if column:
            yield from (_Row(document, block, column, _MATRIX) for block, first, _ in rows if first == thing)
        named = [(block, first, rest) for block, first, rest in rows if _names(label, first, head[0])]
        elsewhere = bool(named) and any(_holds(_words(cell), thing) for row in cells for cell in row)
        for block, first, rest in named:
            if any(_holds(_words(cell), thing) for cell in rest):
                yield _Row(document, block, _count(first), _NAMED)
            elif elsewhere or _says(generation, document, table[0], asked):
                yield _Row(document, block, _count(first), _ABSENT if elsewhere else _SAID)


def _says(generation: Generation, document: int, head: Block, asked: Membership) -> bool:
    """Whether the head of a table says how its rows relate to their labels as the question does."""
    wanted = set(analyse(asked.how, question=True)) - {"part"}
    named = analyse(generation.text(document).characters[head.start : head.end]) if head.kind is BlockKind.TABLE_HEADER else []
    return bool(wanted) and wanted <= set(named)


def _words(text: str) -> str:
    """The words of a text in small letters, with one space before, between and behind them: a phrase of them is a part of this."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _count(words: str) -> int:
    return len(words.split())


def _names(label: str, cell: str, column: str) -> bool:
    """Whether a cell is what the question's label names: "Staging" in "Staging environment"; "North" is not "North High"."""
    if not _holds(label, cell) or _count(cell) > LONGEST_LABEL:
        return False
    return set(label.split()) - set(cell.split()) <= _KINDS.union(column.split())


def _holds(words: str, phrase: str) -> bool:
    """Whether the words of a phrase stand side by side among `words`; an empty phrase stands nowhere."""
    return phrase in words and not phrase.isspace()
