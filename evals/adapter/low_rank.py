"""Low-rank changes to the linear maps of a network, trained while its own weights stay as they are.

Source: Hu and others, "LoRA: Low-Rank Adaptation of Large Language Models", 2021, arXiv 2106.09685.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from corpus.errors import DatasetError, EncoderError
from indexer.encoders.adapter import SUFFIX, add, maps_of

SCALE = 2.0  # of the change B·A: the usual alpha over rank, with alpha twice the rank


class LowRankMap(nn.Module):
    """A linear map and a change to it. A: (rank, inputs), B: (outputs, rank); B begins as zeros, so that the map begins as it was."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        device = linear.weight.device
        self.A = nn.Parameter(torch.randn(rank, linear.in_features, device=device) / math.sqrt(linear.in_features))
        self.B = nn.Parameter(torch.zeros(linear.out_features, rank, device=device))

    def forward(self, inputs: Tensor) -> Tensor:
        changed: Tensor = self.linear(inputs) + inputs @ self.A.T @ self.B.T * SCALE
        return changed


@contextmanager
def adapted(transformer: Any, rank: int) -> Iterator[dict[str, LowRankMap]]:
    """The changes to every linear map of the transformer's layers by the names of the maps; at the end of the block it is as before.

    Raises EncoderError for a network that has no linear map to change.
    """
    transformer.requires_grad_(False)
    linear = {name: module for name, module in transformer.named_modules() if isinstance(module, nn.Linear)}
    maps = {name: LowRankMap(module, rank) for name, module in linear.items() if not name.startswith("pooler")}  # which no vector needs
    if not maps:
        raise EncoderError("The model has no linear map that an adapter could change. Choose another model.")
    try:
        for name, changed in maps.items():
            transformer.set_submodule(name, changed)
        yield maps
    finally:
        for name, changed in maps.items():
            transformer.set_submodule(name, changed.linear)


def tensors_of(maps: Mapping[str, LowRankMap]) -> dict[str, Tensor]:
    """"MAP.A" and "MAP.B" for each map, float16; their product B·A is what is added to its weight."""
    found: dict[str, Tensor] = {}
    for name, changed in maps.items():
        found[f"{name}.A"] = changed.A.detach().half().cpu().contiguous()
        found[f"{name}.B"] = (changed.B.detach() * SCALE).half().cpu().contiguous()
    return found


def mean_of(adapters: Sequence[Mapping[str, Tensor]], share: float) -> dict[str, Tensor]:
    """The adapter whose change of each map is the mean of theirs, times `share`; its rank is the sum of their ranks.

    Source: Wortsman and others, "Model soups", 2022, arXiv 2203.05482.
    """
    found: dict[str, Tensor] = {}
    for name in adapters[0]:
        parts = [one[name] for one in adapters]
        found[name] = torch.cat(parts) if name.endswith(".A") else torch.cat([part * (share / len(parts)) for part in parts], dim=1)
    return found


@contextmanager
def merged(transformer: Any, tensors: Mapping[str, Tensor]) -> Iterator[None]:
    """The changes of `tensors_of` or `mean_of` added to the weights, until the end of the block."""
    weights = [transformer.get_submodule(name).weight for name in maps_of(tensors)]
    before = [weight.data.clone() for weight in weights]
    add(transformer, tensors)
    try:
        yield
    finally:
        for weight, values in zip(weights, before, strict=True):
            weight.data.copy_(values)


def check_target(file: Path) -> None:
    """Say before hours of training what would keep the file from being written. Raises DatasetError."""
    if file.suffix != SUFFIX:
        raise DatasetError(f"--out is {file}; an adapter's file ends in {SUFFIX}.")
    if file.is_dir() or not file.parent.is_dir() or not os.access(file.parent, os.W_OK):
        raise DatasetError(f"{file} cannot be written. Name a file, with --out, in a folder that is there and may be written to.")


def write(tensors: Mapping[str, Tensor], file: Path) -> None:
    """The whole file or nothing: what stood there stays until then."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        partial.write_bytes(save(dict(tensors)))
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
