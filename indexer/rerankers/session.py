"""An exported re-ranker at work, on ONNX Runtime and tokenizers alone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.exporting import cores, open_session, open_tokenizer, sound
from indexer.rerankers.card import RerankerCard

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


class OnnxReranker:
    """Scores how well a passage answers a question, by reading both together; a pair's score depends on that pair alone.

    Source: Nogueira and Cho, "Passage Re-ranking with BERT", 2019, arXiv 1901.04085.
    """

    def __init__(self, folder: Path, card: RerankerCard, session: InferenceSession, tokenizer: Tokenizer, threads: int) -> None:
        self.folder = folder
        self.card = card
        self.fingerprint = card.fingerprint
        self._session = session
        self._inputs = {given.name for given in session.get_inputs()}
        self._tokenizer = tokenizer
        self._threads = threads

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """float32 (n,), a number for each passage, higher where it answers better; what they are worth is the model's own."""
        pairs = [(sound(question), sound(passage)) for passage in passages]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="reranker") as pool:
            return np.fromiter(pool.map(self._score, pairs), np.float32, len(pairs))

    def _score(self, pair: tuple[str, str]) -> float:
        encoded = self._tokenizer.encode(*pair)
        given = {"input_ids": encoded.ids, "token_type_ids": encoded.type_ids}
        (logits,) = self._session.run(None, {name: np.asarray([given[name]], np.int64) for name in self._inputs})
        return float(logits[0, 0])


def load_reranker(folder: Path, threads: int | None = None) -> OnnxReranker:
    """The exported re-ranker in `folder`. threads: pairs scored side by side; None means one a core.

    Raises EncoderError when the folder does not hold one whole.
    """
    card = RerankerCard.read(folder)
    session = open_session(folder, "re-ranker")
    return OnnxReranker(folder, card, session, open_tokenizer(folder, "re-ranker"), threads or cores())
