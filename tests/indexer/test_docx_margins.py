"""What a Word document states above and below its pages."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.document import Document, Status
from indexer.metadata import document_from
from indexer.readers.docx import read_docx


@pytest.fixture
def document():
    made = docx.Document()
    made.add_heading("Ladder Rules", 1)
    made.add_paragraph("Ladders lean at four to one.")
    return made


@pytest.fixture
def described(document, tmp_path: Path):
    def _described() -> Document:
        document.save(str(tmp_path / "a.docx"))
        reading = read_docx(tmp_path / "a.docx")
        assert "Roof Warden" not in reading.text.characters
        return document_from("a.docx", "0" * 64, reading)

    return _described


def test_a_table_of_facts_in_the_header_is_understood(document, described):
    """And a line in the footer."""
    table = document.sections[0].header.add_table(2, 2, docx.shared.Cm(12))
    for row, cells in zip(table.rows, (("Owner", "Roof Warden"), ("Status", "Draft")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    document.sections[0].footer.paragraphs[0].text = "Version 2.1 | Page 3"
    found = described()
    assert (found.owner, found.status, found.version) == ("Roof Warden", Status.DRAFT, "2.1")


def test_the_text_outweighs_the_margins(document, described):
    """A header may be left over from a template."""
    document.sections[0].header.paragraphs[0].text = "Owner: Roof Warden"
    document.paragraphs[0].insert_paragraph_before("Owner: Yard Keeper")
    assert described().owner == "Yard Keeper"


def test_a_watermark_stamps_the_document(document, described):
    """As a line above the first section does."""
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape>'
    mark = f"<w:r {nsdecls('w')}><w:pict>{shape}</w:pict></w:r>"
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(mark))
    assert described().status is Status.DRAFT


def test_a_header_that_is_not_shown_states_nothing(document, described):
    """The first page has one of its own only where the section says so."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Status: Draft"
    section.different_first_page_header_footer = False
    assert described().status is Status.IN_FORCE
