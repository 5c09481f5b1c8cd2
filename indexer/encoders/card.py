"""What an exported encoder says of itself: encoder.json, beside model.onnx and tokenizer.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from indexer.card import Card

Precision = Literal["int8", "fp32"]

EXPORT_VERSION = 3  # raise it whenever the same model would be exported to another function of the text


@dataclass(frozen=True, slots=True)
class EncoderCard(Card):
    """The facts of one exported encoder.

    model: the setting that named it. dimensions: of a row. max_tokens: what is longer is cut, special tokens counted.
    pooling: the modules after the transformer, in order ("mean", "dense", "normalize"); all of them are in the graph.
    precision: of the weights in model.onnx. int8_refused: why they are not int8 where int8 was asked for, else "".
    cosine, worst_cosine: agreement with the original over the check sentences, mean and least.
    fingerprint: hex; see `fingerprint_of`. versions: of the packages that made the export.
    """

    FILE: ClassVar[str] = "encoder.json"
    KIND: ClassVar[str] = "encoder"
    VERSION: ClassVar[int] = EXPORT_VERSION

    model: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    pooling: tuple[str, ...]
    query_prompt: str
    passage_prompt: str
    precision: Precision
    cosine: float
    worst_cosine: float
    int8_refused: str = ""
    export_version: int = EXPORT_VERSION
    versions: Mapping[str, str] = field(default_factory=dict)


def fingerprint_of(weights: str, tokenizer: str, **facts: object) -> str:
    """Hex of everything that decides which vector a text gets.

    weights: hex digest of the original's parameters. tokenizer: text of tokenizer.json. facts: pooling, prompts, precision, max_tokens.
    """
    said = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256("\0".join((str(EXPORT_VERSION), weights, tokenizer, said)).encode("utf-8")).hexdigest()[:32]
