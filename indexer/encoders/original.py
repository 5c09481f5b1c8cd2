"""The sentence-transformers model that an encoder is exported from. Only `indexer.encoders.export` loads torch, through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import EncoderError
from indexer.encoders.adapter import merge
from indexer.encoders.attention import fuse_attention
from indexer.encoders.base import Rows
from indexer.exporting import tokenizer_json, weights_digest
from indexer.originals import load_network, write_graph
from indexer.vectors.rows import unit_rows


@dataclass(frozen=True)
class Original:
    """A loaded model whose modules all have a place in the export: transformer, pooling, dense layers, normalisation."""

    name: str
    network: Any
    pooling: tuple[str, ...]

    @property
    def max_tokens(self) -> int:
        """Tokens that it reads, special ones counted."""
        limit = self.network.max_seq_length or self.network[0].auto_model.config.max_position_embeddings
        return int(limit)

    def own_prompt(self, *names: str) -> str:
        """The first prompt that the model's author declares under one of the names; "" when there is none."""
        prompts = self.network.prompts or {}
        return next((prompts[name] for name in names if prompts.get(name)), "")

    def encode(self, texts: Sequence[str]) -> Rows:
        """Unit rows as sentence-transformers makes them, in padded batches."""
        return unit_rows(self.network.encode(list(texts), batch_size=8, prompt="", show_progress_bar=False, convert_to_numpy=True))

    def adapt(self, file: Path) -> None:
        """Add an adapter to the weights. Raises EncoderError when it does not fit."""
        merge(self.network[0].auto_model, file)

    def tokenizer_json(self) -> str:
        return tokenizer_json(self.network[0].tokenizer, self.name, self.max_tokens)

    def weights_digest(self) -> str:
        return weights_digest(self.network)

    def write_onnx(self, path: Path) -> None:
        """The whole way from token ids to the vector as one graph: int64 (1, tokens) in, float32 (1, dimensions) out, and beside it
        what the transformer says of each token, float32 (1, tokens, hidden), which the vectors of parts are made of.

        It has no attention mask: one text at a time has nothing to mask. A traced BERT that is given a two-dimensional mask
        is silently wrong by up to 0.1 wherever there is padding.
        """
        import torch

        example = torch.tensor([self.network[0].tokenizer(self.example())["input_ids"]])
        write_graph(_way(self.network), (example,), path, ["input_ids"], ["vector", "tokens"], by_token=["input_ids", "tokens"])
        heads = getattr(self.network[0].auto_model.config, "num_attention_heads", None)
        if heads:
            fuse_attention(path, heads)

    @staticmethod
    def example() -> str:
        return "Access rights are reviewed every quarter."


def load_original(name: str, source: str, local: bool) -> Original:
    """The model `name` from `source`, a folder or a hub name. local: touch no network.

    Raises EncoderError when it cannot be loaded, or has a module that cannot be exported.
    """
    network = load_network("SentenceTransformer", name, source, local)
    return Original(name, network, _pooling(name, network))


def _pooling(name: str, network: Any) -> tuple[str, ...]:
    """What follows the transformer, in order. Raises EncoderError for a module that the export does not know."""
    kinds = [type(module).__name__ for module in network]
    if kinds[:2] != ["Transformer", "Pooling"] or not set(kinds[2:]) <= {"Dense", "Normalize"}:
        raise EncoderError(
            f"The model {name} is built of {', '.join(kinds)}; isobot can export Transformer and Pooling, followed by Dense and "
            "Normalize. Choose another model."
        )
    pooling = network[1]
    if not getattr(pooling, "include_prompt", True):
        raise EncoderError(f"The model {name} leaves its prompt out of pooling, which isobot does not support. Choose another model.")
    modes = getattr(pooling, "pooling_mode", None) or pooling.get_pooling_mode_str()
    return (modes if isinstance(modes, str) else "+".join(modes), *(kind.lower() for kind in kinds[2:]))


def _way(network: Any) -> Any:
    """The modules in a row, as one torch module from token ids to the vector and the tokens' own."""
    import torch

    class Way(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.modules_in_order = network

        def forward(self, input_ids: Any) -> Any:
            transformer, *rest = self.modules_in_order
            tokens = transformer.auto_model(input_ids=input_ids).last_hidden_state
            features = {"token_embeddings": tokens, "attention_mask": torch.ones_like(input_ids)}
            for module in rest:
                features = module(features)
            return features["sentence_embedding"], tokens

    return Way()
