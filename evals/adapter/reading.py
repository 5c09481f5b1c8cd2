"""Documents, read and cut as a build reads and cuts them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from evals.adapter.documents_set import CutDocument
from evals.dataset import DocumentsDataset
from evals.indexing import cache_folder, items_of
from indexer.encoders.onnx import encoder_for
from indexer.making import cut_rules, cutting_of, readings_of
from indexer.progress import Progress
from indexer.reading_stage import Cutter, ReadingStage
from indexer.record_cache import cuts_in
from indexer.sandbox.pool import Sandbox
from isobot.build_options import options_from
from isobot.settings import Settings


def cut_documents(dataset: DocumentsDataset, settings: Settings, progress: Progress) -> Iterator[CutDocument]:
    """Every document that can be read; of the others the reason is told. What was read before comes from the dataset's cache."""
    options = options_from(settings)
    chosen = options.model, options.cache, options.precision, options.query_prompt, options.passage_prompt
    encoder = encoder_for(*chosen, notify=progress.say)  # whose tokens are counted
    how = cutting_of(options, encoder)
    folder = cache_folder(dataset, settings)
    folder.mkdir(parents=True, exist_ok=True)
    items = items_of(dataset)
    progress.stage("Reading documents", len(items))
    with closing(readings_of(folder)) as readings, closing(cuts_in(folder, cut_rules(how, encoder))) as cuts:
        for outcome in ReadingStage(Sandbox(options.limits), readings, Cutter(how, encoder, cuts)).outcomes(items, {}):
            progress.advance()
            if outcome.reading is None or outcome.cut is None:
                progress.say(f"{outcome.item.path} is left out: {outcome.reason}")
            else:
                yield CutDocument(outcome.reading.text.characters, outcome.cut)
