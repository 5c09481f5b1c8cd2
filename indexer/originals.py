"""The models of sentence-transformers that exports are made from. Only exports load torch, and most of it through here."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Literal

from corpus.errors import EncoderError
from indexer.exporting import OPSET

NAMES = {"SentenceTransformer": ("model", "sentence-transformers"), "CrossEncoder": ("re-ranker", "CrossEncoder's")}
"""What a model of each class is called, and its folder."""


def load_network(made_as: Literal["SentenceTransformer", "CrossEncoder"], name: str, source: str, local: bool) -> Any:
    """The network of the model `name` from `source`, a folder or a hub name, in full precision. local: touch no network.

    made_as: its class. Raises EncoderError when it cannot be loaded.
    """
    kind, folder = NAMES[made_as]
    try:
        import sentence_transformers
        from transformers.utils import logging as transformers_logging
    except ImportError as error:
        raise EncoderError(f"Exporting the {kind} {name} needs sentence-transformers ({error}). Install it, then repeat.") from error
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    settings = {"attn_implementation": "eager"}  # the one kind of attention that traces for every length
    try:
        network = getattr(sentence_transformers, made_as)(source, device="cpu", local_files_only=local, model_kwargs=settings)
        return network.eval().float()
    except Exception as error:  # it raises OSError, ValueError, KeyError and more, by the file that is missing or odd
        reason = " ".join(str(error).split())[:300]
        raise EncoderError(
            f"The {kind} {name} cannot be loaded ({reason}). Give the path of a {folder} folder, or the name of one "
            "that is in the Hugging Face cache or, where HF_HUB_OFFLINE is not set, on the hub."
        ) from error


def write_graph(module: Any, example: tuple[Any, ...], path: Path, inputs: list[str], outputs: list[str], by_token: list[str]) -> None:
    """A torch module traced into model.onnx. by_token: the inputs and outputs that have a token a column."""
    import torch

    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing and of the exporter's age; the result is checked instead
        torch.onnx.export(
            module.eval(), example, str(path), input_names=inputs, output_names=outputs,
            dynamic_axes={name: {1: "tokens"} for name in by_token}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
