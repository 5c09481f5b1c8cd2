"""Sources: the documents to index, each under the path by which it will be cited."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import DocumentError, SourceError
from corpus.visible import visible
from indexer.documents_toml import FILE, SourceEntry, read_documents_toml
from indexer.folders import documents_in, is_there, original_of, stays_inside
from indexer.readers import FORMATS, Reading, read
from indexer.remote import fetch, is_address, label_of


@dataclass(frozen=True, slots=True)
class Source:
    """One document to index. path: POSIX, as cited; unique among those found together. file: where it lies.

    declared: what documents.toml says of it, as (key, value) pairs. refusal: why it is not to be read, else "".
    """

    path: str
    file: Path
    declared: tuple[tuple[str, str], ...] = ()
    refusal: str = ""

    def sha256(self) -> str:
        """Of the file's bytes; of the refusal where there is one. Raises OSError."""
        if self.refusal:
            return hashlib.sha256(self.refusal.encode()).hexdigest()
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, parse: Callable[[Path], Reading] = read) -> Reading:
        """parse: how the file becomes a Reading. Raises a DocumentError whose message is the reason."""
        if self.refusal:
            raise DocumentError(self.refusal)
        reading = parse(self.file)
        return replace(reading, declared=self.declared) if self.declared else reading


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents of one folder, file or address. root: what their paths are relative to."""

    root: str
    sources: tuple[Source, ...]


def find(paths: Sequence[Path | str], fetched: Path | None = None) -> list[Source]:
    """Every document in the folders, files and addresses that `paths` name; sorted by path, each file once.

    fetched: the folder for copies of remote documents; a temporary one without it. A source's path is relative to the folder or
    address given, or to the folder of the file given; with several `paths` that folder's name goes before it, with as many of its
    parents' names as tell two folders of one name apart. A folder that holds a documents.toml is indexed as that says. Documents of
    a format that has no reader are among them (their `read` says so); images, archives and code are not.
    Raises SourceError for no path, one that does not exist or cannot be listed, and one without a document.
    """
    if not paths:
        raise SourceError("No folder or file to index was given. Name one: `isobot index policies/`.")
    groups = [group for path in paths for group in _groups(str(path), fetched)]
    roots = sorted({group.root for group in groups})
    labels = _labels(roots) if len(roots) > 1 or len(paths) > 1 else {}
    found: dict[Path, Source] = {}
    for group in groups:
        for source in group.sources:
            path = f"{labels[group.root]}/{source.path}" if labels else source.path
            key = source.file.absolute() if source.refusal else source.file.resolve()  # a link that is refused is not what it leads to
            before = found.get(key)
            # Of two entries that hold a file the later one's words come first, since a special rule stands below the general one.
            declared = (*source.declared, *before.declared) if before else source.declared
            found[key] = replace(before or source, path=before.path if before else visible(path), declared=declared)
    return sorted(found.values(), key=lambda source: source.path)


def _groups(path: str, into: Path | None) -> Iterator[_Group]:
    """What one PATH names: itself, or the entries of its documents.toml."""
    if is_address(path):
        yield _remote(path, SourceEntry(path), into)
        return
    place = _resolved(path)
    listed = place if place.name == FILE else place / FILE
    if (not place.is_dir() and place != listed) or not is_there(listed):
        yield _local(path, place, SourceEntry(path), None)
        return
    for entry in read_documents_toml(listed):
        if is_address(entry.path):
            yield _remote(entry.path, entry, into)
        else:
            beside = listed.parent / Path(entry.path).expanduser()
            yield _local(str(beside), _resolved(str(beside)), entry, listed.parent)


def _resolved(path: str) -> Path:
    place = Path(path)
    try:
        if not place.exists():
            raise SourceError(f"{path} does not exist. Check its name; a relative one is looked for in {Path.cwd()}.")
        return place.resolve()
    except OSError as problem:  # a name that is too long, a folder on the way that may not be entered
        raise SourceError(f"{path[:200]} cannot be looked at: {problem.strerror}. Check its name and permissions.") from None


def _local(path: str, place: Path, entry: SourceEntry, listing: Path | None) -> _Group:
    """listing: the folder of the documents.toml that names it; what lies in there is cited relative to that folder."""
    if place.is_file():
        top, files = place.parent, [place]
    elif place.is_dir():
        top = place
        files = [file for file in documents_in(place) if entry.holds(file.relative_to(place).as_posix())]
    else:
        raise SourceError(f"{path} is neither a folder nor a file. Name a folder of documents.")
    if not files:
        matching = " that its patterns in documents.toml let in" if entry.include or entry.exclude else ""
        raise SourceError(f"{path} holds no document{matching}. These formats are read: {FORMATS}.")
    root = listing if listing and top.is_relative_to(listing) else top
    there = set(files)
    sources = (Source(file.relative_to(root).as_posix(), file, entry.declared, _refusal(file, top, there)) for file in files)
    return _Group(str(root), tuple(sources))


def _refusal(file: Path, top: Path, there: set[Path]) -> str:
    """Why a file that is there is not to be read, else ""."""
    if not stays_inside(file, top):
        return "It is a symbolic link that leads out of the folder. Put what it leads to there, or name that as well."
    original = original_of(file.name)
    if not original or file.with_name(original) not in there:
        return ""
    return f"It is a copy of {original} that a synchronisation kept aside. Merge the two, and delete it."


def _remote(address: str, entry: SourceEntry, into: Path | None) -> _Group:
    copies = [copy for copy in fetch(address, into or Path(tempfile.mkdtemp(prefix="isobot-"))) if entry.holds(copy.path)]
    if not copies:
        raise SourceError(f"{address} holds no document that its patterns in documents.toml let in. Mend them.")
    sources = [Source(copy.path, copy.file, entry.declared, copy.refusal) for copy in copies]
    return _Group(f"/{address}/{label_of(address)}", tuple(sources))


def _labels(roots: Sequence[str]) -> dict[str, str]:
    """The shortest ends of the folders' paths that differ from each other."""
    depth = dict.fromkeys(roots, 1)
    while True:
        labels = {root: "/".join(Path(root).parts[1:][-depth[root] :]) or "root" for root in roots}
        count = Counter(labels.values())
        clashing = [root for root in roots if count[labels[root]] > 1 and depth[root] < len(Path(root).parts)]
        if not clashing:
            return labels
        for root in clashing:
            depth[root] += 1

