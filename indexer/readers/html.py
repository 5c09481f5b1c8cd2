"""HTML: headings, paragraphs, lists and tables of a page, without what frames it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import BULLET, ITEM_NUMBER, Canvas, cleaned, item
from indexer.readers.encoding import content_of, decoded
from indexer.readers.html_contents import note_contents
from indexer.readers.html_exports import without_export_frame
from indexer.readers.html_google import nesting, without_comments
from indexer.readers.html_lines import Line, blocks_in, is_menu
from indexer.readers.html_math import write_formulas
from indexer.readers.html_notes import put_notes_in_place
from indexer.readers.html_styles import DOTTED, FORM, note_styles
from indexer.readers.html_tables import runs_of_data, write_rows
from indexer.readers.html_tags import BLOCKS, heading_level, is_bold, is_dropped, is_hidden
from indexer.readers.html_word import KIND, LEVEL, MARKER, note_word
from indexer.readers.numerals import numeral
from indexer.readers.powers import mark_before

FRAMES = frozenset({"header", "footer"})  # of the page; inside an article they belong to the text
FRAME_ROLES = frozenset({"banner", "complementary", "contentinfo"})  # likewise
OUTER_ROLES = frozenset({"navigation", "search", "menubar"})
TEXT_HOLDERS = frozenset({"main", "article"})
LIST_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
DEEPEST_NUMBER = 9  # lists within one another whose numbers one item shows
PROPERTY_CHARACTERS = 3000  # of the page, in which a description list may state properties

Event = tuple[Literal["open", "close"], LexborNode]


def read_html(path: Path) -> Reading:
    """Read a page; its title, meta elements and leading description lists become properties. Raises a DocumentError."""
    content = content_of(path)
    declared = CHARSET.search(content[:4096])
    text, warnings = decoded(content, declared[1].decode("ascii") if declared else None)
    canvas = Canvas()
    for warning in warnings:
        canvas.warn(warning)
    properties = write_html(canvas, text)
    return canvas.reading(properties)


def write_html(canvas: Canvas, markup: str) -> dict[str, str]:
    """Append what a page or a fragment of one shows; returns the properties it states. Raises DamagedDocumentError."""
    tree = LexborHTMLParser(cleaned(markup))
    if tree.body is None:
        raise DamagedDocumentError("It has no body that could be read as HTML.")
    properties = _properties(tree) | without_export_frame(tree)
    data: dict[int, list[LexborNode]] = {}
    write_formulas(tree)
    note_styles(tree)
    without_comments(tree)
    note_word(tree)
    note_contents(tree)
    put_notes_in_place(tree)
    _write_powers(tree)
    writer = _Writer(canvas, properties, data)
    for event, node in _events(tree.body, data):
        writer.open(node) if event == "open" else writer.close(node)
    writer.flush()
    return properties


def _write_powers(tree: LexborHTMLParser) -> None:
    """Part raised figures from the figure that they stand behind, notes aside: "10^6"."""
    for raised in tree.css("sup"):
        before, behind = raised.prev, raised.next
        mark = mark_before("" if before is None else before.text(), raised.text(), "" if behind is None else behind.text())
        if mark:
            raised.insert_before(mark)


def _properties(tree: LexborHTMLParser) -> dict[str, str]:
    properties: dict[str, str] = {}
    for meta in tree.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property")
        value = meta.attributes.get("content")
        if name and value:
            properties.setdefault(name.strip().lower(), " ".join(value.split()))
    title = tree.css_first("head > title")
    if title is not None and (words := " ".join(title.text().split())):
        properties.setdefault("title", words)
    return properties


def _events(root: LexborNode, data: dict[int, list[LexborNode]]) -> Iterator[Event]:
    """Every shown node as it opens and closes, in document order; no recursion, since pages may nest without limit.

    data: gets the rows of each table that are written as such, by the id of their row: all of a run at its first row, none at the others.
    """
    stack: list[tuple[LexborNode, bool, bool]] = [(root, False, False)]
    depth = 0  # of tables
    while stack:
        node, closing, in_text = stack.pop()
        tag = node.tag or ""
        if closing:
            depth -= tag == "table"
            yield "close", node
            continue
        if is_dropped(node) or is_hidden(node) or _frames(node, tag, in_text):
            continue
        if tag == "table":
            depth += 1
            for run in runs_of_data(node, depth):
                data.update({row.mem_id: [] for row in run} | {run[0].mem_id: run})
        yield "open", node
        stack.append((node, True, in_text))
        if node.mem_id in data:
            continue
        child = node.last_child
        while child is not None:
            stack.append((child, False, in_text or tag in TEXT_HOLDERS))
            child = child.prev


def _frames(node: LexborNode, tag: str, in_text: bool) -> bool:
    """Whether an element is around the text of a page, by its name or its role."""
    role = (node.attributes.get("role") or "") if node.is_element_node else ""
    return role in OUTER_ROLES or (not in_text and (tag in FRAMES or role in FRAME_ROLES))


@dataclass(slots=True)
class _List:
    """One list being read: the style of its numbers (None for bullets), the number of the next item, and what stands around it.

    dotted: whether the numbers of the lists around it, if these are dotted, stand before its own. deeper: how many levels below that
    where it stands its items are.
    """

    style: str | None
    next: int = 1
    form: str = "%."
    dotted: bool = False
    deeper: int = 0


@dataclass(slots=True)
class _Writer:
    """Gathers the words of the block being read and adds it to the canvas when it ends."""

    canvas: Canvas
    properties: dict[str, str]
    data: dict[int, list[LexborNode]]
    lines: list[Line] = field(default_factory=lambda: [Line()])
    bold_depth: int = 0
    link_depth: int = 0
    heading: int = 0
    raw: int = 0
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    level: int = 0  # of an item of a list that is a paragraph
    contents: bool = False
    term: str = ""
    written: int = 0

    def open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if node.is_text_node:
            self._text(node.text_content or "")
            return
        if _begins_block(node):
            self.flush()
        self.bold_depth += is_bold(node)
        self.raw += tag == "pre"
        if tag == "br":
            self.lines.append(Line())
        elif tag == "a":
            self.link_depth += 1
            self.lines[-1].links += 1
        elif tag == "label":
            self.lines[-1].words.append(" ")  # labels side by side are drawn apart
        elif level := heading_level(node):
            self.heading, self.contents = level, node.attributes.get(KIND) == BlockKind.FURNITURE
        elif tag in ("ul", "ol"):
            self.lists.append(replace(_list(node) if tag == "ol" else _List(None), deeper=nesting(node)))
        elif tag == "li":
            self.contents = node.attributes.get(KIND) == BlockKind.FURNITURE
            self._begin_item(node)
        elif tag == "p":
            self._begin_paragraph(node)
        elif tag == "tr":
            write_rows(self.canvas, self.data.get(node.mem_id, []))

    def close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "dd" and self.term:
            self._keep_property()
        if tag == "dt":
            self.term = self.text.strip()
        if _begins_block(node):
            self.flush()
        self.bold_depth -= is_bold(node)
        self.raw -= tag == "pre"
        self.link_depth -= tag == "a"
        if tag == "p" or heading_level(node):
            self.heading, self.contents = 0, False
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.marker, self.contents = "", False

    @property
    def text(self) -> str:
        """The words of the block being read."""
        return "\n".join(line.text for line in self.lines)

    def flush(self) -> None:
        """End the block being read; line breaks may have made several of it."""
        lines, self.lines = self.lines, [Line()]
        for block in [lines] if self.raw or self.heading else blocks_in(lines):
            text = "\n".join(line.text for line in block)
            if text.strip():
                self._write(block, text)

    def _write(self, lines: Sequence[Line], text: str) -> None:
        depth = self.level or sum(1 + around.deeper for around in self.lists)
        letters, bold_letters = sum(line.letters for line in lines), sum(line.bold for line in lines)
        bold, lead = 2 * bold_letters > letters, lines[0].lead
        menu = not self.written and is_menu(lines) and (bool(self.marker) or sum(line.links for line in lines) > 1)
        if self.raw:
            self.canvas.add(BlockKind.CODE, text)
        elif self.heading and not self.contents:
            number = "" if self.marker == BULLET else self.marker  # of the item that it begins
            self.canvas.add(BlockKind.HEADING, number + text.strip(), level=self.heading, bold=True)
        elif self.contents or menu:
            self.canvas.add(BlockKind.FURNITURE, text)
        elif self.marker:
            lead = item(self.marker, lead) if lead else ""
            marker = BULLET if ITEM_NUMBER.match(text.strip()) else self.marker  # the page hides its own where the author wrote one
            self.canvas.add(BlockKind.LIST_ITEM, item(marker, text), level=depth, indent=max(depth - 1, 0), bold=bold, lead=lead)
        else:
            self.canvas.add(BlockKind.PARAGRAPH, text, indent=depth, bold=bold, lead=lead)
        self.written += 0 if menu else len(text)
        self.marker = ""
        self.level = 0

    def _text(self, text: str) -> None:
        self.lines[-1].add(text if self.raw else re.sub(r"\s+", " ", text), self.bold_depth > 0, self.link_depth > 0)

    def _begin_paragraph(self, node: LexborNode) -> None:
        """Note what Word made a paragraph, if it did."""
        attributes = node.attributes
        kind = attributes.get(KIND)
        self.heading = 1 if kind == BlockKind.HEADING else self.heading
        self.contents = kind == BlockKind.FURNITURE
        if level := attributes.get(LEVEL):
            self.level, self.marker = int(level), attributes.get(MARKER) or BULLET

    def _begin_item(self, node: LexborNode) -> None:
        if not self.lists:
            self.marker = BULLET
            return
        current = self.lists[-1]
        given = node.attributes.get("value") or ""
        if current.style and given.isdecimal() and len(given) < 10:
            current.next = int(given)
        outer = [f"{above.next - 1}." for above in self.lists[-DEEPEST_NUMBER:-1] if above.dotted and current.dotted]
        number = numeral(current.next, current.style) if current.style else ""
        self.marker = f"{current.form.replace('%', ''.join(outer) + number)} " if number else BULLET
        current.next += 1

    def _keep_property(self) -> None:
        key, value = self.term.rstrip(": ").lower(), " ".join(self.text.split())
        if value and len(key) <= 40 and self.written <= PROPERTY_CHARACTERS:
            self.properties.setdefault(key, value)
        self.term = ""


def _begins_block(node: LexborNode) -> bool:
    return node.tag in BLOCKS or node.tag == "button" or heading_level(node) > 0


def _list(node: LexborNode) -> _List:
    start = node.attributes.get("start") or "1"
    type = node.attributes.get("type") or "1"
    style = None if type == "none" else LIST_NUMERALS.get(type, "decimal")
    first = int(start) if start.isdecimal() and len(start) < 10 else 1
    if (after := node.attributes.get(DOTTED)) is not None:
        return _List("decimal", first, f"%{after}", dotted=True)
    return _List(style, first, node.attributes.get(FORM) or "%.")
