"""Folders: the documents in one, without what version control, synchronisation and Office put beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from corpus.errors import SourceError
from indexer.readers import READERS

# Documents that have no reader: reported as skipped, so that nobody believes them indexed. Other files are no documents.
UNREAD = frozenset(
    {
        ".pages", ".numbers", ".key", ".ppsx", ".msg", ".epub", ".wpd", ".wps", ".one", ".vsd", ".vsdx", ".adoc", ".asciidoc", ".tex",
        ".gdoc", ".gsheet", ".gslides",
    }
)  # fmt: skip
TEMPORARY = ("~$", "~WRL", ".~lock.")  # what Office programs put beside a document while it is open
CONFLICT = re.compile(
    r"(?P<name>.+?)(?:[-_ ]\(?(?:[^()]{0,60}['’]s )?conflict(?:ed)? copy\b.*|\.sync-conflict-.*|[-_]conflict[-_]\d.*|"
    r"-(?:DESKTOP|LAPTOP|WIN|PC)-[A-Z0-9]{4,15}(?:-\d+)?|-[\w ’']*\bMac(?:Book)?\b[\w ’'-]*)",
    re.IGNORECASE,
)
"""What OneDrive, SharePoint, Dropbox and Syncthing call the second copy of a document that two people changed at once."""
IGNORE_FILE = ".gitignore"
MAX_IGNORE_BYTES = 1024 * 1024


def documents_in(folder: Path) -> Iterator[Path]:
    """Every document below `folder`, sorted within each folder, and links that lead to folders outside, which are not followed.

    Left out are hidden files and folders, what Office keeps beside an open document, and, where the folder is a checkout of git,
    what its .gitignore files name. Raises SourceError for a folder that cannot be listed.
    """

    ignored = _Ignored(folder) if is_there(folder / ".git") else None
    waiting = [folder]  # no recursion: a tree may be deeper than Python's stack
    while waiting:
        inside = waiting.pop()
        if ignored:
            ignored.enter(inside)
        folders, names = _listed(inside)
        below = [inside / name for name in folders if not name.startswith(".") and not (ignored and ignored.has(inside / name, True))]
        for name in names:
            file = inside / name
            if is_document(name) and not (ignored and ignored.has(file)) and file.is_file():
                yield file
        yield from (link for link in below if link.is_symlink() and not stays_inside(link, folder))
        waiting += [child for child in reversed(below) if not child.is_symlink()]


def _listed(folder: Path) -> tuple[list[str], list[str]]:
    """Names of the folders and of the files in a folder, each sorted. Raises SourceError where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            every = [(entry.name, _is_folder(entry)) for entry in entries]
    except OSError as problem:
        raise SourceError(f"{folder} cannot be listed: {problem.strerror}. Make it readable, or index another folder.") from None
    return sorted(name for name, inner in every if inner), sorted(name for name, inner in every if not inner)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether a file or folder exists; not where that cannot be looked at, which is said when its folder is listed."""
    try:
        return path.exists()
    except OSError:
        return False


def is_document(name: str) -> bool:
    """Whether a file of this name is a document, read or not."""
    return not name.startswith((".", *TEMPORARY)) and Path(name).suffix.lower() in READERS.keys() | UNREAD


def original_of(name: str) -> str | None:
    """The name of the document of which a file by its name is the copy that a synchronisation kept aside, or None."""
    file = Path(name)
    found = CONFLICT.fullmatch(file.stem)
    return f"{found['name'].rstrip()}{file.suffix}" if found else None


def stays_inside(file: Path, folder: Path) -> bool:
    """Whether what the name leads to lies below the folder, links followed."""
    return not file.is_symlink() or file.resolve().is_relative_to(folder)


@dataclass(frozen=True, slots=True)
class _Rules:
    folder: Path
    spec: GitIgnoreSpec


class _Ignored:
    """The .gitignore files from the top of a checkout down; the deepest that names a file decides."""

    def __init__(self, top: Path) -> None:
        self.rules: list[_Rules] = []
        self._add(top, top / ".git" / "info" / "exclude")

    def enter(self, folder: Path) -> None:
        """Take account of the folder's own file, and forget those of folders that do not hold it."""
        self.rules = [rules for rules in self.rules if folder.is_relative_to(rules.folder)]
        self._add(folder, folder / IGNORE_FILE)

    def has(self, path: Path, is_folder: bool = False) -> bool:
        for rules in reversed(self.rules):
            relative = path.relative_to(rules.folder).as_posix() + ("/" if is_folder else "")
            said = rules.spec.check_file(relative).include
            if said is not None:
                return said
        return False

    def _add(self, folder: Path, file: Path) -> None:
        try:
            if file.is_file() and file.stat().st_size <= MAX_IGNORE_BYTES:
                lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
                self.rules.append(_Rules(folder, GitIgnoreSpec.from_lines(lines)))
        except (OSError, ValueError):  # what git itself would pass over with a remark
            return
