"""The canonical text of a document, and the pages it was printed on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` is physical, from 1; `label` is what is printed on it ("iv", "12"), where the file has labels.

    `start` and `end` are code points into the canonical text, end exclusive.
    """

    number: int
    start: int
    end: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """The one text of a document, of which every clause, passage and quotation is a slice.

    `characters` holds no lone surrogate and uses "\\n" alone as line end; `pages` is empty for formats without pages.
    Raises UnicodeEncodeError for text that UTF-8 cannot carry.
    """

    characters: str
    pages: tuple[Page, ...] = ()
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.characters.encode("utf-8")).hexdigest())

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """The pages that share a character with `start:end`, in order; none where the format has no pages."""
        return tuple(page for page in self.pages if page.start < end and start < page.end)

    def names_of(self, pages: Sequence[Page]) -> tuple[str, ...]:
        """What pages are cited by: the labels printed on those that have one; in a document that prints none their numbers."""
        labelled = any(page.label for page in self.pages)
        return tuple(page.label or str(page.number) for page in pages if page.label or not labelled)
