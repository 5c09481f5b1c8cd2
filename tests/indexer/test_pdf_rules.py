"""Which ruling lines of a PDF page make a table."""

from __future__ import annotations

from indexer.readers.pdf_tables import Box, grids_of


def stroke(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A line half a point thick."""
    return Box(min(x0, x1), min(y0, y1), max(x0, x1, x0 + 0.5), max(y0, y1, y0 + 0.5))


def test_a_border_under_a_heading_s_bar_keeps_its_own_place():
    """A bar high above, whose edge stands a third of a point beside the table's border, does not swallow that border."""
    bar = [stroke(66.0, 700, 66.0, 720)]
    border = [stroke(66.6, low, 66.6, low + 24.5) for low in (100, 125, 150)]
    others = [stroke(x, 100, x, 175) for x in (300, 540)] + [stroke(66.6, y, 540, y) for y in (100, 125, 150, 175)]
    (grid,) = grids_of([*bar, *border, *others])
    assert [round(x) for x in grid.columns] == [67, 300, 540]
    assert [round(y) for y in grid.rows] == [100, 125, 150, 175]
