"""Making a generation: reading, embedding, indexing words, and the switch to it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.errors import SourceError
from indexer import generation as store
from indexer.build_options import BuildOptions
from indexer.build_report import BuildReport, Changes
from indexer.cut import FIELDS, Cutting
from indexer.embedding_stage import EmbeddingAhead, embed
from indexer.encoders.base import Encoder
from indexer.gathered import Gathered
from indexer.kept_models import keep
from indexer.keywords import Keywords
from indexer.manifest import Manifest, Skipped, hashes_of
from indexer.progress import Progress
from indexer.readers.base import Reading
from indexer.reading_stage import Cutter, ReadingStage
from indexer.record_cache import RecordCache, cuts_in, readings_in
from indexer.rules import reading_rules
from indexer.wanted import Wanted
from indexer.workshop import workshop


def readings_of(index: Path) -> RecordCache[Reading]:
    """What builds of this index have read; where there is no such folder, an empty cache in memory."""
    return readings_in(index, json.dumps(reading_rules(), sort_keys=True))


def cutting_of(options: BuildOptions, encoder: Encoder) -> Cutting:
    longest = encoder.max_tokens - 2  # without the special tokens at both ends
    return Cutting(min(options.window, longest), longest, options.default_framework)


def cut_rules(how: Cutting, encoder: Encoder) -> str:
    """Everything beside a document that decides how it is cut; the encoder's tokenizer does."""
    return json.dumps([reading_rules(), asdict(how), encoder.fingerprint], sort_keys=True)


class Making:
    """One generation in the making: the stages share what they have gathered.

    before: what the served generation says of itself; None where there is none. began: by the monotonic clock.
    """

    def __init__(self, wanted: Wanted, index: Path, before: Manifest | None, progress: Progress, began: float) -> None:
        self.wanted, self.index, self.before, self.progress, self.began = wanted, index, before, progress, began
        self.inputs, self.skipped = dict(wanted.inputs), list(wanted.skipped)
        self.read = 0

    def run(self) -> BuildReport:
        """Publish the generation, whole or not at all. Raises SourceError when no document could be read."""
        options, encoder = self.wanted.options, self.wanted.encoder
        folder = store.new_folder(self.index)
        try:
            how = cutting_of(options, encoder)
            with (
                closing(readings_of(self.index)) as readings,
                closing(cuts_in(self.index, cut_rules(how, encoder))) as cuts,
                workshop(options, encoder, self._unknown()) as shop,
            ):
                gathered = self._gather(folder, ReadingStage(shop.readers, readings, Cutter(how, encoder, cuts)), shop.encoder)
                embed(folder, self.index, gathered, shop.encoder, options.vectors, self.progress, shop.encoded_at_once)
                self._index_words(folder, gathered)
                manifest = self._finish(folder, gathered)
                encoder.open_all()  # what is kept works, also where nothing was left to cut or to encode
                for model in self.wanted.models:
                    keep(self.index, model)
                store.publish(self.index, folder, manifest.name, options.kept)
                for cache in (readings, cuts):
                    cache.keep_only(store.inputs_kept(self.index))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return BuildReport.of(manifest, self.began, changes=self._changes(), read=self.read)

    def _changes(self) -> Changes:
        """Of the organisation's documents; none where there was nothing before."""
        if self.before is None:
            return Changes()
        now = {path: sha256 for path, sha256 in self.inputs.items() if path not in self.wanted.shipped}
        return Changes.between({path: sha256 for path, sha256 in self.before.inputs.items() if path not in self.wanted.shipped}, now)

    def _unknown(self) -> int:
        """How many files hold what the served generation did not."""
        return len(set(self.inputs.values()).difference(self.before.inputs.values() if self.before else ()))

    def _gather(self, folder: Path, stage: ReadingStage, encoder: Encoder) -> Gathered:
        """Take every document into the catalogue, and have those that are new embedded meanwhile.

        Raises SourceError when none of the organisation's could be read.
        """
        unreadable = {skipped.path for skipped in self.skipped}
        wanted = [item for item in self.wanted.items if item.path not in unreadable]
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
                    gathered.add(outcome.reading, outcome.cut, path in self.wanted.shipped)
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
        decided = json.dumps([self.inputs, self.wanted.settings, self.wanted.facts], sort_keys=True)
        digest = hashlib.sha256(decided.encode()).hexdigest()[:8]
        manifest = Manifest(
            name=f"{built:%Y%m%dT%H%M%S}{built.microsecond // 1000:03d}Z-{digest}",
            built_at=built.isoformat(timespec="seconds"),
            encoder=self.wanted.facts,
            settings=self.wanted.settings,
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


def _nothing_read(skipped: Sequence[Skipped]) -> str:
    reasons = "".join(f"\n  {s.path}: {s.reason}" for s in skipped)
    return f"None of the {len(skipped)} documents could be read; the index is as it was.{reasons}"
