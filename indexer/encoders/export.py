"""Takes a sentence-transformers model into use: exports it to ONNX, checks the export, publishes it whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from corpus.errors import EncoderError
from indexer.encoders.agreement import CHECK_SENTENCES, Agreement
from indexer.encoders.base import Rows
from indexer.encoders.card import EncoderCard, Precision, fingerprint_of
from indexer.encoders.original import Original, load_original
from indexer.encoders.session import load_encoder
from indexer.exporting import MODEL_FILE, TOKENIZER_FILE, follow_order, publish, quantise, workplace


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export, and where to.

    model: the setting. source: folder or hub name that it stands for. local: touch no network. folder: to be published.
    query_prompt, passage_prompt: empty means the model's own. adapter: the file of one to add; empty means none.
    """

    model: str
    source: str
    local: bool
    folder: str
    precision: Precision = "int8"
    query_prompt: str = ""
    passage_prompt: str = ""
    adapter: str = ""


def export(order: ExportOrder, notice: Callable[[str], None]) -> None:
    """Publish the exported encoder as `order.folder`, whole or not at all; another process that was quicker is left in peace.

    Raises EncoderError when the model cannot be loaded or traced, or when even full precision disagrees with the original.
    """
    folder = Path(order.folder)
    original = load_original(order.model, order.source, order.local)
    if order.adapter:
        original.adapt(Path(order.adapter))
    with workplace(folder) as work:
        card = _fingerprinted(_write(order, original, work, notice), original)
        card.write(work)
        publish(work, folder)


def _write(order: ExportOrder, original: Original, work: Path, notice: Callable[[str], None]) -> EncoderCard:
    """Leave the best trusted model.onnx in `work` and return its card."""
    (work / TOKENIZER_FILE).write_text(original.tokenizer_json(), encoding="utf-8")
    expected = original.encode(CHECK_SENTENCES)
    card = _card(order, original, expected)
    try:
        original.write_onnx(work / MODEL_FILE)
    except Exception as error:  # tracing fails in as many ways as there are architectures
        reason = " ".join(str(error).split())[:300]
        raise EncoderError(f"The model {order.model} cannot be exported to ONNX ({reason}). Choose another model.") from error
    agreement, card = _checked(card, work, expected)
    objection = agreement.objection("fp32")
    if objection:
        raise EncoderError(f"The export of the model {order.model} is refused: {objection}. Choose another model.")
    if order.precision == "int8":
        card = _quantised(card, original, work, expected)
        if card.int8_refused:
            notice(f"int8 is refused for {order.model}, so it runs in full precision, at about half the speed: {card.int8_refused}.")
    notice(f"{order.model} is exported in {card.precision}: mean cosine with the original {card.cosine:.4f}, least {card.worst_cosine:.4f}")
    return card


def _card(order: ExportOrder, original: Original, expected: Rows) -> EncoderCard:
    query = order.query_prompt or original.own_prompt("query")
    passage = order.passage_prompt or original.own_prompt("document", "passage")
    used = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")
    return EncoderCard(
        model=order.model, fingerprint="", dimensions=expected.shape[1], max_tokens=original.max_tokens, pooling=original.pooling,
        query_prompt=query, passage_prompt=passage, precision="fp32", cosine=0.0, worst_cosine=0.0,
        versions={name: version(name) for name in used},
    )  # fmt: skip


def _fingerprinted(card: EncoderCard, original: Original) -> EncoderCard:
    facts = {name: getattr(card, name) for name in ("max_tokens", "pooling", "query_prompt", "passage_prompt", "precision")}
    return replace(card, fingerprint=fingerprint_of(original.weights_digest(), original.tokenizer_json(), **facts))


def _checked(card: EncoderCard, work: Path, expected: Rows) -> tuple[Agreement, EncoderCard]:
    """The agreement of what now stands in `work`, run exactly as it will be, and the card that says so."""
    unprompted = replace(card, query_prompt="", passage_prompt="")
    unprompted.write(work)
    agreement = Agreement.between(expected, load_encoder(work).encode(CHECK_SENTENCES, "passage"))
    return agreement, replace(card, cosine=agreement.mean, worst_cosine=agreement.worst)


def _quantised(card: EncoderCard, original: Original, work: Path, expected: Rows) -> EncoderCard:
    """Put int8 weights in place of the full ones if they agree; say on the card why not if they do not."""
    full = work / "full.onnx"
    (work / MODEL_FILE).rename(full)
    try:
        quantise(full, work / MODEL_FILE)
        agreement, quantised = _checked(replace(card, precision="int8"), work, expected)
        objection = agreement.objection("int8")
    except Exception as error:  # an operator that the quantiser or ONNX Runtime cannot handle in int8
        objection = f"quantising failed ({' '.join(str(error).split())[:200]})"
    if objection:
        full.replace(work / MODEL_FILE)
        return replace(card, int8_refused=objection)
    full.unlink()
    return quantised


if __name__ == "__main__":
    sys.exit(follow_order(lambda order, tell: export(ExportOrder(**order), tell)))
