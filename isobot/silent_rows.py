"""Rows that answer only who asks for what they hold: a document's own table ("| Owner | CISO |"), and matrices of letters ("| A | R |")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, islice, takewhile

import numpy as np

from indexer.analysis import analyse
from indexer.generation import Generation
from indexer.labels import Fact, fact_of
from indexer.passages import UNQUOTED
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from indexer.statements import NEAR_CHARACTERS
from isobot.hit import Hit
from isobot.ranking import Ranking
from isobot.tables import overlapping, table_at

LOOKED_AT = 12  # best passages; what stands behind them is never cited first, and other documents are left unopened
FACTS = 3  # rows that make a table the document's own
LETTERS = 2  # cells of letters that make a row one of a matrix

_ASKED = {
    Fact.TITLE: r"titles?|names?|called",
    Fact.REFERENCE: r"references?|ids?|identifiers?|codes?|called",
    Fact.VERSION: r"versions?|editions?|revisions?",
    Fact.STATUS: r"status|force|valid|drafts?|binding|superseded|current",
    Fact.OWNER: r"owners?|owns?|owned|responsible|responsibility|accountable|charge|contact|maintains?",
    Fact.EFFECTIVE: r"effective|force|effect|since|dates?",
    Fact.REVIEW: r"review(?:s|ed)?|overdue|dates?",
    Fact.EXPIRY: r"expir\w+|valid|dates?",
    Fact.AUDIENCE: r"audience|apply|applies|whom|readers?|everybody|everyone|anyone",
    Fact.CONTROLS: r"controls?|annex|iso",
}
"""By which words each row of a document's own table is asked for."""
_ROLES = re.compile(r"\b(?:who|whom|whose|responsib\w+|accountab\w+|consult\w*|informed|raci|roles?|duty|duties|matrix)\b", re.IGNORECASE)
_LETTER = re.compile(r"[RACI](?:\s*[,/&]?\s*[RACI])*")
_ENDED = re.compile(r"[.!?:;][\"”’)]?\Z")


class SilentRows:
    """Knows for one question which rows do not speak to it, however near their words are."""

    def __init__(self, generation: Generation, question: str) -> None:
        self._generation = generation
        self._question = question
        self._stems = frozenset(analyse(question))

    def left_out(self, ranking: Ranking) -> Ranking:
        """The ranking without the passages that hold nothing but such rows, and lines that are no sentence beside them."""
        kept = np.ones(len(ranking.passages), dtype=np.bool_)
        for place, row in enumerate(ranking.passages[:LOOKED_AT]):
            document, _, start, end, _ = self._generation.passages[row].item()
            kept[place] = any(self._speaking(document, start, end).values())
        return ranking if kept.all() else ranking.only(kept)

    def narrowed(self, hit: Hit) -> Hit:
        """The hit on what speaks of its passage: of what stands apart, on the first that stands together."""
        speaking = self._speaking(hit.document, hit.start, hit.end)
        if all(speaking.values()) or not any(speaking.values()):
            return hit
        run = list(takewhile(speaking.__getitem__, dropwhile(lambda at: not speaking[at], speaking)))
        blocks = self._generation.catalogue.blocks(hit.document)
        return replace(hit, start=max(hit.start, blocks[run[0]].start), end=min(hit.end, blocks[run[-1]].end))

    def _speaking(self, document: int, start: int, end: int) -> dict[int, bool]:
        """Whether each block of a range that can be quoted speaks to the question, by its position, in order."""
        blocks = self._generation.catalogue.blocks(document)
        places = overlapping(blocks, start, end)
        rows = {at for at in places if blocks[at].kind is BlockKind.TABLE_ROW}
        quoted = [at for at in places if blocks[at].kind not in UNQUOTED]
        if not rows:
            return dict.fromkeys(quoted, True)  # no text is opened of a passage without rows
        text = self._generation.text(document).characters
        silent = {at for at in rows if self._is_silent(text, blocks, at)}
        lines = {at for at in quoted if at not in rows and not _ENDED.search(text[blocks[at].start : blocks[at].end])} if silent else set()
        return {at: at not in silent and at not in lines for at in quoted}

    def _is_silent(self, text: str, blocks: Sequence[Block], at: int) -> bool:
        cells = cells_of(text[blocks[at].start : blocks[at].end])
        if is_lettered(cells[1:]) and all(_LETTER.fullmatch(cell) for cell in cells[1:] if cell):
            return not self._asks_roles(text, blocks, at)
        return len(cells) == 2 and is_own_table(text, blocks, at) and not self._asks(cells[0])

    def _asks(self, label: str) -> bool:
        """Whether the question asks for what a label of the document's own table names."""
        words = _ASKED.get(fact) if (fact := fact_of(label)) else None
        return bool(words and re.search(rf"\b(?:{words})\b", self._question, re.IGNORECASE)) or not self._stems.isdisjoint(
            analyse(label, question=True)
        )

    def _asks_roles(self, text: str, blocks: Sequence[Block], at: int) -> bool:
        """Whether the question asks who does something, or names a role that has a column."""
        head = table_at(blocks, at)[0]
        roles = map(set, map(analyse, cells_of(text[head.start : head.end])[1:]))
        return bool(_ROLES.search(self._question)) or any(role and role <= self._stems for role in roles)


def is_lettered(cells: Sequence[str]) -> bool:
    """Whether a row has letters of responsibility (R, A, C, I) in more than one cell."""
    return sum(_LETTER.fullmatch(cell) is not None for cell in cells) >= LETTERS


def is_own_table(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether the row at a position stands in a table in which a document says what it is itself."""
    if blocks[at].start >= NEAR_CHARACTERS:
        return False
    labels = (cells_of(text[row.start : row.end])[0] for row in table_at(blocks, at))
    return len(list(islice(filter(None, map(fact_of, labels)), FACTS))) == FACTS
