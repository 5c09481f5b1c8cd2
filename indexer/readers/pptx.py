"""PowerPoint presentations: every slide a page and a heading, its words and tables, and under "Notes" what the speaker's notes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocumentError, DocumentError
from corpus.text import CanonicalText, Page
from indexer.readers.base import BlockKind, Reading
from indexer.readers.bounds import refuse_pages
from indexer.readers.canvas import BULLET, Canvas, item
from indexer.readers.grid import Cell, rows_of_names, spread
from indexer.readers.numerals import numeral

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NOTES = "Notes"  # a heading of ours and no prefix of theirs, so that a quotation of notes stands word for word in the file
CORE = ("title", "subject", "author", "version", "keywords", "category", "content_status", "comments", "last_modified_by")
FURNITURE = frozenset({"DATE", "FOOTER", "HEADER", "SLIDE_NUMBER"})  # kinds of placeholders
BULLETED = frozenset({"BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"})  # placeholders whose paragraphs carry bullets by default
LARGE = 24.0  # points of type that may set a title
LONGEST_TITLE = 80  # characters

Mark = tuple[str, int]


def read_pptx(path: Path) -> Reading:
    """Read a .pptx or .pptm, hidden slides left out. Pages are the slides, labelled with their numbers. Raises a DocumentError."""
    import pptx

    canvas = Canvas()
    try:
        presentation = pptx.Presentation(str(path))
        refuse_pages(len(presentation.slides), "slides")
        marks = [(number, _write_slide(canvas, slide, number)) for number, slide in _shown(canvas, presentation.slides)]
        properties = _properties(presentation.core_properties)
    except (OSError, DocumentError):
        raise
    except Exception as problem:  # the library raises whatever it likes on parts that are missing or broken
        reason = " ".join(str(problem).split())[:120]
        raise DamagedDocumentError(f"PowerPoint's parts in it are missing or broken ({reason}). Open it and save it anew.") from None
    reading = canvas.reading(properties)
    return replace(reading, text=CanonicalText(reading.text.characters, _pages(reading, marks)))


def _shown(canvas: Canvas, slides: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """The slides that an audience sees, each with its number, from 1."""
    for number, slide in enumerate(slides, start=1):
        if slide.element.get("show") in ("0", "false"):
            canvas.warn(f"The hidden slide {number} was left out.")
        else:
            yield number, slide


def _pages(reading: Reading, marks: Sequence[tuple[int, int]]) -> tuple[Page, ...]:
    """The page of each slide, from its first block to that of the next one.

    marks: number of the slide, and how many blocks stood on the canvas before it.
    """
    starts = [*(block.start for block in reading.blocks), len(reading.text.characters)]
    begins = [starts[before] for _, before in marks]
    ends = [*begins[1:], starts[-1]]
    return tuple(Page(number, start, end, str(number)) for (number, _), start, end in zip(marks, begins, ends, strict=True))


def _write_slide(canvas: Canvas, slide: Any, number: int) -> int:
    """Write one slide, its title first and then in the order in which a screen reader says it; how many blocks stood before it."""
    before = canvas.count
    _print_number(slide, number)
    title = _title(slide)
    words = "" if title is None else " ".join(title.text_frame.text.split())
    trial = Canvas()
    _write_body(trial, slide)
    if words or trial.count:
        canvas.add(BlockKind.HEADING, words or f"Slide {number}", level=1)
        _write_body(canvas, slide)
    else:
        canvas.warn(f"Slide {number} has no text: it may be a picture.")
    return before


def _print_number(slide: Any, number: int) -> None:
    """Put the number where the slide prints it: what a program leaves there is its last or a stand-in ("‹#›", "<number>")."""
    for field in slide.element.iter(f"{A}fld"):
        if field.get("type") == "slidenum":
            for text in field.iter(f"{A}t"):
                text.text = str(number)


def _title(slide: Any) -> Any | None:
    """The shape with the slide's title: its placeholder, else the uppermost box of text where that is a line in the largest type."""
    placed = slide.shapes.title
    if placed is not None and placed.text_frame.text.strip():
        return placed
    boxes = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.strip() and shape.top is not None]
    if not boxes:
        return placed
    first = min(boxes, key=lambda shape: shape.top)
    words = first.text_frame.text.strip()
    sizes = [_size(shape) for shape in _shapes(slide.shapes) if shape.has_text_frame and shape.shape_id != first.shape_id]
    is_line = "\n" not in words and len(words) <= LONGEST_TITLE and not words.endswith((".", ":", ";", ","))
    return first if is_line and _size(first) >= LARGE and _size(first) > max(sizes, default=0) else placed


def _size(shape: Any) -> float:
    """The largest size of type, in points, that a shape's runs set; 0 where they set none."""
    runs = (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)
    return max((run.font.size.pt for run in runs if run.font.size is not None), default=0.0)


def _write_body(canvas: Canvas, slide: Any) -> None:
    """Everything but the title."""
    title = _title(slide)
    for shape in _shapes(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _write_shape(canvas, shape)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        canvas.add(BlockKind.HEADING, NOTES, level=2)
        for paragraph in notes.paragraphs:
            canvas.add(BlockKind.PARAGRAPH, paragraph.text)


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, those of groups in the group's place."""
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _write_shape(canvas: Canvas, shape: Any) -> None:
    if getattr(shape, "has_table", False):
        _write_table(canvas, shape.table)
    elif getattr(shape, "has_chart", False):
        if shape.chart.has_title and shape.chart.chart_title.has_text_frame:
            canvas.add(BlockKind.PARAGRAPH, shape.chart.chart_title.text_frame.text)
    elif shape.has_text_frame:
        kind = shape.placeholder_format.type.name if shape.is_placeholder else None
        _write_paragraphs(canvas, shape.text_frame.paragraphs, kind)
    else:
        for text in _diagram(shape):
            canvas.add(BlockKind.LIST_ITEM, item(BULLET, text), level=1)


def _write_paragraphs(canvas: Canvas, paragraphs: Iterable[Any], placeholder: str | None) -> None:
    numbers: dict[int, tuple[Mark, int]] = {}  # of a level: the scheme that is under way, and how far it came
    for paragraph in paragraphs:
        text, level = paragraph.text.strip(), paragraph.level
        mark = _mark(paragraph, placeholder in BULLETED)
        if not text:
            continue
        numbers = {known: reached for known, reached in numbers.items() if known < level or (known == level and reached[0] == mark)}
        if placeholder in FURNITURE:
            canvas.add(BlockKind.FURNITURE, text)
        elif mark is None:
            canvas.add(BlockKind.PARAGRAPH, text)
        else:
            scheme, start = mark
            count = numbers[level][1] + 1 if level in numbers else start
            numbers[level] = mark, count
            canvas.add(BlockKind.LIST_ITEM, item(_label(scheme, count) if scheme else BULLET, text), level=level + 1, indent=level)


def _mark(paragraph: Any, bulleted: bool) -> Mark | None:
    """How the paragraph is marked: the scheme of its number with the first number, ("", 0) for a bullet, None for no mark."""
    properties = paragraph._p.pPr
    if properties is not None:
        if properties.find(f"{A}buNone") is not None:
            return None
        number = properties.find(f"{A}buAutoNum")
        if number is not None:
            return number.get("type", "arabicPeriod"), int(number.get("startAt", "1"))
        if properties.find(f"{A}buChar") is not None or properties.find(f"{A}buBlip") is not None:
            return "", 0
    return ("", 0) if bulleted else None


def _label(scheme: str, count: int) -> str:
    """What PowerPoint prints before the paragraph ("3. ", "(b) ") in a scheme such as "alphaLcParenBoth"."""
    names = {"alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"}
    form = next((name for prefix, name in names.items() if scheme.startswith(prefix)), "decimal")
    opening, closing = "(" if scheme.endswith("Both") else "", ")" if "Paren" in scheme else "." if scheme.endswith("Period") else ""
    return f"{opening}{numeral(count, form)}{closing} "


def _write_table(canvas: Canvas, table: Any) -> None:
    grid = [[_cell(cell) for cell in row.cells if not cell.is_spanned] for row in table.rows]
    named = rows_of_names(grid[0]) if grid and table.first_row else 0
    for position, texts in enumerate(spread(grid)):
        canvas.add_row(texts, header=position < named)


def _cell(cell: Any) -> Cell:
    merged = cell.is_merge_origin
    return Cell(cell.text_frame.text, cell.span_width if merged else 1, cell.span_height if merged else 1)


def _diagram(shape: Any) -> Iterator[str]:
    """The words of a SmartArt drawing, a paragraph each, which stand in a part of their own."""
    from pptx.oxml import parse_xml

    for relation in shape.element.iter(f"{DIAGRAM}relIds"):
        data = parse_xml(shape.part.related_part(relation.get(f"{RELATED}dm")).blob)
        for paragraph in data.iter(f"{A}p"):
            text = "".join(run.text or "" for run in paragraph.iter(f"{A}t")).strip()
            if text:
                yield text


def _properties(core: Any) -> dict[str, str]:
    """Core properties that are set, keys in lower case with spaces."""
    values = {name.replace("_", " "): getattr(core, name) for name in CORE}
    return {name: value.strip() for name, value in values.items() if isinstance(value, str) and value.strip()}
