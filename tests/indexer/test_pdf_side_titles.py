"""Numbered titles in the margin head the text beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf
from tests.indexer.blocks import words

TEXT = ["The warden counts the keys of all houses every week and", "writes the count into the book at the gate, which stays", "shut."]


def drawn(path: Path, titles: list[list[str]], x: float = 200, font: str = "Helvetica-Bold") -> Path:
    """Titles of one line or more at the left, in lines closer than those of the text at `x`."""
    canvas = Canvas(str(path), pagesize=A4)
    for at, title in enumerate(titles):
        for lines, left, name, step in ((title, 72, font, 11), (TEXT, x, "Helvetica", 13)):
            canvas.setFont(name, 10)
            for line, words_of_it in enumerate(lines):
                canvas.drawString(left, 760 - 70 * at - step * line, words_of_it)
    canvas.save()
    return path


TITLES = [["1.1 Keys of", "the houses"], ["1.2 Locks"], ["1.3 Doors of all", "the houses and", "sheds"]]


def test_titles_in_the_margin_are_headings(tmp_path):
    """Those of several lines are whole, and the text beside them follows."""
    made = read_pdf(drawn(tmp_path / "keys.pdf", TITLES))
    assert words(made)[:2] == ["1.1 Keys of the houses", " ".join(TEXT)]
    assert [(clause.number, clause.heading) for clause in outline(made)] == [
        ("1.1", "Keys of the houses"), ("1.2", "Locks"), ("1.3", "Doors of all the houses and sheds"),
    ]  # fmt: skip


@pytest.mark.parametrize(("titles", "font"), [([["Owner"], ["Warden"], ["Clerk"]], "Helvetica-Bold"), (TITLES, "Helvetica")])
def test_other_words_in_the_margin_stay_where_they_are(tmp_path, titles, font):
    """Names of facts, and a column in plain type."""
    text = read_pdf(drawn(tmp_path / "facts.pdf", titles, font=font)).text.characters
    assert text.startswith((f"{titles[0][0]} {TEXT[0]}", f"| {titles[0][0]}"))
