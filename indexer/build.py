"""From documents to a published generation."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyIndexError, GenerationError, IsobotError, SettingsError
from indexer.build_options import BuildOptions
from indexer.build_report import BuildReport
from indexer.generation import Generation
from indexer.item import Item
from indexer.manifest import Manifest
from indexer.progress import Progress, Silent
from indexer.verify import verify
from indexer.wanted import Wanted

__all__ = ["BuildOptions", "BuildReport", "Item", "build"]


def build(
    items: Sequence[Item], index: Path, options: BuildOptions, progress: Progress | None = None, guidance: Sequence[Item] = ()
) -> BuildReport:
    """Index `items` and publish the result in the folder `index`, whole or not at all.

    guidance: what ships, indexed after the organisation's documents and counted apart from them.
    Raises BusyIndexError when another build holds the folder, SourceError when no document could be read or two share
    a path, EncoderError when the model cannot be used, GenerationError when the folder cannot be written.
    """
    if index.exists() and not index.is_dir():
        raise SettingsError(f"The index {index} is a file. Name a folder, which need not exist yet.")
    with _writing(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "build.lock", timeout=0)
        try:
            with lock:
                return _built(items, guidance, index, options, progress or Silent())
        except Timeout:
            raise BusyIndexError(f"Another build is at work in {index}. Wait until it has ended, then run `isobot index` again.") from None


@contextmanager
def _writing(index: Path) -> Iterator[None]:
    """Say of whatever fails while the index is written that nothing was lost. Readers have explained their own failures by then."""
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise GenerationError(
            f"The index {index} could not be written: {reason}. What was published before is still served. "
            "Give the folder room and permission, and run `isobot index` again: it carries on from the work already done."
        ) from problem


def _built(items: Sequence[Item], guidance: Sequence[Item], index: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    began = time.monotonic()
    wanted = Wanted(items, guidance, options, progress)
    before = _before(index)
    if before is not None and wanted.is_what(before) and _holds(index, before, progress):
        return BuildReport.of(before, began, unchanged=True)
    from indexer.making import Making  # importing it takes a fifth of a second, and mostly nothing changed

    return Making(wanted, index, before, progress, began).run()


def _before(index: Path) -> Manifest | None:
    """What the served generation says of itself; None where there is none that can be read."""
    try:
        generation = Generation.current(index)
    except IsobotError:
        return None
    generation.close()
    return generation.manifest


def _holds(index: Path, said: Manifest, progress: Progress) -> bool:
    """Whether what is served is unharmed."""
    generation = Generation(index, said.name)
    try:
        problems = verify(generation).problems
    except IsobotError as problem:
        problems = (str(problem),)
    finally:
        generation.close()
    if problems:
        progress.say(f"The index is built anew, because the served generation does not hold: {problems[0]}")
    return not problems
