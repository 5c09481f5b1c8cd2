"""A row of a table without lines holds what stands in it, wherever in the row its cells stand."""

from __future__ import annotations

import pytest

from indexer.readers.base import BlockKind
from indexer.readers.pdf import read_pdf
from tests.indexer.test_pdf_columns import draw, rows, texts

MEANINGS = [
    ("Berth", ["The part of a quay at which one ship lies, with", "its bollards, its lamps and the numbers", "painted on its edge."]),
    ("Pilot", ["Whoever is named by the harbour office to bring", "a ship in."]),
    ("Quay", ["Any wall at which ships lie."]),
]
DOWN = {"top": 0.0, "middle": 0.5, "foot": 1.0}


@pytest.mark.parametrize("place", DOWN)
def test_a_short_cell_belongs_to_the_lines_beside_it(tmp_path, place):
    """At the top, in the middle or at the foot of its row; half a line between two of them as well."""
    page, y = [], 100.0
    for term, lines in MEANINGS:
        page += [(72.0, y + DOWN[place] * 12 * (len(lines) - 1), term), *((180.0, y + 12 * i, line) for i, line in enumerate(lines))]
        y += 12 * len(lines) + 8
    reading = read_pdf(draw(tmp_path / "terms.pdf", [*page, (72.0, y + 30, "Ships pay for the quay at which they lie.")]))
    assert rows(reading) == [f"| {term} | {' '.join(lines)} |" for term, lines in MEANINGS]
    assert texts(reading, BlockKind.PARAGRAPH) == ["Ships pay for the quay at which they lie."]


def test_lines_beside_nothing_but_one_cell_make_no_table(tmp_path):
    """One row alone proves no table: a note in the margin stands in the middle of its paragraph, too."""
    lines = ["Ships tell the harbour office a day before", "they come in how long they are and", "how deep they lie."]
    page = [(180.0, 100.0 + 12 * i, line) for i, line in enumerate(lines)]
    assert not rows(read_pdf(draw(tmp_path / "note.pdf", [*page, (72.0, 112.0, "By radio")])))
