"""A source as an Excel workbook: document control, the rules of use, and a sheet for each table."""

from __future__ import annotations

import textwrap
from datetime import datetime, time
from importlib import import_module
from io import BytesIO
from typing import Any

from corpus.samples.source import Grid, Heading, Paragraph, Source, plain

FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
WIDEST, WIDEST_OF_MANY, MANY = 46, 26, 9  # characters, and columns from which on the narrower bound holds; longer cells wrap
RULE_WIDTH = 110  # characters
LINE = 15  # points; without a height of their own, rows of wrapped cells overlap in programs that do not measure them on opening


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


def _lines(text: str, width: int) -> int:
    """How many lines a cell of this width takes, its margins left out."""
    return max(1, len(textwrap.wrap(text, max(width - 2, 1))))


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
    sheet.set_column(1, 1, RULE_WIDTH)
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
            sheet.set_row(row, LINE * _lines(plain(block.runs), RULE_WIDTH))
            row += 1


def _table_sheet(book: Any, source: Source, heading: str, grid: Grid) -> None:
    sheet = _sheet(book, source, heading)
    head = book.add_format({**FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D", "border": 1})
    cell = book.add_format({**FONT, "border": 1, "border_color": "#C3CCD5"})
    table = [[plain(runs) for runs in row] for row in (grid.header, *grid.rows)]
    widest = WIDEST_OF_MANY if len(grid.header) >= MANY else WIDEST
    widths = [min(widest, max(map(len, cells)) + 3) for cells in zip(*table, strict=True)]
    for row, texts in enumerate(table):
        sheet.set_row(row, LINE * max(_lines(text, width) for text, width in zip(texts, widths, strict=True)))
    for column, cells in enumerate(zip(*table, strict=True)):
        sheet.set_column(column, column, widths[column])
        for row, text in enumerate(cells):
            sheet.write_string(row, column, text, head if row == 0 else cell)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(table) - 1, len(grid.header) - 1)
