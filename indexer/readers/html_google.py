"""Pages that Google Docs made: their comments are no text, and how deep their lists stand is told by classes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.html_tags import HEADINGS

LIST_LEVEL = re.compile(r"\blst-kix_\w+-([1-8])\b")
COMMENT, ITS_MARK = 'a[id^="cmnt"][href^="#cmnt_ref"]', 'a[id^="cmnt_ref"]'


def without_comments(tree: LexborHTMLParser) -> None:
    """Take out what people said beside the text, and the marks that lead there."""
    for mark in tree.css(ITS_MARK):
        (mark.parent if mark.parent is not None and mark.parent.tag == "sup" else mark).decompose()
    for anchor in tree.css(COMMENT):
        paragraph = anchor.parent
        box = paragraph.parent if paragraph is not None else None
        alone = box is not None and box.tag == "div" and len(box.css(COMMENT)) == 1 and not box.css(", ".join(HEADINGS))
        (box if alone and box is not None else anchor).decompose()


def nesting(items: LexborNode) -> int:
    """How deep the items of a list lie below the outermost, where the list itself stands in no other."""
    level = LIST_LEVEL.search(items.attributes.get("class") or "")
    return int(level[1]) if level else 0
