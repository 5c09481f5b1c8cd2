"""Margins: what a Word document prints above and below each page, for the facts that it states there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from indexer.readers.docx_runs import words_of
from indexer.readers.docx_styles import W, is_on

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


def margins_of(body: Any, parts: Mapping[str, Any]) -> str:
    """The headers and footers that the first section shows: a line for each paragraph, row ("| a | b |") and watermark.

    parts: the parsed header and footer parts, by the id of their relation.
    """
    section = next(body.iter(f"{W}sectPr"), None)
    if section is None:
        return ""
    shown = {"default", *(["first"] if is_on(section, "titlePg") else [])}
    references = [child for child in section if child.tag in (f"{W}headerReference", f"{W}footerReference")]
    roots = [parts.get(child.get(RELATION)) for child in references if child.get(f"{W}type") in shown]
    return "\n".join(dict.fromkeys(line for root in roots if root is not None for line in _lines(root)))


def _lines(root: Any) -> Iterator[str]:
    rows = list(root.iter(f"{W}tr"))
    within = {paragraph for row in rows for paragraph in row.iter(f"{W}p")}
    for paragraph in root.iter(f"{W}p"):
        text = words_of(paragraph).text
        if paragraph not in within and text.strip():
            yield from (line.strip() for line in text.split("\n") if line.strip())
    for row in rows:
        cells = [" ".join(words_of(paragraph).text for paragraph in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        yield f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"
    for mark in root.iter(WATERMARK):
        yield str(mark.get("string") or "").strip()
