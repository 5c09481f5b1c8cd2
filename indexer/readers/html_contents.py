"""Contents of a page: lines that are nothing but a link to a heading with the same words, and the title above them."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.base import BlockKind
from indexer.readers.contents import is_title
from indexer.readers.html_tags import HEADINGS
from indexer.readers.html_word import KIND

PAGE = re.compile(r"[\s.…\d]*\Z")  # behind a line
FEWEST = 2  # lines


def note_contents(tree: LexborHTMLParser) -> None:
    """Note the paragraphs and items of lists that are such lines, and a title right above the first."""
    anchors = {name: node for node in tree.css("[id], a[name]") for key in ("id", "name") if (name := node.attributes.get(key))}
    found = [line for line in tree.css("p, li") if _is_line(line, anchors)]
    for line in found if len(found) >= FEWEST else ():
        line.attrs[KIND] = BlockKind.FURNITURE
        title = _above(line)
        if title is not None and is_title(title.text()):
            title.attrs[KIND] = BlockKind.FURNITURE


def _is_line(line: LexborNode, anchors: dict[str, LexborNode]) -> bool:
    links = line.css('a[href^="#"]')
    inner = "".join(_plain(items) for items in line.css("ul, ol"))
    own = [link for link in links if not _is_in_list(link, line)]
    if not own or _plain(line) != "".join(_plain(link) for link in own) + inner:
        return False
    target = anchors.get((own[0].attributes.get("href") or "")[1:])
    heading = target if target is None or target.tag in HEADINGS else _heading_of(target)
    return heading is not None and PAGE.sub("", _plain(own[0])) == PAGE.sub("", _plain(heading)) != ""


def _is_in_list(link: LexborNode, line: LexborNode) -> bool:
    node = link.parent
    while node is not None and node.mem_id != line.mem_id:
        if node.tag in ("ul", "ol"):
            return True
        node = node.parent
    return False


def _heading_of(target: LexborNode) -> LexborNode | None:
    """The heading that an anchor stands in, or the one that begins the section that bears its name."""
    if target.parent is not None and target.parent.tag in HEADINGS:
        return target.parent
    return target.css_first(", ".join(HEADINGS)) if target.tag in ("section", "div", "article") else None


def _above(line: LexborNode) -> LexborNode | None:
    """What stands above a line, or above the outermost list of which it is the first item."""
    node: LexborNode | None = line
    while node is not None and _before(node) is None and node.parent is not None and node.parent.tag in ("ul", "ol", "li"):
        node = node.parent
    return _before(node) if node is not None else None


def _before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before


def _plain(node: LexborNode) -> str:
    return "".join(node.text().split())
