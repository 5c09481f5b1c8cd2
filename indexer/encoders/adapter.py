"""Adapters: low-rank changes to the weights of an encoder, which are added to them when it is taken into use, and cost nothing after.

A model setting names one behind a plus sign: a shipped one by its name, another by its file: "all-MiniLM-L6-v2+policies".
A file holds for each linear map that it changes two matrices, "MAP.A", (rank, inputs), and "MAP.B", (outputs, rank); B·A is the change.
Source: Hu and others, "LoRA: Low-Rank Adaptation of Large Language Models", 2021, arXiv 2106.09685.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import EncoderError

SHIPPED = Path(__file__).parent / "adapters"
SUFFIX = ".safetensors"


def parted(model: str) -> tuple[str, Path | None]:
    """The base of a model setting and the file of the adapter that it names, if it names one. Raises EncoderError for a missing file."""
    base, plus, name = model.rpartition("+")
    if not plus or Path(model).expanduser().is_dir():
        return model, None
    file = Path(name).expanduser() if name.endswith(SUFFIX) else SHIPPED / f"{name}{SUFFIX}"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in SHIPPED.glob(f"*{SUFFIX}")))
        raise EncoderError(f"The model {model} names an adapter that is not there: {name}. Give its {SUFFIX} file, or one of: {known}.")
    return base, file


def state_of_adapter(file: Path) -> str:
    """What tells one state of an adapter from another: the SHA-256 of its file, as hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def maps_of(changes: Mapping[str, Any]) -> list[str]:
    """The names of the linear maps that an adapter's matrices change."""
    return [name.removesuffix(".A") for name in changes if name.endswith(".A")]


def add(transformer: Any, changes: Mapping[str, Any]) -> None:
    """Add the products of the matrices, which are torch tensors, to the weights of a torch module."""
    for name in maps_of(changes):
        weight = transformer.get_submodule(name).weight.data
        weight += (changes[f"{name}.B"].to(weight.dtype) @ changes[f"{name}.A"].to(weight.dtype)).to(weight.device)


def merge(transformer: Any, file: Path) -> None:
    """Add the changes to the weights of a torch module. Raises EncoderError when the file is none, or is of another network."""
    from safetensors.torch import load_file

    try:
        found = load_file(file)
        add(transformer, found)
    except Exception as error:  # safetensors, torch and a missing key raise what they like
        reason = " ".join(str(error).split())[:200]
        raise EncoderError(f"The adapter {file} does not fit the model ({reason}). Choose the model that it was made for.") from error
    if not maps_of(found):
        raise EncoderError(f"The adapter {file} changes nothing: it holds no matrices. Make it again, or leave it out.")
