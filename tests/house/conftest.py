"""The sample organisation's index, built once a run, and the variables under which commands are tried."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.encoders.onnx import OnnxEncoder
from tests.conftest import shared_folder
from tests.house.tree import ROOT, sample_environment


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, worker_id: str, encoder_cache: Path, encoder: OnnxEncoder) -> Path:
    """A folder that holds a finished index of `corpus/policies`."""
    index = shared_folder(tmp_path_factory, worker_id) / "sample-index"
    with FileLock(index.with_suffix(".lock")):
        if not (index / "current").exists():
            command = [sys.executable, "-m", "isobot", "index", "corpus/policies"]
            environment = sample_environment(index, encoder_cache.parent)
            done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
            assert done.returncode == 0, done.stderr
    return index


@pytest.fixture(scope="session")
def environment(sample_index: Path, encoder_cache: Path) -> dict[str, str]:
    """Variables under which `isobot` asks the sample organisation's index."""
    return sample_environment(sample_index, encoder_cache.parent)


