"""Clauses that list controls: a statement of applicability, a mapping table. They name all of them and document none."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.control import ControlLink

MOST = 12  # controls that one clause can document; what names more is a list


def lists_controls(links: Sequence[ControlLink]) -> bool:
    """Whether the clause with these links is a list of controls."""
    return len(links) > MOST


def tags_of(links: Sequence[ControlLink], start: int, end: int) -> tuple[ControlLink, ...]:
    """The links to show with a quotation of `start:end`: all of its clause, but of a list only those that the quotation names."""
    if not lists_controls(links):
        return tuple(links)
    return tuple(link for link in links if link.start is not None and link.end is not None and start <= link.start and link.end <= end)
