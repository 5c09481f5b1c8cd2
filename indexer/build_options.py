"""What decides a generation beside the documents, and what bounds its making."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from indexer.sandbox.limits import Limits


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What decides a generation beside the documents.

    cache: folder of exported models. reranker: a CrossEncoder that orders the best passages, "" for none. window: tokens that a
    passage aims at. vectors: how they are kept, "auto" by their number. limits: what reading one file may take. kept: generations
    that stay on disk, the served one among them.
    """

    cache: Path
    model: str = "all-MiniLM-L6-v2+policies"
    precision: Literal["int8", "fp32"] = "int8"
    query_prompt: str = ""
    passage_prompt: str = ""
    reranker: str = ""
    default_framework: str = "iso27001:2022"
    window: int = 72
    vectors: str = "auto"
    limits: Limits = field(default_factory=Limits)
    kept: int = 5
    dask: str | None = None
