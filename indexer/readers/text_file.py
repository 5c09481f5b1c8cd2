"""A text file, opened for its reader."""

from __future__ import annotations

from pathlib import Path

from indexer.readers.canvas import Canvas, cleaned
from indexer.readers.encoding import content_of, decoded


def opened(path: Path) -> tuple[str, Canvas]:
    """The cleaned text of a file, and an empty canvas that knows what is to be said of its encoding. Raises a DocumentError."""
    text, warnings = decoded(content_of(path))
    canvas = Canvas()
    for warning in warnings:
        canvas.warn(warning)
    return cleaned(text), canvas
