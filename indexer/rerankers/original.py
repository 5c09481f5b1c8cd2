"""The CrossEncoder that a re-ranker is exported from. Only `indexer.rerankers.export` loads torch, through here."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError
from indexer.exporting import tokenizer_json, weights_digest
from indexer.originals import load_network, write_graph

LONGEST = 512  # tokens of a pair, where the model names no limit of its own


@dataclass(frozen=True)
class Original:
    """A loaded CrossEncoder with one score a pair."""

    name: str
    network: Any

    @property
    def max_tokens(self) -> int:
        """Tokens of question and passage together, special ones counted."""
        named = (self.network.max_seq_length, getattr(self.network.model.config, "max_position_embeddings", None))
        return min([LONGEST, *(int(limit) for limit in named if limit)])

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """float32 (n,): the scores of pairs before any activation."""
        import torch

        found: NDArray[np.float32] = self.network.predict(
            list(pairs), batch_size=1, activation_fn=torch.nn.Identity(), show_progress_bar=False, convert_to_numpy=True
        )
        return found.reshape(-1)

    def tokenizer_json(self) -> str:
        return tokenizer_json(self.network.tokenizer, self.name, self.max_tokens)

    def weights_digest(self) -> str:
        return weights_digest(self.network.model)

    def write_onnx(self, path: Path) -> None:
        """One pair at a time, for which there is nothing to mask: int64 (1, tokens) in, float32 (1, 1) out."""
        import torch

        names = ["input_ids", *(["token_type_ids"] if self._has_types() else [])]
        encoded = self.network.tokenizer("who reviews it?", "Access rights are reviewed every quarter.")
        types = encoded.get("token_type_ids") or [0] * len(encoded["input_ids"])
        example = tuple(torch.tensor([given]) for given in (encoded["input_ids"], types)[: len(names)])
        write_graph(_logits(self.network.model), example, path, names, ["score"], by_token=names)

    def _has_types(self) -> bool:
        return "token_type_ids" in inspect.signature(self.network.model.forward).parameters


def load_original(name: str, source: str, local: bool) -> Original:
    """The re-ranker `name` from `source`, a folder or a hub name. local: touch no network.

    Raises EncoderError when it cannot be loaded, or gives more than one score a pair.
    """
    network = load_network("CrossEncoder", name, source, local)
    if network.num_labels != 1:
        raise EncoderError(f"{name} gives {network.num_labels} scores for a pair, and a re-ranker gives one. Choose another one.")
    return Original(name, network)


def _logits(model: Any) -> Any:
    """The model as a torch module from ids, and types where it has them, to its one score."""
    import torch

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, token_type_ids: Any = None) -> Any:
            types = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
            return self.model(input_ids=input_ids, **types).logits

    return Logits()
