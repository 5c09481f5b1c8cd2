"""The exported models that an index keeps, so that it needs nothing but itself to be asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Protocol

from indexer.generation import model_folder
from indexer.manifest import hashes_of

FILE = "files.json"  # the SHA-256 of each file by its name, as it was when it was put there


class Exported(Protocol):
    """A model as it was exported."""

    folder: Path
    fingerprint: str


def keeps(index: Path, fingerprint: str) -> bool:
    """Whether the index holds the model whole, every file as it was put there."""
    kept = model_folder(index, fingerprint)
    try:
        stated = json.loads((kept / FILE).read_text(encoding="utf-8"))
        return bool(stated == _hashes(kept))
    except (OSError, ValueError):
        return False


def keep(index: Path, model: Exported) -> None:
    """Put the export into the index, unless that holds the model whole."""
    if keeps(index, model.fingerprint):
        return
    kept = model_folder(index, model.fingerprint)
    kept.parent.mkdir(exist_ok=True)
    partial, old = (kept.with_name(f".{kept.name}{kind}") for kind in ("", ".old"))
    for left in (partial, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(model.folder, partial)
    (partial / FILE).write_text(json.dumps(_hashes(partial)), encoding="utf-8")
    if kept.exists():
        kept.rename(old)
    partial.rename(kept)
    shutil.rmtree(old, ignore_errors=True)


def _hashes(folder: Path) -> dict[str, str]:
    return {name: digest for name, digest in hashes_of(folder).items() if name != FILE}
