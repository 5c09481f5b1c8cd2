"""What several tests share: a cache of exported models, made once a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.encoders.onnx import DEFAULT_MODEL, OnnxEncoder, encoder_for

os.environ.setdefault("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder of exported models: that of the cache which ISOBOT_CACHE names, else a temporary one that parallel workers share."""
    if named := os.environ.get("ISOBOT_CACHE"):
        return Path(named) / "encoders"
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "encoders"


@pytest.fixture(scope="session")
def encoder(encoder_cache: Path) -> OnnxEncoder:
    """The default encoder; its first export takes a quarter of a minute."""
    return encoder_for(DEFAULT_MODEL, encoder_cache)
