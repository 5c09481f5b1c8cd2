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
    links, beside = _links_of(line)
    if not links or beside:
        return False
    target = anchors.get((links[0].attributes.get("href") or "")[1:])
    heading = target if target is None or target.tag in HEADINGS else _heading_of(target)
    return heading is not None and PAGE.sub("", _plain(links[0])) == PAGE.sub("", _plain(heading)) != ""


def _links_of(line: LexborNode) -> tuple[list[LexborNode], bool]:
    """Links into the page, and whether there are words beside them; the lists within the line are left out, since their items are lines."""
    links: list[LexborNode] = []
    waiting = list(line.iter(include_text=True))
    while waiting:
        node = waiting.pop()
        if node.tag == "a" and (node.attributes.get("href") or "").startswith("#"):
            links.insert(0, node)
        elif node.tag == "-text" and _plain(node):
            return links, True
        elif node.tag not in ("ul", "ol"):
            waiting.extend(node.iter(include_text=True))
    return links, False


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
