"""A file that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from corpus.errors import SourceError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to be written in place of it, which its owner alone may read; gone where that fails.

    Raises SourceError where it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(handle)
    except OSError as problem:
        raise SourceError(f"{path} cannot be written: {problem.strerror}. Name another place.") from None
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as problem:
        raise SourceError(f"{path} cannot be written: {problem.strerror}. Name another place.") from None
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Text to be written in place of `path`, whose owner alone may read it. Raises SourceError where it cannot be written."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as stream:
        yield stream
