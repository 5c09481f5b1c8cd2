"""Pages that Google Docs made: their comments are no text, and their lists and tables of contents are told by classes and links."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.base import BlockKind
from indexer.readers.html_tags import HEADINGS
from indexer.readers.html_word import KIND

LIST_LEVEL = re.compile(r"\blst-kix_\w+-([1-8])\b")
COMMENT, ITS_MARK = 'a[id^="cmnt"][href^="#cmnt_ref"]', 'a[id^="cmnt_ref"]'
PAGE = re.compile(r"[\s.…\d]*\Z")  # behind a line of contents
FEWEST_LINES = 2  # of contents in a page


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


def note_contents(tree: LexborHTMLParser) -> None:
    """Note the paragraphs that are lines of contents: nothing but a link to a heading that has its words."""
    anchors = {name: node for node in tree.css("[id], a[name]") for key in ("id", "name") if (name := node.attributes.get(key))}
    found = [paragraph for paragraph in tree.css("p") if _is_line(paragraph, anchors)]
    for paragraph in found if len(found) >= FEWEST_LINES else ():
        paragraph.attrs[KIND] = BlockKind.FURNITURE


def _is_line(paragraph: LexborNode, anchors: dict[str, LexborNode]) -> bool:
    links = paragraph.css('a[href^="#"]')
    if not links or _plain(paragraph) != "".join(_plain(link) for link in links):
        return False
    target = anchors.get((links[0].attributes.get("href") or "")[1:])
    heading = target if target is None or target.tag in HEADINGS else target.parent
    return heading is not None and heading.tag in HEADINGS and PAGE.sub("", _plain(links[0])) == PAGE.sub("", _plain(heading)) != ""


def _plain(node: LexborNode) -> str:
    return "".join(node.text().split())
