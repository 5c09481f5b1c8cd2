"""HTML: headings, paragraphs, lists and tables of a page, without what frames it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import BULLET, Canvas, cleaned, item
from indexer.readers.encoding import content_of, decoded
from indexer.readers.grid import Cell, rows_of_names, spread
from indexer.readers.html_exports import without_export_frame
from indexer.readers.html_tags import BLOCKS, DROPPED
from indexer.readers.numerals import numeral

FRAMES = frozenset({"header", "footer"})  # of the page; inside an article they belong to the text
TEXT_HOLDERS = frozenset({"main", "article"})
BOLD = frozenset({"b", "strong", "dt"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LIST_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
MOST_COLUMNS = 100  # that one cell is believed to cover
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
    writer = _Writer(canvas, properties)
    for event, node in _events(tree.body):
        writer.open(node) if event == "open" else writer.close(node)
    writer.flush()
    return properties


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


def _events(root: LexborNode) -> Iterator[Event]:
    """Every shown node as it opens and closes, in document order; no recursion, since pages may nest without limit."""
    stack: list[tuple[LexborNode, bool, bool]] = [(root, False, False)]
    while stack:
        node, closing, in_text = stack.pop()
        if closing:
            yield "close", node
            continue
        tag = node.tag or ""
        if tag in DROPPED or (tag in FRAMES and not in_text) or _is_hidden(node):
            continue
        yield "open", node
        stack.append((node, True, in_text))
        if tag == "table" and not _is_layout(node):
            continue
        child = node.last_child
        while child is not None:
            stack.append((child, False, in_text or tag in TEXT_HOLDERS))
            child = child.prev


def _is_hidden(node: LexborNode) -> bool:
    if not node.is_element_node:
        return not node.is_text_node
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or bool(HIDDEN.search((attributes.get("style") or "").lower())))


@dataclass(slots=True)
class _List:
    """One list being read: the style of its numbers (None for bullets) and the number of the next item."""

    style: str | None
    next: int = 1


@dataclass(slots=True)
class _Writer:
    """Gathers the words of the block being read and adds it to the canvas when it ends."""

    canvas: Canvas
    properties: dict[str, str]
    words: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    bold_depth: int = 0
    heading: int = 0
    raw: int = 0
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    term: str = ""
    written: int = 0

    def open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if node.is_text_node:
            self._text(node.text_content or "")
            return
        if tag in BLOCKS:
            self.flush()
        self.bold_depth += tag in BOLD
        self.raw += tag == "pre"
        if tag == "br":
            self.words.append("\n")
        elif tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.lists.append(_list(node) if tag == "ol" else _List(None))
        elif tag == "li":
            self._begin_item(node)
        elif tag == "table" and not _is_layout(node):
            _write_table(self.canvas, node)

    def close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "dd" and self.term:
            self._keep_property()
        if tag == "dt":
            self.term = "".join(self.words).strip()
        if tag in BLOCKS:
            self.flush()
        self.bold_depth -= tag in BOLD
        self.raw -= tag == "pre"
        if tag in HEADINGS:
            self.heading = 0
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.marker = ""

    def flush(self) -> None:
        """End the block being read."""
        text, self.words = "".join(self.words), []
        bold = self.letters > 0 and 2 * self.bold_letters > self.letters
        self.letters = self.bold_letters = 0
        if not text.strip():
            return
        self.written += len(text)
        depth = len(self.lists)
        if self.raw:
            self.canvas.add(BlockKind.CODE, text)
        elif self.heading:
            self.canvas.add(BlockKind.HEADING, text, level=self.heading, bold=True)
        elif self.marker:
            self.canvas.add(BlockKind.LIST_ITEM, item(self.marker, text), level=depth, indent=max(depth - 1, 0), bold=bold)
        else:
            self.canvas.add(BlockKind.PARAGRAPH, text, indent=depth, bold=bold)
        self.marker = ""

    def _text(self, text: str) -> None:
        self.words.append(text if self.raw else re.sub(r"\s+", " ", text))
        self.letters += len(text.strip())
        self.bold_letters += len(text.strip()) if self.bold_depth else 0

    def _begin_item(self, node: LexborNode) -> None:
        if not self.lists:
            self.marker = BULLET
            return
        current = self.lists[-1]
        given = node.attributes.get("value") or ""
        if current.style and given.isdecimal() and len(given) < 10:
            current.next = int(given)
        self.marker = f"{numeral(current.next, current.style)}. " if current.style else BULLET
        current.next += 1

    def _keep_property(self) -> None:
        key, value = self.term.rstrip(": ").lower(), " ".join("".join(self.words).split())
        if value and len(key) <= 40 and self.written <= PROPERTY_CHARACTERS:
            self.properties.setdefault(key, value)
        self.term = ""


def _list(node: LexborNode) -> _List:
    start = node.attributes.get("start") or "1"
    style = LIST_NUMERALS.get(node.attributes.get("type") or "1", "decimal")
    return _List(style, int(start) if start.isdecimal() and len(start) < 10 else 1)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The table's own rows, not those of tables inside it."""
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        child = child.next


def _cells(row: LexborNode) -> list[LexborNode]:
    cells: list[LexborNode] = []
    child = row.child
    while child is not None:
        if child.tag in ("td", "th") and not _is_hidden(child):
            cells.append(child)
        child = child.next
    return cells


def _is_layout(table: LexborNode) -> bool:
    """Whether the table only places things: no row of it has two cells."""
    return all(len(_cells(row)) < 2 for row in _rows(table))


def _write_table(canvas: Canvas, table: LexborNode) -> None:
    caption = table.css_first("caption")
    if caption is not None:
        canvas.add(BlockKind.PARAGRAPH, _inner_text(caption))
    rows = [(row, _cells(row)) for row in _rows(table)]
    grid = [[_cell(cell, len(rows) - position) for cell in cells] for position, (_, cells) in enumerate(rows)]
    named = 0  # rows from the first that names columns, with those that its cells reach down into
    in_head = [row.parent is not None and row.parent.tag == "thead" for row, _ in rows]
    for position, ((_, cells), texts) in enumerate(zip(rows, spread(grid), strict=True)):
        all_named = len(cells) > 1 and all(cell.tag == "th" for cell in cells)
        bold = position == 0 < len(rows) - 1 and len(cells) > 1 and _all_bold(cells) and not _all_bold(rows[1][1])
        header = in_head[position] or (position == 0 and not any(in_head) and (all_named or bold))
        if header and position == 0:
            named = rows_of_names(grid[0])
        canvas.add_row(texts, header or position < named < len(rows))


def _cell(cell: LexborNode, most: int) -> Cell:
    """A cell with what it covers. most: the rows from its own to the table's last."""
    across, down = (cell.attributes.get(name) or "1" for name in ("colspan", "rowspan"))
    return Cell(_inner_text(cell), _span(across, MOST_COLUMNS), _span(down, most))


def _span(value: str, most: int) -> int:
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1


def _all_bold(cells: list[LexborNode]) -> bool:
    """Whether every word of these cells stands in a <b> or <strong>."""
    return all(_inner_text(cell, BOLD).strip() == "" for cell in cells)


def _inner_text(node: LexborNode, without: frozenset[str] = frozenset()) -> str:
    """What the element shows, on one line, less the elements named in `without`."""
    words: list[str] = []
    stack: list[LexborNode] = [node]
    while stack:
        current = stack.pop()
        if current.is_text_node:
            words.append(current.text_content or "")
            continue
        if current.tag in DROPPED or current.tag in without or _is_hidden(current):
            continue
        if current.tag in BLOCKS or current.tag == "br":
            words.append(" ")
        child = current.last_child
        while child is not None:
            stack.append(child)
            child = child.prev
    return "".join(words)
