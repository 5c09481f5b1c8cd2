"""Word documents: paragraphs with the numbers that Word prints, headings by outline level, tables, text boxes and footnotes."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocumentError
from indexer.readers.base import MARGINS, BlockKind, Reading
from indexer.readers.canvas import BULLET, ITEM_NUMBER, Canvas, item
from indexer.readers.docx_contents import contents_of
from indexer.readers.docx_margins import margins_of
from indexer.readers.docx_notes import NOTE_NUMERALS, Notes
from indexer.readers.docx_numbering import Label, Numbering
from indexer.readers.docx_runs import Words, words_of
from indexer.readers.docx_styles import Style, Styles, W, is_on, numbering_of, outline_level, value_of
from indexer.readers.docx_tables import across, children, content, continues, down, header_rows
from indexer.readers.grid import CELL, ROW, Cell, on_one_line, rows_of_names, spread
from indexer.readers.layout import Part, names_what_follows, placed

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEADER, FOOTER = RELATED + "header", RELATED + "footer"
CUSTOM = RELATED + "custom-properties"
CONTENTS_TITLE = re.compile(r"(table of )?contents", re.IGNORECASE)
CLAUSE_NUMBER = re.compile(r"\w+(\.\w+)+\.?")  # "4.1": a clause of its own rather than an entry of a list
CORE_TYPE = "/metadata/core-properties"  # at the end of the kind of a relationship, which LibreOffice writes otherwise than Word
CORE = ("title", "subject", "author", "version", "keywords", "category", "content_status", "comments", "last_modified_by")


def read_docx(path: Path) -> Reading:
    """Read a .docx or .docm. Tracked deletions and hidden text are left out, tracked insertions kept. Raises a DocumentError."""
    import docx

    try:
        document = docx.Document(str(path))
        body = document.element.body
    except Exception as problem:
        raise DamagedDocumentError(
            f"Word's parts in it are missing or broken ({' '.join(str(problem).split())[:120]}). Open it in Word and save it anew."
        ) from None
    if body is None:
        raise DamagedDocumentError("It has no body. Open it in Word and save it anew.")
    parts = {relation.reltype: relation for relation in document.part.rels.values() if not relation.is_external}
    canvas = Canvas()
    notes = Notes(body, {kind: _root(parts.get(f"{RELATED}{kind}s")) for kind in NOTE_NUMERALS})
    numbering = Numbering(_root(parts.get(RELATED + "numbering")))
    writer = _Writer(canvas, Styles(document.styles.element), numbering, notes, contents_of(body))
    writer.write(body)
    writer.write_notes()
    roots = {name: _root(relation) for name, relation in document.part.rels.items() if relation.reltype in (HEADER, FOOTER)}
    margins = margins_of(body, roots)
    title = {"title": writer.titles[0]} if len(writer.titles) == 1 else {}
    return canvas.reading({**title, **_properties(document), **({MARGINS: margins} if margins else {})})


def _root(relation: Any) -> Any:
    """The XML of a related part, or None where there is none or it cannot be parsed."""
    from docx.oxml import parse_xml

    if relation is None:
        return None
    try:
        return parse_xml(relation.target_part.blob)
    except ValueError:
        return None
    except SyntaxError:  # lxml's XMLSyntaxError
        return None


class _Writer:
    """Writes the body's paragraphs and tables in order."""

    def __init__(self, canvas: Canvas, styles: Styles, numbering: Numbering, notes: Notes, contents: Set[Any]) -> None:
        self.canvas, self.styles, self.numbering, self.notes = canvas, styles, numbering, notes
        self.contents = contents
        self.waiting: list[str] = []  # notes to what was written last
        self.titles: list[str] = []  # what is set in the style of that name

    def write(self, parent: Any) -> None:
        for child in content(parent):
            if child.tag == f"{W}p":
                self._write_paragraph(child)
            else:
                self._write_table(child)

    def write_notes(self) -> None:
        """Write the notes that wait, so that each stands in the clause that refers to it: behind the paragraph, the list or the table."""
        waiting, self.waiting = self.waiting, []
        for note in waiting:
            self.canvas.add(BlockKind.PARAGRAPH, note)

    def _write_paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self._style(properties)
        words = words_of(paragraph)
        text = words.text.strip()
        if text and paragraph in self.contents:
            label = self._label(properties, style)  # Word counts what is numbered there too
            self.canvas.add(BlockKind.FURNITURE, f"{label.text} {text}" if label else text)
        elif text:
            own = outline_level(properties)
            self.titles += [" ".join(text.split())] if style.name == "title" else []
            self._add(words, style, style.level if own is None else own, self._label(properties, style))
        elif not words.boxes and not _is_gone(properties):
            self._label(properties, style)  # Word prints and counts the number of an empty paragraph too
        self.waiting += self.notes.texts(words.notes)
        for box in words.boxes:
            self.write(box)

    def _add(self, words: Words, style: Style, level: int, label: Label | None) -> None:
        before = f"{label.text} " if label else ""
        text, lead = before + words.text.strip(), before + words.lead.lstrip() if words.lead else ""
        size = round((words.size or style.size) / self.styles.default.size, 2)
        bold = words.is_bold(style.bold)
        kind, text, nested = _kind(text, style, level, label)
        if kind is not BlockKind.LIST_ITEM:
            self.write_notes()
        level = level if kind is BlockKind.HEADING else nested
        self.canvas.add(kind, text, level=level, indent=max(nested - 1, 0), size=size, bold=bold, lead=lead)

    def _style(self, properties: Any) -> Style:
        return self.styles.get(None if properties is None else value_of(properties.find(f"{W}pStyle")))

    def _label(self, properties: Any, style: Style) -> Label | None:
        return self.numbering.label(numbering_of(properties) or style.numbering, style.id)

    def _write_table(self, table: Any) -> None:
        rows = [row for row in children(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(children(row, f"{W}tc")) for row in rows]
        run: list[int] = []
        for position, is_placed in enumerate(self._placed(rows, cells)):
            if not is_placed:
                run.append(position)
                continue
            self._write_rows([rows[at] for at in run], [cells[at] for at in run])
            run = []
            for cell in cells[position]:
                self.write(cell)
        self._write_rows([rows[at] for at in run], [cells[at] for at in run])

    def _placed(self, rows: list[Any], cells: list[list[Any]]) -> list[bool]:
        """Of each row whether it only places text, as a frame around it or a column of it."""
        if any(len(row) > 1 for row in cells) and any(is_on(row.find(f"{W}trPr"), "tblHeader") for row in rows):
            return [False] * len(rows)
        return placed(self._parts_of(cells))

    def _is_bold(self, row: list[Any]) -> bool:
        return all(part.bold for cell in row for part in self._parts(cell))

    def _parts_of(self, cells: list[list[Any]]) -> list[list[list[Part]]]:
        return [[self._parts(cell) for cell in row] for row in cells]

    def _parts(self, cell: Any) -> list[Part]:
        """The paragraphs of a cell, those of tables in it among them."""
        parts = []
        for child in content(cell):
            if child.tag == f"{W}p":
                properties = child.find(f"{W}pPr")
                style, words = self._style(properties), words_of(child)
                own = outline_level(properties)
                if text := " ".join(words.text.split()):
                    parts.append(Part(text, bool(style.level if own is None else own), words.is_bold(style.bold)))
            else:
                parts += [part for row in children(child, f"{W}tr") for inner in children(row, f"{W}tc") for part in self._parts(inner)]
        return parts

    def _write_rows(self, rows: list[Any], cells: list[list[Any]]) -> None:
        if not rows:
            return
        self.write_notes()
        grid = self._grid(cells)
        header = header_rows(rows, cells, self._is_bold)
        if header < 0 and names_what_follows(self._parts_of(cells)):
            header = 0
        if header >= 0 and (deepest := header + rows_of_names(grid[header]) - 1) < len(rows) - 1:
            header = deepest
        lines = spread(grid)
        for position, (row, texts) in enumerate(zip(cells, lines, strict=True)):
            if len(row) == 1 and position <= header:
                self.canvas.add(BlockKind.PARAGRAPH, texts[0], bold=True)  # a title above the table's columns
            else:
                self.canvas.add_row(texts, position <= header)

    def _grid(self, rows: list[list[Any]]) -> list[list[Cell]]:
        """The cells that begin, each with the columns and rows that it covers."""
        columns = [list(accumulate((across(cell) for cell in row), initial=0)) for row in rows]
        grid = []
        for position, row in enumerate(rows):
            line = []
            for cell, column in zip(row, columns[position], strict=False):
                if position and continues(cell) and column in columns[position - 1][:-1]:
                    continue
                text = "" if continues(cell) else on_one_line(self._cell_text(cell))
                line.append(Cell(text, across(cell), down(rows, columns, position, column)))
            grid.append(line)
        return grid

    def _cell_text(self, cell: Any) -> str:
        """What a cell says; items of lists, and rows and cells of tables in it, begin with their marks."""
        texts = []
        for child in content(cell):
            if child.tag == f"{W}p":
                texts.append(self._paragraph_text(child))
            else:
                for row in children(child, f"{W}tr"):
                    texts.append(ROW + "".join(CELL + self._cell_text(inner) for inner in children(row, f"{W}tc")))
                texts.append(ROW)
        return " ".join(text for text in texts if text)

    def _paragraph_text(self, paragraph: Any) -> str:
        words = words_of(paragraph)
        self.waiting += self.notes.texts(words.notes)
        text = words.text.strip()
        if text:
            properties = paragraph.find(f"{W}pPr")
            label = self._label(properties, self._style(properties))
            text = f"{label.text} {text}" if label and not label.is_bullet else text
            text = f"{ROW}{text}{ROW}" if label else text
        boxed = [self._cell_text(box) for box in words.boxes]
        return " ".join(part for part in (text, *boxed) if part)


def _is_gone(properties: Any) -> bool:
    """Whether a paragraph's mark is hidden, or deleted or moved away by a tracked change: accepted, there is no paragraph."""
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and (is_on(mark, "vanish") or any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom")))


def _kind(text: str, style: Style, level: int, label: Label | None) -> tuple[BlockKind, str, int]:
    """What a paragraph is, its text, and its nesting depth, from 1, where it is an item of a list."""
    if style.is_contents or CONTENTS_TITLE.fullmatch(text):
        return BlockKind.FURNITURE, text, 0
    if level:
        return BlockKind.HEADING, text, 0
    if label and (label.is_bullet or not CLAUSE_NUMBER.fullmatch(label.text)):
        return BlockKind.LIST_ITEM, text, label.level + 1
    if not label and style.name.startswith("list bullet"):
        depth = int(style.name[-1]) if style.name[-1].isdecimal() else 1
        return BlockKind.LIST_ITEM, item(BULLET, text), max(depth, 1)
    return (BlockKind.LIST_ITEM if ITEM_NUMBER.match(text) else BlockKind.PARAGRAPH), text, 0


def _properties(document: Any) -> dict[str, str]:
    """Core properties that are set, then custom ones, keys in lower case."""
    properties: dict[str, str] = {}
    relations = document.part.package.rels.values()
    stated = [one.target_part for one in relations if (one.reltype or "").endswith(CORE_TYPE) and not one.is_external]
    core = getattr(stated[0], "core_properties", None) if stated else None  # python-docx makes some up where it finds none
    for name in CORE:
        value = getattr(core, name, None)
        if isinstance(value, str) and value.strip():
            properties[name.replace("_", " ")] = value.strip()
    custom = next((r for r in document.part.package.rels.values() if r.reltype == CUSTOM and not r.is_external), None)
    root = _root(custom)
    for element in () if root is None else root:
        name, value = element.get("name"), "".join(element.itertext()).strip()
        if name and value:
            properties[name.strip().lower()] = value
    return properties
