"""`isobot backup`: a copy of the served index and of the state, made while both are in use."""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import GenerationError
from indexer.generation import CURRENT, Generation, model_folder
from indexer.texts import FILE as TEXTS
from isobot.backup.archive import INDEX, STATE, Contents, hashed, put_contents
from isobot.settings import Settings
from isobot.state.database import copied, parsed, shown
from isobot.whole_file import replacing


def back_up(settings: Settings, target: Path) -> Contents:
    """Write the served generation, the models that it needs, every stored text and, where it is SQLite, the state to one tar.

    What can be made again stays out: vectors and readings kept for the next build, and older generations. What stands at `target` is
    replaced when all is written. Raises NoGenerationError, GenerationError, StateError, SourceError.
    """
    generation = Generation.current(settings.index)
    generation.close()
    with replacing(target) as beside, tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as work:
        files = _of_index(settings.index, generation, Path(work))
        state = _state_file(settings)
        if state is not None:
            files[STATE] = copied(state, Path(work) / STATE)
        revision = None if state is None else _revision(files[STATE])
        try:
            made = Contents(_now(), generation.name, revision, {name: hashed(file) for name, file in files.items()})
            with tarfile.open(beside, "w") as archive:
                put_contents(archive, made)
                for name, file in files.items():
                    archive.add(file, name, recursive=False)
        except FileNotFoundError:
            raise GenerationError(f"Generation {generation.name} was replaced while it was copied. Run `isobot backup` again.") from None
    return made


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _of_index(index: Path, generation: Generation, work: Path) -> dict[str, Path]:
    """Each member of the archive that is the index's, and where it lies; texts are written all the time, and so are copied."""
    current = work / CURRENT
    current.write_text(f"{generation.name}\n", encoding="utf-8")
    manifest = generation.manifest
    models = [str(manifest.encoder["fingerprint"]), manifest.settings.get("reranker_fingerprint")]
    folders = [generation.folder, *(model_folder(index, str(name)) for name in models if name)]
    found = {f"{INDEX}/{CURRENT}": current, f"{INDEX}/{TEXTS}": copied(index / TEXTS, work / TEXTS)}
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            found[f"{INDEX}/{file.relative_to(index).as_posix()}"] = file
    return found


def _state_file(settings: Settings) -> Path | None:
    """The file of a state that is kept in SQLite; None where there is none yet. Another database has a backup of its own."""
    url = parsed(settings.state)
    if url.get_backend_name() != "sqlite":
        return None
    file = Path(str(url.database))
    return file if file.is_file() else None


def _revision(state: Path) -> str | None:
    with closing(sqlite3.connect(state)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error:
            return None
    return None if row is None else str(row[0])


def kept_elsewhere(settings: Settings) -> str:
    """Where the state is that no backup holds ("postgresql://user@host/isobot"); "" where it is in SQLite."""
    url = parsed(settings.state)
    return "" if url.get_backend_name() == "sqlite" else shown(url)

