"""Ids that no framework knows and that head a clause or a row of a table: "DM-2", "R-19". They are looked up where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.clause import path_of
from indexer.analysis import QUESTION_WORDS, analyse
from indexer.generation import Generation, Mask
from indexer.numbering import bare_number
from indexer.readers.base import BlockKind
from indexer.readers.run_together import cells_of
from isobot.hit import Hit, found_at, whole_clauses
from isobot.tables import column_span

_LABEL = re.compile(r"(?<![\w.-])[A-Z]{1,6}-\d{1,3}(?:\(\d{1,2}\))?(?![\w(-]|\.\d)", re.IGNORECASE)
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+")
_ARTICLES = frozenset({"the", "a", "an", "our", "your", "my", "this", "that"})
_WHO_DOES = re.compile(r"\bwho\s+\w+\s+$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+(\w+)")
_NEAR = 80  # characters before an id in which the words that stand beside it are looked for
_ASKING = frozenset(
    analyse(
        " ".join(QUESTION_WORDS) + " section clause paragraph control entry item row record line id number require requirement mean stand"
        " state cover describe concern wording text read show quote"
    )
)
"""Stems that ask for what an id heads, whatever that is."""
FEW = 2  # stems that say what is asked of an id that stands by itself: "how long is R-19 kept"


class Labels:
    """The ids in a question, the names of documents aside, and what they head in the documents that the asker may read."""

    def __init__(self, generation: Generation, question: str, allowed: Mask) -> None:
        self._generation = generation
        self._allowed = allowed
        ids = dict.fromkeys(match.group().upper() for match in _LABEL.finditer(question))
        self.ids = [id for id in ids if not self._is_a_document(id)]
        self.matter = set(analyse(_LABEL.sub(" ", question))) - _ASKING
        self._by_itself = len(self.matter) <= FEW and all(_is_noun(question, match) for match in _LABEL.finditer(question))

    def found(self) -> dict[str, list[Hit]]:
        """For each id the clauses of that number and the rows whose first cell it opens, in the order of the documents.

        Where the question says more than asks for them, half of that must stand there too: "is the R-19 bus late" is about another.
        """
        places = {id: [*self._clauses(id), *self._rows(id)] for id in self.ids}
        return {id: hits for id, hits in places.items() if hits}

    def _is_a_document(self, id: str) -> bool:
        near = self._generation.title_words.sharing([id.casefold()])
        return any(self._allowed[number] and self._generation.document(number).reference == id for number in near)

    def _clauses(self, id: str) -> Iterator[Hit]:
        for document, position in self._generation.catalogue.clauses_numbered(id):
            if self._allowed[document]:
                clause = self._generation.catalogue.clauses(document)[position]
                if self._is_about(document, position, [(clause.start, clause.end)]):
                    yield from whole_clauses(self._generation, document, position)

    def _rows(self, id: str) -> Iterator[Hit]:
        passages = self._generation.passages
        holding = self._generation.keywords("passages").holding(analyse(id)[0], self._allowed[passages["document"]])
        seen = set()
        for document, clause, low, high, _ in passages[holding].tolist():
            blocks = self._generation.catalogue.blocks(document)
            text = self._generation.text(document).characters
            for block in blocks:
                inside = block.kind is BlockKind.TABLE_ROW and block.start < high and low < block.end
                if inside and (document, block.start) not in seen and _opens(cells_of(text[block.start : block.end])[0], id):
                    seen.add((document, block.start))
                    columns = column_span(block.start, blocks)
                    if self._is_about(document, clause, [(block.start, block.end), *([columns] if columns else [])]):
                        yield found_at(self._generation, document, block.start, block.end)

    def _is_about(self, document: int, position: int, spans: Sequence[tuple[int, int]]) -> bool:
        if self._by_itself:
            return True
        text = self._generation.text(document).characters
        clauses = self._generation.catalogue.clauses(document)
        words = [self._generation.document(document).title, path_of(clauses, position), *(text[start:end] for start, end in spans)]
        said = self.matter & set(analyse("\n".join(words)))
        return 2 * len(said) >= len(self.matter)


def rows_numbered(generation: Generation, document: int, number: str) -> list[Hit]:
    """The rows of a document that a number such as "1.2" heads: rules that their author set in a table, and no clauses."""
    if not _DOTTED.fullmatch(number):
        return []
    text, blocks = generation.text(document).characters, generation.catalogue.blocks(document)
    rows = [block for block in blocks if block.kind is BlockKind.TABLE_ROW]
    headed = [row for row in rows if bare_number(cells_of(text[row.start : row.end])[0].strip("*_` ")) == number]
    return [found_at(generation, document, row.start, row.end) for row in headed]


def _is_noun(question: str, id: re.Match[str]) -> bool:
    """Whether an id names a thing by itself, and neither tells which one of others ("bus R-19") nor what kind ("the R-19 bus")."""
    near = question[max(0, id.start() - _NEAR) : id.start()].casefold()
    before = re.findall(r"\w+", near)[-1:]
    behind = _NEXT_WORD.match(question, id.end())
    stands_free = _ASKING.issuperset(analyse(" ".join(before))) or _WHO_DOES.search(near) is not None
    return stands_free and (_ARTICLES.isdisjoint(before) or behind is None or _ASKING.issuperset(analyse(behind[1])))


def _opens(cell: str, id: str) -> bool:
    """Whether a cell begins with an id, marks around it aside: "**R-19** Tachograph data"."""
    match = _LABEL.match(cell.lstrip("*_`[( "))
    return match is not None and match.group().upper() == id
