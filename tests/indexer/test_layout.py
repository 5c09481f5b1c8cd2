"""Which tables are data and which only place text, in HTML and in Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from indexer.readers import read
from indexer.readers.base import Reading
from tests.indexer.blocks import shapes, words

Rows = Sequence[Sequence[Sequence[str]]]  # the paragraphs of each cell; those between asterisks are bold


def as_html(folder: Path, rows: Rows) -> Reading:
    def cell(paragraphs: Sequence[str]) -> str:
        return "".join(f"<p><b>{line[1:-1]}</b></p>" if line[0] == "*" else f"<p>{line}</p>" for line in paragraphs)

    lines = ("".join(f"<td>{cell(paragraphs)}</td>" for paragraphs in row) for row in rows)
    (path := folder / "rules.html").write_text(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return read(path)


def as_word(folder: Path, rows: Rows) -> Reading:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for texts, row in zip(rows, table.rows, strict=True):
        for paragraphs, cell in zip(texts, row.cells, strict=True):
            for at, line in enumerate(paragraphs):
                paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
                paragraph.add_run(line.strip("*")).bold = line[0] == "*"
    document.save(str(folder / "rules.docx"))
    return read(folder / "rules.docx")


@pytest.fixture(params=[as_html, as_word])
def made(request, tmp_path) -> Callable[[Rows], Reading]:
    return lambda rows: request.param(tmp_path, rows)


SECTION = ["*Alarm*", "Ring it.", "*Door*", "Shut it."]


def test_rows_below_names_that_nothing_marks_carry_them(made):
    """A row of short names above rows of as many cells names the columns, though a cell below holds bold lines over sentences."""
    reading = made([[["Event"], ["What to do"]], [["Fire"], SECTION], [["Flood"], ["Climb."]]])
    assert shapes(reading) == [
        ("table header", 0, "| Event | What to do |"),
        ("table row", 0, "| Fire | Alarm Ring it. Door Shut it. |"),
        ("table row", 0, "| Flood | Climb. |"),
    ]


def test_sections_in_every_column_below_the_head_of_a_page_are_text(made):
    """As in a page of two columns."""
    reading = made([[["Fire Rules"], ["Moorings"]], [SECTION, SECTION], [SECTION, SECTION]])
    assert words(reading)[1:] == [line.strip("*") for line in SECTION * 4]


def test_rows_below_the_names_of_languages_hold_both(made):
    """Nothing in a cell of theirs heads a clause, and each text stands beside its translation."""
    rows = [(["*1. Purpose*", "Keys."], ["*1. Objet*", "Clés."]), (["*2. Loss*", "Say so."], ["*2. Perte*", "Dites-le."])]
    assert shapes(made([[["English"], ["Français"]], *rows])) == [
        ("table header", 0, "| English | Français |"),
        ("table row", 0, "| 1. Purpose Keys. | 1. Objet Clés. |"),
        ("table row", 0, "| 2. Loss Say so. | 2. Perte Dites-le. |"),
    ]


TEXT = "Boats are washed on Fridays, and the keys go back to the hall before dusk."


def test_titles_beside_their_texts_are_headings(made):
    """Numbered ones, and what sections of policies are called; below the names of columns and beside short facts a row is data."""
    numbered = made([[["*1.1 Boats*"], [TEXT, TEXT]], [["*1.2 Oars*"], [TEXT]]])
    assert words(numbered) == ["1.1 Boats", TEXT, TEXT, "1.2 Oars", TEXT]
    named = made([[["*Purpose*"], [TEXT]], [["*Scope:*"], [TEXT]], [["*Owner*"], ["Warden"]]])
    assert words(named) == ["Purpose", TEXT, "Scope:", TEXT, "| Owner | Warden |"]
    for rows in (
        [[["*Clause*"], ["*Text*"]], [["*1.1 Boats*"], [TEXT]], [["*1.2 Oars*"], [TEXT]]],
        [[["*Boat*"], [TEXT]], [["*Oar*"], [TEXT]]],
        [[["1.1 Boats"], [TEXT]], [["1.2 Oars"], [TEXT]]],
        [[["*1.1 Boats*"], [TEXT], [TEXT]], [["*1.2 Oars*"], [TEXT], [TEXT]]],
    ):
        assert all(line.startswith("|") for line in words(made(rows)))
