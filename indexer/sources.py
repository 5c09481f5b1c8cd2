"""Sources: the files to index, each under the path by which it will be cited."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from indexer.readers import FORMATS, READERS, Reading, read

# Documents that have no reader: reported as skipped, so that nobody believes them indexed. Other files are no documents.
UNREAD = frozenset(
    {
        ".doc", ".dot", ".rtf", ".odt", ".ods", ".odp", ".pages", ".numbers", ".key", ".ppt", ".pps", ".ppsx", ".xls", ".xlsb", ".msg",
        ".epub", ".wpd", ".wps", ".one", ".vsd", ".vsdx", ".adoc", ".asciidoc", ".tex", ".gdoc", ".gsheet", ".gslides",
    }
)  # fmt: skip
LOCK = "~$"  # what Office puts before the name of a document while it is open


@dataclass(frozen=True, slots=True)
class Source:
    """One file to index. path: POSIX, as cited; unique among those found together. file: where it lies."""

    path: str
    file: Path

    def sha256(self) -> str:
        """Of the file's bytes. Raises OSError."""
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def read(self) -> Reading:
        """Raises a DocumentError whose message is the reason."""
        return read(self.file)


def find(paths: Sequence[Path]) -> list[Source]:
    """Every document in the folders, and every file, that `paths` name; sorted by path, each file once.

    A source's path is relative to the folder given, or to the folder of the file given; with several `paths` that folder's
    name goes before it, with as many of its parents' names as tell two folders of one name apart. Documents of a format that
    has no reader are among them (their `read` says so); images, archives and code are not. Hidden files, Office's lock files
    and symbolic links to other folders are passed over.
    Raises SourceError for no path, a path that does not exist or cannot be listed, and a folder without a document.
    """
    if not paths:
        raise SourceError("No folder or file to index was given. Name one: `isobot index policies/`.")
    given = [(path, _root(path)) for path in paths]
    labels = _labels(sorted({root for _, root in given})) if len(given) > 1 else {}
    found: dict[Path, Source] = {}
    for path, root in given:
        for file in _files(path):
            relative = file.relative_to(root).as_posix()
            name = f"{labels[root]}/{relative}" if labels else relative
            found.setdefault(file.resolve(), Source(_printable(name), file))
    return sorted(found.values(), key=lambda source: source.path)


def _root(path: Path) -> Path:
    try:
        if not path.exists():
            raise SourceError(f"{path} does not exist. Check its name; a relative one is looked for in {Path.cwd()}.")
        resolved = path.resolve()
        return resolved if resolved.is_dir() else resolved.parent
    except OSError as problem:  # a name that is too long, a folder on the way that may not be entered
        raise SourceError(f"{str(path)[:200]} cannot be looked at: {problem.strerror}. Check its name and permissions.") from None


def _files(path: Path) -> list[Path]:
    resolved = path.resolve()
    if resolved.is_file():
        return [resolved]
    if not resolved.is_dir():
        raise SourceError(f"{path} is neither a folder nor a file. Name a folder of documents.")
    files = list(_documents(resolved))
    if not files:
        raise SourceError(f"{path} holds no document. These formats are read: {FORMATS}.")
    return files


def _documents(folder: Path) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        raise SourceError(f"{problem.filename} cannot be listed: {problem.strerror}. Make it readable, or index another folder.")

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if _is_document(file) and _stays_inside(file, folder):
                yield file


def _is_document(file: Path) -> bool:
    hidden = file.name.startswith((".", LOCK))
    return not hidden and file.suffix.lower() in READERS.keys() | UNREAD and file.is_file()


def _stays_inside(file: Path, folder: Path) -> bool:
    return not file.is_symlink() or file.resolve().is_relative_to(folder)


def _labels(roots: Sequence[Path]) -> dict[Path, str]:
    """The shortest ends of the folders' paths that differ from each other."""
    depth = dict.fromkeys(roots, 1)
    while True:
        labels = {root: "/".join(root.parts[1:][-depth[root] :]) or "root" for root in roots}
        count = Counter(labels.values())
        clashing = [root for root in roots if count[labels[root]] > 1 and depth[root] < len(root.parts)]
        if not clashing:
            return labels
        for root in clashing:
            depth[root] += 1


def _printable(path: str) -> str:
    """The path with characters in place of bytes that are no UTF-8 (a file system may hold any)."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
