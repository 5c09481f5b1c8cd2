"""Table rows that go on over a page of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.readers.base import BlockKind, Reading
from indexer.readers.pdf import read_pdf

ROW = 20.0  # points
HEADER = ("Record", "Kept")


def tables(path: Path, *pages: Sequence[tuple[str, str]]) -> Reading:
    """A PDF with one ruled table of two columns a page, HEADER in bold."""
    canvas = Canvas(str(path), pagesize=A4)
    for rows in pages:
        top = 600.0
        canvas.grid([72, 200, 460], [top - ROW * at for at in range(len(rows) + 1)])
        for at, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if row == HEADER else "Helvetica", 10)
            for x, words in zip((76, 204), row, strict=True):
                canvas.drawString(x, top - ROW * at - 14, words)
        canvas.showPage()
    canvas.save()
    return read_pdf(path)


def rows(reading: Reading) -> list[str]:
    return [
        reading.text.characters[block.start : block.end]
        for block in reading.blocks
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)
    ]


def test_a_row_without_a_label_at_the_top_of_a_page_is_the_rest_of_the_last(tmp_path):
    """Where every row has a label; the second page begins within the whole row."""
    first = [HEADER, ("Keys", "A year."), ("Doors", "Two years."), ("Logs", "Three years.")]
    reading = tables(tmp_path / "rest.pdf", first, [("", "In a safe."), ("Plans", "For ever."), ("Maps", "A day.")])
    assert rows(reading)[3:] == ["| Logs | Three years. In a safe. |", "| Plans | For ever. |", "| Maps | A day. |"]
    assert reading.text.characters[reading.text.pages[1].start :].startswith("In a safe. |")


def test_a_header_that_the_page_repeats_stands_aside(tmp_path):
    """The rest of the row stands below it; a repeated header with a whole row below it remains."""
    first = [HEADER, ("Keys", "A year."), ("Doors", "Two years."), ("Logs", "In a safe of the")]
    second = [HEADER, ("", "guard."), ("Plans", "For ever.")]
    reading = tables(tmp_path / "again.pdf", first, second, [HEADER, ("Maps", "A day.")])
    assert rows(reading)[2:] == [
        "| Doors | Two years. |", "| Logs | In a safe of the guard. |", "| Plans | For ever. |", "| Record | Kept |", "| Maps | A day. |",
    ]  # fmt: skip


def test_a_row_of_a_group_is_a_row_of_its_own(tmp_path):
    """Where other rows lack a label too it is none's rest, unless its words go on in mid-sentence."""
    first = [HEADER, ("Keys", "A year."), ("", "Two years."), ("Logs", "Three years.")]
    second = [("Maps", "A day."), ("", "A week."), ("Plans", "For ever.")]
    reading = tables(tmp_path / "group.pdf", first, [("", "Four years."), *second])
    assert rows(reading)[3:5] == ["| Logs | Three years. |", "|  | Four years. |"]
    first[-1] = ("Logs", "Three years in")
    reading = tables(tmp_path / "sentence.pdf", first, [("", "a safe."), *second])
    assert rows(reading)[3:5] == ["| Logs | Three years in a safe. |", "| Maps | A day. |"]


def test_one_row_in_the_columns_of_the_page_before_goes_on_with_its_table(tmp_path):
    """With a label it is a row, without one the rest of the last; alone on a page or in other columns it is no table."""
    first = [HEADER, ("Keys", "A year."), ("Doors", "Two years."), ("Logs", "Three years."), ("Maps", "A day.")]
    assert rows(tables(tmp_path / "row.pdf", first, [("Plans", "For ever.")]))[-1] == "| Plans | For ever. |"
    assert rows(tables(tmp_path / "rest.pdf", first, [("", "Or a week.")]))[-1] == "| Maps | A day. Or a week. |"
    assert rows(tables(tmp_path / "alone.pdf", [("Plans", "For ever.")])) == []
