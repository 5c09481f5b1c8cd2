"""How a command ends that nobody reads, that has no room to print, or that is not waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.organisation import Organisation

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "corpus" / "policies" / "statement-of-applicability.xlsx"


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
@pytest.mark.parametrize("command", [("doctor",), ("ask", "who won the football?", "--json"), ("outline", str(POLICY))], ids=" ".join)
def test_a_full_disk_under_the_output_is_named(environ: Path, organisation: Organisation, command: tuple[str, ...]) -> None:
    """In one line, as the failure that it is and not as one of isobot's own."""
    variables = {**os.environ, "ISOBOT_INDEX": str(organisation.index), "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([sys.executable, "-m", "isobot", *command], stdout=full, stderr=subprocess.PIPE, env=variables)
    said = b"isobot: What it prints could not be written: no space is left there. Make room, and run it again.\n"
    assert (ended.returncode, ended.stderr) == (3, said)


def test_ctrl_c_before_a_command_has_begun_is_told_in_a_line(environ: Path) -> None:
    """While it is imported, which somebody in a hurry does not wait for."""
    code = "import signal, sys, typer\n"
    code += "typer.Typer = lambda *_, **__: signal.raise_signal(signal.SIGINT)\n"
    code += "import isobot.cli"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (ended.returncode, ended.stderr) == (130, "isobot: Stopped before it began.\n")
