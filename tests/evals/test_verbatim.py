"""Quotations against the files they come from, read apart from the readers of the index."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument
from openpyxl import Workbook
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DatasetError
from evals.metrics.verbatim import Quotation, Verbatim, check


def checked(folder: Path, path: str, quote: str, canonical: str | None = None) -> Verbatim:
    text = canonical if canonical is not None else quote
    return check([Quotation("q", path, "hash", 0, len(quote), quote)], folder, lambda sha256: text)


def found(folder: Path, path: str, quote: str) -> bool:
    return checked(folder, path, quote).share == 1.0


def test_markdown_is_compared_without_its_markup(tmp_path: Path) -> None:
    """Emphasis, link targets, entities, inline HTML and line ends do not part words; another word or figure does."""
    source = "- You **must** report it to [the\n  desk](https://example.org/a_(b)) &amp; wait 1.5 <b>hours</b>."
    (tmp_path / "a.md").write_text(source, encoding="utf-8")
    assert found(tmp_path, "a.md", "You must report it to the desk & wait 1.5 hours.")
    assert found(tmp_path, "a.md", "You **must** report it to [the\n  desk](https://example.org/a_(b))")
    assert not found(tmp_path, "a.md", "You must report it to the desk & wait 15 hours.")
    assert not found(tmp_path, "a.md", "You may report it")


def test_a_latin_1_file_is_read(tmp_path: Path) -> None:
    """What is no UTF-8 is read as Windows-1252."""
    (tmp_path / "a.txt").write_bytes("Zugänge prüfen".encode("cp1252"))
    assert found(tmp_path, "a.txt", "Zugänge prüfen")


def test_a_quotation_that_is_not_its_slice_fails(tmp_path: Path) -> None:
    """The canonical text is asked first, whatever the file holds."""
    (tmp_path / "a.md").write_text("Lock it. Hide it.", encoding="utf-8")
    result = checked(tmp_path, "a.md", "Hide it.", canonical="Lock it. Hide it.")
    assert result.share == 0.0
    assert [failure.reason for failure in result.failures] == ["is not that slice of the canonical text"]


def test_the_same_quotation_counts_once(tmp_path: Path) -> None:
    """The share is over distinct quotations, so that one answer given often weighs no more."""
    (tmp_path / "a.md").write_text("Lock it.", encoding="utf-8")
    quotations = [Quotation(id, "a.md", "hash", 0, 8, "Lock it.") for id in ("q1", "q2")]
    assert check(quotations, tmp_path, lambda sha256: "Lock it.").checked == 1
    assert check([], tmp_path, lambda sha256: "").share is None


def test_web_pages_are_compared_by_what_a_reader_sees(tmp_path: Path) -> None:
    """Tags and entities go; scripts are no text."""
    page = "<p>Lock&nbsp;<em>the</em> door.</p><script>hide()</script><table><tr><td>Key</td><td>Desk</td></tr></table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert found(tmp_path, "a.html", "Lock the door.")
    assert found(tmp_path, "a.html", "| Key | Desk |")
    assert not found(tmp_path, "a.html", "hide()")


def test_word_documents_are_compared_run_by_run(tmp_path: Path) -> None:
    """Words that Word parted into runs are whole, cells follow each other, and a label that Word counts may stand before them."""
    document = WordDocument()
    paragraph = document.add_paragraph("Lo")
    paragraph.add_run("ck the ").bold = True
    paragraph.add_run("door.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Key", "Desk"
    document.save(str(tmp_path / "a.docx"))
    assert found(tmp_path, "a.docx", "Lock the door.")
    assert found(tmp_path, "a.docx", "| Key | Desk |")
    assert found(tmp_path, "a.docx", "(a) Lock the door.")
    assert found(tmp_path, "a.docx", "dd) Lock the door.")
    assert not found(tmp_path, "a.docx", "do) Lock the door.")
    assert not found(tmp_path, "a.docx", "Unlock the door.")


def test_workbooks_are_compared_cell_by_cell(tmp_path: Path) -> None:
    """A row is found by its cells."""
    book = Workbook()
    book.active.append(["Payroll", 7, None, "years"])
    book.save(tmp_path / "a.xlsx")
    assert found(tmp_path, "a.xlsx", "| Payroll | 7 | | years |")
    assert not found(tmp_path, "a.xlsx", "| Payroll | 8 | | years |")


def test_presentations_are_compared_by_slides_and_their_notes(tmp_path: Path) -> None:
    """Titles, bullets, cells and notes are found; words of another slide do not follow."""
    deck = Presentation()
    for title, note in (("Lock the door", "Show the key."), ("Hide the key", "")):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
        if note:
            slide.notes_slide.notes_text_frame.text = note
    deck.save(str(tmp_path / "a.pptx"))
    assert found(tmp_path, "a.pptx", "Show the key.")
    assert found(tmp_path, "a.pptx", "- Hide the key")
    assert not found(tmp_path, "a.pptx", "Show the key. Lock")


def _pdf(file: Path, pages: list[list[str]]) -> None:
    canvas = Canvas(str(file))
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()


def test_a_sentence_over_a_page_break_is_found_around_the_furniture(tmp_path: Path) -> None:
    """Its beginning ends one page and its rest begins the next; a sentence put together from pages apart is not found."""
    _pdf(tmp_path / "a.pdf", [["Keys are kept in", "Footer 1"], ["Header", "the safe overnight."], ["and never lent."]])
    result = checked(tmp_path, "a.pdf", "Keys are kept in the safe overnight.")
    assert (result.share, result.in_pieces) == (1.0, 1)
    assert found(tmp_path, "a.pdf", "Keys are kept in")
    assert not found(tmp_path, "a.pdf", "Keys are kept in and never lent.")
    assert not found(tmp_path, "a.pdf", "Keys are kept in the drawer overnight.")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A check that cannot be made is an error, not a pass."""
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    with pytest.raises(DatasetError, match=r"a\.pdf cannot be read to check quotations"):
        found(tmp_path, "a.pdf", "Lock it.")
