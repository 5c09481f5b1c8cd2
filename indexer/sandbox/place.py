"""The folder in which one reading process works: it goes with that, and where its owner was killed, when the next sandbox is opened."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "isobot-reading-"
OWNER = "owner"  # the file in it that its owner keeps locked: a lock goes with its process, and a process's number may be another's by then


class Place:
    """Such a folder of this process's own. name: its path."""

    def __init__(self, scratch: str | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, dir=scratch, ignore_cleanup_errors=True)  # the killed leave it
        self.name = self._folder.name
        coming = Path(self.name, "coming")
        self._owner = coming.open("w")
        with suppress(OSError):  # without locks on that file system nobody else removes it
            fcntl.flock(self._owner, fcntl.LOCK_EX)
            coming.rename(coming.with_name(OWNER))  # locked before it has the name that others look for

    def cleanup(self) -> None:
        self._folder.cleanup()
        self._owner.close()


def remove_abandoned(scratch: str | None) -> None:
    """Remove this user's folders there whose owners are gone."""
    for folder in Path(scratch or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # in use, another's, or removed by somebody else meanwhile
            if not folder.is_symlink() and folder.stat().st_uid == os.geteuid():
                _remove_unowned(folder)


def _remove_unowned(folder: Path) -> None:
    """Raises OSError where it has an owner, or where something in it is still being written."""
    descriptor = os.open(folder / OWNER, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == OWNER):  # last, so that what fails is tried again
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        folder.rmdir()
    finally:
        os.close(descriptor)
