"""From documents to a published generation."""

from __future__ import annotations

import filecmp
import hashlib
import json
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from filelock import FileLock, Timeout

from corpus.document import Document
from corpus.errors import BusyIndexError, DamagedDocumentError, DocumentError, GenerationError, IsobotError, SettingsError, SourceError
from corpus.passage import Passage
from indexer import generation as store
from indexer.analysis import analyse, bigrams
from indexer.catalogue import CatalogueWriter, Entry
from indexer.curated import is_curated
from indexer.embeddings import EmbeddingCache
from indexer.encoders.base import Encoder
from indexer.guidance import controls_in
from indexer.keywords import Keywords
from indexer.links import control_links
from indexer.manifest import GuidanceCounts, Manifest, Skipped, hashes_of
from indexer.metadata import describe
from indexer.outline import outline
from indexer.passages import passages
from indexer.progress import Progress, Silent
from indexer.readers.base import Reading
from indexer.readers.pdf_ocr import version as ocr_version
from indexer.sentence_vectors import SentenceVectors
from indexer.standing import heading_of
from indexer.texts import TextStore
from indexer.vectors import VectorStore, store_class
from indexer.verify import verify

RULES = 9  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew
NOTHING_TO_QUOTE = "Nothing in it can be quoted or found: it holds no words that could be read."
ATTEMPTS = 3  # at reading a file that changes meanwhile


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
    """What a build did. `unchanged` says that the served generation already was what it would have built.

    documents, clauses, passages: the organisation's. guidance: on how many controls and requirement clauses guidance is beside them.
    """

    generation: str
    documents: int
    clauses: int
    passages: int
    seconds: float
    skipped: tuple[Skipped, ...]
    warnings: tuple[Skipped, ...] = ()
    unknown_references: tuple[Skipped, ...] = ()
    unchanged: bool = False
    guidance: int = 0


def build(
    items: Sequence[Item], index: Path, options: BuildOptions, progress: Progress | None = None, guidance: Sequence[Item] = ()
) -> BuildReport:
    """Index `items` and publish the result in the folder `index`, whole or not at all.

    guidance: what ships, indexed after the organisation's documents and counted apart from them.
    Raises BusyIndexError when another build holds the folder, SourceError when no document could be read or two share
    a path, EncoderError when the model cannot be used, GenerationError when the folder cannot be written.
    """
    if index.exists() and not index.is_dir():
        raise SettingsError(f"The index {index} is a file. Name a folder, which need not exist yet.")
    with _writing(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "build.lock", timeout=0)
        try:
            with lock:
                return _Build(items, guidance, index, options, progress or Silent()).run()
        except Timeout:
            raise BusyIndexError(f"Another build is at work in {index}. Wait until it has ended, then run `isobot index` again.") from None


@contextmanager
def _writing(index: Path) -> Iterator[None]:
    """Say of whatever fails while the index is written that nothing was lost. Readers have explained their own failures by then."""
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise GenerationError(
            f"The index {index} could not be written: {reason}. What was published before is still served. "
            "Give the folder room and permission, and run `isobot index` again: it carries on from the work already done."
        ) from problem


@dataclass(frozen=True, slots=True)
class _Row:
    document: int
    passage: Passage
    group: int


class _Build:
    """One build: the stages share what they have gathered."""

    def __init__(self, items: Sequence[Item], guidance: Sequence[Item], index: Path, options: BuildOptions, progress: Progress) -> None:
        self.items, self.index, self.options, self.progress = [*items, *guidance], index, options, progress
        self.shipped = {item.path for item in guidance}
        self.guidance = GuidanceCounts()
        self.began = time.monotonic()
        self.skipped: list[Skipped] = []
        self.warnings: list[Skipped] = []
        self.unknown: list[Skipped] = []
        self.documents: list[Document] = []
        self.rows: list[_Row] = []
        self.questions: list[tuple[int, int, str]] = []  # document, position of the clause, heading
        self.bare: list[str] = []
        self.headed: list[str] = []
        self.clauses = 0
        self.inputs: dict[str, str] = {}
        self.facts: dict[str, str | int] = {}
        self.settings: dict[str, str | int] = {
            "window": options.window, "default_framework": options.default_framework, "vectors": options.vectors, "rules": RULES
        }  # fmt: skip
        declared = {item.path: getattr(item, "declared", ()) for item in items}
        if any(declared.values()):  # what documents.toml says decides the result as the files do
            self.settings["declared"] = hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()
        if ocr := ocr_version():  # decides what is read of scanned pages
            self.settings["ocr"] = ocr

    def run(self) -> BuildReport:
        self._hash_inputs()
        encoder = self._encoder()
        self.facts = self._facts(encoder)
        served = self._served()
        if served is not None:
            return self._report(served, unchanged=True)
        folder = store.new_folder(self.index)
        try:
            self._read_documents(folder, encoder)
            if len(self.documents) == self.guidance.documents:
                raise SourceError(_nothing_read(self.skipped))
            self._embed(folder, encoder)
            self._index_words(folder)
            manifest = self._finish(folder)
            self._keep_encoder(encoder)
            store.publish(self.index, folder, manifest.name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return self._report(manifest)

    def _hash_inputs(self) -> None:
        self.progress.stage("Looking at files", len(self.items))
        for item in self.items:
            if item.path in self.inputs:
                raise SourceError(f"Two documents have the path {item.path!r}. Index their folders under different names.")
            try:
                self.inputs[item.path] = item.sha256()
            except OSError as problem:
                self.inputs[item.path] = ""
                self.skipped.append(Skipped(item.path, _unopened(problem)))
            self.progress.advance()

    def _encoder(self) -> Encoder:
        from indexer.encoders.onnx import encoder_for

        chosen = self.options
        return encoder_for(
            chosen.model, chosen.cache, chosen.precision, chosen.query_prompt, chosen.passage_prompt, notify=self.progress.say
        )

    def _facts(self, encoder: Encoder) -> dict[str, str | int]:
        chosen = self.options
        asked: dict[str, str | int] = {
            "model": chosen.model,
            "precision": chosen.precision,
            "query_prompt": chosen.query_prompt,
            "passage_prompt": chosen.passage_prompt,
        }
        return asked | {"fingerprint": encoder.fingerprint, "dimensions": encoder.dimensions}

    def _served(self) -> Manifest | None:
        """What is served, if it is what this build would make and still holds."""
        try:
            generation = store.Generation.current(self.index)
        except IsobotError:  # none, or one that is built anew
            return None
        said = generation.manifest
        try:
            if (said.inputs, said.settings, said.encoder) != (self.inputs, self.settings, self.facts):
                return None
            problems = verify(generation).problems
        except IsobotError as problem:
            problems = (str(problem),)
        finally:
            generation.close()
        if problems:
            self.progress.say(f"The index is built anew, because the served generation does not hold: {problems[0]}")
        return None if problems else said

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
        texts.close()
        catalogue.close()

    def _add(self, item: Item, catalogue: CatalogueWriter, texts: TextStore, encoder: Encoder) -> None:
        reading = self._read(item)
        document, doubts = describe(item.path, self.inputs[item.path], reading)
        clauses = outline(reading, document.title)
        links, unknown = control_links(reading.text.characters, clauses, document, self.options.default_framework)
        texts.put(reading.text)
        number = catalogue.add(Entry(document, reading.text.pages, reading.blocks, clauses, links))
        self.documents.append(document)
        if is_curated(document, reading):
            self.questions.extend((number, at, clause.heading) for at, clause in enumerate(clauses) if clause.heading.endswith("?"))
        self.clauses += len(clauses)
        self.warnings.extend(Skipped(item.path, warning) for warning in (*reading.warnings, *doubts))
        self.unknown.extend(Skipped(item.path, reference.text) for reference in unknown)
        longest = encoder.max_tokens - 2
        window = min(self.options.window, longest)
        cut = passages(reading.text.characters, clauses, reading.blocks, encoder.count_tokens, window, longest)
        if not cut:
            self.warnings.append(Skipped(item.path, NOTHING_TO_QUOTE))
        if item.path in self.shipped:
            self.guidance += GuidanceCounts(1, len(clauses), len(cut), controls_in(document, clauses))
        for passage in cut:
            last = self.rows[-1] if self.rows else None
            same = last is not None and (last.document, last.passage.clause) == (number, passage.clause)
            self.rows.append(_Row(number, passage, last.group + (not same) if last else 0))
            bare = reading.text.characters[passage.start : passage.end]
            self.bare.append(bare)
            self.headed.append(f"{heading_of(document, clauses, passage, reading)}\n{bare}")

    def _read(self, item: Item) -> Reading:
        """Read a file as it was hashed; what was written to it meanwhile is hashed and read again. Raises a DocumentError."""
        for _ in range(ATTEMPTS):
            reading = item.read()
            try:
                found = item.sha256()
            except OSError as problem:
                raise DocumentError(_unopened(problem)) from None
            if found == self.inputs[item.path]:
                return reading
            self.inputs[item.path] = found
        raise DamagedDocumentError("It kept changing while it was read. Run `isobot index` again when it is finished.")

    def _embed(self, folder: Path, encoder: Encoder) -> None:
        self.progress.stage("Embedding passages", 2 * len(self.rows))
        cache = EmbeddingCache(self.index)
        inside = [tuple((start - r.passage.start, end - r.passage.start) for start, end in r.passage.parts) for r in self.rows]
        bare, sentences = cache.rows_with_parts(encoder, self.bare, inside, self.progress.advance)
        for field, rows in (("bare", bare), ("headed", cache.rows(encoder, self.headed, self.progress.advance))):
            target = folder / "vectors" / field
            target.mkdir(parents=True)
            _save(store_class(self.options.vectors).build(rows), target)
        places = [(r.document, start) for r in self.rows for start, _ in r.passage.parts]
        SentenceVectors.build([number for number, _ in places], [start for _, start in places], sentences).save(folder / "sentences")
        asked = cache.rows(encoder, [heading for _, _, heading in self.questions])
        clauses = [(number, at) for number, at, _ in self.questions]
        SentenceVectors.build([number for number, _ in clauses], [at for _, at in clauses], asked).save(folder / "questions")
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

    def _finish(self, folder: Path) -> Manifest:
        """Write what decides access, and the manifest."""
        audiences = sorted({tuple(sorted(d.audience)) for d in self.documents if d.audience is not None})
        collections = sorted({d.collection for d in self.documents})
        audience_of = {frozenset(groups): number for number, groups in enumerate(audiences)}
        rows = [
            store.document_row(d, -1 if d.audience is None else audience_of[d.audience], collections.index(d.collection))
            for d in self.documents
        ]
        np.save(folder / "documents.npy", np.array(rows, dtype=store.DOCUMENTS))
        built = datetime.now(UTC)
        digest = hashlib.sha256(json.dumps([self.inputs, self.settings, self.facts], sort_keys=True).encode()).hexdigest()[:8]
        manifest = Manifest(
            name=f"{built:%Y%m%dT%H%M%S}{built.microsecond // 1000:03d}Z-{digest}",
            built_at=built.isoformat(timespec="seconds"),
            encoder=self.facts,
            settings=self.settings,
            inputs=self.inputs,
            documents=len(self.documents),
            clauses=self.clauses,
            passages=len(self.rows),
            audiences=tuple(audiences),
            collections=tuple(collections),
            skipped=tuple(self.skipped),
            warnings=tuple(self.warnings),
            unknown_references=tuple(self.unknown),
            files=hashes_of(folder),
            guidance=self.guidance,
        )
        manifest.write(folder)
        return manifest

    def _keep_encoder(self, encoder: Encoder) -> None:
        kept = store.encoder_folder(self.index, encoder.fingerprint)
        names = [path.name for path in encoder.folder.iterdir() if path.is_file()]
        if kept.is_dir() and filecmp.cmpfiles(encoder.folder, kept, names, shallow=False)[0] == names:
            return
        kept.parent.mkdir(exist_ok=True)
        partial = kept.with_name(f".{kept.name}")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(encoder.folder, partial)
        shutil.rmtree(kept, ignore_errors=True)  # one that lost or changed a file
        partial.rename(kept)

    def _report(self, manifest: Manifest, unchanged: bool = False) -> BuildReport:
        return BuildReport(
            generation=manifest.name,
            documents=manifest.documents - manifest.guidance.documents,
            clauses=manifest.clauses - manifest.guidance.clauses,
            passages=manifest.passages - manifest.guidance.passages,
            seconds=time.monotonic() - self.began,
            skipped=manifest.skipped,
            warnings=manifest.warnings,
            unknown_references=manifest.unknown_references,
            unchanged=unchanged,
            guidance=manifest.guidance.controls,
        )


def _save(vectors: VectorStore, folder: Path) -> None:
    try:
        vectors.save(folder)
    except RuntimeError as problem:  # what FAISS raises when the disk is full
        raise OSError(str(problem)) from problem


def _unopened(problem: OSError) -> str:
    return f"It cannot be opened: {problem.strerror or problem}."


def _nothing_read(skipped: Sequence[Skipped]) -> str:
    reasons = "".join(f"\n  {s.path}: {s.reason}" for s in skipped)
    return f"None of the {len(skipped)} documents could be read; the index is as it was.{reasons}"
