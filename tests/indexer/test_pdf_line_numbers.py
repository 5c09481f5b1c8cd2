"""Numbers that count the lines of a page are no words of its text, and the numbers of its clauses are."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from indexer.readers.pdf import read_pdf
from tests.indexer.test_pdf_columns import Placed, draw

LINES = [
    "1. Lamps", "1.1 A lamp is lit at each end of the quay from dusk, and whoever lights it", "writes down the hour.",
    "1.2 Lamps are trimmed before they are lit, and the oil is measured again", "in the morning.", "2. Bells",
    "2.1 The bell is rung in fog, and", "nobody leaves it before another comes.",
]  # fmt: skip
WHOLE = "1.1 A lamp is lit at each end of the quay from dusk, and whoever lights it writes down the hour."


def counted(lines: list[str], every: int, first: int = 1) -> list[Placed]:
    """Lines with the number of every so many of them in the margin."""
    page: list[Placed] = []
    for count, line in enumerate(lines, first):
        y = 100.0 + 16 * (count - first)
        page += [(80.0, y, line)] if line else []
        page += [(55.0 - 5.56 * len(str(count)), y, str(count))] if count % every == 0 else []
    return page


@pytest.mark.parametrize("every", [1, 2, 5])
def test_numbers_that_count_lines_are_left_out(tmp_path, every):
    """Whether every line has one or only some have."""
    reading = read_pdf(draw(tmp_path / "quay.pdf", counted([*LINES, "2.2 The keeper has two helpers.", "2.3 The key is his."], every)))
    assert WHOLE in reading.text.characters
    assert [clause.number for clause in outline(reading, "Quay")] == ["1", "1.1", "1.2", "2", "2.1", "2.2", "2.3"]


def test_a_page_with_few_lines_goes_on_counting(tmp_path):
    """What the page before has proved holds for the last page, whose lines prove nothing."""
    last = counted(["2.2 The keeper has two helpers."], 1, first=9)
    text = read_pdf(draw(tmp_path / "quay.pdf", counted(LINES, 1), last)).text.characters
    assert text.endswith("\n\n2.2 The keeper has two helpers.")


def test_years_in_the_margin_are_kept(tmp_path):
    """They rise as lines do, and count none."""
    beside = [(120.0, 100.0 + 14 * row, line) for row, line in enumerate(("Founded in", "the north", "Moved", "south"))]
    lines = [(72.0, 100.0, "2020"), (72.0, 128.0, "2022"), *beside]
    assert "2020" in read_pdf(draw(tmp_path / "quay.pdf", lines)).text.characters


def test_a_list_of_single_lines_keeps_its_numbers(tmp_path):
    """Items count themselves as lines do, but each begins a sentence of its own."""
    items = ["Lamps are lit at dusk.", "Bells are rung in fog.", "Ropes are dried.", "Oars are counted.", "Doors are shut.", "Keys hang."]
    text = read_pdf(draw(tmp_path / "duties.pdf", counted(items, 1))).text.characters
    assert all(f"{number} {item}" in text.replace("| ", "").replace(" |", "") for number, item in enumerate(items, 1))
