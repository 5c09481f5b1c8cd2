"""From the name of a re-ranker to the re-ranker, exported once and cached."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from indexer.encoders.card import Precision
from indexer.exporting import export_apart, named_after, source_of, state_of
from indexer.rerankers.card import EXPORT_VERSION
from indexer.rerankers.session import OnnxReranker, load_reranker

__all__ = ["OnnxReranker", "load_reranker", "reranker_for"]


def reranker_for(
    model: str, cache: Path, precision: Precision = "int8", notify: Callable[[str], None] | None = None, threads: int | None = None
) -> OnnxReranker:
    """A CrossEncoder as a re-ranker, exported into `cache` when it is first used; needs neither torch nor a network afterwards.

    model: the path of a CrossEncoder's folder, or a hub name. notify: told in sentences what takes time, and where int8 was refused.
    Raises EncoderError when the model cannot be loaded, or its export is not to be trusted.
    """
    key = json.dumps([EXPORT_VERSION, model, state_of(model), precision])
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = cache / f"reranker-{named_after(model)}-{precision}-{digest}"
    if not folder.is_dir():
        tell = notify or (lambda words: None)
        tell(f"Taking the re-ranker {model} into use: exporting and checking it, which is done once and may take a minute.")
        from indexer.rerankers.export import ExportOrder

        order = ExportOrder(model, *source_of(model), str(folder.absolute()), precision)
        export_apart("indexer.rerankers.export", model, asdict(order), tell)
    return load_reranker(folder, threads)
