"""Scanned pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import EmptyDocumentError
from indexer.readers import pdf_ocr
from indexer.readers.pdf import read_pdf
from indexer.readers.pdf_ocr import recognised
from tests.indexer.blocks import check_blocks

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """One page of text, and one that is a picture of text alone."""
    typed = tmp_path / "typed.pdf"
    page = Canvas(str(typed))
    for row, line in enumerate(("4 Backups", "4.1 Backups are kept for ninety days.", "4.2 Restores are tested every quarter.")):
        page.drawString(72, 700 - 40 * row, line)
    page.save()
    picture = tmp_path / "page.png"
    pypdfium2.PdfDocument(typed)[0].render(scale=3).to_pil().save(picture)
    target = tmp_path / "scanned.pdf"
    both = Canvas(str(target))
    both.drawString(72, 700, "1 Purpose. This page holds its text.")
    both.showPage()
    both.drawImage(str(picture), 0, 0, 595, 842)
    both.save()
    return target


@pytest.mark.needs("tesseract")
def test_a_scanned_page_is_recognised_and_told_with_its_confidence(scanned: Path):
    """Its words stand on its page; the person who indexes learns how sure the recognition was."""
    reading = read_pdf(scanned)
    check_blocks(reading)
    at = reading.text.characters.index("4.2 Restores are tested every quarter.")
    assert reading.text.pages_of(at, at + 3)[0].number == 2
    assert "4.1 Backups are kept for ninety days." in reading.text.characters
    (warning,) = reading.warnings
    assert warning.startswith("Read by text recognition: page 2 (9")
    assert "sure). Check quotations" in warning


def test_without_the_program_the_pages_without_text_are_named(scanned: Path, monkeypatch: pytest.MonkeyPatch):
    """The rest of the document is read."""
    monkeypatch.setattr(pdf_ocr, "version", lambda: "")
    assert read_pdf(scanned).warnings == ("Page 2 has no text: it may be a scan.",)


def test_a_document_of_scans_alone_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It is skipped with that reason."""
    monkeypatch.setattr("indexer.readers.pdf.version", lambda: "")
    page = Canvas(str(tmp_path / "blank.pdf"))
    page.rect(10, 10, 50, 50)
    page.save()
    with pytest.raises(EmptyDocumentError, match=r"no text on its one page.*install tesseract \(Debian: tesseract-ocr\)"):
        read_pdf(tmp_path / "blank.pdf")


def test_words_are_placed_in_points_and_weighed_by_their_letters():
    """Two lines at 2 pixels a point; a smudge is left out; the mean counts letters: (90 * 4 + 60 * 2) / 6 = 80 %."""
    rows = ["5 1 1 1 1 1 20 40 40 20 90 Back", "5 1 1 1 2 1 20 80 20 20 60 Up", "5 1 1 1 2 2 50 80 9 9 5 ~", "odd"]
    found = recognised(HEAD + "\n".join(rows).replace(" ", "\t"), 2.0, 100.0)
    assert found is not None
    assert found.confidence == pytest.approx(0.8)
    places = [(word.text, word.x0, word.x1, word.baseline, word.size) for word in found.words]
    assert places == [("Back", 10.0, 30.0, 70.0, 10.0), ("Up", 10.0, 20.0, 52.0, 10.0)]
    assert recognised(HEAD, 2.0, 100.0) is None
