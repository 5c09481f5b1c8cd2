"""What an exported encoder says of itself: encoder.json, beside model.onnx and tokenizer.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal

from corpus.errors import EncoderError

Precision = Literal["int8", "fp32"]

EXPORT_VERSION = 3  # raise it whenever the same model would be exported to another function of the text
CARD_FILE = "encoder.json"


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """The facts of one exported encoder.

    model: the setting that named it. dimensions: of a row. max_tokens: what is longer is cut, special tokens counted.
    pooling: the modules after the transformer, in order ("mean", "dense", "normalize"); all of them are in the graph.
    precision: of the weights in model.onnx. int8_refused: why they are not int8 where int8 was asked for, else "".
    cosine, worst_cosine: agreement with the original over the check sentences, mean and least.
    fingerprint: hex; see `fingerprint_of`. versions: of the packages that made the export.
    """

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

    def write(self, folder: Path) -> None:
        (folder / CARD_FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> EncoderCard:
        """The card in `folder`. Raises EncoderError when there is none, or none that this version understands."""
        path = folder / CARD_FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            found["pooling"] = tuple(found["pooling"])
            card = cls(**{name.name: found[name.name] for name in fields(cls)})
        except OSError as error:
            raise EncoderError(f"{folder} holds no exported encoder: {CARD_FILE} cannot be read ({error.strerror}).") from error
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"{path} is damaged ({error!r}). Delete {folder}; the model is exported again when next used.") from error
        if card.export_version != EXPORT_VERSION:
            raise EncoderError(
                f"{folder} was exported as version {card.export_version}, and this isobot reads version {EXPORT_VERSION}. "
                "Run `isobot index` to rebuild with a fresh export."
            )
        return card


def fingerprint_of(weights: str, tokenizer: str, **facts: object) -> str:
    """Hex of everything that decides which vector a text gets.

    weights: hex digest of the original's parameters. tokenizer: text of tokenizer.json. facts: pooling, prompts, precision, max_tokens.
    """
    said = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256("\0".join((str(EXPORT_VERSION), weights, tokenizer, said)).encode("utf-8")).hexdigest()[:32]
