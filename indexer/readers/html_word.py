"""Pages and mail that Word or Outlook made: their lists, titles and contents are paragraphs like any other, told by style and class."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from indexer.readers.base import BlockKind
from indexer.readers.canvas import BULLET

KIND, LEVEL, MARKER = "data-kind", "data-level", "data-marker"  # attributes in which it is noted
LIST_LEVEL = re.compile(r"mso-list\s*:\s*\w+\s+level([1-9])", re.IGNORECASE)
IGNORED = '[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]'
CLAUSE_NUMBER = re.compile(r"\w+(\.\w+)+\.?")
NUMERAL = re.compile(r"[(\[]?\w{1,7}[.)\]:]+")  # "1.", "(a)", "iv)"; a bullet is a sign, or a letter of a font of signs
CONTENTS = re.compile(r"\bMsoToc(?:\d|Heading)\b|\bMsoTableofFigures\b")


def note_word(tree: LexborHTMLParser) -> None:
    """Note of each paragraph that Word set as an item of a list its level and marker, as a title or a line of contents its kind."""
    for paragraph in tree.css('p[style*="mso-list"]'):
        level = LIST_LEVEL.search(paragraph.attributes.get("style") or "")
        marker = paragraph.css_first(IGNORED)
        words = marker.text().strip() if marker is not None else ""
        if level is None or marker is None or CLAUSE_NUMBER.fullmatch(words):
            continue
        marker.decompose()
        paragraph.attrs[LEVEL] = level[1]
        paragraph.attrs[MARKER] = f"{words} " if NUMERAL.fullmatch(words) else BULLET
    for paragraph in tree.css('p[class*="MsoToc"], p[class*="MsoTableofFigures"]'):
        if CONTENTS.search(paragraph.attributes.get("class") or ""):
            paragraph.attrs[KIND] = BlockKind.FURNITURE
    for paragraph in tree.css("p.MsoTitle"):
        paragraph.attrs[KIND] = BlockKind.HEADING
