"""The guidance that ships with isobot, as documents to index beside the organisation's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import corpus
from corpus.clause import Clause
from corpus.document import Document
from corpus.library import controls_by_id, framework_names
from indexer.sources import Source

FOLDER = Path(corpus.__file__).parent / "guidance"
PLACE = "guidance"
"""Name before the paths of what ships ("guidance/iso27001-2022-a8-technological.md")."""


def guidance(taken: Collection[str] = ()) -> list[Source]:
    """What ships, by path. taken: paths of the organisation's own documents; where one is the same, ours go under another name."""
    files = sorted(FOLDER.glob("*.md"))
    place = PLACE
    while any(f"{place}/{file.name}" in taken for file in files):
        place = f"isobot-{place}"
    return [Source(f"{place}/{file.name}", file) for file in files]


def controls_in(document: Document, clauses: Sequence[Clause]) -> int:
    """How many clauses of a document are on a control: those whose number is the id of one in the document's framework."""
    if document.framework not in framework_names():
        return 0
    known = controls_by_id(document.framework)
    return sum(clause.number in known for clause in clauses)
