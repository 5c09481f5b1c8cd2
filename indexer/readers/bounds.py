"""How many pages a reader may go through, set once for the process that reads."""

from __future__ import annotations

from corpus.errors import DocumentError

_pages: int | None = None


def allow_pages(limit: int | None) -> None:
    """Let `refuse_pages` refuse a document of more pages or slides than this; None for any number."""
    global _pages
    _pages = limit


def refuse_pages(count: int, noun: str = "pages") -> None:
    """Raises DocumentError for more than are allowed."""
    if _pages is not None and count > _pages:
        raise DocumentError(f"It has {count:,} {noun}; the limit `read_pages` is {_pages:,}. Divide it, or raise the limit.")
