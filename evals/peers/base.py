"""What isobot is compared with: a Protocol, the peers by name, and the data that all of them get."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from corpus.errors import SettingsError

TEXTS = "texts.json"
DEPTH = 100  # places of a ranking that are kept
WINDOW = 50  # words; passages of this size served the usual hybrid best
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Text:
    """What a peer indexes. path: of the document, or the id of a passage. whole: a passage, which is not cut into windows."""

    path: str
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of a text, `start` to `end` in code points, and how well it fits; higher is better."""

    path: str
    start: int
    end: int
    score: float


class Peer(Protocol):
    """Another way to search. It is prepared in one process and asked in a later one."""

    def prepare(self, texts: Sequence[Text], folder: Path) -> None:
        """Index the texts, and leave in `folder` what asking needs."""
        ...

    def open(self, folder: Path) -> None: ...

    def search(self, question: str, k: int) -> list[Found]:
        """The best `k`, best first."""
        ...


PEERS = {
    "rank_bm25": "evals.peers.windows:Words",
    "sentence-transformers + FAISS": "evals.peers.windows:Meaning",
    "their reciprocal rank fusion": "evals.peers.windows:Fused",
    "txtai hybrid": "evals.peers.txtai_hybrid:Txtai",
    "Haystack hybrid": "evals.peers.haystack_hybrid:Haystack",
}


def peer(name: str) -> Peer:
    """The peer of that name. Raises SettingsError for a name that is none."""
    if name not in PEERS:
        raise SettingsError(f"There is no peer {name!r}. There is: {', '.join(PEERS)}.")
    module, _, attribute = PEERS[name].partition(":")
    found: Peer = getattr(import_module(module), attribute)()
    return found


def windows(text: Text) -> list[tuple[int, int]]:
    """Start and end of each run of 50 words; of the whole text where it is a passage. None for a text without words."""
    places = [(word.start(), word.end()) for word in _WORD.finditer(text.text)]
    if not places:
        return []
    if text.whole:
        return [(places[0][0], places[-1][1])]
    return [(places[i][0], places[min(i + WINDOW, len(places)) - 1][1]) for i in range(0, len(places), WINDOW)]


def write_texts(texts: Sequence[Text], folder: Path) -> None:
    (folder / TEXTS).write_text(json.dumps([asdict(text) for text in texts]), encoding="utf-8")


def read_texts(folder: Path) -> list[Text]:
    return [Text(**record) for record in json.loads((folder / TEXTS).read_text(encoding="utf-8"))]
