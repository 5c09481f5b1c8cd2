"""Remote sources: documents behind an address (ZIP, HTTP, S3, SFTP, whatever fsspec knows), copied to this machine to be read."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.errors import SourceError
from indexer.folders import is_document

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
EXTRAS = {"http": "http", "https": "http", "s3": "s3", "s3a": "s3", "sftp": "sftp", "ssh": "sftp"}
MAX_FILES = 100_000  # of one address
MAX_BYTES = 512 * 1024**2  # of one file
MAX_RATIO = 1000  # unpacked to packed bytes in an archive; text compresses to a tenth
MAX_RATIO_OF_ALL = 100  # the same of all files of an archive together, which may overlap
UNSUSPICIOUS = 100 * 1024**2  # bytes that an archive may unpack to whatever its own size is
MAX_DEPTH = 12  # folders below an address
CHUNK = 1024 * 1024  # bytes
MAX_NAME = 80  # characters of a copy's name; their UTF-8 must fit a file system's 255 bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """A remote document. path: POSIX, relative to its address, as it is there. file: the copy; refusal: why there is none."""

    path: str
    file: Path
    refusal: str = ""


def is_address(path: str) -> bool:
    """Whether a source is named by an address, or is a local ZIP archive, rather than a folder or a file."""
    return bool(ADDRESS.match(path)) or (path.lower().endswith(".zip") and Path(path).is_file())


def label_of(address: str) -> str:
    """The last name in an address, for use before the paths of its documents."""
    words = urlsplit(address.split("::")[-1])
    return PurePosixPath(unquote(words.path)).name.removesuffix(".zip") or words.netloc or "source"


def fetch(address: str, into: Path) -> list[Fetched]:
    """Copy every document behind `address` into a folder of its own in `into`, which is emptied before.

    A file that cannot be copied, is too large or whose name leads out of the folder is among them, with the reason.
    Raises SourceError for an address that is not known, cannot be reached or holds no document.
    """
    import fsspec

    chained, shown = _chained(address), _without_secret(address)
    home = into / hashlib.sha256(address.encode()).hexdigest()[:16]
    try:
        system, root = fsspec.core.url_to_fs(chained)
        names = list(_names(system, root))
        _make_new(home)
        allowance = _Allowance.of(system)
        found = [_copied(system, name, relative, home, allowance) for name, relative in names if is_document(PurePosixPath(relative).name)]
    except SourceError:
        raise
    except ImportError as problem:
        raise SourceError(f"{shown} cannot be reached: {_missing(address, problem)}") from None
    except Exception as problem:  # each protocol raises errors of its own
        reason = " ".join(str(problem).split())[:200] or type(problem).__name__
        raise SourceError(f"{shown} cannot be read ({reason}). Check the address, and that you may read it.") from None
    if not found:
        raise SourceError(f"{shown} holds no document. Check the address; `isobot index --help` says what is read.")
    return sorted(found, key=lambda fetched: fetched.path)


def _make_new(home: Path) -> None:
    """Make the folder anew, so that no document stays that is gone from its source."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)


def _chained(address: str) -> str:
    """The address as fsspec reads it; "zip://a.zip" and "a.zip" are the whole of a local archive."""
    if not ADDRESS.match(address):
        return f"zip://::{Path(address).resolve()}"
    protocol, _, rest = address.partition("://")
    if protocol.lower() == "zip" and "::" not in rest:
        if not Path(rest).is_file():
            raise SourceError(f"{address} names no file. Write zip://FOLDER/ARCHIVE.zip; a relative one is looked for in {Path.cwd()}.")
        return f"zip://::{Path(rest).resolve()}"
    return address


def _missing(address: str, problem: ImportError) -> str:
    protocol = address.partition("://")[0].lower()
    if protocol in EXTRAS:
        return f"it needs the extra {EXTRAS[protocol]!r}. Install it: `pip install 'isobot[{EXTRAS[protocol]}]'`."
    return f"fsspec lacks a library for {protocol}:// ({problem}). Install that beside isobot."


def _without_secret(address: str) -> str:
    return re.sub(r"//[^/@\s]+@", "//•••@", address)


def _names(system: Any, root: str) -> Iterator[tuple[str, str]]:
    """(name as the file system knows it, path relative to the root) of every file."""
    if root and system.isfile(root) and not _is_listing(system, root):
        yield root, PurePosixPath(unquote(urlsplit(root).path) if "://" in root else root).name
        return
    if root and not system.exists(root):
        raise SourceError(f"{_without_secret(root)} does not exist. Check the address.")
    base = root.rstrip("/")
    for count, name in enumerate(system.find(root, maxdepth=MAX_DEPTH), start=1):
        if count > MAX_FILES:
            raise SourceError(f"{_without_secret(root)} holds more than {MAX_FILES:,} files. Name a folder in it.")
        if base and not name.startswith(f"{base}/"):
            continue  # a link on a page that leads elsewhere
        relative = name[len(base) :].removeprefix("/") if base else name
        yield name, unquote(urlsplit(relative).path) if "://" in name else relative


def _is_listing(system: Any, root: str) -> bool:
    """Whether an HTTP address is a page of links rather than a document: one whose name is no document's."""
    return "://" in root and not is_document(PurePosixPath(urlsplit(root).path).name)


@dataclass(slots=True)
class _Allowance:
    """What one archive may unpack to, all of its files together. left: bytes; None for what is no archive."""

    left: int | None = None
    packed: int = 0

    @classmethod
    def of(cls, system: Any) -> _Allowance:
        archive = getattr(system, "fo", None)  # fsspec's name for the file that an archive is read from
        if archive is None:
            return cls()
        archive.seek(0, os.SEEK_END)
        packed = int(archive.tell())
        return cls(max(UNSUSPICIOUS, MAX_RATIO_OF_ALL * packed), packed)

    def refusal(self, info: dict[str, Any]) -> str:
        """Why a file is not to be unpacked beside those before it, else ""."""
        if self.left is None:
            return ""
        self.left -= info.get("size") or 0
        return f"The archive would unpack to more than {MAX_RATIO_OF_ALL} times its size. Pack it anew." if self.left < 0 else ""


def _copied(system: Any, name: str, relative: str, home: Path, allowance: _Allowance) -> Fetched:
    target = home / "/".join(_safe(part) for part in relative.split("/") if part)
    if _leads_out(relative):
        return Fetched(relative, target, "Its name leads out of the folder it is in. Pack the archive anew.")
    try:
        info = system.info(name)
        refusal = _too_large(info) or allowance.refusal(info)
        if not refusal:
            target.parent.mkdir(parents=True, exist_ok=True)
            with system.open(name, "rb") as source, target.open("wb") as copy:
                refusal = _pump(source.read, copy.write)
    except Exception as problem:  # one file that cannot be had leaves the others
        refusal = f"It cannot be fetched: {' '.join(str(problem).split())[:120] or type(problem).__name__}."
    if refusal:
        target.unlink(missing_ok=True)
    return Fetched(relative, target, refusal)


def _pump(read: Callable[[int], bytes], write: Callable[[bytes], int]) -> str:
    """Copy until the end or the limit; why it was broken off, else ""."""
    total = 0
    while chunk := read(CHUNK):
        total += len(chunk)
        if total > MAX_BYTES:
            return _size(total)
        write(chunk)
    return ""


def _too_large(info: dict[str, Any]) -> str:
    size, packed = info.get("size") or 0, info.get("compress_size") or 0
    if size > MAX_BYTES:
        return _size(size)
    if packed and size / packed > MAX_RATIO:
        return f"It would unpack to {size // packed:,} times its size, as only an attack does. Leave it out."
    return ""


def _size(size: int) -> str:
    return f"It is over {size // 2**20} MB long; at most {MAX_BYTES // 2**20} MB are read. Split it."


def _leads_out(relative: str) -> bool:
    parts = relative.replace("\\", "/").split("/")
    return ".." in parts or relative.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", relative)) or "\0" in relative


def _safe(part: str) -> str:
    """A name that every system takes; one that had to be changed begins with its hash, so that no two become one."""
    plain = "".join(character if character.isprintable() and character not in "\\:" else "_" for character in part)
    return plain if plain == part and len(part) <= MAX_NAME else f"{hashlib.sha256(os.fsencode(part)).hexdigest()[:12]}-{plain[-MAX_NAME:]}"
