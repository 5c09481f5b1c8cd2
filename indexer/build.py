"""From documents to a published generation."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from filelock import FileLock, Timeout

from corpus.clause import PATH_SEPARATOR, Clause, ancestry
from corpus.document import Document
from corpus.errors import BusyIndexError, DocumentError, NoGenerationError, SourceError
from corpus.passage import Passage
from corpus.text import CanonicalText
from indexer import generation as store
from indexer.analysis import analyse, bigrams
from indexer.catalogue import CatalogueWriter, Entry
from indexer.embeddings import EmbeddingCache
from indexer.encoders.base import Encoder
from indexer.keywords import Keywords
from indexer.links import control_links
from indexer.manifest import Manifest, Skipped
from indexer.metadata import describe
from indexer.outline import outline
from indexer.passages import passages
from indexer.progress import Progress, Silent
from indexer.readers.base import Block, BlockKind, Reading
from indexer.texts import TextStore
from indexer.vectors import store_class

RULES = 1  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


class Item(Protocol):
    """Something to index: a file, or a text that is in memory already."""

    @property
    def path(self) -> str: ...

    def sha256(self) -> str: ...

    def read(self) -> Reading: ...


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What decides a generation beside the documents.

    cache: folder of exported encoders. window: tokens that a passage aims at.
    """

    cache: Path
    model: str = "all-MiniLM-L6-v2"
    precision: Literal["int8", "fp32"] = "int8"
    query_prompt: str = ""
    passage_prompt: str = ""
    default_framework: str = "iso27001:2022"
    window: int = 72
    vectors: str = "flat"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unchanged` says that the served generation already was what it would have built."""

    generation: str
    documents: int
    clauses: int
    passages: int
    seconds: float
    skipped: tuple[Skipped, ...]
    warnings: tuple[Skipped, ...] = ()
    unknown_references: tuple[Skipped, ...] = ()
    unchanged: bool = False


def build(items: Sequence[Item], index: Path, options: BuildOptions, progress: Progress | None = None) -> BuildReport:
    """Index `items` and publish the result in the folder `index`, whole or not at all.

    Raises BusyIndexError when another build holds the folder, SourceError when no document could be read or two share
    a path, EncoderError when the model cannot be used.
    """
    index.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index / "build.lock", timeout=0)
    try:
        with lock:
            return _Build(items, index, options, progress or Silent()).run()
    except Timeout:
        raise BusyIndexError(f"Another build is at work in {index}. Wait until it has ended, then run `isobot index` again.") from None


@dataclass(frozen=True, slots=True)
class _Row:
    document: int
    passage: Passage
    group: int


class _Build:
    """One build: the stages share what they have gathered."""

    def __init__(self, items: Sequence[Item], index: Path, options: BuildOptions, progress: Progress) -> None:
        self.items, self.index, self.options, self.progress = items, index, options, progress
        self.began = time.monotonic()
        self.skipped: list[Skipped] = []
        self.warnings: list[Skipped] = []
        self.unknown: list[Skipped] = []
        self.documents: list[Document] = []
        self.rows: list[_Row] = []
        self.bare: list[str] = []
        self.headed: list[str] = []
        self.clauses = 0

    def run(self) -> BuildReport:
        inputs = self._hash_inputs()
        encoder = self._encoder()
        settings = self._settings()
        served = self._served()
        if served and (served.inputs, served.settings) == (inputs, settings) and served.encoder == _facts(encoder):
            return self._report(served, unchanged=True)
        folder = store.new_folder(self.index)
        try:
            self._read_documents(folder, encoder)
            if not self.documents:
                raise SourceError(_nothing_read(self.skipped))
            self._embed(folder, encoder)
            self._index_words(folder)
            manifest = self._manifest(encoder, settings, inputs)
            self._save_documents(folder, manifest)
            manifest.write(folder)
            self._keep_encoder(encoder)
            store.publish(self.index, folder, manifest.name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return self._report(manifest)

    def _hash_inputs(self) -> dict[str, str]:
        self.progress.stage("Looking at files", len(self.items))
        inputs: dict[str, str] = {}
        for item in self.items:
            if item.path in inputs:
                raise SourceError(f"Two documents have the path {item.path!r}. Index their folders under different names.")
            try:
                inputs[item.path] = item.sha256()
            except OSError as problem:
                inputs[item.path] = ""
                self.skipped.append(Skipped(item.path, f"cannot be opened: {problem.strerror or problem}"))
            self.progress.advance()
        return inputs

    def _encoder(self) -> Encoder:
        from indexer.encoders.onnx import encoder_for

        chosen = self.options
        return encoder_for(
            chosen.model, chosen.cache, chosen.precision, chosen.query_prompt, chosen.passage_prompt, notify=self.progress.say
        )

    def _settings(self) -> dict[str, str | int]:
        chosen = self.options
        return {"window": chosen.window, "default_framework": chosen.default_framework, "vectors": chosen.vectors, "rules": RULES}

    def _served(self) -> Manifest | None:
        try:
            return Manifest.read(self.index / "generations" / store.current_name(self.index))
        except NoGenerationError:
            return None
        except Exception:  # a damaged generation is built anew
            return None

    def _read_documents(self, folder: Path, encoder: Encoder) -> None:
        unopened = {skipped.path for skipped in self.skipped}
        texts = TextStore(self.index, writable=True)
        catalogue = CatalogueWriter(folder)
        self.progress.stage("Reading documents", len(self.items))
        for item in self.items:
            if item.path not in unopened:
                try:
                    self._add(item, catalogue, texts, encoder)
                except DocumentError as problem:
                    self.skipped.append(Skipped(item.path, str(problem)))
            self.progress.advance()
        texts.commit()
        texts.close()
        catalogue.close()

    def _add(self, item: Item, catalogue: CatalogueWriter, texts: TextStore, encoder: Encoder) -> None:
        reading = item.read()
        document, doubts = describe(item.path, item.sha256(), reading)
        clauses = outline(reading, document.title)
        links, unknown = control_links(reading.text.characters, clauses, document, self.options.default_framework)
        texts.put(reading.text)
        number = catalogue.add(Entry(document, reading.text.pages, reading.blocks, clauses, links))
        self.documents.append(document)
        self.clauses += len(clauses)
        self.warnings.extend(Skipped(item.path, warning) for warning in (*reading.warnings, *doubts))
        self.unknown.extend(Skipped(item.path, reference.text) for reference in unknown)
        longest = encoder.max_tokens - 2
        for passage in passages(
            reading.text.characters, clauses, reading.blocks, encoder.count_tokens, min(self.options.window, longest), longest
        ):
            last = self.rows[-1] if self.rows else None
            same = last is not None and (last.document, last.passage.clause) == (number, passage.clause)
            self.rows.append(_Row(number, passage, last.group + (not same) if last else 0))
            bare = passage_text(reading.text, passage)
            self.bare.append(bare)
            self.headed.append(f"{heading_of(document, clauses, passage, reading)}\n{bare}")

    def _embed(self, folder: Path, encoder: Encoder) -> None:
        self.progress.stage("Embedding passages", 2 * len(self.rows))
        cache = EmbeddingCache(self.index)
        for field, texts in (("bare", self.bare), ("headed", self.headed)):
            rows = cache.rows(encoder, texts, self.progress.advance)
            target = folder / "vectors" / field
            target.mkdir(parents=True)
            store_class(self.options.vectors).build(rows).save(target)
        cache.close()
        table = [(r.document, r.passage.clause, r.passage.start, r.passage.end, r.group) for r in self.rows]
        np.save(folder / "passages.npy", np.array(table, dtype=store.PASSAGES))

    def _index_words(self, folder: Path) -> None:
        self.progress.stage("Indexing words", 3)
        clauses = [analyse(text) for text in self._clause_texts()]
        for field, streams in (
            ("passages", [analyse(text) for text in self.headed]),
            ("clauses", clauses),
            ("clause_pairs", [bigrams(tokens) for tokens in clauses]),
        ):
            target = folder / "keywords" / field
            target.mkdir(parents=True)
            Keywords.build(streams).save(target)
            self.progress.advance()

    def _clause_texts(self) -> list[str]:
        """Of each clause that has passages: what stands above it, and all its passages."""
        texts: list[str] = []
        for row, bare, headed in zip(self.rows, self.bare, self.headed, strict=True):
            if row.group == len(texts):
                texts.append(headed)
            else:
                texts[row.group] += "\n" + bare
        return texts

    def _manifest(self, encoder: Encoder, settings: dict[str, str | int], inputs: dict[str, str]) -> Manifest:
        audiences = sorted({tuple(sorted(d.audience)) for d in self.documents if d.audience is not None})
        collections = sorted({d.collection for d in self.documents})
        built = datetime.now(UTC)
        digest = hashlib.sha256(json.dumps([inputs, settings, _facts(encoder)], sort_keys=True).encode()).hexdigest()[:8]
        return Manifest(
            name=f"{built:%Y%m%dT%H%M%S}{built.microsecond // 1000:03d}Z-{digest}",
            built_at=built.isoformat(timespec="seconds"),
            encoder=_facts(encoder),
            settings=settings,
            inputs=inputs,
            documents=len(self.documents),
            clauses=self.clauses,
            passages=len(self.rows),
            audiences=tuple(audiences),
            collections=tuple(collections),
            skipped=tuple(self.skipped),
            warnings=tuple(self.warnings),
            unknown_references=tuple(self.unknown),
        )

    def _save_documents(self, folder: Path, manifest: Manifest) -> None:
        audience_of = {frozenset(groups): number for number, groups in enumerate(manifest.audiences)}
        rows = [
            store.document_row(d, -1 if d.audience is None else audience_of[d.audience], manifest.collections.index(d.collection))
            for d in self.documents
        ]
        np.save(folder / "documents.npy", np.array(rows, dtype=store.DOCUMENTS))

    def _keep_encoder(self, encoder: Encoder) -> None:
        kept = store.encoder_folder(self.index, encoder.fingerprint)
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            partial = kept.with_name(f".{kept.name}")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(encoder.folder, partial)
            partial.rename(kept)

    def _report(self, manifest: Manifest, unchanged: bool = False) -> BuildReport:
        return BuildReport(
            generation=manifest.name,
            documents=manifest.documents,
            clauses=manifest.clauses,
            passages=manifest.passages,
            seconds=time.monotonic() - self.began,
            skipped=manifest.skipped,
            warnings=manifest.warnings,
            unknown_references=manifest.unknown_references,
            unchanged=unchanged,
        )


def passage_text(text: CanonicalText, passage: Passage) -> str:
    return text.characters[passage.start : passage.end]


def heading_of(document: Document, clauses: Sequence[Clause], passage: Passage, reading: Reading) -> str:
    """What stands above a passage: the document's title, the headings down to its clause, and its table's column names."""
    labels = [clause.heading for clause in ancestry(clauses, passage.clause) if clause.heading and clause.heading != document.title]
    above = PATH_SEPARATOR.join([document.title, *labels])
    columns = _table_header(reading, passage)
    return f"{above}\n{columns}" if columns else above


def _table_header(reading: Reading, passage: Passage) -> str:
    """The header row of the table that the passage begins in, or ""."""
    blocks = reading.blocks
    at = bisect_right(blocks, passage.start, key=lambda block: block.end)
    if at == len(blocks) or blocks[at].kind is not BlockKind.TABLE_ROW:
        return ""
    while at > 0 and blocks[at].kind is BlockKind.TABLE_ROW:
        at -= 1
    block: Block = blocks[at]
    return reading.text.characters[block.start : block.end] if block.kind is BlockKind.TABLE_HEADER else ""


def _facts(encoder: Encoder) -> dict[str, str | int]:
    return {"model": encoder.model, "fingerprint": encoder.fingerprint, "dimensions": encoder.dimensions}


def _nothing_read(skipped: Sequence[Skipped]) -> str:
    reasons = "; ".join(f"{s.path}: {s.reason}" for s in skipped[:3])
    return f"None of the {len(skipped)} documents could be read ({reasons}). The index is as it was."
