"""An exported encoder at work, on ONNX Runtime and tokenizers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import VectorError
from indexer.encoders.base import Kind, Rows
from indexer.encoders.card import EncoderCard
from indexer.exporting import cores, open_session, open_tokenizer, sound
from indexer.vectors.rows import unit_rows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Row = NDArray[np.float32]
Span = tuple[int, int]

TOKENISED_AT_ONCE = 512  # texts; bounds the memory that token lists take


class OnnxEncoder:
    """An Encoder whose vector of a text depends on that text alone.

    Texts run through the network one at a time, several threads side by side. Texts stacked into one batch would share the
    scale of their int8 activations, so that a passage's vector would change with its neighbours', and their padding costs
    more than stacking saves: 383 passages a second singly, 179 to 302 in batches, on two cores.
    """

    def __init__(self, folder: Path, card: EncoderCard, threads: int) -> None:
        self.folder = folder
        self.card = card
        self.fingerprint = card.fingerprint
        self.model = card.model
        self.dimensions = card.dimensions
        self.max_tokens = card.max_tokens
        self._threads = threads
        self._read: Tokenizer | None = None
        self._opened: InferenceSession | None = None
        self._opening = Lock()

    def open(self) -> InferenceSession:
        """The network, opened when it is first needed: counting tokens needs none. Raises EncoderError when it is not whole."""
        with self._opening:
            if self._opened is None:
                self._opened = open_session(self.folder, "encoder")
            return self._opened

    def tokenizer(self) -> Tokenizer:
        """Its own, read when it is first needed. Raises EncoderError when it is not whole."""
        with self._opening:
            if self._read is None:
                self._read = open_tokenizer(self.folder, "encoder")
            return self._read

    def open_all(self) -> None:
        """Network and tokenizer. Raises EncoderError when either is not whole."""
        self.open()
        self.tokenizer()

    def encode(self, texts: Sequence[str], kind: Kind, progress: Callable[[int], None] | None = None) -> Rows:
        """Unit rows in the order of `texts`; `progress` is called with the count just done. Raises VectorError on an empty text."""
        for position, text in enumerate(texts):
            if not text.strip():
                raise VectorError(f"Text {position} of {len(texts)} is empty. Leave it out: an empty text has no meaning to compare.")
        prompt = self.card.query_prompt if kind == "query" else self.card.passage_prompt
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for position, row in enumerate(self._rows([prompt + text for text in texts])):
            rows[position] = row
            if progress:
                progress(1)
        return unit_rows(rows)

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[Span]], progress: Callable[[int], None] | None = None
    ) -> list[Rows]:
        """As Encoder says. A part's row is the mean of its tokens as the network sees them in their passage, which costs no run of its own.

        Source: Günther and others, "Late Chunking", 2024, arXiv 2409.04701. Where a model does not pool by the mean, or a passage
        is longer than the model reads, parts are encoded by themselves.
        """
        prompt = self.card.passage_prompt
        found: list[Rows] = []
        for text, spans, (row, pooled) in zip(texts, parts, self._rows_with_parts(prompt, texts, parts), strict=True):
            inside = [
                part if part is not None else self.encode([text[start:end]], "passage")[0]
                for (start, end), part in zip(spans, pooled, strict=True)
            ]
            found.append(unit_rows([row, *inside]))
            if progress:
                progress(1)
        return found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text uncut, without the special ones at its ends."""
        return _counted(self.tokenizer(), texts)

    def _rows_with_parts(
        self, prompt: str, texts: Sequence[str], parts: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[Row, list[Row | None]]]:
        """The row of each text and of its parts, None for a part that has none of the tokens read."""
        shift = len(prompt)
        whole = self.card.pooling[0] == "mean" and "dense" not in self.card.pooling

        def one(text: str, spans: Sequence[Span]) -> tuple[Row, list[Row | None]]:
            encoded = self.tokenizer().encode(sound(prompt + text))
            row, tokens = self._run(np.asarray([encoded.ids], np.int64))
            if not whole or encoded.overflowing:
                return row, [None] * len(spans)
            offsets = np.asarray(encoded.offsets, np.int64).reshape(-1, 2) - shift
            return row, [_mean(tokens, offsets, start, end) for start, end in spans]

        if self._threads == 1:
            yield from map(one, texts, parts)
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="encoder") as pool:
            for start in range(0, len(texts), TOKENISED_AT_ONCE):
                yield from pool.map(one, texts[start : start + TOKENISED_AT_ONCE], parts[start : start + TOKENISED_AT_ONCE])

    def _rows(self, texts: list[str]) -> Iterator[NDArray[np.float32]]:
        if len(texts) == 1 or self._threads == 1:
            yield from map(self._row, self._token_ids(texts))
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="encoder") as pool:
            for start in range(0, len(texts), TOKENISED_AT_ONCE):
                yield from pool.map(self._row, self._token_ids(texts[start : start + TOKENISED_AT_ONCE]))

    def _token_ids(self, texts: list[str]) -> list[NDArray[np.int64]]:
        encoded = self.tokenizer().encode_batch_fast([sound(text) for text in texts])
        return [np.asarray([one.ids], np.int64) for one in encoded]

    def _row(self, ids: NDArray[np.int64]) -> Row:
        return self._run(ids)[0]

    def _run(self, ids: NDArray[np.int64]) -> tuple[Row, Rows]:
        """The vector of a text, and those of its tokens, float32 (tokens, hidden)."""
        if not ids.size:
            raise VectorError("The model's tokenizer finds no token in a text. Leave such texts out.")
        vector, tokens = self.open().run(None, {"input_ids": ids})
        return vector[0], tokens[0]


def _mean(tokens: Rows, offsets: NDArray[np.int64], start: int, end: int) -> Row | None:
    """The mean of the tokens that lie in the range; the special ones, which are empty, are left out."""
    inside = (offsets[:, 0] < end) & (offsets[:, 1] > start) & (offsets[:, 0] < offsets[:, 1])
    if not inside.any():
        return None
    mean: Row = tokens[inside].mean(axis=0)
    return mean


def token_counter(folder: Path) -> Callable[[Sequence[str]], list[int]]:
    """`count_tokens` of the encoder in `folder`, without its network. Raises EncoderError."""
    tokenizer = open_tokenizer(folder, "encoder")
    return lambda texts: _counted(tokenizer, texts)


def _counted(tokenizer: Tokenizer, texts: Sequence[str]) -> list[int]:
    counts: list[int] = []
    for start in range(0, len(texts), TOKENISED_AT_ONCE):
        chunk = [sound(text) for text in texts[start : start + TOKENISED_AT_ONCE]]
        encoded = tokenizer.encode_batch_fast(chunk, add_special_tokens=False)
        counts += [len(one.ids) + sum(len(rest.ids) for rest in one.overflowing) for one in encoded]
    return counts


def load_encoder(folder: Path, threads: int | None = None, later: bool = False) -> OnnxEncoder:
    """The exported encoder in `folder` (model.onnx, tokenizer.json, encoder.json).

    threads: texts encoded side by side; None means one a core. later: open network and tokenizer when they are first needed.
    Raises EncoderError when the folder does not hold one whole.
    """
    encoder = OnnxEncoder(folder, EncoderCard.read(folder), threads or cores())
    if not later:
        encoder.open_all()
    return encoder
