"""Rules of reading a PDF that need a page made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf
from indexer.readers.pdf_tables import Box, grids_of
from tests.indexer.blocks import words
from tests.indexer.hostile import pdf_of

LIGATURE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange
6 beginbfchar <63> <0063> <65> <0065> <6f> <006f> <6e> <006e> <20> <0020> <01> <006600660069> endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end"""


def page_that_says(path: Path, shown: bytes, unicode_map: bytes) -> Path:
    """A PDF of one page with one line in Times; `unicode_map` says what its codes mean."""
    content = b"BT /F 12 Tf 72 700 Td (" + shown + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/FirstChar 1/LastChar 111/Widths[1100"
        + b" 500" * 110
        + b"]/ToUnicode 6 0 R/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/m]>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode_map), unicode_map),
    ]
    path.write_bytes(pdf_of(dict(enumerate(objects, start=1))))
    return path


def stroke(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A line half a point thick."""
    return Box(min(x0, x1), min(y0, y1), max(x0, x1, x0 + 0.5), max(y0, y1, y0 + 0.5))


def test_a_border_under_a_heading_s_bar_keeps_its_own_place():
    """A bar high above, whose edge stands a third of a point beside the table's border, does not swallow that border."""
    bar = [stroke(66.0, 700, 66.0, 720)]
    border = [stroke(66.6, low, 66.6, low + 24.5) for low in (100, 125, 150)]
    others = [stroke(x, 100, x, 175) for x in (300, 540)] + [stroke(66.6, y, 540, y) for y in (100, 125, 150, 175)]
    (grid,) = grids_of([*bar, *border, *others])
    assert [round(x) for x in grid.columns] == [67, 300, 540]
    assert [round(y) for y in grid.rows] == [100, 125, 150, 175]


def test_one_glyph_of_three_letters_parts_no_word(tmp_path):
    """A font's "ffi" is one glyph whose letters share its place: "office" stays one word."""
    made = read_pdf(page_that_says(tmp_path / "office.pdf", b"one o\\001ce", LIGATURE))
    assert made.text.characters == "one office"


def test_a_table_that_begins_at_the_foot_of_a_page_may_have_one_row(tmp_path):
    """Titles over both columns and one row with two cells are a table, whose titles are no headings; the other way round it is none."""
    path = tmp_path / "begun.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(76, 155, "Door Locks")
    canvas.drawString(76, 135, "Outer doors")
    canvas.drawString(76, 555, "Old:")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(76, 115, "Night:")
    canvas.drawString(204, 115, "Locked.")
    canvas.drawString(204, 555, "a line")
    canvas.drawString(76, 535, "that runs on under both.")
    for top in (170, 570):
        canvas.grid([72, 200, 460], [top, top - 20, top - 40])
    canvas.grid([72, 200, 460], [130, 110])
    canvas.save()
    made = read_pdf(path)
    rows = [made.text.characters[block.start : block.end] for block in made.blocks if "table" in block.kind]
    assert rows == ["| Door Locks |  |", "| Outer doors |  |", "| Night: | Locked. |"]


@pytest.mark.parametrize(("stem", "bold"), [(80, False), (150, True), (1000, False)])
def test_a_stem_as_thick_as_no_font_has_it_says_nothing_of_boldness(tmp_path, stem, bold):
    """A descriptor's stem of 150 units is that of a bold font, one of 1000 a mistake of the program that wrote it."""
    content = b"BT /F 12 Tf 72 700 Td (Keys are counted.) Tj ET"
    path = tmp_path / "stem.pdf"
    path.write_bytes(pdf_of({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        4: b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        5: b"<</Type/Font/Subtype/TrueType/BaseFont/F3/FirstChar 32/LastChar 122/Widths[" + b" 500" * 91
        + b"]/Encoding/WinAnsiEncoding/FontDescriptor 6 0 R>>",
        6: b"<</Type/FontDescriptor/FontName/F3/Flags 32/StemV %d/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700>>" % stem,
    }))  # fmt: skip
    assert [block.bold for block in read_pdf(path).blocks] == [bold]


def ruled(path: Path, rows: list[tuple[list[str], list[str]]]) -> list[str]:
    """What is read of a table of two columns, ruled, the lines of its left cells in bold."""
    canvas = Canvas(str(path), pagesize=A4)
    top = 700
    for title, text in rows:
        foot = top - 14 * max(len(title), len(text)) - 8
        canvas.grid([70, 230, 525], [foot, top])
        for x, lines, font in ((76, title, "Helvetica-Bold"), (236, text, "Helvetica")):
            canvas.setFont(font, 10)
            for at, line in enumerate(lines):
                canvas.drawString(x, top - 14 * (at + 1), line)
        top = foot
    canvas.save()
    return words(read_pdf(path))


TEXT = ["Boats are washed on Fridays, and the keys go", "back to the hall before dusk."]


def test_titles_in_ruled_cells_head_the_text_beside_them(tmp_path):
    """A title of two lines comes whole before its text; a table of facts keeps its rows."""
    made = ruled(tmp_path / "titled.pdf", [(["1.1 Washing of all", "boats"], TEXT), (["1.2 Oars"], TEXT)])
    assert made == ["1.1 Washing of all boats", " ".join(TEXT), "1.2 Oars", " ".join(TEXT)]
    assert ruled(tmp_path / "one.pdf", [(["1.1 Washing of all", "boats"], TEXT)]) == ["1.1 Washing of all boats", " ".join(TEXT)]
    facts = ruled(tmp_path / "facts.pdf", [(["Boat"], TEXT), (["Oar"], TEXT)])
    assert facts == [f"| Boat | {' '.join(TEXT)} |", f"| Oar | {' '.join(TEXT)} |"]


def test_a_bold_label_of_two_words_stays_with_its_title(tmp_path):
    """"Art. 1" in the margin, with the text set in as far as the title, is no column of a table."""
    canvas = Canvas(str(tmp_path / "hung.pdf"), pagesize=A4)
    for at, title in enumerate(["Boats", "Oars", "Sails"]):
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(70, 700 - 60 * at, f"Art. {at + 1}")
        canvas.drawString(130, 700 - 60 * at, title)
        canvas.setFont("Helvetica", 10)
        for line, text in enumerate(TEXT):
            canvas.drawString(130, 680 - 60 * at - 12 * line, text)
    canvas.save()
    assert words(read_pdf(tmp_path / "hung.pdf"))[::2] == ["Art. 1 Boats", "Art. 2 Oars", "Art. 3 Sails"]


def test_a_bold_title_with_a_number_ends_where_it_fills_its_line(tmp_path):
    """The text right below it is none of it; the name of a column at the foot of a page is none either."""
    canvas = Canvas(str(tmp_path / "full.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(70, 700, "Article 14 Washing of all the boats that lie in the harbour and are not of")
    canvas.setFont("Helvetica", 10)
    for line, text in enumerate([*TEXT, *TEXT]):
        canvas.drawString(70, 688 - 12 * line, text)
    canvas.grid([70, 200, 330, 460], [580, 600])
    canvas.setFont("Helvetica-Bold", 10)
    for at, name in enumerate(["Boat", "Berth", "Owner"]):
        canvas.drawString(76 + 130 * at, 586, name)
    canvas.save()
    made = words(read_pdf(tmp_path / "full.pdf"))
    assert made[0] == "Article 14 Washing of all the boats that lie in the harbour and are not of"
    assert made[-1] == "| Boat | Berth | Owner |"


def test_paragraphs_of_a_statute_are_clauses(tmp_path):
    """"1.—(1)" counts on with "2." under the next title."""
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    for at, number in enumerate(["1.—(1)", "2.", "3.—(1)"]):
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(70, 700 - 60 * at, ("Boats", "Oars", "Sails")[at])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 680 - 60 * at, f"{number} {TEXT[0]}")
        canvas.drawString(70, 668 - 60 * at, TEXT[1])
    canvas.save()
    clauses = outline(read_pdf(tmp_path / "act.pdf"))
    assert [clause.number or clause.heading for clause in clauses] == ["Boats", "1", "Oars", "2", "Sails", "3"]
