"""The exported models that an index keeps, so that it needs nothing but itself to be asked."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path
from typing import Protocol

from indexer.exporting import MODEL_FILE, TOKENIZER_FILE
from indexer.generation import model_folder


class Exported(Protocol):
    """A model as it was exported."""

    folder: Path
    fingerprint: str


def keeps(index: Path, model: Exported) -> bool:
    """Whether the index holds a whole model, and of it the export byte for byte."""
    kept = model_folder(index, model.fingerprint)
    names = [path.name for path in model.folder.iterdir() if path.is_file()]
    whole = all((kept / name).is_file() for name in (MODEL_FILE, TOKENIZER_FILE))
    return whole and filecmp.cmpfiles(model.folder, kept, names, shallow=False)[0] == names


def keep(index: Path, model: Exported) -> None:
    """Put the export into the index; what lost or changed a file is replaced."""
    if keeps(index, model):
        return
    kept = model_folder(index, model.fingerprint)
    kept.parent.mkdir(exist_ok=True)
    partial = kept.with_name(f".{kept.name}")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(model.folder, partial)
    shutil.rmtree(kept, ignore_errors=True)
    partial.rename(kept)
