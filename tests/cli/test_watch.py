"""`isobot index --watch`: a build after each change, a line for each build, and an end when it is told to."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from indexer.generation import current_name

ROOT = Path(__file__).parents[2]
NOTE = "# Note\n\n## 1 Paper\n\nLock all paper away.\n"
PATIENCE = 180


class Watching:
    """A watching process and the lines that it prints, as they come."""

    def __init__(self, *words: str | Path) -> None:
        command = [sys.executable, "-m", "isobot", "index", *map(str, words), "--watch"]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def line(self) -> str:
        return self.lines.get(timeout=PATIENCE)


@pytest.fixture
def watching(tmp_path, environ):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.md").write_text(NOTE)
    watching = Watching(tmp_path / "documents", "--index", tmp_path / "documents" / ".index")
    yield watching
    watching.process.kill()
    watching.process.wait()


@pytest.mark.parametrize("signals", [signal.SIGINT, signal.SIGTERM])
def test_each_change_is_built_and_told_in_a_line(watching, tmp_path, signals):
    """A changed document, one that cannot be read any more, an index inside the folder that starts nothing; then a clean end."""
    documents = tmp_path / "documents"
    assert "1 documents, 1 passages: built" in watching.line()
    first = current_name(documents / ".index")
    (documents / "note.md").write_text(NOTE + "\n## 2 Doors\n\nLock all doors.\n")
    assert "1 documents, 2 passages: 1 changed; 1 file read" in watching.line()
    assert current_name(documents / ".index") != first
    (documents / "note.md").write_bytes(b"")
    assert "None of the 1 documents could be read; the index is as it was." in watching.line()
    assert "note.md: The file is empty" in watching.line()
    (documents / "note.md").write_text(NOTE)
    assert "1 documents, 1 passages: 1 changed; 0 files read" in watching.line()
    watching.process.send_signal(signals)
    assert watching.process.wait(timeout=PATIENCE) == 0
    assert watching.lines.empty()


def test_only_addresses_cannot_be_watched(isobot):
    """Said before anything is fetched; exit code 2."""
    ended = isobot("index", "https://policies.example.org/all.zip", "--watch")
    assert (ended.code, "only addresses were given" in ended.err) == (2, True)
