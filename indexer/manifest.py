"""What a generation says of itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import DamagedGenerationError, EncoderMismatchError

FORMAT = 1
FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides what a generation holds, and how much it holds.

    inputs: sha256 of the bytes of every file, by path, those that were skipped included.
    settings: what else decides the result (window, default framework, …); encoder: model, fingerprint, precision, dimensions.
    audiences: the distinct audiences, sorted group names each; a document names its own by position.
    collections: names; a document names its own by position.
    """

    name: str
    built_at: str
    encoder: dict[str, str | int]
    settings: dict[str, str | int]
    inputs: dict[str, str]
    documents: int
    clauses: int
    passages: int
    audiences: tuple[tuple[str, ...], ...] = ()
    collections: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Skipped, ...] = ()
    unknown_references: tuple[Skipped, ...] = field(default=())
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises DamagedGenerationError when the file is missing or no manifest, EncoderMismatchError for another format."""
        path = folder / FILE
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            if raw["format"] != FORMAT:
                raise EncoderMismatchError(
                    f"{folder.name} has index format {raw['format']}; this isobot reads {FORMAT}. Run `isobot index` to rebuild it."
                )
            for key in ("skipped", "warnings", "unknown_references"):
                raw[key] = tuple(Skipped(**entry) for entry in raw[key])
            raw["audiences"] = tuple(tuple(groups) for groups in raw["audiences"])
            raw["collections"] = tuple(raw["collections"])
            return cls(**raw)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise DamagedGenerationError(f"{path} cannot be read ({problem}). Run `isobot index` to rebuild the index.") from None
