"""The program LibreOffice, which turns documents of other formats into those that have a reader, where it is installed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path

from corpus.errors import DamagedDocumentError, DocumentError
from indexer.readers.libreoffice_profile import PROFILE
from indexer.sandbox.isolation import end_with_parent

COMMANDS = ("soffice", "libreoffice")
INNER = "soffice.bin"  # what the command, a script, ends up running
NAME = "LibreOffice"
UNTOLD = f"{NAME}, which does not say its version"
TELLING = 60  # seconds that it may take to say its version
CONVERTING = 90  # seconds for one file: less than reading may take, so that a LibreOffice that hangs is told from a large file
MAX_CONVERTED = 512 * 1024**2  # bytes of a file that it writes
BEGUN_ANEW = 81  # its exit code when it has laid out a new profile and wants to be started again
STARTS = 3


class Module(StrEnum):
    """A part of LibreOffice, which Debian packages by itself."""

    WRITER = "Writer"
    CALC = "Calc"
    IMPRESS = "Impress"


LIBRARIES = {Module.WRITER: "libswlo.so", Module.CALC: "libsclo.so", Module.IMPRESS: "libsdlo.so"}
TARGETS = {
    Module.WRITER: ("docx", "MS Word 2007 XML"),
    Module.CALC: ("xlsx", "Calc MS Excel 2007 XML"),
    Module.IMPRESS: ("pptx", "Impress MS PowerPoint 2007 XML"),
}
"""The suffix of what each is asked for, and LibreOffice's name for it."""


@cache
def program() -> Path | None:
    """Where it stands, or None. Not the script that is on PATH: what a script has started outlives it when that is killed.

    Where the program is not beside its script, the name on PATH is run as it is: a snap's is a link to `snap`, which goes by the name.
    """
    for command in COMMANDS:
        if found := shutil.which(command):
            inner = Path(found).resolve().with_name(INNER)
            return inner if inner.exists() else Path(found)
    return None


def has(module: Module) -> bool:
    """Whether that part is installed; where the parts cannot be told from files, all are believed to be."""
    found = program()
    known = found is not None and any(found.with_name(library).exists() for library in LIBRARIES.values())
    return found is not None and (not known or found.with_name(LIBRARIES[module]).exists())


@cache
def version() -> str:
    """What is installed ("LibreOffice 7.4.7.2, without Impress"), UNTOLD where it does not say, or "" where there is none."""
    found = program()
    if found is None:
        return ""
    said = " ".join(_said(found).split()[:2])
    lacking = " and ".join(module for module in Module if not has(module))
    return (said if said.startswith(f"{NAME} ") else UNTOLD) + (f", without {lacking}" if lacking else "")


def _said(found: Path) -> str:
    """What it prints when it is asked for its version; it ends with whatever it started."""
    with tempfile.TemporaryDirectory(prefix="isobot-", ignore_cleanup_errors=True) as place:
        environment = _environment(Path(place))
        try:
            asked = subprocess.Popen(
                [found, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, errors="replace", env=environment, start_new_session=True,
            )  # fmt: skip
        except OSError:
            return ""
        with asked:
            try:
                return asked.communicate(timeout=TELLING)[0]
            except subprocess.TimeoutExpired:
                return ""
            finally:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(asked.pid, signal.SIGKILL)


def convert(source: Path, module: Module, place: Path, read_as: str = "") -> Path | None:
    """The file that LibreOffice makes of `source` in `place`, a folder for this alone; None where it makes none.

    read_as: LibreOffice's name for the format of `source`, where it is not to find that out itself.

    It runs within the limits of the process that asks, ends with that, keeps its profile in `place`, runs no macro and follows no link.
    Raises DamagedDocumentError where it crashes, and DocumentError where it takes too long.
    """
    suffix, form = TARGETS[module]
    profile, made = place / "profile", place / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE)
    command = [
        str(program()), "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        f"-env:UserInstallation={profile.as_uri()}", *([f"--infilter={read_as}"] if read_as else []),
        "--convert-to", f"{suffix}:{form}", "--outdir", str(made), str(source),
    ]  # fmt: skip
    until = time.monotonic() + CONVERTING
    try:
        for _ in range(STARTS):
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                check=False, env=_environment(place), preexec_fn=_bound, timeout=until - time.monotonic(),
            )  # fmt: skip
            if done.returncode != BEGUN_ANEW:
                break
    except subprocess.TimeoutExpired:
        raise DocumentError(f"LibreOffice, which was to convert it, took longer than {CONVERTING} s. Save it as .{suffix}.") from None
    if done.returncode:
        raise DamagedDocumentError(
            "LibreOffice, which was to convert it, crashed, or ran out of memory (the limit is `read_memory_mb`). Save it anew."
        )
    target = made / f"{source.stem}.{suffix}"
    return target if target.exists() else None


def _bound() -> None:
    """Of the process that becomes LibreOffice."""
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_CONVERTED, MAX_CONVERTED))


def _environment(place: Path) -> dict[str, str]:
    """The same everywhere, so that the same file becomes the same text; one arena of memory, so that the limit is used and not reserved."""
    fixed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "SAL_USE_VCLPLUGIN": "svp", "MALLOC_ARENA_MAX": "1"}
    folders = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"), str(place))
    return {"PATH": os.environ.get("PATH", os.defpath), **fixed, **folders}
