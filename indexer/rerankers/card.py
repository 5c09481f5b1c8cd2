"""What an exported re-ranker says of itself: reranker.json, beside model.onnx and tokenizer.json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from indexer.card import Card
from indexer.encoders.card import Precision

EXPORT_VERSION = 1  # raise it whenever the same model would be exported to another function of the texts


@dataclass(frozen=True, slots=True)
class RerankerCard(Card):
    """The facts of one exported re-ranker.

    model: the setting that named it. fingerprint: hex, differs whenever the same pair may get another score. max_tokens: of question
    and passage together; the longer is cut. precision: of the weights in model.onnx. agreement: correlation with the original's scores.
    """

    FILE: ClassVar[str] = "reranker.json"
    KIND: ClassVar[str] = "re-ranker"
    VERSION: ClassVar[int] = EXPORT_VERSION

    model: str
    fingerprint: str
    max_tokens: int
    precision: Precision
    agreement: float
    export_version: int = EXPORT_VERSION
