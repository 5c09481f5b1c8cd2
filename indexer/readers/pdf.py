"""PDF files: text, places and printed page labels from pdfium; properties, bookmarks and the second opinion from pypdf."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError
from indexer.readers.base import Reading
from indexer.readers.bounds import refuse_pages
from indexer.readers.pdf_bands import floating_tables
from indexer.readers.pdf_colours import with_coloured_headings
from indexer.readers.pdf_columns import unruled_tables
from indexer.readers.pdf_flush import flush_blocks
from indexer.readers.pdf_furniture import Item, PdfPage, furniture_of, place_of
from indexer.readers.pdf_italics import with_italic_headings
from indexer.readers.pdf_labels import with_printed_labels
from indexer.readers.pdf_letters import TextPage, Word, words_of
from indexer.readers.pdf_line_numbers import line_numbers
from indexer.readers.pdf_lines import Line, lines_of, pieces_of, rows_of
from indexer.readers.pdf_marks import Mark, bookmarks_of, tagged_headings, with_marks
from indexer.readers.pdf_ocr import recognise
from indexer.readers.pdf_paragraphs import paragraphs_of
from indexer.readers.pdf_rows import whole_rows
from indexer.readers.pdf_side_titles import side_titles
from indexer.readers.pdf_spaced import without_spacing
from indexer.readers.pdf_tables import Grid, TableRow, are_alike, boxes_of, grids_of, table_rows, titled_lines
from indexer.readers.pdf_text import text_of
from indexer.readers.pdf_underlines import links_of, with_underlines
from indexer.readers.tesseract import version

ENCRYPTED = "is encrypted; remove the password and index it again"
DAMAGED = "is damaged or truncated: {}; open it in a PDF program and save it again"
NAMED_AT_MOST = 8  # page numbers that one warning lists
DATES = {"/CreationDate": "created", "/ModDate": "modified"}


@dataclass(frozen=True, slots=True)
class Above:
    """What a page goes on with. columns: of the last ruled table of the page before; titled: whether that places text beside titles;
    numbers: where those end that count lines, points."""

    columns: Sequence[float] = ()
    titled: bool = False
    numbers: float | None = None


def read_pdf(path: Path) -> Reading:
    """Read one PDF file.

    Raises EncryptedDocumentError, DamagedDocumentError, or EmptyDocumentError when no page has text.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise EmptyDocumentError("is empty (0 bytes)")
    try:
        pages, marks = _read_by_pdfium(path)
    except DamagedDocumentError:
        from indexer.readers.pdf_second import pages_by_pypdf

        pages, marks = pages_by_pypdf(path), []
    blank = [page.number for page in pages if not page.items]
    if len(blank) == len(pages):
        count = "its one page" if len(pages) == 1 else f"its {len(pages)} pages"
        tried = "text recognition found none either" if version() else "install tesseract (Debian: tesseract-ocr) to have it recognised"
        raise EmptyDocumentError(f"has no text on {count}: it may be a scan; {tried}, or run OCR on it, and index it again")
    pages = with_coloured_headings(pages)
    furniture = furniture_of(pages)
    pages = with_printed_labels(pages, furniture)
    text, blocks = text_of(pages, with_italic_headings(whole_rows(paragraphs_of(pages, furniture))))
    blocks = with_marks(text, blocks, marks)
    return Reading(text, blocks, properties_of(path), (*_blank_warning(blank), *_recognition_warning(pages)))


def _recognition_warning(pages: list[PdfPage]) -> tuple[str, ...]:
    """The pages that tesseract read, with its confidence, the least sure first."""
    read = sorted((page.confidence, page.number) for page in pages if page.confidence is not None)
    if not read:
        return ()
    named = ", ".join(f"{number} ({confidence:.0%} sure)" for confidence, number in read[:NAMED_AT_MOST])
    more = f" and {len(read) - NAMED_AT_MOST} more, surer" if len(read) > NAMED_AT_MOST else ""
    return (f"Read by text recognition: page {named}{more}. Check quotations from there against the page.",)


def _blank_warning(blank: list[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    named = ", ".join(map(str, blank[:NAMED_AT_MOST])) + (f" and {len(blank) - NAMED_AT_MOST} more" if len(blank) > NAMED_AT_MOST else "")
    return (f"Page {named} has no text: it may be a scan." if len(blank) == 1 else f"Pages {named} have no text: they may be scans.",)


def _read_by_pdfium(path: Path) -> tuple[list[PdfPage], list[Mark]]:
    """The pages, and what the author marked as headings: by bookmarks where there are any, else by tags."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold():
            raise EncryptedDocumentError(ENCRYPTED) from None
        raise DamagedDocumentError(DAMAGED.format(error)) from None
    try:
        if not len(document):
            raise DamagedDocumentError(DAMAGED.format("it has no pages"))
        refuse_pages(len(document))
        marks = bookmarks_of(document)
        tagged = not marks and pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
        pages: list[PdfPage] = []
        above = Above()
        for index in range(len(document)):
            page, above = _page(document, index, marks if tagged else None, above)
            pages.append(page)
        return pages, marks
    finally:
        document.close()


def _page(document: Any, index: int, tagged: list[Mark] | None, above: Above) -> tuple[PdfPage, Above]:
    """One page, and what the next one needs to know of it.

    tagged: takes in what its tags say are headings, where that is wanted. above: the same of the page before.
    """
    import pypdfium2

    label = document.get_page_label(index) or None
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return PdfPage(index + 1, label, 1.0, ()), Above()  # one broken page leaves the others readable
    handle = page.get_textpage()
    try:
        width, height = page.get_size()
        if tagged is not None:
            tagged += tagged_headings(page, index + 1)
        seen = TextPage(handle.raw, page.get_rotation() // 90, width, height)
        words, confidence = without_spacing(words_of(seen)), None
        if not words and _shows_anything(page) and (scan := recognise(page, width, height)):
            words, confidence = list(scan.words), scan.confidence
        numbers = line_numbers(words, above.numbers)
        counts = set(map(id, numbers))
        words = [word for word in words if id(word) not in counts]
        items, below = _items(words, page, seen, above)
        return PdfPage(index + 1, label, height, items, confidence), replace(below, numbers=numbers[0].x1 if numbers else None)
    finally:
        handle.close()
        page.close()


def _shows_anything(page: Any) -> bool:
    return next(iter(page.get_objects(max_depth=1)), None) is not None


def _items(words: list[Word], page: Any, seen: TextPage, above: Above) -> tuple[tuple[Item, ...], Above]:
    """Lines and table rows of a page from the top down, the text of a table in its rows alone; and its last ruled table."""
    boxes = boxes_of(page, seen) if words else []
    grids = grids_of(boxes)
    words = with_underlines(words, boxes, links_of(page, seen))
    last: Grid | None = None
    titled = False
    tables: list[list[TableRow] | list[Line]] = []
    for grid in grids:
        inside = [word for word in words if grid.holds(word)]
        pieces = [piece for row in rows_of(inside) for piece in pieces_of(row)]
        goes_on = are_alike(grid.columns, above.columns)
        lines = titled_lines(grid, pieces, goes_on and above.titled) if inside else None
        ruled = lines or (table_rows(grid, pieces, goes_on) if inside else None)
        if ruled is not None:
            if last is None or grid.rows[0] < last.rows[0]:
                last, titled = grid, lines is not None
            words = [word for word in words if not grid.holds(word)]
            tables.append(ruled)
    aside, words = side_titles(words)
    blocks, words = flush_blocks(words)
    floating, words = floating_tables(words)
    unruled, words = unruled_tables(words)
    tables += [*aside, *blocks, *floating, *unruled]
    items: list[Item] = list(lines_of(words))
    for rows in sorted(tables, key=lambda rows: place_of(rows[0])):
        after = next((i for i, item in enumerate(items) if place_of(item) < place_of(rows[0])), len(items))
        items[after:after] = rows
    return tuple(items), Above(last.columns if last else (), titled)


def properties_of(path: Path) -> dict[str, str]:
    """Title, author, dates and the rest of a PDF's own description, keys in lower case; empty where it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on odd files are no news to a reader
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            reader.decrypt("")
        found = {str(key): str(value) for key, value in (reader.metadata or {}).items() if value is not None}
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError):
        return {}
    named = {DATES.get(key, key.lstrip("/").casefold()): _date(value) if key in DATES else value.strip() for key, value in found.items()}
    return {key: value for key, value in named.items() if value and re.fullmatch(r"[\w .-]+", key)}


def _date(value: str) -> str:
    """"D:20240131120000Z" as "2024-01-31"; anything else unchanged."""
    match = re.match(r"D:(\d{4})(\d{2})(\d{2})", value)
    return "-".join(match.groups()) if match else value


