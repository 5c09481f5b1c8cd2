"""Reading Word documents."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from indexer.readers.base import BlockKind
from indexer.readers.docx import read_docx
from indexer.readers.numerals import numeral
from tests.indexer.blocks import check_blocks, shapes, words

LEVELS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4)"))


@pytest.fixture
def document():
    return docx.Document()


@pytest.fixture
def read(document, tmp_path: Path):
    def _read():
        document.save(tmp_path / "policy.docx")
        reading = read_docx(tmp_path / "policy.docx")
        check_blocks(reading)
        return reading

    return _read


def paragraph_of(xml: str):
    return parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")


def add_numbering(document, id: int = 50, start: str = ""):
    """A multilevel scheme 1. / 1.1 / (a) / i) under `id`; further ids count on with it, or begin anew with `start`."""
    numbering = document.part.numbering_part.element
    if id == 50:
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n, (form, text) in enumerate(LEVELS)
        )
        scheme = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="50">{levels}</w:abstractNum>')
        numbering.find(qn("w:num")).addprevious(scheme)
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{id}"><w:abstractNumId w:val="50"/>{override}</w:num>'))


def add_numbered(document, text: str, level: int, id: int = 50, style: str | None = None):
    properties = document.add_paragraph(text, style=style)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = id


def test_automatic_numbers_are_written_as_word_prints_them(document, read):
    """Levels count under each other and begin anew; a second list of the same scheme counts on unless it restarts."""
    add_numbering(document)
    add_numbering(document, 51)
    add_numbering(document, 52, start="1")
    add_numbered(document, "Scope", 0, style="Heading 1")
    for text, level, id in [("one", 1, 50), ("two", 1, 50), ("x", 2, 50), ("y", 2, 50), ("deep", 3, 50), ("three", 1, 50), ("on", 0, 51)]:
        add_numbered(document, text, level, id)
    add_numbered(document, "anew", 0, 52)
    assert words(read()) == ["1. Scope", "1.1 one", "1.2 two", "(a) x", "(b) y", "i) deep", "1.3 three", "2. on", "1. anew"]


def test_clauses_numbered_by_word_are_paragraphs_and_letters_list_items(document, read):
    """"1.1" begins a clause of its own, "(a)" an entry of a list."""
    add_numbering(document)
    add_numbered(document, "Rule", 1)
    add_numbered(document, "case", 2)
    assert shapes(read()) == [("paragraph", 0, "1.1 Rule"), ("list item", 3, "(a) case")]


def test_headings_are_told_by_style_also_one_built_on_another(document, read):
    """A company's own style built on Heading 2 is a heading of level 2; "Title" is the outermost."""
    own = document.styles.add_style("Policy section", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Backup", style="Title")
    document.add_paragraph("Rules", style="Policy section")
    document.add_paragraph("Text.")
    assert shapes(read()) == [("heading", 1, "Backup"), ("heading", 2, "Rules"), ("paragraph", 0, "Text.")]


def test_tracked_deletions_and_hidden_words_are_left_out(document, read):
    """What was deleted or hidden is not shown; what was inserted is."""
    document.element.body.insert(0, paragraph_of(
        "<w:r><w:t>Keep </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:noBreakHyphen/><w:t>word</w:t><w:tab/><w:t>end</w:t></w:r>"
    ))
    assert words(read()) == ["Keep new-word end"]


def test_content_controls_and_text_boxes_are_read(document, read):
    """Words in a content control stay in place; a text box follows the paragraph that holds it, once."""
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document.element.body.insert(0, paragraph_of(
        f"<w:sdt><w:sdtContent><w:r><w:t>Chosen</w:t></w:r></w:sdtContent></w:sdt><w:r><mc:AlternateContent {mc}>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ))
    assert words(read()) == ["Chosen", "Boxed"]


def test_tables_mark_their_header_and_write_merged_cells_in_each_row_and_column(document, read):
    """Three columns have a header; what a cell says that is merged over rows or columns holds in all of them."""
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, (("A", "B", "C"), ("1", "2", "3"), ("", "5", "6")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    assert shapes(read()) == [
        ("table header", 0, "| A | B | C |"),
        ("table row", 0, "| 1 | 2 | 3 |"),
        ("table row", 0, "| 1 | 5 6 | 5 6 |"),
    ]


def test_names_over_two_rows_and_columns_leave_no_column_shifted(document, read):
    """"Fare" over two columns is said in both, and the row below it names columns as well."""
    table = document.add_table(4, 3)
    rows = (("Line", "Fare", ""), ("", "Day", "Night"), ("A", "2", "3"), ("B", "4", "5"))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Line"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Fare"
    assert shapes(read()) == [
        ("table header", 0, "| Line | Fare | Fare |"),
        ("table header", 0, "| Line | Day | Night |"),
        ("table row", 0, "| A | 2 | 3 |"),
        ("table row", 0, "| B | 4 | 5 |"),
    ]


def test_a_table_of_properties_has_no_header(document, read):
    """"Owner | CISO" names no columns, so its first row is a row like the others."""
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("Owner", "CISO"), ("Version", "2.1")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert [block.kind for block in read().blocks] == [BlockKind.TABLE_ROW] * 2


def test_a_frame_of_one_cell_is_no_table(document, read):
    """Text that is only framed stays paragraphs."""
    document.add_table(1, 1).cell(0, 0).text = "Warning: read this."
    assert shapes(read()) == [("paragraph", 0, "Warning: read this.")]


def test_contents_are_furniture(document, read):
    """A table of contents stays in the text, out of what is quoted."""
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Contents")
    document.add_paragraph("1 Scope\t3", style="toc 1")
    document.add_paragraph("Scope", style="Heading 1")
    assert [block.kind for block in read().blocks] == [BlockKind.FURNITURE, BlockKind.FURNITURE, BlockKind.HEADING]


def test_core_properties_are_kept(document, read):
    """Title, author and version that the file states are properties."""
    document.core_properties.title, document.core_properties.version, document.core_properties.author = "Backup", "2.1", "A. Author"
    document.add_paragraph("Text.")
    properties = read().properties
    assert [properties[key] for key in ("title", "version", "author")] == ["Backup", "2.1", "A. Author"]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [(4, "lowerRoman", "iv"),
     (1994, "upperRoman", "MCMXCIV"), (26, "lowerLetter", "z"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
     (22, "ordinal", "22nd"), (13, "ordinal", "13th"), (0, "lowerLetter", "0"), (3, "decimal", "3")],
)  # fmt: skip
def test_numerals(number, style, printed):
    """Roman numerals, repeated letters and ordinals as Word prints them."""
    assert numeral(number, style) == printed


def test_an_empty_numbered_paragraph_counts_unless_a_change_took_it_away(document, read):
    """Word prints a number before a paragraph without words; of one that a tracked change deleted nothing is left."""
    add_numbering(document)
    for text in ("one", "", "three", "", "four"):
        add_numbered(document, text, 0)
    document.paragraphs[3]._p.pPr.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))
    assert words(read()) == ["1. one", "3. three", "4. four"]


def test_signs_of_symbol_fonts_are_read_and_an_unknown_one_stays_visible(document, read):
    """"≥", "°" and a tick come from Word's Insert Symbol, or from a run set in such a font; none of them may vanish."""
    document.element.body.insert(0, paragraph_of(
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 9 at 4 </w:t>'
        '<w:sym w:font="Symbol" w:char="F0B0"/><w:t>C </w:t>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Calibri" w:char="2264"/><w:sym w:font="Wingdings" w:char="F03C"/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\u00fc</w:t></w:r><w:r><w:t>\u00fc</w:t></w:r>'
    ))
    assert words(read()) == ["≥ 9 at 4 °C ✓≤\ufffd✓ü"]


def test_a_note_stands_behind_the_paragraph_that_refers_to_it(document, read):
    """An exception in a footnote belongs to the clause that has its mark, and a list is not torn by one."""
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = note.format(7, "But not by night.") + note.format(8, "Wool.</w:t></w:r></w:p><w:p><w:r><w:t>Felt.")
    part = Part(PackURI("/word/footnotes.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
                f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode(), document.part.package)  # fmt: skip
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    hats, gloves = (8, "Hats are worn", "List Bullet"), (0, "Gloves", "List Bullet")
    for id, text, style in (hats, gloves, (7, "Doors are shut.", None), (0, "Lamps burn.", None)):
        paragraph = document.add_paragraph(text, style=style)
        if id:
            paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{id}"/></w:r>'))
    assert words(read()) == [
        "- Hats are worn", "- Gloves", "[1] Wool.", "Felt.", "Doors are shut.", "[2] But not by night.", "Lamps burn.",
    ]  # fmt: skip


def test_a_table_that_holds_a_headed_part_is_read_as_text(document, read):
    """Headings in a cell are headings of the document; a lone row above them that states a fact is text too."""
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Fleet Rules", "Version: 4"
    cell = table.cell(1, 0).merge(table.cell(1, 1))
    cell.add_paragraph("1. Washing", "Heading 1")
    cell.add_paragraph("Vehicles are washed weekly.")
    assert shapes(read()) == [
        ("paragraph", 0, "Fleet Rules"), ("paragraph", 0, "Version: 4"), ("heading", 1, "1. Washing"),
        ("paragraph", 0, "Vehicles are washed weekly."),
    ]  # fmt: skip


def test_a_table_whose_cells_are_headings_stays_one(document, read):
    """A heading alone in its cell names a row; names of columns hold the rest."""
    table = document.add_table(2, 2)
    for row, (name, period) in enumerate((("Email", "2 years"), ("Logs", "1 year"))):
        table.cell(row, 0).paragraphs[0].text, table.cell(row, 0).paragraphs[0].style = name, "Heading 3"
        table.cell(row, 1).text = period
    assert words(read()) == ["| Email | 2 years |", "| Logs | 1 year |"]


def test_a_style_in_bold_names_the_columns_of_a_table(document, read):
    """As LibreOffice sets them."""
    document.styles.add_style("Table Heading", WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    table = document.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("Hour", "Level", "Day", "Low"), strict=True):
        cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].style = "Table Heading"
    assert [kind for kind, _, _ in shapes(read())] == ["table header", "table row"]


def test_properties_are_found_where_libreoffice_keeps_them(document, read):
    """Its relationship to them has a name of its own."""
    document.core_properties.title = "Noise Rules"
    relation = next(r for r in document.part.package.rels.values() if r.reltype.endswith("core-properties"))
    relation._reltype = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    document.add_paragraph("Drills rest at night.")
    assert read().properties["title"] == "Noise Rules"


def test_a_relation_that_does_not_say_of_what_kind_it_is_costs_nothing(document, tmp_path):
    """The document is read without it."""
    document.core_properties.title = "Noise Rules"
    document.add_paragraph("Drills rest at night.")
    document.save(tmp_path / "whole.docx")
    with zipfile.ZipFile(tmp_path / "whole.docx") as whole, zipfile.ZipFile(tmp_path / "less.docx", "w") as less:
        for name in whole.namelist():
            less.writestr(name, re.sub(rb' Type="[^"]*extended-properties"', b"", whole.read(name)))
    assert read_docx(tmp_path / "less.docx").properties["title"] == "Noise Rules"


def test_a_table_within_a_cell_keeps_its_parts_apart(document, read):
    """Its cells are parted by dashes and its rows by semicolons."""
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Approval"
    inner = table.cell(0, 1).add_table(2, 2)
    for at, text in enumerate(("Up to £500", "Line manager", "Above", "Director")):
        inner.cell(at // 2, at % 2).text = text
    assert words(read()) == ["| Approval | Up to £500 – Line manager; Above – Director |"]


def test_the_one_paragraph_in_the_style_title_is_the_title(document, read):
    """Also below a line with the company's name; what the file's properties name goes first, and two such paragraphs name nothing."""
    document.add_paragraph("Tarnwick Instruments plc")
    document.add_paragraph("Access\tStandard", "Title")
    assert read().properties["title"] == "Access Standard"
    document.core_properties.title = "Access Standard (ACS-1)"
    assert read().properties["title"] == "Access Standard (ACS-1)"
    document.core_properties.title = ""
    document.add_paragraph("Part two", "Title")
    assert "title" not in read().properties


def test_a_line_that_is_underlined_whole_is_set_off(document, read):
    """A word underlined in a sentence, or an underline taken away, sets nothing off."""
    document.add_paragraph().add_run("Fuel cards").underline = True
    sentence = document.add_paragraph("Cards stay ")
    sentence.add_run("in").underline = True
    document.add_paragraph().add_run("Plain").underline = False
    assert [block.bold for block in read().blocks] == [True, False, False]


def test_a_heading_alone_in_the_first_row_of_a_table_is_a_heading(document, read):
    """The rows below it are its table; without one in the first row, such a row is one of the table's."""
    for first in (True, False):
        table = document.add_table(3, 2)
        rows = [("3. Leaving", ""), ("Step", "Action"), ("a", "The badge is handed back.")]
        for at, (left, right) in enumerate(rows if first else [rows[1], rows[0], rows[2]]):
            table.cell(at, 0).text, table.cell(at, 1).text = left, right
        table.cell(0 if first else 1, 0).paragraphs[0].style = "Heading 1"
    assert shapes(read()) == [
        ("heading", 1, "3. Leaving"), ("table row", 0, "| Step | Action |"), ("table row", 0, "| a | The badge is handed back. |"),
        ("table row", 0, "| Step | Action |"), ("table row", 0, "| 3. Leaving | |"), ("table row", 0, "| a | The badge is handed back. |"),
    ]  # fmt: skip


def test_a_clause_beside_its_number_is_read_as_text(document, read):
    """In a table of two such rows or more; a row of a number and a line is one of the table's."""
    table = document.add_table(3, 2)
    for at, (number, title, text) in enumerate((("1.", "Purpose", "It protects."), ("2.", "Rules", "Nobody climbs."), ("3.", "", "Ends"))):
        table.cell(at, 0).paragraphs[0].add_run(number).bold = True
        table.cell(at, 1).paragraphs[0].add_run(title or text).bold = bool(title)
        if title:
            table.cell(at, 1).add_paragraph(text)
    assert words(read()) == ["1.", "Purpose", "It protects.", "2.", "Rules", "Nobody climbs.", "| 3. | Ends |"]


def test_items_of_a_list_within_a_cell_are_parted(document, read):
    """By semicolons, with their numbers, without their bullets."""
    add_numbering(document)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Slinger"
    cell = table.cell(0, 1)
    cell.paragraphs[0].text = "Duties:"
    for text in ("check", "signal"):
        properties = cell.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 2, 50
    cell.add_paragraph("He signs.")
    assert words(read()) == ["| Slinger | Duties: (a) check; (b) signal; He signs. |"]


def test_the_letters_and_figures_of_a_formula_are_read(document, read):
    """On one line, with what is drawn below or beside."""
    formula = (
        "<m:oMath><m:r><m:t>A=</m:t></m:r><m:f><m:num><m:r><m:t>5</m:t></m:r></m:num><m:den><m:r><m:t>d</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    xml = f'<w:p {nsdecls("w", "m")}><w:r><w:t xml:space="preserve">At most </w:t></w:r>{formula}<w:r><w:t>.</w:t></w:r></w:p>'
    document.element.body.insert(0, parse_xml(xml))
    assert words(read()) == ["At most A=5/dr^2."]


def field(instruction: str, *shown: str, ended: bool = True) -> list[str]:
    """The runs of a field, a paragraph for each line that it shows; its end stands at the head of what follows."""
    begun = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
    lines = [f"<w:r><w:t>{line}</w:t></w:r>" for line in shown]
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ended else ""
    return [begun + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + lines[0], *lines[1:], end + "<w:r><w:t>Text.</w:t></w:r>"]


def test_what_word_lists_as_contents_is_furniture_in_any_style(document, read):
    """Told by its field or by its content control; a field that never ends, or another one, lists nothing."""
    body = document.element.body
    unended = field(" TOC x", "3 Ends 4", ended=False)
    for xml in (*field(' TOC \\o "1-3"', "1 Scope 2", "2 Rules 3"), *field(" REF x", "clause 2"), *unended):
        body.insert(len(body) - 1, paragraph_of(xml))
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    listed = "<w:sdtContent><w:p><w:r><w:t>4 More 5</w:t></w:r></w:p></w:sdtContent>"
    body.insert(len(body) - 1, parse_xml(f"<w:sdt {nsdecls('w')}>{gallery}{listed}</w:sdt>"))
    assert [(kind, text) for kind, _, text in shapes(read())] == [
        ("furniture", "1 Scope 2"), ("furniture", "2 Rules 3"), ("paragraph", "Text."), ("paragraph", "clause 2"), ("paragraph", "Text."),
        ("paragraph", "3 Ends 4"), ("paragraph", "Text."), ("furniture", "4 More 5"),
    ]  # fmt: skip
