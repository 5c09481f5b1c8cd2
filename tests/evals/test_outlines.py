"""Outlines are scored against the author's bookmarks."""

from __future__ import annotations

import json

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DatasetError
from evals.outlines import score_outlines


def test_recall_and_wrong_numbers_are_counted(tmp_path):
    """One of two bookmarks is found; one of two numbered clauses has a number that the author does not."""
    canvas = Canvas(str(tmp_path / "keys.pdf"), pagesize=A4)
    for y, font, size, text in [(750, "Helvetica-Bold", 14, "1. Purpose"), (720, "Helvetica", 10, "Keys are counted every week."),
                                (690, "Helvetica-Bold", 14, "2. Scope"), (660, "Helvetica", 10, "All sites.")]:  # fmt: skip
        canvas.setFont(font, size)
        canvas.drawString(72, y, text)
    canvas.save()
    marks = [{"title": "1. PURPOSE", "number": "1", "page": 1, "level": 1}, {"title": "3. Duties", "number": "3", "page": 1, "level": 1}]
    (tmp_path / "keys.json").write_text(json.dumps({"file": "keys.pdf", "outline": marks}))
    score = score_outlines(tmp_path)
    assert (score["recall"], score["wrong"], score["bookmarks"], score["numbered"]) == (0.5, 0.5, 2, 2)
    assert score["documents"]["keys.pdf"]["missed"] == ["3. Duties (page 1)"]
    assert score["documents"]["keys.pdf"]["unknown"] == ["2 Scope (page 1)"]


def test_a_folder_without_outlines_is_refused(tmp_path):
    """The message names the folder."""
    with pytest.raises(DatasetError, match="holds no PDF with a JSON"):
        score_outlines(tmp_path)
