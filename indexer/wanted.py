"""What a build is asked to make: the files as they are now, and everything else that decides a generation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from indexer.build_options import BuildOptions
from indexer.item import Item, unopened
from indexer.manifest import Manifest, Skipped
from indexer.progress import Progress
from indexer.rules import building_rules

if TYPE_CHECKING:
    from indexer.encoders.session import OnnxEncoder
    from indexer.rerankers.session import OnnxReranker


class Wanted:
    """The generation that a build is to end with, before anything is read.

    items: the organisation's and what ships. shipped: paths of the latter. inputs: the SHA-256 of each file by its path, "" for one that
    cannot be opened, which is in `skipped`. settings, facts: what the manifest says of how it is made, and of the encoder.
    """

    def __init__(self, items: Sequence[Item], guidance: Sequence[Item], options: BuildOptions, progress: Progress) -> None:
        """Raises SourceError when two documents share a path, EncoderError when a model cannot be used."""
        self.items, self.options = [*items, *guidance], options
        self.shipped = {item.path for item in guidance}
        self.skipped: list[Skipped] = []
        self.inputs: dict[str, str] = {}
        self._hash_inputs(progress)
        self.encoder = _encoder(options, progress)
        self.reranker = _reranker(options, progress)
        self.facts = _facts(options, self.encoder)
        self.settings = _settings(items, options, self.reranker)

    def _hash_inputs(self, progress: Progress) -> None:
        progress.stage("Looking at files", len(self.items))
        for item in self.items:
            if item.path in self.inputs:
                raise SourceError(f"Two documents have the path {item.path!r}. Index their folders under different names.")
            try:
                self.inputs[item.path] = item.sha256()
            except OSError as problem:
                self.inputs[item.path] = ""
                self.skipped.append(Skipped(item.path, unopened(problem)))
            progress.advance()

    @property
    def models(self) -> list[OnnxEncoder | OnnxReranker]:
        return [self.encoder, *([self.reranker] if self.reranker else [])]

    def is_what(self, served: Manifest) -> bool:
        """Whether the build would only make again what that generation says of itself."""
        return (served.inputs, served.settings, served.encoder) == (self.inputs, self.settings, self.facts)


def _encoder(chosen: BuildOptions, progress: Progress) -> OnnxEncoder:
    from indexer.encoders.onnx import encoder_for

    return encoder_for(chosen.model, chosen.cache, chosen.precision, chosen.query_prompt, chosen.passage_prompt, notify=progress.say)


def _reranker(chosen: BuildOptions, progress: Progress) -> OnnxReranker | None:
    if not chosen.reranker:
        return None
    from indexer.rerankers.onnx import reranker_for

    return reranker_for(chosen.reranker, chosen.cache, chosen.precision, progress.say)


def _facts(chosen: BuildOptions, encoder: OnnxEncoder) -> dict[str, str | int]:
    asked = {name: getattr(chosen, name) for name in ("model", "precision", "query_prompt", "passage_prompt")}
    return asked | {"fingerprint": encoder.fingerprint, "dimensions": encoder.dimensions}


def _settings(items: Sequence[Item], chosen: BuildOptions, reranker: OnnxReranker | None) -> dict[str, str | int]:
    named: dict[str, str | int] = {name: getattr(chosen, name) for name in ("window", "default_framework", "vectors")}
    named |= building_rules(item.path for item in items) | {"limits": ",".join(map(str, asdict(chosen.limits).values()))}
    declared = {item.path: getattr(item, "declared", ()) for item in items}
    if any(declared.values()):  # what documents.toml says decides the result as the files do
        named["declared"] = hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()
    if reranker:
        named |= {"reranker": chosen.reranker, "reranker_fingerprint": reranker.fingerprint}
    return named
