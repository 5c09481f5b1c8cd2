"""Nothing leaves the machine of itself: libraries that would report to their makers are told not to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.encoders.onnx import OnnxEncoder

HUSHED = ("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "GITHUB_ACTIONS", "TF_BUILD")  # any of which silences ONNX Runtime
QUANTISING = """
import sys, onnx
from pathlib import Path
from indexer.exporting import quantise
model = onnx.helper.make_model(onnx.helper.make_graph([], "g", [], []))
onnx.save(model, sys.argv[1] + "/full.onnx")
quantise(Path(sys.argv[1], "full.onnx"), Path(sys.argv[1], "small.onnx"))
"""
OPENING = """
import sys
from pathlib import Path
from indexer.exporting import open_session
open_session(Path(sys.argv[1]), "an encoder")
"""


@pytest.mark.parametrize("what", ["opening", "quantising"])
def test_onnx_runtime_starts_no_telemetry(encoder: OnnxEncoder, tmp_path: Path, what: str) -> None:
    """Its official builds send what they run to their maker, unless told not to; one that would keeps the file of a session."""
    kept = {name: value for name, value in os.environ.items() if name not in HUSHED}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code, folder = {"opening": (OPENING, encoder.folder), "quantising": (QUANTISING, tmp_path)}[what]
    subprocess.run([sys.executable, "-c", code, str(folder)], env={**kept, "TMPDIR": str(scratch)}, check=True, timeout=60)
    assert list(scratch.iterdir()) == []
