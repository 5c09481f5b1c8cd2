"""Italic lines that stand alone above upright text are headings, where a document has several."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.pdf import read_pdf

TEXT = ("The warden counts the keys of all houses every week and writes the count into the book at the", "gate by day and by night.")
HEADS = ("Keys of the houses", "Lost keys", "Boats and Oars")


def drawn(path: Path, heads: tuple[str, ...], text_font: str = "Times-Roman", ended: bool = True) -> Path:
    """A bold title, and each head in italics above its text. ended: whether the text before it ends with a full stop."""
    canvas = Canvas(str(path), pagesize=A4)
    y = 780.0
    for font, size, words in [("Times-Bold", 14, "House rules")] + [
        entry for head in heads for entry in (("Times-Italic", 10, head), *((text_font, 10, line) for line in TEXT))
    ]:
        canvas.setFont(font, size)
        canvas.drawString(72, y, words if ended else words.rstrip("."))
        y -= 24 if words.endswith("night.") or size == 14 else 13
    canvas.save()
    return path


def headings(path: Path) -> list[str]:
    return [clause.heading for clause in outline(read_pdf(path))]


def test_italic_lines_above_text_are_headings(tmp_path):
    """Three or more of them, with or without a colon."""
    assert headings(drawn(tmp_path / "rules.pdf", HEADS)) == ["House rules", *HEADS]
    labels = ("Purpose:", "Scope:", "Keys and gates:")
    assert headings(drawn(tmp_path / "labels.pdf", labels)) == ["House rules", *labels]


def test_other_italic_lines_are_none(tmp_path):
    """A few, captions, titles that a line above leads to, and a document that is in italics."""
    assert headings(drawn(tmp_path / "few.pdf", HEADS[:2])) == ["House rules"]
    assert headings(drawn(tmp_path / "captions.pdf", ("Table 1. Keys", "Table 2. Boats", "Table 3. Oars"))) == ["House rules"]
    assert headings(drawn(tmp_path / "titles.pdf", HEADS, ended=False)) == ["House rules"]
    assert headings(drawn(tmp_path / "italics.pdf", HEADS, "Times-Italic")) == ["House rules"]
