"""The folders of reading processes: what was left by a build that was killed goes with the next, and nobody's work is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.sandbox.limits import Limits
from indexer.sandbox.place import OWNER, PREFIX, Place, remove_abandoned
from indexer.sandbox.pool import Sandbox

KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.sandbox.place import Place
place = Place(sys.argv[1])
Path(place.name, "isobot-1", "profile").mkdir(parents=True)
Path(place.name, "isobot-1", "document.odt").write_text("a copy")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def abandoned(tmp_path: Path) -> Path:
    """The folder of a process that was killed, with a copy of a document in it."""
    assert subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False).returncode == -9
    (folder,) = tmp_path.glob(f"{PREFIX}*")
    assert (folder / "isobot-1" / "document.odt").exists()
    return folder


def test_what_a_killed_build_left_goes_when_the_next_reads(abandoned):
    """With the copies of documents in it; what is in use stays."""
    used = Place(str(abandoned.parent))
    Path(used.name, "document.odt").write_text("a copy")
    with Sandbox(Limits(), workers=1, scratch=str(abandoned.parent)):
        assert not abandoned.exists()
        assert sorted(path.name for path in Path(used.name).iterdir()) == ["document.odt", OWNER]
    used.cleanup()
    assert list(abandoned.parent.iterdir()) == []


def test_another_process_does_not_touch_what_is_in_use(tmp_path):
    """The lock holds between processes."""
    used = Place(str(tmp_path))
    code = f"from indexer.sandbox.place import remove_abandoned; remove_abandoned({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert Path(used.name, OWNER).exists()
    used.cleanup()


def test_only_what_is_ours_is_removed(abandoned, tmp_path):
    """No folder that merely has the name, and nothing behind a link."""
    (tmp_path / f"{PREFIX}other").mkdir()
    (tmp_path / "behind").mkdir()
    (tmp_path / "behind" / OWNER).touch()
    (tmp_path / f"{PREFIX}link").symlink_to("behind")
    (abandoned / "linked").symlink_to(tmp_path / "behind")
    remove_abandoned(str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["behind", f"{PREFIX}link", f"{PREFIX}other"]
    assert (tmp_path / "behind" / OWNER).exists()
