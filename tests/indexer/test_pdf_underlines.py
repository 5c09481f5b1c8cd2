"""A line that is underlined as a whole is set off as a bold one is; what links or rules a page is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf

HEIGHT, LEFT = A4[1], 72.0
TEXT = "The warden counts the keys of all houses every week and writes the count into the book at the gate."


def drawn(path: Path, under: str = "words", colour: tuple[float, float, float] = (0, 0, 0), link: bool = False) -> Path:
    """A bold title and two headings in the text's own type, each over a line. under: of their "words", or across the "column"."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(LEFT, HEIGHT - 60, "House rules")
    for y, words in ((100, "Keys of the houses"), (180, "Lost keys")):
        width = stringWidth(words, "Helvetica", 10) if under == "words" else 450.0
        canvas.setFont("Helvetica", 10)
        canvas.setFillColorRGB(*colour)
        canvas.setStrokeColorRGB(*colour)
        canvas.drawString(LEFT, HEIGHT - y, words)
        canvas.line(LEFT, HEIGHT - y - 1.2, LEFT + width, HEIGHT - y - 1.2)
        if link:
            canvas.linkURL("https://keys.example", (LEFT, HEIGHT - y - 3, LEFT + width, HEIGHT - y + 9))
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(LEFT, HEIGHT - y - 24, TEXT)
        canvas.drawString(LEFT, HEIGHT - y - 48, TEXT)
    canvas.save()
    return path


def test_underlined_lines_are_headings(tmp_path):
    """A line in the text's own type with a line under all of its words begins a clause."""
    clauses = outline(read_pdf(drawn(tmp_path / "keys.pdf")))
    assert [clause.heading for clause in clauses] == ["House rules", "Keys of the houses", "Lost keys"]


@pytest.mark.parametrize("set_as", [{"link": True}, {"colour": (0, 0.2, 0.8)}, {"under": "column"}])
def test_links_and_rules_are_none(tmp_path, set_as):
    """Underlined words that lead elsewhere, or are coloured as such, and lines over a ruling across the page begin none."""
    assert [clause.heading for clause in outline(read_pdf(drawn(tmp_path / "keys.pdf", **set_as)))] == ["House rules"]
