"""What the documents of a build came to: their records in the catalogue, and the passages that are to be indexed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.document import Document
from corpus.passage import Passage
from indexer.catalogue import CatalogueWriter, Entry
from indexer.clause_references import Titles, clause_links, document_links
from indexer.curated import is_curated
from indexer.encoders.base import Encoder
from indexer.guidance import controls_in
from indexer.links import control_links
from indexer.manifest import GuidanceCounts, Skipped
from indexer.metadata import describe
from indexer.outline import outline
from indexer.passages import passages
from indexer.readers.base import BlockKind, Reading
from indexer.standing import heading_of
from indexer.texts import TextStore

NOTHING_TO_QUOTE = "Nothing in it can be quoted or found: it holds no words that could be read."


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the generation. group: counts the clauses that have passages."""

    document: int
    passage: Passage
    group: int


@dataclass(frozen=True, slots=True)
class Cutting:
    """How documents are cut. window: tokens that a passage aims at. framework: that of bare control ids."""

    encoder: Encoder
    window: int
    framework: str


class Gathered:
    """Fills the catalogue and the store of texts document by document, and keeps of each what the later stages need.

    bare, headed: the text of each passage, by itself and with what stands above it.
    """

    def __init__(self, folder: Path, index: Path, cutting: Cutting) -> None:
        self._texts = TextStore(index, writable=True)
        self._catalogue = CatalogueWriter(folder)
        self._cutting = cutting
        self.documents: list[Document] = []
        self.own: list[int] = []  # numbers of the organisation's documents
        self.clauses = 0
        self.rows: list[Row] = []
        self.questions: list[tuple[int, int, str]] = []  # document, position of the clause, heading
        self.bare: list[str] = []
        self.headed: list[str] = []
        self.warnings: list[Skipped] = []
        self.unknown: list[Skipped] = []
        self.guidance = GuidanceCounts()

    def add(self, path: str, sha256: str, reading: Reading, shipped: bool) -> None:
        """Take in one document. shipped: whether it is guidance that comes with isobot."""
        document, doubts = describe(path, sha256, reading)
        clauses = outline(reading, document.title)
        links, unknown = control_links(reading.text.characters, clauses, document, self._cutting.framework)
        self._texts.put(reading.text)
        number = self._catalogue.add(Entry(document, reading.text.pages, reading.blocks, clauses, links))
        if not shipped:
            self.own.append(number)
            aside = [(block.start, block.end) for block in reading.blocks if block.kind is BlockKind.FURNITURE]
            within = clause_links(reading.text.characters, number, clauses)
            self._catalogue.refer(number, (link for link in within if not any(start <= link.start < end for start, end in aside)))
        self.documents.append(document)
        if is_curated(document, reading):
            self.questions.extend((number, at, clause.heading) for at, clause in enumerate(clauses) if clause.heading.endswith("?"))
        self.clauses += len(clauses)
        self.warnings.extend(Skipped(path, warning) for warning in (*reading.warnings, *doubts))
        self.unknown.extend(Skipped(path, reference.text) for reference in unknown)
        longest = self._cutting.encoder.max_tokens - 2
        window = min(self._cutting.window, longest)
        cut = passages(reading.text.characters, clauses, reading.blocks, self._cutting.encoder.count_tokens, window, longest)
        if not cut:
            self.warnings.append(Skipped(path, NOTHING_TO_QUOTE))
        if shipped:
            self.guidance += GuidanceCounts(1, len(clauses), len(cut), controls_in(document, clauses))
        for passage in cut:
            last = self.rows[-1] if self.rows else None
            same = last is not None and (last.document, last.passage.clause) == (number, passage.clause)
            self.rows.append(Row(number, passage, last.group + (not same) if last else 0))
            bare = reading.text.characters[passage.start : passage.end]
            self.bare.append(bare)
            self.headed.append(f"{heading_of(document, clauses, passage, reading)}\n{bare}")

    def link_documents(self) -> None:
        """Once all documents are there: find where each of the organisation's names another by its title.

        A title of its own is that of another edition at most.
        """
        named = {number: self.documents[number].title.casefold() for number in self.own}
        titles = Titles(named.items())
        clauses_of = lru_cache(maxsize=256)(self._catalogue.clauses)
        for number in self.own:
            characters = self._texts.get(self.documents[number].text_sha256).characters
            others = (found for found in titles.found_in(characters) if named[found[0]] != named[number])
            self._catalogue.refer(number, document_links(characters, others, clauses_of))

    def clause_texts(self) -> list[str]:
        """Of each clause that has passages: what stands above it, and all its passages."""
        texts: list[str] = []
        for row, bare, headed in zip(self.rows, self.bare, self.headed, strict=True):
            if row.group == len(texts):
                texts.append(headed)
            else:
                texts[row.group] += "\n" + bare
        return texts

    def close(self) -> None:
        self._texts.close()
        self._catalogue.close()
