"""`isobot restore`: a backup checked to the letter, and put where the settings say."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import SettingsError, SourceError, StateError
from indexer.generation import Generation
from indexer.verify import verify
from isobot.backup.archive import INDEX, STATE, Contents, contents_of, hashed
from isobot.settings import Settings
from isobot.state.database import parsed
from isobot.state.schema import REVISIONS

SIDECARS = ("", "-wal", "-shm")  # of a SQLite file in use


def restore(settings: Settings, source: Path, force: bool) -> tuple[Contents, tuple[Path, ...]]:
    """Put a backup's index and state in place. Returns what it holds, and where what stood there was put aside.

    force: put aside what stands there already; nothing is ever deleted. Raises SourceError for what is no whole backup, SettingsError
    where something stands there, StateError for a state of a later isobot.
    """
    with _unpacked(source, settings.index) as (folder, contents):
        _check(source, folder / INDEX, contents)
        state = _state_place(settings) if contents.revision is not None else None
        standing = [path for path in (settings.index, state) if path is not None and path.exists() and not _empty(path)]
        if standing and not force:
            raise SettingsError(f"{standing[0]} is there already. Name another place, or give --force to have it put aside.")
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        aside = []
        if state is not None:
            aside += [_aside(Path(f"{state}{end}"), stamp) for end in SIDECARS if Path(f"{state}{end}").exists()]
        if settings.index.exists():
            aside.append(_aside(settings.index, stamp))
        shutil.move(folder / INDEX, settings.index)
        if state is not None:
            state.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder / STATE, state)
        return contents, tuple(aside)


@contextmanager
def _unpacked(source: Path, index: Path) -> Iterator[tuple[Path, Contents]]:
    """A folder beside the index with what the backup holds, each file checked against its hash."""
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(source) as archive, tempfile.TemporaryDirectory(prefix=".restore-", dir=index.parent) as work:
            contents = contents_of(archive, source)
            for name, sha256 in contents.files.items():
                if not _extracted(archive, name, Path(work)) or hashed(Path(work, name)) != sha256:
                    raise SourceError(f"{source} is damaged: {name} is not what was put into it. Take another backup.")
            yield Path(work), contents
    except tarfile.TarError as problem:
        why = str(problem).splitlines()[0].rstrip(":")
        raise SourceError(f"{source} is no backup of isobot, or a damaged one ({why}). Take another backup.") from None
    except EOFError:
        raise SourceError(f"{source} ends too soon. Take another backup.") from None
    except OSError as problem:
        raise SourceError(f"{source} cannot be restored to {index}: {problem.strerror or problem}.") from None


def _extracted(archive: tarfile.TarFile, name: str, folder: Path) -> bool:
    """Whether the archive holds this plain file, which then lies in the folder, and nowhere else whatever its name."""
    target = folder / name
    if name not in archive.getnames() or not target.resolve().is_relative_to(folder.resolve()):
        return False
    member = archive.getmember(name)
    held = archive.extractfile(member) if member.isfile() else None
    if held is None:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with held, target.open("wb") as written:
        shutil.copyfileobj(held, written)
    target.chmod(member.mode & 0o700)
    return True


def _check(source: Path, index: Path, contents: Contents) -> None:
    if contents.revision is not None and contents.revision not in REVISIONS:
        raise StateError(
            f"The state in {source} has schema {contents.revision}; this program knows them up to {REVISIONS[-1]}. "
            "Install the newer isobot that made the backup."
        )
    generation = Generation.current(index)
    try:
        problems = verify(generation).problems
    finally:
        generation.close()
    if problems:
        raise SourceError(f"The index in {source} does not hold: {problems[0]} Take another backup.")


def _state_place(settings: Settings) -> Path:
    url = parsed(settings.state)
    if url.get_backend_name() != "sqlite":
        raise SettingsError(
            "The backup holds a state of SQLite, and the setting `state` names another database. Set `state` to a SQLite file, "
            "or restore that database from its own backup and the index by a backup without a state."
        )
    return Path(str(url.database))


def _aside(path: Path, stamp: str) -> Path:
    aside = path.with_name(f"{path.name}.before-{stamp}")
    path.rename(aside)
    return aside


def _empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
