"""A source as a Word document: heading styles, printed or automatic numbers, tables, running header and footer."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from corpus.samples.archive import dated
from corpus.samples.source import Grid, Heading, Listing, Paragraph, Runs, Source, plain

INK = RGBColor(0x17, 0x32, 0x4D)
HANG = Cm(1.2)
TEXT_WIDTH = Cm(16)
CELL_MARGINS, WIDEST_LETTER = Cm(0.45), Cm(0.2)  # of a table's cell, and of bold type of its size, on the safe side
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
CLAUSES, LETTERS = 90, 91  # ids of our two numbering schemes; the template's own end below 20


def word(source: Source) -> bytes:
    """The document's bytes, the same for the same source and library."""
    document = new_document()
    _set_properties(document, source)
    _set_page(document, source)
    _set_styles(document)
    automatic = source.properties.get("numbering") == "automatic"
    if automatic:
        _add_numbering(document)
    document.add_paragraph(source.title, style="Title")
    _add_control_table(document, source)
    for position, block in enumerate(source.blocks):
        match block:
            case Heading():
                _add_heading(document, block, automatic)
            case Paragraph():
                following = source.blocks[position + 1] if position + 1 < len(source.blocks) else None
                _add_paragraph(document, block, automatic).paragraph_format.keep_with_next = isinstance(following, Listing | Grid)
            case Listing():
                _add_list(document, block, automatic)
            case Grid():
                _add_grid(document, block)
    target = BytesIO()
    document.save(target)
    return dated(target, source)


def _set_properties(document: Any, source: Source) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.author = source.title, source.edition, source.properties["owner"]
    properties.last_modified_by, properties.comments, properties.language = source.properties["owner"], "", "en-GB"
    properties.version = source.properties["version"]
    properties.created = properties.modified = datetime.combine(source.effective, time(9))


def _set_page(document: Any, source: Source) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.3)
    _write_ends(section.header.paragraphs[0], "Merrowline", source.title)
    footer = section.footer.paragraphs[0]
    _write_ends(footer, source.edition, "Page ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _write_ends(paragraph: Any, left: str, right: str) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.style.font.size = Pt(8.5)
    paragraph.style.font.color.rgb = INK
    paragraph.add_run(f"{left}\t{right}")


def _add_field(paragraph: Any, instruction: str) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def _set_styles(document: Any) -> None:
    styles = document.styles
    for name, size, before, after in (("Normal", 10.5, 0, 6), ("Title", 22, 0, 12), ("Heading 1", 14, 16, 6), ("Heading 2", 11.5, 10, 4)):
        style = styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name != "Normal":
            style.font.color.rgb, style.font.bold = INK, True
        if name.startswith("Heading"):
            _hang(style, Cm(0), HANG)
    clause = styles.add_style("Clause", WD_STYLE_TYPE.PARAGRAPH)
    clause.base_style = styles["Normal"]
    _hang(clause, Cm(0), HANG)
    for name in ("Lettered item", "List Bullet"):
        item = styles[name] if name in [style.name for style in styles] else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        item.base_style = styles["Normal"]
        _hang(item, HANG, Cm(0.8))
        item.paragraph_format.space_after = Pt(3)


def _hang(style: Any, label: int, room: int) -> None:
    """Set the label of a paragraph `label` from the margin, and its text `room` further in."""
    layout = style.paragraph_format
    layout.left_indent, layout.first_line_indent = label + room, -room
    layout.tab_stops.add_tab_stop(label + room)


def _add_numbering(document: Any) -> None:
    """Define the multilevel scheme of clauses (1, 1.1, 1.1.1) and that of lettered items."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{link}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, level + 2))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="680"/></w:tabs><w:ind w:left="680" w:hanging="680"/></w:pPr></w:lvl>'
        for level, link in enumerate(('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Clause"/>', ""))
    )
    letters = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="1134" w:hanging="454"/></w:pPr></w:lvl>'
    )
    first = numbering.find(qn("w:num"))
    for identifier, kind, content in ((CLAUSES, "multilevel", levels), (LETTERS, "singleLevel", letters)):
        scheme = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}"><w:multiLevelType w:val="{kind}"/>{content}</w:abstractNum>'
        first.addprevious(parse_xml(scheme))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{CLAUSES}"><w:abstractNumId w:val="{CLAUSES}"/></w:num>'))
    for name, level in (("Heading 1", 0), ("Clause", 1)):
        _number(document.styles[name].element.get_or_add_pPr(), CLAUSES, level)


def _new_letters(document: Any) -> int:
    """The id of a fresh lettered list, which begins again at (a)."""
    numbering = document.part.numbering_part.element
    identifier = max(int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))) + 1
    numbering.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{identifier}"><w:abstractNumId w:val="{LETTERS}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    ))
    return identifier


def _number(properties: Any, scheme: int, level: int) -> None:
    number = properties.get_or_add_numPr()
    number.get_or_add_ilvl().val = level
    number.get_or_add_numId().val = scheme


def _add_heading(document: Any, heading: Heading, automatic: bool) -> None:
    if heading.number is None or automatic:
        paragraph = document.add_paragraph(heading.text, style=f"Heading {heading.level}")
    else:
        paragraph = document.add_paragraph(f"{heading.number}\t{heading.text}", style=f"Heading {heading.level}")
    paragraph.paragraph_format.keep_with_next = True
    if automatic and heading.number is None:
        _number(paragraph._p.get_or_add_pPr(), 0, 0)  # scheme 0 takes the style's numbering away


def _add_paragraph(document: Any, block: Paragraph, automatic: bool) -> Any:
    if block.number is None:
        paragraph = document.add_paragraph()
    else:
        paragraph = document.add_paragraph(style="Clause")
        if not automatic:
            paragraph.add_run(f"{block.number}\t")
    _add_runs(paragraph, block.runs)
    return paragraph


def _add_list(document: Any, block: Listing, automatic: bool) -> None:
    scheme = _new_letters(document) if automatic and block.items[0].letter else None
    for item in block.items:
        paragraph = document.add_paragraph(style="Lettered item" if item.letter else "List Bullet")
        if scheme is not None:
            _number(paragraph._p.get_or_add_pPr(), scheme, 0)
        elif item.letter:
            paragraph.add_run(f"{item.letter}\t")
        _add_runs(paragraph, item.runs)
    paragraph.paragraph_format.space_after = Pt(6)


def _add_runs(paragraph: Any, runs: Runs, bold: bool = False, size: float | None = None) -> None:
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = (run.bold or bold) or None, run.italic or None
        if size is not None:
            added.font.size = Pt(size)


def _add_control_table(document: Any, source: Source) -> None:
    rows = source.control_rows()
    table = document.add_table(len(rows), 2, style="Table Grid")
    _set_widths(table, [Cm(3.6), TEXT_WIDTH - Cm(3.6)])
    for row, (name, value) in zip(table.rows, rows, strict=True):
        for cell, text, is_name in zip(row.cells, (name, value), (True, False), strict=True):
            _fill(cell, text, bold=is_name)
        _shade(row.cells[0], "E8EEF4")


def _add_grid(document: Any, grid: Grid) -> None:
    table = document.add_table(0, len(grid.header), style="Table Grid")
    for cells in (grid.header, *grid.rows):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:cantSplit {nsdecls("w")}/>'))
        for cell, runs in zip(row.cells, cells, strict=True):
            _fill(cell, plain(runs), bold=cells is grid.header)
            if cells is grid.header:
                _shade(cell, "E8EEF4")
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader {nsdecls("w")}/>'))
    _set_widths(table, _column_widths(grid))
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _column_widths(grid: Grid) -> list[int]:
    """The width of each column: room for its longest word, and a share of the rest by the root of what more its longest cell holds."""
    columns = [[plain(row[column]) for row in (grid.header, *grid.rows)] for column in range(len(grid.header))]
    words = [max((len(word) for cell in cells for word in cell.split()), default=0) for cells in columns]
    needs = [CELL_MARGINS + count * WIDEST_LETTER for count in words]
    shrink = min(1, TEXT_WIDTH / sum(needs))
    lengths = [(max(map(len, cells)) - word + 1) ** 0.5 for cells, word in zip(columns, words, strict=True)]
    left = TEXT_WIDTH - shrink * sum(needs)
    return [int(shrink * need + left * length / sum(lengths)) for need, length in zip(needs, lengths, strict=True)]


def _set_widths(table: Any, widths: list[int]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="B4BFC9"/>' for edge in EDGES)
    # The schema wants the borders before the layout, and Word refuses a file that has them elsewhere.
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(parse_xml(f'<w:tblBorders {nsdecls("w")}>{edges}</w:tblBorders>'))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _fill(cell: Any, text: str, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold or None, Pt(9.5)


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))
