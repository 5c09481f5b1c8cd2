"""A source as a PDF: a front page with document control and contents, then numbered pages with bookmarks."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus.tableofcontents import TableOfContents

from corpus.samples.source import Block, Grid, Heading, Listing, Paragraph, Runs, Source, plain

INK, RULE, TINT = HexColor("#17324D"), HexColor("#C3CCD5"), HexColor("#E8EEF4")
SIDE, TOP, BOTTOM = 24 * mm, 26 * mm, 24 * mm
WIDTH = A4[0] - 2 * SIDE
HANG = 12 * mm  # room for "10.12" before a clause
CELL_PADDING = 11  # points, left and right of a cell's words, with the rule

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.8, leading=13.8, spaceAfter=5.5, allowWidows=0, allowOrphans=0)
CLAUSE = ParagraphStyle("clause", BODY, leftIndent=HANG, bulletFontName="Helvetica", bulletFontSize=9.8)
ITEM = ParagraphStyle("item", CLAUSE, leftIndent=HANG + 7 * mm, bulletIndent=HANG, spaceAfter=3)
CELL = ParagraphStyle("cell", BODY, fontSize=8.8, leading=11.6, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head cell", CELL, fontName="Helvetica-Bold", textColor=white)
NAME_CELL = ParagraphStyle("name cell", CELL, fontName="Helvetica-Bold", textColor=INK)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=23, leading=28, textColor=INK, spaceBefore=4, spaceAfter=4)
HOUSE = ParagraphStyle("house", BODY, fontName="Helvetica-Bold", fontSize=10, textColor=HexColor("#5A7184"), spaceAfter=2)
CONTENTS = ParagraphStyle("contents", BODY, fontName="Helvetica-Bold", fontSize=12, leading=16, textColor=INK, spaceBefore=16, spaceAfter=6)
ENTRY = ParagraphStyle("entry", BODY, fontSize=9.6, leading=14, spaceAfter=0)
HEADING = ParagraphStyle(
    "heading", CLAUSE, fontName="Helvetica-Bold", textColor=INK, bulletFontName="Helvetica-Bold", bulletColor=INK, keepWithNext=1
)
HEADINGS = {
    1: ParagraphStyle("heading 1", HEADING, bulletFontSize=13.5, fontSize=13.5, leading=18, spaceBefore=13, spaceAfter=5),
    2: ParagraphStyle("heading 2", HEADING, bulletFontSize=10.6, fontSize=10.6, leading=14, spaceBefore=8, spaceAfter=4),
}


class PolicyTemplate(BaseDocTemplate):  # type: ignore[misc]
    """Lays a source out: front pages labelled i, ii …, then the body labelled from 1."""

    def __init__(self, target: BytesIO, source: Source) -> None:
        super().__init__(
            target, pagesize=A4, invariant=1, title=source.title, author=source.properties["owner"], subject=source.edition,
            creator="Merrowline policy library", lang="en-GB",
            leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP, bottomMargin=BOTTOM,
        )
        self.source = source
        self.front = 1  # pages before the body; known for sure after the first pass, like the total
        self.total = 1
        frame = Frame(SIDE, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        self.addPageTemplates([
            PageTemplate("front", [frame], onPage=self._draw_front),
            PageTemplate("body", [frame], onPage=self._draw_body),
        ])

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note a heading for the bookmarks and the contents."""
        heading = getattr(flowable, "heading", None)
        if heading is None:
            return
        label, key = _label(heading), f"h{self.seq.nextf('heading')}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(label, key, heading.level - 1, closed=False)
        if heading.level == 1:
            self.notify("TOCEntry", (0, escape(label), self.page - self.front, key))

    def afterPage(self) -> None:
        """Remember how many pages there are, for the next pass."""
        if self.pageTemplate.id == "front":
            self.front = self.page
        self.total = max(self.total, self.page)

    def _draw_front(self, canvas: Any, _: Any) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.setDateFormatter(lambda *_: f"D:{self.source.effective:%Y%m%d}090000Z")
        self._draw_footer(canvas, "", "ii" if self.page == 2 else "i")

    def _draw_body(self, canvas: Any, _: Any) -> None:
        if self.page == self.front + 1:
            canvas.addPageLabel(self.front, style="ARABIC", start=1)
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(INK)
        canvas.drawString(SIDE, A4[1] - 16 * mm, "Merrowline")
        canvas.drawRightString(A4[0] - SIDE, A4[1] - 16 * mm, self.source.title)
        self._line(canvas, A4[1] - 18 * mm)
        self._draw_footer(canvas, self.source.edition, f"Page {self.page - self.front} of {self.total - self.front}")

    def _draw_footer(self, canvas: Any, left: str, right: str) -> None:
        self._line(canvas, 17 * mm)
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(INK)
        canvas.drawString(SIDE, 13 * mm, left)
        canvas.drawRightString(A4[0] - SIDE, 13 * mm, right)

    @staticmethod
    def _line(canvas: Any, y: float) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, y, A4[0] - SIDE, y)


def portable(source: Source) -> bytes:
    """The PDF's bytes, the same for the same source and library."""
    target = BytesIO()
    template = PolicyTemplate(target, source)
    template.multiBuild([*_front_page(source), *_body(source.blocks)])
    return target.getvalue()


def _front_page(source: Source) -> list[Flowable]:
    control = [[Text(escape(name), NAME_CELL), Text(escape(value), CELL)] for name, value in source.control_rows()]
    contents = TableOfContents(levelStyles=[ENTRY], dotsMinLevel=0)
    return [
        Text("Merrowline", HOUSE), Text(escape(source.title), TITLE), HRFlowable(width="100%", color=INK, thickness=1.2, spaceAfter=12),
        Text("Document control", CONTENTS), _styled(Table(control, colWidths=[34 * mm, WIDTH - 34 * mm]), names=True),
        Text("Contents", CONTENTS), contents, NextPageTemplate("body"), PageBreak(),
    ]


def _body(blocks: tuple[Block, ...]) -> list[Flowable]:
    flowables: list[Flowable] = []
    for position, block in enumerate(blocks):
        match block:
            case Heading():
                if block.level == 1:
                    flowables.append(CondPageBreak(26 * mm))
                text = Text(escape(block.text), HEADINGS[block.level], bulletText=block.number)
                text.heading = block
                flowables.append(text)
            case Paragraph(number=number, runs=runs):
                style = CLAUSE if number else BODY
                leads = position + 1 < len(blocks) and isinstance(blocks[position + 1], Listing | Grid)
                style = ParagraphStyle("lead-in", style, keepWithNext=1) if leads else style
                flowables.append(Text(_markup(runs), style, bulletText=number))
            case Listing(items=items):
                flowables.extend(Text(_markup(item.runs), ITEM, bulletText=item.letter or "•") for item in items)
                flowables.append(Spacer(1, 3))
            case Grid():
                flowables.append(_styled(_grid(block)))
    return flowables


def _grid(grid: Grid) -> Table:
    rows = [[Text(_markup(cell), HEAD_CELL) for cell in grid.header]]
    rows += [[Text(_markup(cell), CELL) for cell in row] for row in grid.rows]
    return Table(rows, colWidths=_column_widths(grid), repeatRows=1, spaceAfter=9)


def _column_widths(grid: Grid) -> list[float]:
    """The width of each column in points: a share by the square root of its longest cell, but room for its longest word."""
    columns = [[plain(row[column]) for row in (grid.header, *grid.rows)] for column in range(len(grid.header))]
    lengths = [max(map(len, cells)) ** 0.5 for cells in columns]
    needs = [max((_width(word) for cell in cells for word in cell.split()), default=0.0) + CELL_PADDING for cells in columns]
    tight: set[int] = set()
    while True:
        left = WIDTH - sum(needs[column] for column in tight)
        shared = sum(length for column, length in enumerate(lengths) if column not in tight)
        widths = [needs[column] if column in tight else left * length / shared for column, length in enumerate(lengths)]
        starved = {column for column, width in enumerate(widths) if width < needs[column]} - tight
        if not starved or len(tight | starved) == len(lengths):
            return widths
        tight |= starved


def _width(word: str) -> float:
    return float(stringWidth(word, HEAD_CELL.fontName, HEAD_CELL.fontSize))


def _styled(table: Table, names: bool = False) -> Table:
    shade = ("BACKGROUND", (0, 0), (0, -1), TINT) if names else ("BACKGROUND", (0, 0), (-1, 0), INK)
    table.setStyle([
        shade, ("GRID", (0, 0), (-1, -1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
        ("LEFTPADDING", (0, 0), (-1, -1), 5), ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ])
    return table


def _label(heading: Heading) -> str:
    return f"{heading.number} {heading.text}" if heading.number else heading.text


def _markup(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = escape(run.text, quote=False)
        text = f"<i>{text}</i>" if run.italic else text
        parts.append(f"<b>{text}</b>" if run.bold else text)
    return "".join(parts)
