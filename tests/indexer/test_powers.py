"""Raised figures are no part of the figure that they stand behind."""

from __future__ import annotations

import docx
import pytest

from indexer.readers.docx import read_docx
from indexer.readers.html import read_html
from indexer.readers.markdown import read_markdown
from tests.indexer.blocks import words

SHOWN = [
    ("10<sup>6</sup> letters", "10^6 letters"),
    ("10<sup>-3</sup> of them", "10^-3 of them"),
    ("2<sup>1</sup>/<sub>2</sub> hours", "2 1/2 hours"),
    ("the 1<sup>st</sup> of May", "the 1st of May"),
    ("27001<sup>2</sup> and 2019<sup>1</sup>", "27001 2 and 2019 1"),  # notes: a power's base is short
    ("12 m<sup>2</sup> of floor", "12 m2 of floor"),
]


@pytest.mark.parametrize(("markup", "shown"), SHOWN)
def test_a_power_of_a_page_is_marked(tmp_path, markup, shown):
    """In running text and in a table."""
    page = tmp_path / "page.html"
    page.write_text(f"<p>It holds {markup}.</p><table><tr><td>Room</td><td>{markup}</td></tr><tr><td>A</td><td>B</td></tr></table>")
    text = words(read_html(page))
    assert text[0] == f"It holds {shown}."
    assert f"| {shown} |" in text[1]


@pytest.mark.parametrize(("markup", "shown"), SHOWN)
def test_a_power_in_markdown_is_marked(tmp_path, markup, shown):
    """Markdown has no sign of its own for it."""
    page = tmp_path / "page.md"
    page.write_text(f"It holds {markup}.\n")
    assert words(read_markdown(page)) == [f"It holds {shown}."]


def test_a_power_of_a_word_file_is_marked(tmp_path):
    """Where a run behind a figure is raised; a raised figure behind a word stays as it was."""
    document = docx.Document()
    paragraph = document.add_paragraph("It holds 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" letters in a room")
    paragraph.add_run("2").font.superscript = True
    document.save(str(tmp_path / "a.docx"))
    assert words(read_docx(tmp_path / "a.docx")) == ["It holds 10^6 letters in a room2"]
