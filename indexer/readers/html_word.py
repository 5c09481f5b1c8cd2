"""Pages and mail that Word or Outlook made: their lists, titles and contents are paragraphs like any other, told by style and class."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.base import BlockKind
from indexer.readers.canvas import BULLET

KIND, LEVEL, MARKER = "data-kind", "data-level", "data-marker"  # attributes in which it is noted
LIST_LEVEL = re.compile(r"mso-list\s*:\s*\w+\s+level([1-9])", re.IGNORECASE)
IGNORED = '[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]'
CLAUSE_NUMBER = re.compile(r"\w+(\.\w+)+\.?")
NUMERAL = re.compile(r"[(\[]?\w{1,7}[.)\]:]+")  # "1.", "(a)", "iv)"; a bullet is a sign, or a letter of a font of signs
SIGNS = '[style*="Symbol"], [style*="Wingdings"], [style*="Courier New"]'  # fonts in which Word sets a bullet
MARGIN = re.compile(r"margin-left\s*:\s*([\d.]+)(pt|in|cm)", re.IGNORECASE)
POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35}
STEP = 36.0  # points by which a level stands further in
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
    for paragraph in tree.css('p[class*="MsoList"]'):
        _note_bullet(paragraph)
    for paragraph in tree.css('p[class*="MsoToc"], p[class*="MsoTableofFigures"]'):
        if CONTENTS.search(paragraph.attributes.get("class") or ""):
            paragraph.attrs[KIND] = BlockKind.FURNITURE
    for paragraph in tree.css("p.MsoTitle"):
        paragraph.attrs[KIND] = BlockKind.HEADING


def _note_bullet(paragraph: LexborNode) -> None:
    """Note an item of a page that was saved without what only Word understands: a sign in a font of signs stands before it."""
    sign = paragraph.css_first(SIGNS)
    words = sign.text().strip() if sign is not None else ""
    if LEVEL in paragraph.attributes or sign is None or len(words) != 1 or not paragraph.text().lstrip().startswith(words):
        return
    sign.decompose()
    margin = MARGIN.search(paragraph.attributes.get("style") or "")
    points = float(margin[1]) * POINTS[margin[2].lower()] if margin else STEP
    paragraph.attrs[LEVEL] = str(min(max(round(points / STEP), 1), 9))
    paragraph.attrs[MARKER] = BULLET
