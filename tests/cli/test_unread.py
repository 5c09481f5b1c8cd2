"""What a command prints may be more than anybody wants to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.organisation import Organisation

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", [("chat",), ("ask",), ("doctor",), ("text", "laptop-standard.md"), ("slack", "manifest")], ids=" ".join)
def test_a_command_that_nobody_reads_ends_quietly(environ: Path, organisation: Organisation, command: tuple[str, ...]) -> None:
    """With the exit code that a shell expects then, which is none of those that tell what was found."""
    variables = {**os.environ, "ISOBOT_INDEX": str(organisation.index), "PYTHONPATH": str(ROOT)}
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "isobot", *command]
    with os.fdopen(writer, "wb") as unread:
        ended = subprocess.run(words, input=b"who won the football?\n", stdout=unread, stderr=subprocess.PIPE, env=variables)
    assert (ended.returncode, ended.stderr) == (141, b"")
