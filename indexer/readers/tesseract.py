"""The program tesseract, which recognises the text of scanned pages, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

PROGRAM = "tesseract"
SECONDS = 60  # that one page may take


@cache
def version() -> str:
    """What the installed program says of itself ("tesseract 5.3.0"), or "" where there is none."""
    if not shutil.which(PROGRAM):
        return ""
    try:
        done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).partition("\n")[0].strip()
