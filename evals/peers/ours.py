"""isobot in a process of its own, measured as its peers are.

    python -m evals.peers.ours prepare|ask|time DATASET FOLDER

`prepare` also writes the texts that the peers index: the canonical ones, so that all search the same words. `time` answers the
questions of FOLDER/questions.json with citations, whatever the dataset's form, and keeps only how long each took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.dataset import Dataset, DocumentsDataset
from evals.indexing import items_of
from evals.loading import load
from evals.peers.base import Text, write_texts
from evals.peers.process import QUESTIONS, peak_megabytes
from evals.runner import ask_all, rank_all
from indexer.progress import Silent
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings


def main(arguments: Sequence[str]) -> None:
    step, dataset, folder = arguments[0], load(Path(arguments[1])), Path(arguments[2])
    began = time.perf_counter()
    measured = {"prepare": _prepare, "ask": _ask, "time": _time}[step](dataset, folder)
    measured |= {"seconds": time.perf_counter() - began, "megabytes": peak_megabytes()}
    (folder / f"{step}.json").write_text(json.dumps(measured), encoding="utf-8")
    if step == "prepare":
        write_texts(_texts(dataset, folder), folder)


def _prepare(dataset: Dataset, folder: Path) -> dict[str, Any]:
    from indexer.build import build
    from isobot.build_options import options_from

    settings = replace(Settings.load(), index=folder / "index")
    built = build(items_of(dataset), settings.index, options_from(settings), Silent())
    return {"documents": built.documents, "passages": built.passages}


def _texts(dataset: Dataset, folder: Path) -> list[Text]:
    """What was indexed, guidance left out. A passage is not cut, and its title goes before it, as its peers' users would have it."""
    from indexer.generation import Generation

    if not isinstance(dataset, DocumentsDataset):
        return [Text(p.id, f"{p.title} {p.text}".strip(), whole=True) for p in dataset.passages if p.text.strip()]
    generation = Generation.current(folder / "index")
    try:
        own = generation.own_collections()
        documents = [(number, generation.document(number)) for number in sorted(generation.catalogue.numbers())]
        return [Text(document.path, generation.text(number).characters) for number, document in documents if document.collection in own]
    finally:
        generation.close()


def _ask(dataset: Dataset, folder: Path) -> dict[str, Any]:
    responder = Responder.open(folder / "index", Settings.load())
    if isinstance(dataset, DocumentsDataset):
        asked = ask_all(dataset, responder, Silent())
        shown = [[(c.document.path, c.quote, c.clause_text) for c in one.shown] for one in asked]
        return {
            "milliseconds": [one.milliseconds for one in asked],
            "confidence": [one.answer.confidence for one in asked],
            "shown": shown,
        }
    ranked = rank_all(dataset, responder, Silent())
    return {"milliseconds": [one.milliseconds for one in ranked], "rankings": [[id for id, _ in one.ranking] for one in ranked]}


def _time(_: Dataset, folder: Path) -> dict[str, Any]:
    """Milliseconds of each question, after one that is not timed."""
    questions = [Question(text) for text in json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))]
    responder = Responder.open(folder / "index", Settings.load())
    responder.answer(questions[0])
    milliseconds = []
    for question in questions:
        began = time.perf_counter()
        responder.answer(question)
        milliseconds.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": milliseconds}


if __name__ == "__main__":
    main(sys.argv[1:])
