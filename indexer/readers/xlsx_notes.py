"""Notes on the cells of a workbook: what Excel shows at a cell's corner, today's threads of comments among it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Place = tuple[int, int]
THREADS, COMMENTS = "/threadedComment", "/comments"  # how the types of the relations end
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def notes_of(book: Any, sheet: Any) -> Mapping[Place, str]:
    """The notes of a sheet by the (row, column) of their cells, "[Note: …]" each; openpyxl passes them over when it reads by row."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring

    path = get_rels_path(sheet._worksheet_path.lstrip("/"))
    if path not in book._archive.namelist():
        return {}
    parts = [(str(relation.Type), relation.target) for relation in get_dependents(book._archive, path)]
    kind = THREADS if any(type.endswith(THREADS) for type, _ in parts) else COMMENTS  # beside a thread stands a copy for old versions
    said: defaultdict[Place, list[str]] = defaultdict(list)
    for type, part in parts:
        if type.endswith(kind) and part in book._archive.namelist():
            for element in fromstring(book._archive.read(part)).iter():
                place = _place(element.get("ref") or "")
                words = " ".join("".join(element.itertext()).split())
                if place is not None and words:
                    said[place].append(words)
    return {place: " ".join(f"[Note: {words}]" for words in texts) for place, texts in said.items()}


def _place(reference: str) -> Place | None:
    from openpyxl.utils import column_index_from_string

    match = CELL.fullmatch(reference)
    return (int(match[2]), column_index_from_string(match[1])) if match else None
