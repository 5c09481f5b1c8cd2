"""Letters that are set apart are read as words."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf
from tests.indexer.blocks import words

TEXT = "The warden counts the keys of all houses every week and writes the count into the book at the gate."


def drawn(path: Path, *lines: tuple[str, float]) -> Path:
    """Lines in bold above text, each with so much space between its letters."""
    canvas = Canvas(str(path), pagesize=A4)
    for at, (line, space) in enumerate(lines):
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 740 - 60 * at, line, charSpace=space)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 720 - 60 * at, TEXT)
    canvas.save()
    return path


@pytest.mark.parametrize("space", [0.6, 2, 3.5])
def test_spaced_headings_are_words(tmp_path, space):
    """With their numbers."""
    clauses = outline(read_pdf(drawn(tmp_path / "keys.pdf", ("1. KEYS OF THE HOUSES", space), ("2. LOST KEYS", space))))
    assert [(clause.number, clause.heading) for clause in clauses] == [("1", "KEYS OF THE HOUSES"), ("2", "LOST KEYS")]


@pytest.mark.parametrize("row", ["A B C D E F G", "1 2 3 4 5 6 7", "It is on or in a car"])
def test_other_short_words_stay_apart(tmp_path, row):
    """The alphabet, figures, and what has short words."""
    assert words(read_pdf(drawn(tmp_path / "row.pdf", (row, 0))))[0] == row
