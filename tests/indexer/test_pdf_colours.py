"""A line that only its colour sets off is a heading; text in a colour is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf

BLUE, BLACK, GREY = (0, 0.2, 0.6), (0, 0, 0), (0.4, 0.4, 0.4)
TEXT = "The warden counts the keys of all houses every week and writes the count into the book at the gate."


def drawn(path: Path, head: tuple[float, float, float], text: tuple[float, float, float], link: bool = False) -> Path:
    """A bold title and two headings of the text's own type and size, in the colours given."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 780, "House rules")
    canvas.setFont("Helvetica", 10)
    for y, words in ((740, "Keys of the houses"), (600, "Lost keys")):
        canvas.setFillColorRGB(*head)
        canvas.drawString(72, y, words)
        if link:
            canvas.linkURL("https://keys.example", (72, y - 3, 200, y + 9))
        canvas.setFillColorRGB(*text)
        for line in range(4):
            canvas.drawString(72, y - 20 - 13 * line, TEXT)
    canvas.save()
    return path


def test_a_coloured_line_is_a_heading(tmp_path):
    """Between paragraphs in black."""
    clauses = outline(read_pdf(drawn(tmp_path / "keys.pdf", BLUE, BLACK)))
    assert [clause.heading for clause in clauses] == ["House rules", "Keys of the houses", "Lost keys"]


@pytest.mark.parametrize(("head", "text", "link"), [(GREY, BLACK, False), (BLUE, BLUE, False), (BLUE, BLACK, True)])
def test_other_lines_are_none(tmp_path, head, text, link):
    """Grey is no colour, a document in one colour sets nothing off by it, and what is coloured as a link leads elsewhere."""
    clauses = outline(read_pdf(drawn(tmp_path / "keys.pdf", head, text, link)))
    assert [clause.heading for clause in clauses] == ["House rules"]


@pytest.mark.parametrize("alone", ["Lost keys", "Never lend a key!", "www.keys.example"])
def test_a_single_coloured_line_is_none(tmp_path, alone):
    """A warning or a link; nor are several that no heading can be."""
    path = tmp_path / "keys.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 780, "House rules")
    canvas.setFont("Helvetica", 10)
    for at, words in enumerate([TEXT, TEXT, alone, TEXT, TEXT] if alone == "Lost keys" else [TEXT, alone, TEXT, alone, TEXT]):
        canvas.setFillColorRGB(*(BLUE if words == alone else BLACK))
        canvas.drawString(72, 740 - 40 * at, words)
    canvas.save()
    assert [clause.heading for clause in outline(read_pdf(path))] == ["House rules"]
