"""Figures and letters before a heading that count nothing are part of its words."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from tests.indexer.readings import bold, heading, part, reading

BODY = "Everybody who works for the company follows this rule at all times and in every place."
PLAIN = [bold("Boats", 1.3), BODY, bold("Berths", 1.3), BODY]


def found(*parts) -> list[tuple[str | None, str]]:
    return [(clause.number, clause.heading) for clause in outline(reading([*parts]))]


@pytest.mark.parametrize(
    "title",
    [
        "802.11 Networks", "X.509 Certificates", "M.2 Drives", "9-1-1 Calls", "1-1 Talks", "80-20 Rule", "2.4 GHz Networks",
        "24 Hours Service", "3 Copies", "1 May 2026", "2.4.1 Release", "3.5 Million Visitors", "10.15 Coffee", "10.0.0.1 Gateway",
        "US-1 Visas", "Q1. Results", "Q2: Sales", "I. Brown", "V. Important", "A. Smith, Master", "Part 2 Visitors", "H2. Gas",
        "T1.2 Tank",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [bold, lambda text: heading(text, 2)])
def test_a_number_that_nothing_counts_on_from_is_part_of_the_title(title, mark):
    """Neither where headings have no number, nor beside those that are numbered otherwise."""
    assert (None, title) in found(*PLAIN, mark(title), BODY)
    assert title.split()[0].rstrip(".:") not in [number for number, _ in found(bold("Article 1 Keys", 1.3), *PLAIN, mark(title), BODY)]


@pytest.mark.parametrize(
    "titles",
    [
        ["X.1 Keys", "X.2 Locks"], ["Q1. Keys", "Q2. Who rings?"], ["I. Keys", "II. Locks"], ["9-1 Keys", "9-2 Locks"],
        ["6.0 Keys", "7.0 Locks"], ["HR-1 Keys", "HR-2 Locks"], ["Part 2 Keys", "Part 3 Locks"], ["3 Keys", "4 Locks"],
        ["1 Keys", "3 Locks", "5 Oars"], ["12 Keys", "14 Locks", "16 Oars"], ["4 Keys", "5 Locks", "7 Oars"],
        ["Section 12 Keys"], ["Chapter 4 Keys"], ["Clause 9 Keys"], ["Article 7 Keys"], ["Kapitel 4 Keys"],
        ["1.1 Keys", "2.1 Locks"], ["A.8.13 Keys"], ["AC-2 Keys"], ["Appendix C Keys"], ["§ 26 Keys"], ["4. Keys", "4.7 Locks", "4.9 Oars"],
    ],
)  # fmt: skip
def test_what_counts_on_is_a_number(titles):
    """As is the id of a control, an appendix and a paragraph of a law, of which one may stand alone."""
    made = found(*PLAIN, *(entry for title in titles for entry in (bold(title), BODY)))
    assert [f"{number} {heading}" for number, heading in made if number] == [title.replace(". ", " ") for title in titles]


def test_a_row_that_leaves_a_number_out_goes_on_in_its_type_alone():
    """ "2.5" in a sentence is no clause where 2.3 is set in bold, nor is a smaller "4" after the large "1"."""
    made = found(bold("2 Boats", 1.3), bold("2.1 Keys"), BODY, bold("2.2 Oars"), BODY, "2.5 Boats leave an hour.", bold("2.4 Masts"), BODY)
    assert [number for number, _ in made] == ["2", "2.1", "2.2", "2.4"]
    made = found(bold("1. Boats", 1.3), BODY, bold("4. Principles"), BODY, bold("2. Oars", 1.3), BODY)
    assert [number for number, _ in made if number] == ["1", "2"]


def test_the_number_of_the_document_itself_may_stand_alone():
    """A file that holds one section of a handbook is titled by it."""
    assert found(heading("4.3 Keys", 1), BODY, heading("Who has one", 2), BODY)[0] == ("4.3", "Keys")
    assert found(part("Section 4 Keys", size=1.6), BODY, bold("Who has one"), BODY)[0] == ("Section 4", "Keys")


@pytest.mark.parametrize(
    "titles",
    [
        ["4 Money", "4.1 Sterling accounts", "4.2 Euro accounts", "4.3 Dollar accounts", "4.4 Kilometre allowance", "4.5 Per cent limits"],
        ["1 Purpose", "2 Euro payments", "3 Dollar payments", "4 Litres of fuel"], ["1. Zweck", "2. Euro-Konten", "3. Schluss"],
        ["10.0.1.2 Keys", "10.0.1.3 Locks"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [bold, lambda text: heading(text, 2)])
def test_a_title_that_reads_like_an_amount_keeps_a_number_that_counts_on(titles, mark):
    """ "2 Euro payments" after "1 Purpose" is no price, nor is a clause beside another the address of a machine."""
    made = found(part("Harbour rules", size=1.8), BODY, *(entry for title in titles for entry in (mark(title), BODY)))
    assert [f"{number} {heading}" for number, heading in made if number] == [title.replace(". ", " ") for title in titles]


@pytest.mark.parametrize("title", ["3.5 Million Visitors", "50 Per Cent", "10.0.0.1 Gateway"])
def test_an_amount_is_no_number_where_nothing_counts_on_from_it(title):
    """Neither as the title of a document nor as one among numbers that stand elsewhere in its row."""
    assert found(heading(title, 1), BODY, heading("Keys", 2), BODY)[0] == (None, title)
    numbered = [entry for number in ("3", "3.1", "3.2", "3.3") for entry in (bold(f"{number} Boats"), BODY)]
    assert (None, title) in found(*numbered, bold(title), BODY)


def test_a_figure_out_of_order_is_part_of_the_title():
    """ "7 Principles" between 4 and 5 is no chapter, though it stands near both; nor are two figures a row."""
    titles = ["1 Boats", "2 Boats", "3 Boats", "4 Boats", "7 Principles", "5 Boats"]
    made = found(*(entry for title in titles for entry in (bold(title), BODY)))
    assert [number for number, _ in made if number] == ["1", "2", "3", "4", "5"]
    assert [number for number, _ in found(*PLAIN, bold("3 Copies"), BODY, bold("5 Days"), BODY) if number] == []


def test_the_only_heading_of_an_excerpt_keeps_its_number():
    """Nothing else shows how the document it was taken from counts."""
    assert ("7.4", "Keys") in found("Harbour rules", "Excerpt for visitors", BODY, bold("7.4 Keys"), BODY)
    assert ("7.4", "Keys") in found(heading("Harbour rules", 1), BODY, BODY, heading("7.4 Keys", 2), BODY)
