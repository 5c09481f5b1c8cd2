"""A source as an Excel workbook: document control, the rules of use, and a sheet for each table."""

from __future__ import annotations

from datetime import datetime, time
from importlib import import_module
from io import BytesIO
from typing import Any

from corpus.samples.source import Grid, Heading, Paragraph, Source, plain

FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
WIDEST = 46  # characters; longer cells wrap


def workbook(source: Source) -> bytes:
    """The workbook's bytes, the same for the same source."""
    target = BytesIO()
    book = import_module("xlsxwriter").Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({
        "title": source.title, "author": source.properties["owner"], "company": "Merrowline",
        "subject": source.edition, "created": datetime.combine(source.effective, time(9)),
    })
    _control_sheet(book, source)
    _rules_sheet(book, source)
    heading = source.title
    for block in source.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Grid):
            _table_sheet(book, source, heading, block)
    book.close()
    return target.getvalue()


def _sheet(book: Any, source: Source, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{source.title}&R{name}")
    sheet.set_footer(f"&L{source.edition}&RPage &P of &N")
    sheet.hide_gridlines(2)
    return sheet


def _control_sheet(book: Any, source: Source) -> None:
    sheet = _sheet(book, source, "Document control")
    name, value = book.add_format({**FONT, "bold": True, "bg_color": "#E8EEF4", "border": 1}), book.add_format({**FONT, "border": 1})
    sheet.write(0, 0, source.title, book.add_format({"font_name": "Calibri", "font_size": 16, "bold": True, "font_color": "#17324D"}))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 64)
    for row, (label, text) in enumerate(source.control_rows(), start=2):
        sheet.write_string(row, 0, label, name)
        sheet.write_string(row, 1, text, value)


def _rules_sheet(book: Any, source: Source) -> None:
    sheet = _sheet(book, source, "Rules of use")
    bold, normal = book.add_format({**FONT, "bold": True, "font_color": "#17324D"}), book.add_format(FONT)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 110)
    row = 0
    for block in source.blocks:
        if isinstance(block, Heading) and block.number:
            row += bool(row)
            sheet.write_string(row, 0, block.number, bold)
            sheet.write_string(row, 1, block.text, bold)
            row += 1
        elif isinstance(block, Paragraph) and block.number:
            sheet.write_string(row, 0, block.number, normal)
            sheet.write_string(row, 1, plain(block.runs), normal)
            row += 1


def _table_sheet(book: Any, source: Source, heading: str, grid: Grid) -> None:
    sheet = _sheet(book, source, heading)
    head = book.add_format({**FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D", "border": 1})
    cell = book.add_format({**FONT, "border": 1, "border_color": "#C3CCD5"})
    table = [[plain(runs) for runs in row] for row in (grid.header, *grid.rows)]
    for column, cells in enumerate(zip(*table, strict=True)):
        sheet.set_column(column, column, min(WIDEST, max(map(len, cells)) + 3))
        for row, text in enumerate(cells):
            sheet.write_string(row, column, text, head if row == 0 else cell)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(table) - 1, len(grid.header) - 1)
