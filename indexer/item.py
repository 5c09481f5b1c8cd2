"""Something to index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from indexer.readers.base import Reading


class Item(Protocol):
    """Something to index: a file, or a text that is in memory already."""

    @property
    def path(self) -> str: ...

    def sha256(self) -> str: ...

    def read(self, parse: Callable[[Path], Reading] = ...) -> Reading:
        """parse: how a file becomes a Reading."""


def unopened(problem: OSError) -> str:
    return f"It cannot be opened: {problem.strerror or problem}."
