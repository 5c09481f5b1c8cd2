"""From documents to a published generation."""

from __future__ import annotations

import filecmp
import hashlib
import json
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout

from corpus.errors import BusyIndexError, GenerationError, IsobotError, SettingsError, SourceError
from indexer import generation as store
from indexer.build_options import BuildOptions
from indexer.build_report import BuildReport, Changes
from indexer.cut import FIELDS, Cutting
from indexer.embedding_stage import EmbeddingAhead, embed
from indexer.encoders.base import Encoder
from indexer.gathered import Gathered
from indexer.keywords import Keywords
from indexer.manifest import Manifest, Skipped, hashes_of
from indexer.progress import Progress, Silent
from indexer.readers.base import Reading
from indexer.readers.pdf_ocr import version as ocr_version
from indexer.reading_stage import Cutter, Item, ReadingStage, unopened
from indexer.record_cache import RecordCache, cuts_in, readings_in
from indexer.rerankers.onnx import OnnxReranker, reranker_for
from indexer.verify import verify
from indexer.workshop import workshop

if TYPE_CHECKING:
    from indexer.encoders.session import OnnxEncoder

__all__ = ["RULES", "BuildOptions", "BuildReport", "Item", "build"]

RULES = 21  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


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


def reading_rules() -> dict[str, str | int]:
    """Everything beside the file that decides what is read of it."""
    ocr = ocr_version()  # of scanned pages
    return {"rules": RULES, **({"ocr": ocr} if ocr else {})}


def readings_of(index: Path) -> RecordCache[Reading]:
    """What builds of this index have read; where there is no such folder, an empty cache in memory."""
    return readings_in(index, json.dumps(reading_rules(), sort_keys=True))


def cutting_of(options: BuildOptions, encoder: Encoder) -> Cutting:
    longest = encoder.max_tokens - 2  # without the special tokens at both ends
    return Cutting(min(options.window, longest), longest, options.default_framework)


def cut_rules(how: Cutting, encoder: Encoder) -> str:
    """Everything beside a document that decides how it is cut; the encoder's tokenizer does."""
    return json.dumps([reading_rules(), asdict(how), encoder.fingerprint], sort_keys=True)


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


class _Build:
    """One build: the stages share what they have gathered."""

    def __init__(self, items: Sequence[Item], guidance: Sequence[Item], index: Path, options: BuildOptions, progress: Progress) -> None:
        self.items, self.index, self.options, self.progress = [*items, *guidance], index, options, progress
        self.shipped = {item.path for item in guidance}
        self.began = time.monotonic()
        self.skipped: list[Skipped] = []
        self.read = 0
        self.inputs: dict[str, str] = {}
        self.facts: dict[str, str | int] = {}
        self.settings: dict[str, str | int] = {
            "window": options.window, "default_framework": options.default_framework, "vectors": options.vectors, **reading_rules()
        }  # fmt: skip
        self.settings["limits"] = ",".join(map(str, asdict(options.limits).values()))
        declared = {item.path: getattr(item, "declared", ()) for item in items}
        if any(declared.values()):  # what documents.toml says decides the result as the files do
            self.settings["declared"] = hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()

    def run(self) -> BuildReport:
        self._hash_inputs()
        encoder = self._encoder()
        self.facts = self._facts(encoder)
        reranker = self._reranker()
        if reranker:
            self.settings |= {"reranker": self.options.reranker, "reranker_fingerprint": reranker.fingerprint}
        before = self._before()
        if before is not None and self._still_holds(before):
            return BuildReport.of(before, self.began, unchanged=True)
        folder = store.new_folder(self.index)
        try:
            how = cutting_of(self.options, encoder)
            with (
                closing(readings_of(self.index)) as readings,
                closing(cuts_in(self.index, cut_rules(how, encoder))) as cuts,
                workshop(self.options, encoder, self._unknown(before)) as shop,
            ):
                gathered = self._gather(folder, ReadingStage(shop.readers, readings, Cutter(how, encoder, cuts)), shop.encoder)
                embed(folder, self.index, gathered, shop.encoder, self.options.vectors, self.progress, shop.encoded_at_once)
                self._index_words(folder, gathered)
                manifest = self._finish(folder, gathered)
                encoder.open()  # what is kept works, also where nothing was left to encode
                self._keep(encoder.folder, encoder.fingerprint)
                if reranker:
                    self._keep(reranker.folder, reranker.fingerprint)
                store.publish(self.index, folder, manifest.name, self.options.kept)
                for cache in (readings, cuts):
                    cache.keep_only(store.inputs_kept(self.index))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return BuildReport.of(manifest, self.began, changes=self._changes(before), read=self.read)

    def _changes(self, before: Manifest | None) -> Changes:
        """Of the organisation's documents; none where there was nothing before."""
        if before is None:
            return Changes()
        now = {path: sha256 for path, sha256 in self.inputs.items() if path not in self.shipped}
        return Changes.between({path: sha256 for path, sha256 in before.inputs.items() if path not in self.shipped}, now)

    def _unknown(self, before: Manifest | None) -> int:
        """How many files hold what the served generation did not."""
        return len(set(self.inputs.values()).difference(before.inputs.values() if before else ()))

    def _hash_inputs(self) -> None:
        self.progress.stage("Looking at files", len(self.items))
        for item in self.items:
            if item.path in self.inputs:
                raise SourceError(f"Two documents have the path {item.path!r}. Index their folders under different names.")
            try:
                self.inputs[item.path] = item.sha256()
            except OSError as problem:
                self.inputs[item.path] = ""
                self.skipped.append(Skipped(item.path, unopened(problem)))
            self.progress.advance()

    def _encoder(self) -> OnnxEncoder:
        from indexer.encoders.onnx import encoder_for

        chosen = self.options
        return encoder_for(
            chosen.model, chosen.cache, chosen.precision, chosen.query_prompt, chosen.passage_prompt, notify=self.progress.say
        )

    def _reranker(self) -> OnnxReranker | None:
        chosen = self.options
        return reranker_for(chosen.reranker, chosen.cache, chosen.precision, self.progress.say) if chosen.reranker else None

    def _facts(self, encoder: Encoder) -> dict[str, str | int]:
        chosen = self.options
        asked: dict[str, str | int] = {
            "model": chosen.model,
            "precision": chosen.precision,
            "query_prompt": chosen.query_prompt,
            "passage_prompt": chosen.passage_prompt,
        }
        return asked | {"fingerprint": encoder.fingerprint, "dimensions": encoder.dimensions}

    def _before(self) -> Manifest | None:
        """What the served generation says of itself; None where there is none that can be read."""
        try:
            generation = store.Generation.current(self.index)
        except IsobotError:
            return None
        generation.close()
        return generation.manifest

    def _still_holds(self, said: Manifest) -> bool:
        """Whether what is served is what this build would make, and unharmed."""
        if (said.inputs, said.settings, said.encoder) != (self.inputs, self.settings, self.facts):
            return False
        generation = store.Generation(self.index, said.name)
        try:
            problems = verify(generation).problems
        except IsobotError as problem:
            problems = (str(problem),)
        finally:
            generation.close()
        if problems:
            self.progress.say(f"The index is built anew, because the served generation does not hold: {problems[0]}")
        return not problems

    def _gather(self, folder: Path, stage: ReadingStage, encoder: Encoder) -> Gathered:
        """Take every document into the catalogue, and have those that are new embedded meanwhile.

        Raises SourceError when none of the organisation's could be read.
        """
        unreadable = {skipped.path for skipped in self.skipped}
        wanted = [item for item in self.items if item.path not in unreadable]
        self.progress.stage("Reading documents", len(wanted))
        gathered = Gathered(folder, self.index)
        with closing(gathered), EmbeddingAhead(self.index, encoder) as ahead:
            for outcome in stage.outcomes(wanted, self.inputs):
                path = outcome.item.path
                self.inputs[path] = outcome.sha256
                self.read += outcome.fresh
                if outcome.reading is None or outcome.cut is None:
                    self.skipped.append(Skipped(path, outcome.reason))
                else:
                    before = len(gathered.rows)
                    gathered.add(outcome.reading, outcome.cut, path in self.shipped)
                    if outcome.fresh:
                        ahead.take(gathered.rows[before:], gathered.headed[before:])
                self.progress.advance()
            gathered.link_documents()
        if len(gathered.documents) == gathered.guidance.documents:
            raise SourceError(_nothing_read(self.skipped))
        return gathered

    def _index_words(self, folder: Path, gathered: Gathered) -> None:
        self.progress.stage("Indexing words", len(FIELDS))
        for field in FIELDS:
            target = folder / "keywords" / field
            target.mkdir(parents=True)
            Keywords.of(gathered.terms(field)).save(target)
            self.progress.advance()

    def _finish(self, folder: Path, gathered: Gathered) -> Manifest:
        """Write what decides access, and the manifest."""
        audiences = sorted({tuple(sorted(d.audience)) for d in gathered.documents if d.audience is not None})
        collections = sorted({d.collection for d in gathered.documents})
        audience_of = {frozenset(groups): number for number, groups in enumerate(audiences)}
        rows = [
            store.document_row(d, -1 if d.audience is None else audience_of[d.audience], collections.index(d.collection))
            for d in gathered.documents
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
            documents=len(gathered.documents),
            clauses=gathered.clauses,
            passages=len(gathered.rows),
            audiences=tuple(audiences),
            collections=tuple(collections),
            skipped=tuple(self.skipped),
            warnings=tuple(gathered.warnings),
            unknown_references=tuple(gathered.unknown),
            files=hashes_of(folder),
            guidance=gathered.guidance,
        )
        manifest.write(folder)
        return manifest

    def _keep(self, exported: Path, fingerprint: str) -> None:
        """Put an exported model into the index."""
        kept = store.model_folder(self.index, fingerprint)
        names = [path.name for path in exported.iterdir() if path.is_file()]
        if kept.is_dir() and filecmp.cmpfiles(exported, kept, names, shallow=False)[0] == names:
            return
        kept.parent.mkdir(exist_ok=True)
        partial = kept.with_name(f".{kept.name}")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(exported, partial)
        shutil.rmtree(kept, ignore_errors=True)  # one that lost or changed a file
        partial.rename(kept)


def _nothing_read(skipped: Sequence[Skipped]) -> str:
    reasons = "".join(f"\n  {s.path}: {s.reason}" for s in skipped)
    return f"None of the {len(skipped)} documents could be read; the index is as it was.{reasons}"
