"""Headings read from the PDF of a Word document are scored against its heading styles."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from corpus.errors import DatasetError
from evals.docx_outlines import score_docx, shown, styled_headings


def word_document(path: Path) -> Path:
    """A title, two styled headings, one in a style based on "Heading 2", a bold line that the author styled as none, and a
    paragraph with a heading of its own."""
    document = docx.Document()
    house = document.styles.add_style("House Subsection", WD_STYLE_TYPE.PARAGRAPH)
    house.base_style = document.styles["Heading 2"]
    document.add_paragraph("Key Standard", style="Title")
    for text, style in [("1. Purpose", "Heading 1"), ("Keys are counted every week by the person who holds them.", "Normal"),
                        ("1.1 Spare keys", "House Subsection"), ("Spare keys are kept in the safe.", "Normal"),
                        ("2. Losses", "Heading 1"), ("A lost key is reported on the same day.", "Normal")]:  # fmt: skip
        document.add_paragraph(text, style=style)
    document.add_paragraph().add_run("Locks that are changed").bold = True
    document.add_paragraph("The lock of a lost key is changed within two days.")
    paragraph = document.add_paragraph("2.1 ")
    paragraph.add_run("Fines.").bold = True
    paragraph.add_run(" Whoever loses a second key pays for the lock.")
    document.save(str(path))
    return path


def test_heading_styles_and_those_based_on_them_are_headings(tmp_path):
    """The title is none of them."""
    headings, titles = styled_headings(word_document(tmp_path / "keys.docx"))
    assert headings == ["1. Purpose", "1.1 Spare keys", "2. Losses"]
    assert titles == {"key standard"}


@pytest.mark.needs("libreoffice")
def test_agreement_counts_what_is_missed_and_what_is_read_beside(tmp_path):
    """All three headings are read, and the bold line as a fourth: precision 3/4, F1 6/7; neither the title nor 2.1 counts."""
    word_document(tmp_path / "keys.docx")
    score = score_docx([tmp_path])
    (document,) = score["documents"].values()
    assert (document["missed"], document["extra"]) == ([], ["locks that are changed"])
    assert (score["recall"], score["precision"], score["f1"]) == (1.0, 0.75, pytest.approx(6 / 7))
    assert "F1 0.857   recall 1.000 of    3   precision 0.750 of    4" in shown(score)


def test_a_folder_without_word_documents_is_refused(tmp_path):
    """The message names it."""
    with pytest.raises(DatasetError, match=str(tmp_path)):
        score_docx([tmp_path])
