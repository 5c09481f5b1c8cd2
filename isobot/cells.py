"""The cell of a table that a question asks for by its column and its row: "RTO of mail", "how many people in the security team"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from corpus.clause import path_of
from indexer.analysis import analyse
from indexer.generation import Generation
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from isobot.hit import Hit, found_at
from isobot.ranking import Ranking
from isobot.silent_rows import is_lettered
from isobot.tables import overlapping, table_at

FEWEST, MOST = 2, 8  # telling words of such a question
LOOKED_AT = 24  # best passages whose tables are looked at
FITS = 0.9  # probability that such a row answers: it did to all but one of some 40 questions to the sample organisation and 212 policies
ROWS = 2  # of a table, at most; a question that more of them fit asks for none
_PARTS = re.compile(r"[,;/()]|\b(?:and|or)\b")  # what parts the things in a cell
Stems = frozenset[str]


def cell_asked(generation: Generation, question: str, ranking: Ranking) -> list[Hit]:
    """The row of the best table in which every telling word of the question stands: in a column's name, in the row, or in what the table
    stands under; and one of them in the name of a column and another in the row's cell of another column. None where there is no such row.
    """
    words = frozenset(analyse(question, question=True))
    if not FEWEST <= len(words) <= MOST:
        return []
    for document, clause, (head, *rows) in _tables(generation, ranking):
        text = generation.text(document).characters
        names = [frozenset(analyse(name)) for name in cells_of(text[head.start : head.end])]
        if words.isdisjoint(chain.from_iterable(names)):
            continue
        above = analyse(f"{generation.document(document).title} {path_of(generation.catalogue.clauses(document), clause)}")
        fitting = [row for row in rows if _fits(words, names, text, row, frozenset(above))]
        if 0 < len(fitting) <= ROWS:
            return [found_at(generation, document, row.start, row.end) for row in fitting]
    return []


def _tables(generation: Generation, ranking: Ranking) -> Iterator[tuple[int, int, Sequence[Block]]]:
    """Of each table with a header that the best passages are of: its document, the clause of such a passage, and its rows."""
    seen: set[tuple[int, int]] = set()
    for passage in ranking.passages[:LOOKED_AT]:
        document, clause, start, end, _ = generation.passages[passage].item()
        blocks = generation.catalogue.blocks(document)
        at = next((at for at in overlapping(blocks, start, end) if blocks[at].kind is BlockKind.TABLE_ROW), None)
        table = () if at is None else table_at(blocks, at)
        if table and table[0].kind is BlockKind.TABLE_HEADER and (document, table[0].start) not in seen:
            seen.add((document, table[0].start))
            yield document, clause, table


def _fits(words: Stems, names: Sequence[Stems], text: str, row: Block, above: Stems) -> bool:
    """Whether a row answers: a number among the words has to stand in its first cell, since others are in every row.

    One word alone has to be all that something in the row is called: "risk" is no "Risk Register".
    """
    written = cells_of(text[row.start : row.end])
    cells = [frozenset(analyse(cell)) for cell in written]
    own = words.difference(*names)
    needed, numbers = own - above, {word for word in own if word.isdigit()}
    if not needed <= frozenset().union(*cells) or not numbers <= cells[0]:
        return False
    if len(needed) == 1 and not numbers and not any(_is_said(part, words) for cell in written for part in _PARTS.split(cell)):
        return False
    columns = [at for at, name in enumerate(names) if name & words]
    places = [at for at, cell in enumerate(cells) if cell & own]
    return any(column != place for column in columns for place in places) and not is_lettered(written)


def _is_said(part: str, words: Stems) -> bool:
    """Whether something that a cell names is said whole."""
    stems = set(analyse(part))
    return bool(stems) and stems <= words
