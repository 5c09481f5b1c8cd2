"""`isobot index --watch`: builds whenever documents change, one line each, until it is stopped."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.build import BuildReport

SETTLED = 1000  # milliseconds without a change after which a burst of changes counts as one
LOOKED_EVERY = 500  # milliseconds
LONGEST = 10_000  # milliseconds after which a build begins though changes go on


def watch(paths: Iterable[str], build: Callable[[], BuildReport], tell: Callable[[BuildReport], None], index: Path) -> None:
    """Build now, and after each change below the folders and beside the files of `paths`, until SIGINT or SIGTERM.

    A build that fails says why and is tried again at the next change; the first one raises. What lies behind addresses is
    fetched at each build, and changes there begin none. index: the folder of the index, whose own files are no change.
    """
    handler = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        changes = _changes(_roots(paths), index)
        next(changes)  # from here on they are noticed, those during the first build too
        tell(build())
        for changed in changes:
            if changed:
                _try(build, tell)
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, handler)


def _try(build: Callable[[], BuildReport], tell: Callable[[BuildReport], None]) -> None:
    import sys

    from corpus.errors import IsobotError
    from isobot.cli.terminal import printable

    try:
        tell(build())
    except IsobotError as problem:
        print(f"{time.strftime('%H:%M:%S')}  {printable(str(problem))}", file=sys.stderr, flush=True)


def _roots(paths: Iterable[str]) -> list[Path]:
    """The folders to watch. Raises SettingsError where only addresses were given, SourceError for a path that is not there."""
    from corpus.errors import SettingsError, SourceError
    from indexer.remote import is_address

    local = [Path(path).resolve() for path in paths if not is_address(path)]
    if not local:
        raise SettingsError("--watch follows folders of this machine; only addresses were given. Run `isobot index` by a timer instead.")
    for path in local:
        if not path.exists():
            raise SourceError(f"{path} does not exist. Check its name.")
    return [path if path.is_dir() else path.parent for path in local]


def _changes(roots: list[Path], index: Path) -> Iterator[Collection[object]]:
    """What changed since the last look, mostly nothing."""
    import watchfiles

    from indexer.documents_toml import FILE
    from indexer.folders import IGNORE_FILE, is_document

    inside = index.resolve()

    def counts(_: watchfiles.Change, path: str) -> bool:
        file = Path(path)
        # A name without a suffix may be a folder that was renamed or taken away with all that it held.
        named = is_document(file.name) or file.name in (FILE, IGNORE_FILE) or (not file.suffix and not file.name.startswith("."))
        return named and not file.is_relative_to(inside)

    return watchfiles.watch(
        *roots,
        watch_filter=counts,
        debounce=LONGEST,
        step=SETTLED,
        rust_timeout=LOOKED_EVERY,
        yield_on_timeout=True,
        raise_interrupt=True,
    )


def summary(report: BuildReport, changes: str) -> str:
    """"12:31:05  312 documents, 9,211 passages: 1 changed; 1 file read (3.1 s)"."""
    done = "nothing had changed" if report.unchanged else changes or "built"
    skipped = f", {len(report.skipped):,} not indexed" if report.skipped else ""
    counts = f"{report.documents:,} documents, {report.passages:,} passages{skipped}"
    return f"{time.strftime('%H:%M:%S')}  {counts}: {done} ({report.seconds:.1f} s)"
