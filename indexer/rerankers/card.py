"""What an exported re-ranker says of itself: reranker.json, beside model.onnx and tokenizer.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus.errors import EncoderError
from indexer.encoders.card import Precision

EXPORT_VERSION = 1  # raise it whenever the same model would be exported to another function of the texts
CARD_FILE = "reranker.json"


@dataclass(frozen=True, slots=True)
class RerankerCard:
    """The facts of one exported re-ranker.

    model: the setting that named it. fingerprint: hex, differs whenever the same pair may get another score. max_tokens: of question
    and passage together; the longer is cut. precision: of the weights in model.onnx. agreement: correlation with the original's scores.
    """

    model: str
    fingerprint: str
    max_tokens: int
    precision: Precision
    agreement: float
    export_version: int = EXPORT_VERSION

    def write(self, folder: Path) -> None:
        (folder / CARD_FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> RerankerCard:
        """The card in `folder`. Raises EncoderError when there is none that this version understands."""
        path = folder / CARD_FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            card = cls(**{name.name: found[name.name] for name in fields(cls)})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"{path} cannot be read ({error!r}). Delete {folder}, and run `isobot index` to export it again.") from error
        if card.export_version != EXPORT_VERSION:
            raise EncoderError(
                f"{folder} was exported as version {card.export_version}, and this isobot reads version {EXPORT_VERSION}. "
                "Run `isobot index` to rebuild with a fresh export."
            )
        return card
