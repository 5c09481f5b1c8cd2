"""Takes a CrossEncoder into use: exports it to ONNX, checks the export, publishes it whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError
from indexer.encoders.agreement import CHECK_SENTENCES
from indexer.encoders.card import Precision, fingerprint_of
from indexer.exporting import MODEL_FILE, TOKENIZER_FILE, follow_order, publish, quantise, workplace
from indexer.rerankers.card import EXPORT_VERSION, RerankerCard
from indexer.rerankers.original import Original, load_original
from indexer.rerankers.session import load_reranker

LEAST_AGREEMENT: dict[Precision, float] = {"int8": 0.98, "fp32": 0.9999}  # correlation of scores over the check pairs
PAIRS = tuple(product(CHECK_SENTENCES[2:6], CHECK_SENTENCES[:4] + CHECK_SENTENCES[18:]))


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export, and where to.

    model: the setting. source: folder or hub name that it stands for. local: touch no network. folder: to be published.
    """

    model: str
    source: str
    local: bool
    folder: str
    precision: Precision = "int8"


def export(order: ExportOrder, notice: Callable[[str], None]) -> None:
    """Publish the exported re-ranker as `order.folder`, whole or not at all; another process that was quicker is left in peace.

    Raises EncoderError when the model cannot be loaded or traced, or when even full precision disagrees with the original.
    """
    folder = Path(order.folder)
    original = load_original(order.model, order.source, order.local)
    with workplace(folder) as work:
        card = _write(order, original, work, notice)
        facts = {"max_tokens": card.max_tokens, "precision": card.precision, "reranker": EXPORT_VERSION}
        replace(card, fingerprint=fingerprint_of(original.weights_digest(), original.tokenizer_json(), **facts)).write(work)
        publish(work, folder)


def _write(order: ExportOrder, original: Original, work: Path, notice: Callable[[str], None]) -> RerankerCard:
    """Leave the best trusted model.onnx in `work` and return its card."""
    (work / TOKENIZER_FILE).write_text(original.tokenizer_json(), encoding="utf-8")
    expected = original.scores(PAIRS)
    try:
        original.write_onnx(work / MODEL_FILE)
    except Exception as error:  # tracing fails in as many ways as there are architectures
        reason = " ".join(str(error).split())[:300]
        raise EncoderError(f"The re-ranker {order.model} cannot be exported to ONNX ({reason}). Choose another one.") from error
    card = _checked(RerankerCard(order.model, "", original.max_tokens, "fp32", 0.0), work, expected)
    if not card.agreement >= LEAST_AGREEMENT["fp32"]:
        raise EncoderError(
            f"The export of the re-ranker {order.model} is refused: its scores correlate with the original's by {card.agreement:.4f}, and "
            f"{LEAST_AGREEMENT['fp32']} is needed. Choose another one."
        )
    if order.precision == "int8":
        card = _quantised(card, work, expected, notice)
    notice(f"{order.model} is exported in {card.precision}: correlation with the original {card.agreement:.4f}")
    return card


def _quantised(card: RerankerCard, work: Path, expected: NDArray[np.float32], notice: Callable[[str], None]) -> RerankerCard:
    """Put int8 weights in place of the full ones if they agree; say why not if they do not."""
    full = work / "full.onnx"
    (work / MODEL_FILE).rename(full)
    try:
        quantise(full, work / MODEL_FILE)
        quantised = _checked(replace(card, precision="int8"), work, expected)
        objection = "" if quantised.agreement >= LEAST_AGREEMENT["int8"] else f"its correlation is {quantised.agreement:.4f}"
    except Exception as error:  # an operator that the quantiser or ONNX Runtime cannot handle in int8
        objection = f"quantising failed ({' '.join(str(error).split())[:200]})"
    if objection:
        full.replace(work / MODEL_FILE)
        notice(f"int8 is refused for {card.model}, so it runs in full precision, at about half the speed: {objection}.")
        return card
    full.unlink()
    return quantised


def _checked(card: RerankerCard, work: Path, expected: NDArray[np.float32]) -> RerankerCard:
    """The card with the correlation of what now stands in `work`, run exactly as it will be; NaN where it is no number."""
    card.write(work)
    reranker = load_reranker(work)
    found = np.concatenate([reranker.scores(question, [passage]) for question, passage in PAIRS])
    with np.errstate(invalid="ignore"):
        return replace(card, agreement=float(np.corrcoef(expected, found)[0, 1]))


if __name__ == "__main__":
    sys.exit(follow_order(lambda order, tell: export(ExportOrder(**order), tell)))
