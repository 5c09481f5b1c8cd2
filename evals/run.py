"""`python -m evals run`: from a dataset to its report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.text import CanonicalText
from evals.dataset import Dataset, DocumentsDataset, PassagesDataset
from evals.hidden import ask_without_gold
from evals.indexing import indexed
from evals.metrics.latency import percentiles
from evals.metrics.verbatim import Quotation, Verbatim, check
from evals.report import Report
from evals.runner import Asked, ask_all, rank_all
from evals.scoring import answer_figures, ranking_figures, with_hidden
from evals.worst import worst_answers, worst_rankings
from indexer.build import BuildReport
from indexer.progress import Progress
from isobot.responder import Responder
from isobot.settings import Settings

Facts = dict[str, str | float]
"""Settings that decided the figures, by name."""


def run_dataset(
    dataset: Dataset, index: Path | None, settings: Settings, progress: Progress, hide_gold: bool = False
) -> Report:
    """Index the dataset, ask all its questions, and report.

    index: folder to keep its index in; None for one of the cache. hide_gold: ask the answerable questions of a set of
    documents once more, with the documents that answer them hidden. Raises what the build and the responder raise, and
    DatasetError for a file that cannot be read to check quotations against it.
    """
    said: Facts = {"model": settings.model, "precision": settings.precision, "answer_from": settings.answer_from}
    with indexed(dataset, settings, index, progress) as (where, built):
        responder = Responder.open(where, settings)
        if isinstance(dataset, PassagesDataset):
            return _ranking_report(dataset, responder, built, said, progress)
        return _answer_report(dataset, responder, built, said, progress, hide_gold)


def _ranking_report(
    dataset: PassagesDataset, responder: Responder, built: BuildReport, said: Facts, progress: Progress
) -> Report:
    ranked = rank_all(dataset, responder, progress)
    return Report(
        dataset=dataset.name,
        split=dataset.split,
        questions=len(ranked),
        figures=ranking_figures(ranked),
        latency=percentiles([one.milliseconds for one in ranked]),
        index=built,
        outcomes=ranked,
        worst=worst_rankings(ranked, {passage.id: passage.text for passage in dataset.passages}),
        settings=said,
        notes=dataset.notes,
    )


def _answer_report(
    dataset: DocumentsDataset, responder: Responder, built: BuildReport, said: Facts, progress: Progress, hide_gold: bool
) -> Report:
    asked = ask_all(dataset, responder, progress)
    figures = answer_figures(asked)
    hidden = ask_without_gold(dataset, responder, progress) if hide_gold else ()
    if hide_gold:
        figures = with_hidden(figures, asked, hidden)
    progress.stage("Checking quotations", 1)
    verbatim = _check_quotations(asked, dataset.documents, responder)
    progress.advance()
    return Report(
        dataset=dataset.name,
        split=None,
        questions=len(asked),
        figures=figures,
        latency=percentiles([one.milliseconds for one in asked]),
        index=built,
        outcomes=asked,
        worst=worst_answers(asked),
        settings=said,
        notes=dataset.notes,
        verbatim=verbatim,
        hidden=hidden,
    )


def _check_quotations(asked: Sequence[Asked], documents: Path, responder: Responder) -> Verbatim:
    """Every quotation that was shown, against the text that the index keeps and against the file."""
    from indexer.texts import TextStore

    quotations = [
        Quotation(one.question.id, c.document.path, c.document.text_sha256, c.start, c.end, c.quote) for one in asked for c in one.shown
    ]
    store = TextStore(responder.generation.index)
    kept: dict[str, CanonicalText] = {}

    def canonical(sha256: str) -> str:
        if sha256 not in kept:
            kept[sha256] = store.get(sha256)
        return kept[sha256].characters

    try:
        return check(quotations, documents, canonical)
    finally:
        store.close()
