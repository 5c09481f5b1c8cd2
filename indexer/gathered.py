"""What the documents of a build came to: their records in the catalogue, and the passages that are to be indexed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.clause import ClauseLink
from corpus.document import Document
from corpus.passage import Passage
from indexer.catalogue import CatalogueWriter, Entry
from indexer.clause_references import Titles, document_links
from indexer.cut import FIELDS, Cut, headed
from indexer.guidance import controls_in
from indexer.manifest import GuidanceCounts, Skipped
from indexer.readers.base import Reading
from indexer.terms import Terms
from indexer.texts import TextStore


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the generation. group: counts the clauses that have passages."""

    document: int
    passage: Passage
    group: int


class Gathered:
    """Fills the catalogue and the store of texts document by document, and keeps of each what the later stages need.

    headed: the text of each passage behind what stands above it. figures: whether it states a figure.
    """

    def __init__(self, folder: Path, index: Path) -> None:
        self._texts = TextStore(index, writable=True)
        self._catalogue = CatalogueWriter(folder)
        self._terms: list[tuple[Terms, ...]] = []
        self.documents: list[Document] = []
        self.own: list[int] = []  # numbers of the organisation's documents
        self.clauses = 0
        self.rows: list[Row] = []
        self.questions: list[tuple[int, int, str]] = []  # document, position of the clause, heading
        self.headed: list[str] = []
        self.figures: list[bool] = []
        self.warnings: list[Skipped] = []
        self.unknown: list[Skipped] = []
        self.guidance = GuidanceCounts()

    def add(self, reading: Reading, cut: Cut, shipped: bool) -> None:
        """Take in one document. shipped: whether it is guidance that comes with isobot."""
        path = cut.document.path
        self._texts.put(reading.text)
        number = self._catalogue.add(Entry(cut.document, reading.text.pages, reading.blocks, cut.clauses, cut.links))
        if not shipped:
            self.own.append(number)
            self._catalogue.refer(number, (ClauseLink(start, end, number, clause) for start, end, clause in cut.refers))
        self.documents.append(cut.document)
        self.questions.extend((number, at, cut.clauses[at].heading) for at in cut.questions)
        self.clauses += len(cut.clauses)
        self.warnings.extend(Skipped(path, warning) for warning in (*reading.warnings, *cut.warnings))
        self.unknown.extend(Skipped(path, text) for text in cut.unknown)
        if shipped:
            self.guidance += GuidanceCounts(1, len(cut.clauses), len(cut.passages), controls_in(cut.document, cut.clauses))
        for passage in cut.passages:
            last = self.rows[-1] if self.rows else None
            same = last is not None and (last.document, last.passage.clause) == (number, passage.clause)
            self.rows.append(Row(number, passage, last.group + (not same) if last else 0))
        self.headed += headed(cut.above, [reading.text.characters[passage.start : passage.end] for passage in cut.passages])
        self.figures += cut.figures
        self._terms.append(cut.terms)

    def link_documents(self) -> None:
        """Once all documents are there: find where each of the organisation's names another by its title or reference.

        A title of its own is that of another edition at most, and so is a reference.
        """
        named = {number: self.documents[number].title.casefold() for number in self.own}
        references = {number: reference for number in self.own if (reference := self.documents[number].reference)}
        titles = Titles(named.items(), references.items())
        clauses_of = lru_cache(maxsize=256)(self._catalogue.clauses)
        for number in self.own:
            characters = self._texts.get(self.documents[number].text_sha256).characters
            of_its_own = (named[number], references.get(number, ""))
            others = (
                found
                for found in titles.found_in(characters)
                if named[found[0]] != of_its_own[0] and references.get(found[0]) != of_its_own[1]
            )
            self._catalogue.refer(number, document_links(characters, others, clauses_of))

    def terms(self, field: str) -> Terms:
        """The terms of one of FIELDS, over all documents."""
        at = FIELDS.index(field)
        return Terms.joined([terms[at] for terms in self._terms])

    def close(self) -> None:
        self._texts.close()
        self._catalogue.close()
