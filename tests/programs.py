"""Programs other than Python that some tests need: marked `@pytest.mark.needs("node")`, skipped where the program is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer.readers import libreoffice

NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "libreoffice": ("soffice", "libreoffice"),
    "node": ("node",),
    "postgresql": ("initdb",),
    "tesseract": ("tesseract",),
}
"""Program → the commands of which any will do."""

INSTALLED = {"emulate": Path(__file__).parent / "slack" / "emulate" / "node_modules" / ".bin" / "node"}
"""Program → the command that runs it, where `make test-all` installs it for these tests alone."""

PARTS = {"libreoffice-calc": libreoffice.Module.CALC, "libreoffice-impress": libreoffice.Module.IMPRESS}
"""Program → the part of LibreOffice that it is; only whoever needs the Writer needs no more than the program."""

BESIDE_PATH = {"postgresql": "/usr/lib/postgresql/*/bin"}  # Debian keeps the server's commands off PATH


def program(name: str) -> Path | None:
    """Where the program stands, or None. Raises KeyError for a name that is unknown here."""
    if installed := INSTALLED.get(name):
        return installed if installed.exists() else None
    if part := PARTS.get(name):
        return libreoffice.program() if libreoffice.has(part) else None
    for command in NAMES[name]:
        if found := shutil.which(command):
            return Path(found)
        beside = BESIDE_PATH.get(name)
        if beside and (others := sorted(Path("/").glob(f"{beside[1:]}/{command}"))):
            return others[-1]
    return None
