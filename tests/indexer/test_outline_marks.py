"""Where headings stand that are marked in some other way, or stand apart from their numbers."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from indexer.readers.base import BlockKind
from tests.indexer.readings import bold, furniture, heading, item, part, reading
from tests.indexer.test_outline import BODY, tree
from tests.indexer.trees import check_tree


def test_an_appendix_stands_beside_marked_sections_and_in_no_numbered_one():
    """Where its own heading has no mark."""
    made = reading([heading("Visits"), heading("1. Purpose", 2), BODY, bold("Annex A Forms"), BODY])
    assert tree(outline(made)) == [(1, None, "Visits"), (2, "1", "Purpose"), (2, "Annex A", "Forms")]


def test_an_annex_stands_within_no_heading_that_itself_stands_within_a_number():
    """Only a heading that is outermost, as a title is, holds one in running type; ranges nest whatever stands before."""
    made = reading([part(BODY, BlockKind.HEADING), heading("1. Purpose"), part(BODY, BlockKind.HEADING, 2), part("Annex A Forms", level=1)])
    clauses = outline(made)
    check_tree(made, clauses)
    assert (clauses[-1].number, clauses[-1].level, clauses[-1].parent) == ("Annex A", 1, None)


def test_a_number_beside_its_title_heads_the_clause():
    """As a table places both; a number above a plain line heads none."""
    made = reading([bold("1."), bold("Purpose"), BODY, bold("2."), bold("Rules"), BODY, bold("3."), BODY])
    assert tree(outline(made)) == [(1, "1", "Purpose"), (1, "2", "Rules")]


@pytest.mark.parametrize(
    ("head", "number", "words"),
    [
        ("2.1 – Keys", "2.1", "Keys"),
        ("2.1 - Keys", "2.1", "Keys"),
        ("2.1—Keys", "2.1", "Keys"),
        ("2.1. Keys of the House.", "2.1", "Keys of the House"),
        ("Section 2.1. Lost Keys.", "Section 2.1", "Lost Keys"),
    ],
)
def test_a_dash_or_a_full_stop_may_stand_around_a_heading(head, number, words):
    """A dash after the number, a full stop after bold words that are written as a title."""
    made = reading([bold("1. Purpose", 1.2), BODY, bold("2. Rules", 1.2), BODY, bold(head), BODY])
    assert tree(outline(made))[-1] == (2, number, words)


def test_a_title_above_entries_with_page_numbers_heads_them():
    """An index or a list of tables is a clause, though its entries are no text; a larger line that nothing follows is none."""
    entries = [furniture(f"{word} . . . . . . {page}") for page, word in enumerate(("Bells", "Boats", "Gates", "Keys"), 2)] * 2
    made = reading([bold("1. Keys", 1.3), BODY, bold("Index of Words", 1.3), *entries, bold("Printed in Town", 1.3)])
    assert [clause.heading for clause in outline(made)] == ["Keys", "Index of Words"]


def test_bold_lines_with_a_colon_head_the_paragraphs_below_them():
    """Where a document has several; what leads to a list, or comes again and again, leads in."""
    heads = [entry for words in ("Purpose:", "Scope:", "Keys and Gates:") for entry in (bold(words), BODY)]
    made = reading([bold("House Rules", 1.3), *heads, bold("The warden:"), item("- counts keys"), *[bold("For example:"), BODY] * 2])
    assert [clause.heading for clause in outline(made)] == ["House Rules", "Purpose:", "Scope:", "Keys and Gates:"]


def test_a_few_bold_lines_with_a_colon_lead_in():
    """Two are none of a row, nor are those that call to attention, that greet or that lead to what follows."""
    made = reading([bold("House Rules", 1.3), BODY, bold("In short:"), BODY, bold("In detail:"), BODY])
    assert [clause.heading for clause in outline(made)] == ["House Rules"]
    leads = ("Dear neighbours:", "Warning:", "For example:", "Wardens do the following:")
    made = reading([bold("House Rules", 1.3), *(part for words in leads for part in (bold(words), BODY))])
    assert [clause.heading for clause in outline(made)] == ["House Rules"]
