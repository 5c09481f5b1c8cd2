"""How a citation is written for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.citation import Citation
from corpus.clause import Clause
from corpus.control import ControlLink, Provenance
from corpus.document import GUIDANCE, Document, Status
from corpus.text import CanonicalText, Page
from isobot.citation import as_record, citation_line, controls_line, marks, short_place

TEXT = CanonicalText("3 Devices\n3.2 Own devices\nNo own device may be used.", (Page(6, 0, 26, "iv"), Page(7, 26, 60, "v")))
CLAUSES = (Clause("3", "Devices", 1, 0, 52, 9), Clause("3.2", "Own devices", 2, 10, 52, 25, 0))
DAY = date(2026, 9, 15)


def cited(start: int = 26, end: int = 52, text: CanonicalText = TEXT, **facts: object) -> Citation:
    known: dict[str, object] = {"path": "byod.pdf", "title": "BYOD Standard", "sha256": "0" * 64, "text_sha256": TEXT.sha256}
    document = Document(**{**known, **facts})  # type: ignore[arg-type]
    return Citation(document, text, CLAUSES, 1, start, end, 10, 52)


@pytest.mark.parametrize(
    ("citation", "line"),
    [
        (cited(version="2.1"), "BYOD Standard v2.1 · §3.2 Own devices · p. v"),
        (cited(version="V3"), "BYOD Standard V3 · §3.2 Own devices · p. v"),
        (cited(20, 52), "BYOD Standard · §3.2 Own devices · pp. iv–v"),
    ],
)
def test_the_line_names_document_version_clause_and_printed_pages(citation, line):
    """As a colleague would cite it."""
    assert citation_line(citation) == line


@pytest.mark.parametrize(
    ("numbers", "label", "place"),
    [
        (("Appendix F", "11"), "Appendix F, §11", ", Appendix F, §11"),
        (("Annex B", "2.1"), "Annex B, §2.1", ", Annex B, §2.1"),
        (("Appendix F", "F.2"), "F.2", ", F.2 Own devices"),
        (("Chapter 4", "4.2"), "§4.2", " §4.2"),
    ],
)
def test_a_clause_that_an_appendix_counts_anew_is_cited_behind_it(numbers, label, place):
    """Question 11 of Appendix F is not chapter 11 of the guide."""
    clauses = tuple(replace(clause, number=number) for clause, number in zip(CLAUSES, numbers, strict=True))
    citation = replace(cited(version="2.1"), clauses=clauses)
    assert citation_line(citation) == f"BYOD Standard v2.1 · {label} Own devices · p. v"
    assert short_place(citation) == f"BYOD Standard v2.1{place}"


@pytest.mark.parametrize(
    ("labels", "pages"), [((None, None), " · pp. 6–7"), (("iv", None), " · p. iv"), ((None, "v"), " · p. v")]
)
def test_a_physical_number_never_stands_beside_printed_ones(labels, pages):
    """Of a document that labels its pages one without a label is not named; where no page has one, they are counted."""
    text = CanonicalText(TEXT.characters, tuple(replace(page, label=label) for page, label in zip(TEXT.pages, labels, strict=True)))
    assert citation_line(cited(20, 52, text)) == f"BYOD Standard · §3.2 Own devices{pages}"


def test_the_record_has_the_keys_of_the_contract():
    """Scripts outside this project rely on these names; by its collection they tell guidance from policy."""
    record = as_record(cited(version="2.1"))
    assert set(record) == {
        "document", "clause", "page", "page_end", "page_label", "quote", "start", "end", "clause_text", "controls", "score"
    }  # fmt: skip
    assert set(record["document"]) == {"path", "title", "version", "status", "collection", "sha256", "text_sha256"}
    assert record["clause"] == {"number": "3.2", "heading": "Own devices", "path": "3 Devices › 3.2 Own devices"}
    assert (record["page"], record["page_end"], record["page_label"]) == (7, 7, "v")
    assert record["quote"] == "No own device may be used." == TEXT.characters[record["start"] : record["end"]]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"status": Status.DRAFT}, ["draft, not in force"]),
        ({"status": Status.SUPERSEDED}, ["superseded, not in force"]),
        ({"review_by": date(2026, 9, 14)}, ["review overdue since 2026-09-14"]),
        ({"review_by": DAY}, []),
        ({"expires": DAY}, []),
        ({"expires": date(2026, 9, 14)}, ["expired on 2026-09-14"]),
        ({"effective": DAY}, []),
        ({"effective": date(2026, 9, 16)}, ["not in force until 2026-09-16"]),
        ({"collection": GUIDANCE}, ["guidance, not your policy"]),
    ],
)
def test_what_a_reader_must_know_is_marked(facts, expected):
    """Limits of dates count as still in force."""
    assert marks(cited(**facts), DAY) == expected


def test_controls_are_written_with_how_they_are_known():
    """Those known in one way together, each once; an assumed edition is said to be one, and a rejected control is not shown."""
    iso = "iso27001:2022"
    links = [
        ControlLink(iso, "A.8.13", Provenance.EXPLICIT),
        ControlLink("soc2:2017", "CC6.1", Provenance.DECLARED),
        ControlLink(iso, "A.8.1", Provenance.EXPLICIT, ambiguous=True),
        ControlLink(iso, "A.8.14", Provenance.EXPLICIT),
        ControlLink(iso, "A.8.13", Provenance.EXPLICIT),
        ControlLink(iso, "A.5.1", Provenance.REJECTED),
    ]
    assert controls_line(links) == (
        "ISO/IEC 27001:2022 A.8.13, A.8.14 (named in the clause); SOC 2 CC6.1 (declared by the document); "
        "ISO/IEC 27001:2022 A.8.1 (named in the clause, edition assumed)"
    )
    assert controls_line(links[-1:]) == ""


def test_of_many_controls_the_first_ten_are_written():
    """A document that declares a dozen would bury its quotation."""
    links = [ControlLink("iso27001:2022", f"A.8.{number}", Provenance.DECLARED) for number in range(1, 13)]
    ten = ", ".join(f"A.8.{number}" for number in range(1, 11))
    assert controls_line(links) == f"ISO/IEC 27001:2022 {ten} (declared by the document); and 2 more"
