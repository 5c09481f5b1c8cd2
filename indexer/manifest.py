"""What a generation says of itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import DamagedGenerationError, EncoderMismatchError

FORMAT = 6
FILE = "manifest.json"
ENCODER_FACTS = frozenset({"model", "precision", "query_prompt", "passage_prompt", "fingerprint", "dimensions"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class GuidanceCounts:
    """How much of a generation is guidance that ships. controls: clauses of it that are on a control or requirement clause."""

    documents: int = 0
    clauses: int = 0
    passages: int = 0
    controls: int = 0

    def __add__(self, other: GuidanceCounts) -> GuidanceCounts:
        return GuidanceCounts(
            self.documents + other.documents,
            self.clauses + other.clauses,
            self.passages + other.passages,
            self.controls + other.controls,
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides what a generation holds, and how much it holds.

    encoder: the facts of ENCODER_FACTS: what the settings asked for, and what came of it.
    settings: what else decides the result (window, default framework, …).
    inputs: sha256 of the bytes of every file, by path, those that were skipped included.
    audiences: the distinct audiences, sorted group names each; a document names its own by position.
    collections: names; a document names its own by position.
    files: sha256 of every other file of the generation, by POSIX path in its folder.
    documents, clauses, passages: all of them; guidance: how many of these are the guidance that ships.
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
    files: dict[str, str] = field(default_factory=dict)
    guidance: GuidanceCounts = field(default_factory=GuidanceCounts)
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
                    f"{folder.name} has index format {raw['format']}; this version of isobot reads {FORMAT}. "
                    "Run `isobot index` to rebuild it."
                )
            for key in ("skipped", "warnings", "unknown_references"):
                raw[key] = tuple(Skipped(**entry) for entry in raw[key])
            raw["audiences"] = tuple(tuple(groups) for groups in raw["audiences"])
            raw["collections"] = tuple(raw["collections"])
            raw["guidance"] = GuidanceCounts(**raw.get("guidance", {}))
            manifest = cls(**raw)
            if set(manifest.encoder) != ENCODER_FACTS or "vectors" not in manifest.settings or not isinstance(manifest.inputs, dict):
                raise ValueError("it lacks facts about the encoder, the settings or the files")
            return manifest
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise DamagedGenerationError(f"{path} cannot be read ({problem}). Run `isobot index` to rebuild the index.") from None


def hashes_of(folder: Path) -> dict[str, str]:
    """sha256 of every file in a generation's folder but the manifest, by POSIX path."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != FILE:
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
