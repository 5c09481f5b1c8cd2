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
        "802.11 Networks", "X.509 Certificates", "M.2 Drives", "9-1-1 Calls", "80-20 Rule", "2.4 GHz Networks", "24 Hours Service",
        "3 Copies", "1 May 2026", "2.4.1 Release", "3.5 Million Visitors", "10.15 Coffee", "10.0.0.1 Gateway", "US-1 Visas", "Q1. Results",
        "Q2: Sales", "I. Brown", "V. Important", "A. Smith, Master", "Part 2 Visitors", "H2. Gas", "T1.2 Tank",
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
