"""Contents of a Word document: the paragraphs that a program listed, whatever style they are set in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.readers.docx_styles import W, value_of

GALLERY = "Table of Contents"
FIELD = "TOC"


def contents_of(body: Any) -> frozenset[Any]:
    """The paragraphs of contents: those of a content control that says so, and those that show the result of such a field."""
    path = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
    controls = (control for control in body.iter(f"{W}sdt") if value_of(control.find(path)) == GALLERY)
    return frozenset([*_in_fields(body), *(paragraph for control in controls for paragraph in control.iter(f"{W}p"))])


def _in_fields(body: Any) -> Iterator[Any]:
    """The paragraphs with words between the beginning and the end of a field of contents; a field without end has none."""
    open_fields: list[bool] = []  # whether each lists contents
    found: dict[Any, None] = {}
    paragraph = None
    for element in body.iter(f"{W}p", f"{W}fldChar", f"{W}instrText", f"{W}t"):
        name = element.tag.removeprefix(W)
        if name == "p":
            paragraph = element
        elif name == "instrText" and open_fields and (element.text or "").split()[:1] == [FIELD]:
            open_fields[-1] = True
        elif name == "t" and any(open_fields) and paragraph is not None and (element.text or "").strip():
            found[paragraph] = None
        elif name == "fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(False)
            elif kind == "end" and open_fields and open_fields.pop() and not any(open_fields):
                yield from found
                found = {}
