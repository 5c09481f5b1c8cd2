"""What a person waits for loads no library that it can do without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TRAINING = {"torch", "transformers", "sentence_transformers", "huggingface_hub"}
READING = {"docx", "openpyxl", "pptx", "pypdf", "pypdfium2", "selectolax", "lxml"}
SERVING = {"slack_bolt", "slack_sdk", "sqlalchemy", "alembic"}
SEARCHING = {"numpy", "faiss", "onnxruntime", "tokenizers"}

PROBE = """
import sys
from isobot.cli import main
sys.argv = ["isobot", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    print("\\nMODULES", *sorted({name.split(".")[0] for name in sys.modules}))
    sys.exit(ended.code)
print("\\nMODULES", *sorted({name.split(".")[0] for name in sys.modules}))
"""


def loaded(environment: dict[str, str], *arguments: str) -> set[str]:
    """Names of the top modules that are loaded when `isobot ARGUMENTS` ends."""
    command = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("index", "--help"), ("slack", "run", "--help")])
def test_help_loads_nothing_heavy(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    """Help comes without numpy, models, readers, Slack or a database."""
    assert not loaded(environment, *arguments) & (TRAINING | READING | SERVING | SEARCHING)


def test_a_question_loads_what_it_is_searched_with_and_no_more(environment: dict[str, str]) -> None:
    """`isobot ask` answers from the sample index with ONNX Runtime and FAISS; torch, the readers and the bot stay away."""
    modules = loaded(environment, "ask", "where is A.8.13 documented?")
    assert modules >= {"onnxruntime", "faiss"}
    assert not modules & (TRAINING | READING | SERVING)


def test_a_build_with_a_model_that_is_in_use_loads_no_torch(environment: dict[str, str], tmp_path: Path) -> None:
    """Once a model was taken into use, `isobot index` runs on its export."""
    (tmp_path / "rule.md").write_text("# Rule\n\n1.1 Doors are locked at night.\n", encoding="utf-8")
    environment = environment | {"ISOBOT_GUIDANCE": "false"}
    assert not loaded(environment, "index", str(tmp_path / "rule.md"), "--index", str(tmp_path / "index")) & TRAINING
