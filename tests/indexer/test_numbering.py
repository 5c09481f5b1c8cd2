"""Numbers of clauses, as they stand before a title or a text."""

from __future__ import annotations

import pytest

from indexer.numbering import number_at


@pytest.mark.parametrize(
    ("text", "printed", "parts"),
    [
        ("4.2. Scope", "4.2", (4, 2)),
        ("A.8.13 Backup", "A.8.13", ("A", 8, 13)),
        ("Annex A Forms", "Annex A", ("A",)),
        ("Appendix B— Glossary", "Appendix B", ("B",)),
        ("Article 7: Transfers", "Article 7", (7,)),
        ("Article premier – Objet", "Article premier", (1,)),
        ("Article 1er : Objet", "Article 1er", (1,)),
        ("TITRE Ier – Général", "TITRE Ier", ("I",)),
        ("Artikel 4 Geltung", "Artikel 4", (4,)),
        ("Anlage 2: Formular", "Anlage 2", (2,)),
        ("Artículo 5. Objeto", "Artículo 5", (5,)),
        ("§ 3.2 Fees", "§ 3.2", (3, 2)),
        ("Art. 5. Oggetto", "Art. 5", (5,)),
        ("Sec. 2-31. Meetings.", "Sec. 2-31", (2, 31)),
        ("2–1. Keys", "2–1", (2, 1)),
        ("1.1.2.Keys", "1.1.2", (1, 1, 2)),
        ("4.1Keys", "4.1", (4, 1)),
        ("B2. The Council", "B2", ("B", 2)),
        ("V1.10 Files", "V1.10", ("V", 1, 10)),
        ("Appendix A1: Hosts", "Appendix A1", ("A", 1)),
        ("POL.ITR.012", "POL.ITR.012", ("POL", "ITR", 12)),
        ("AC-2(1) Automation", "AC-2(1)", ("AC", 2, 1)),
        ("5(1)(a) personal data", "5(1)(a)", (5, 1, "A")),
    ],
)
def test_numbers_are_read_as_printed(text, printed, parts):
    """Without the full stop behind them."""
    number = number_at(text)
    assert number is not None
    assert (number.printed, number.parts) == (printed, parts)


@pytest.mark.parametrize(
    "text",
    [
        "2013 was a good year", "Appendix b", "Everybody", "12:30 is lunch time", "ISO 27001 asks", "2–1 of", "A4 paper", "2.4GHz",
    ],
)  # fmt: skip
def test_other_figures_are_no_clause_numbers(text):
    assert number_at(text) is None


@pytest.mark.parametrize("text", ["3.5 Million", "1.2 GB free", "2) Euro", "2 Euro-Konten", "10.0.0.1 Gate"])
def test_a_number_says_that_it_reads_like_an_amount_or_an_address(text):
    """Whether it counts a clause only the numbers beside it show."""
    number, other = number_at(text), number_at(text.split()[0] + " Gates")
    assert number is not None
    assert number.measured
    assert other is None or not other.measured or text.startswith("10.")
