"""reStructuredText, read by docutils; no directive may insert a file or raw markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import SystemMessage

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import BULLET, Canvas, item
from indexer.readers.numerals import numeral
from indexer.readers.rst_directives import know_directives
from indexer.readers.text_file import opened

SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "line_length_limit": 100_000,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "doctitle_xform": True,
    "sectsubtitle_xform": False,
}
FORMATS = {"loweralpha": "lowerLetter", "upperalpha": "upperLetter", "lowerroman": "lowerRoman", "upperroman": "upperRoman"}
NOTES = (nodes.footnote, nodes.citation)
ROLE = re.compile(r":[\w:+.-]+:`!?~?([^`<]*?)(?:\s*<[^>`]*>)?`")
"""A role that docutils does not know, such as Sphinx's :ref:`words <target>`; the words are what a page would show."""
UNSHOWN = (nodes.comment, nodes.substitution_definition, nodes.target, nodes.pending, nodes.raw, nodes.image, nodes.transition)


def read_rst(path: Path) -> Reading:
    """Read a .rst file: sections, lists, tables, admonitions and field lists. Raises a DocumentError."""
    text, canvas = opened(path)
    know_directives()
    try:
        tree = publish_doctree(text, settings_overrides=SETTINGS)
    except (SystemMessage, RecursionError, ValueError, AttributeError, IndexError, KeyError, AssertionError, TypeError) as problem:
        reason = " ".join(str(problem).split())[:120] or type(problem).__name__
        raise DamagedDocumentError(f"It is no reStructuredText that can be read ({reason}). Save it as .md or .txt.") from None
    for unknown in list(tree.findall(nodes.problematic)):
        shown = ROLE.fullmatch(unknown.astext())
        words = shown[1] if shown and shown[1] else unknown.astext()
        unknown.clear()
        unknown += nodes.Text(words)
    _settle_notes(tree)
    writer = _Writer(canvas)
    writer.write(tree, 0)
    return canvas.reading(writer.properties)


def _settle_notes(tree: Any) -> None:
    """Print each mark of a note in brackets, and put the note behind the block that refers to it first, whose clause it belongs to."""
    notes = {id: note for note in tree.findall(lambda node: isinstance(node, NOTES)) for id in note["ids"]}
    placed: dict[int, int] = {}  # notes behind a block, by its identity
    for reference in list(tree.findall(lambda node: isinstance(node, nodes.footnote_reference | nodes.citation_reference))):
        note = notes.pop(reference.get("refid"), None)
        label = reference.astext()
        reference.clear()
        reference += nodes.Text(f"[{label}]")
        block = reference
        while not isinstance(block.parent, nodes.section | nodes.document):
            block = block.parent
        if note is not None and block is not note:
            note.parent.remove(note)
            placed[id(block)] = placed.get(id(block), 0) + 1
            block.parent.insert(block.parent.index(block) + placed[id(block)], note)


class _Writer:
    """Writes a document tree's nodes in order."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.properties: dict[str, str] = {}

    def write(self, parent: Any, section: int, depth: int = 0) -> None:
        """Append what stands in `parent`. section: headings around it; depth: lists around it."""
        for node in parent.children:
            self._write_node(node, section, depth)

    def _write_node(self, node: Any, section: int, depth: int) -> None:
        match node:
            case _ if isinstance(node, UNSHOWN):
                return
            case nodes.section():
                self.write(node, section + 1, depth)
            case nodes.title() | nodes.subtitle():
                level = section + isinstance(node.parent, nodes.document) + isinstance(node, nodes.subtitle)
                self.canvas.add(BlockKind.HEADING, node.astext(), level=max(level, 1), bold=True)
            case nodes.docinfo() | nodes.field_list():
                self._write_fields(node, top=isinstance(node, nodes.docinfo))
            case nodes.bullet_list() | nodes.enumerated_list():
                self._write_list(node, section, depth)
            case nodes.definition_list_item():
                terms = [child.astext() for child in node.children if isinstance(child, nodes.term | nodes.classifier)]
                self.canvas.add(BlockKind.PARAGRAPH, ": ".join(terms), bold=True)
                self.write(node.children[-1], section, depth + 1)
            case nodes.literal_block() | nodes.doctest_block() | nodes.math_block():
                self.canvas.add(BlockKind.CODE, node.astext())
            case nodes.table():
                self._write_table(node)
            case _ if isinstance(node, NOTES):
                label = node.children[0].astext() if node.children else ""
                words = node.children[1].astext() if len(node.children) > 1 else ""
                self.canvas.add(BlockKind.PARAGRAPH, f"[{label}] {words}")
                for child in node.children[2:]:
                    self._write_node(child, section, depth)
            case nodes.topic() if "contents" in node["classes"]:
                lines = node.findall(lambda line: isinstance(line, nodes.title | nodes.paragraph))
                self.canvas.add(BlockKind.FURNITURE, "\n".join(line.astext() for line in lines))
            case nodes.line_block():
                self.canvas.add(BlockKind.PARAGRAPH, "\n".join(line.astext() for line in node.findall(nodes.line)))
            case nodes.system_message():
                self._write_refused(node)
            case nodes.Admonition():
                if not isinstance(node, nodes.admonition):  # whose title is its own
                    self.canvas.add(BlockKind.PARAGRAPH, type(node).__name__.capitalize(), bold=True)
                self.write(node, section + 1, depth)
            case nodes.TextElement():
                bold = len(node.children) == 1 and isinstance(node.children[0], nodes.strong)
                self.canvas.add(BlockKind.PARAGRAPH, node.astext(), indent=depth, bold=bold)
            case nodes.Element():
                self.write(node, section, depth)

    def _write_fields(self, node: Any, top: bool) -> None:
        """":Owner: CISO" as a line, and as a property where it stands under the document's title."""
        for field in node.children:
            if isinstance(field, nodes.field):
                name, value = (" ".join(child.astext().split()) for child in field.children[:2])
            else:
                name, value = field.tagname.capitalize(), " ".join(field.astext().split())
            self.canvas.add(BlockKind.PARAGRAPH, f"{name}: {value}" if value else name)
            if top and value:
                self.properties.setdefault(name.lower(), value)

    def _write_list(self, node: Any, section: int, depth: int) -> None:
        first = int(node.get("start", 1))
        for position, entry in enumerate(node.children):
            marker = BULLET
            if isinstance(node, nodes.enumerated_list):
                number = numeral(first + position, FORMATS.get(node["enumtype"], "decimal"))
                marker = f"{node.get('prefix', '')}{number}{node.get('suffix', '.')} "
            for place, child in enumerate(entry.children):
                if place == 0 and isinstance(child, nodes.paragraph):
                    self.canvas.add(BlockKind.LIST_ITEM, item(marker, child.astext()), level=depth + 1, indent=depth)
                else:
                    self._write_node(child, section, depth + 1)

    def _write_table(self, table: Any) -> None:
        for title in table.children:
            if isinstance(title, nodes.title):
                self.canvas.add(BlockKind.PARAGRAPH, title.astext())
        for row in table.findall(nodes.row):
            cells = [" ".join(entry.astext().split()) for entry in row.children]
            self.canvas.add_row(cells, isinstance(row.parent, nodes.thead))

    def _write_refused(self, message: Any) -> None:
        """What docutils could not read: the source of a directive that it does not know, word for word, and a warning."""
        source = [child for child in message.children if isinstance(child, nodes.literal_block)]
        if not source:
            return
        first = source[0].astext().strip().split("\n", 1)[0]
        self.canvas.warn(f"The markup {first[:60]!r} was not carried out; it stands in the text as written.")
        for block in source:
            self.canvas.add(BlockKind.CODE, block.astext())
