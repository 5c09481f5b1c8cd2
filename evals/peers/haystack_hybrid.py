"""Haystack with its own splitter, BM25 and fusion, all with their defaults, and the same encoder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.peers.base import Found, Text
from evals.peers.usual import model

STORE = "haystack.json"


class Haystack:
    """An in-memory document store, searched twice, joined by reciprocal rank fusion."""

    _model: Any

    def prepare(self, texts: Sequence[Text], folder: Path) -> None:
        haystack = _haystack()
        splitter = import_module("haystack.components.preprocessors").DocumentSplitter()
        if warm_up := getattr(splitter, "warm_up", None):
            warm_up()
        documents = [haystack.Document(content=text.text, meta={"path": text.path}) for text in texts if text.text.strip()]
        pieces = splitter.run(documents=documents)["documents"]
        vectors = model().encode([piece.content for piece in pieces], normalize_embeddings=True, show_progress_bar=False)
        store = _stores().InMemoryDocumentStore()
        store.write_documents([replace(piece, embedding=vector.tolist()) for piece, vector in zip(pieces, vectors, strict=True)])
        store.save_to_disk(str(folder / STORE))

    def open(self, folder: Path) -> None:
        _haystack()
        store = _stores().InMemoryDocumentStore.load_from_disk(str(folder / STORE))
        retrievers = import_module("haystack.components.retrievers.in_memory")
        self._words = retrievers.InMemoryBM25Retriever(store)
        self._meaning = retrievers.InMemoryEmbeddingRetriever(store)
        self._joiner = import_module("haystack.components.joiners").DocumentJoiner(join_mode="reciprocal_rank_fusion")
        self._model = model()

    def search(self, question: str, k: int) -> list[Found]:
        vector = self._model.encode([question], normalize_embeddings=True, show_progress_bar=False)[0].tolist()
        lists = [
            self._words.run(query=question, top_k=k)["documents"],
            self._meaning.run(query_embedding=vector, top_k=k)["documents"],
        ]
        return [_found(document) for document in self._joiner.run(documents=lists, top_k=k)["documents"]]


def _found(document: Any) -> Found:
    start = int(document.meta["split_idx_start"])
    return Found(document.meta["path"], start, start + len(document.content), float(document.score))


def _haystack() -> Any:
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # nothing leaves this machine
    return import_module("haystack")


def _stores() -> Any:
    return import_module("haystack.document_stores.in_memory")
