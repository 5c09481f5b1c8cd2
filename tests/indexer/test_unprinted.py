"""Numbers that a document shows without writing them are known by the numbers below."""

from __future__ import annotations

from indexer.outline import outline
from tests.indexer.readings import Part, bold, reading

BODY = "Everybody who works for the company follows this rule at all times and in every place."


def numbers(*headings: Part | str) -> list[tuple[str | None, str]]:
    """Number and heading of each clause of a document that has these headings, each with a paragraph below."""
    clauses = outline(reading([entry for one in headings for entry in (one, BODY)]))
    return [(clause.number, clause.heading) for clause in clauses]


CHAPTER, SECOND, THIRD = bold("4 Levels", 1.4), bold("Level two", 1.15), bold("4.2.1 Types")
LEVELS = [CHAPTER, bold("Level one", 1.15), bold("4.1.1 Types"), bold("4.1.2 Records"), SECOND, THIRD, bold("4.2.2 Records")]


def test_a_heading_has_the_number_that_those_below_it_begin_with():
    """ "Level two" of chapter 4, which holds 4.2.1 and 4.2.2, is 4.2."""
    assert numbers(*LEVELS)[1::3] == [("4.1", "Level one"), ("4.2", "Level two")]


def test_those_beside_it_are_counted_on():
    """Where the numbers of the row are those of its places, the rest of it has them too; a row with another number in it has not."""
    counted = numbers(*LEVELS, bold("Privacy", 1.15), bold("Summary", 1.15), bold("5 Names", 1.4))
    assert counted[-3:] == [("4.3", "Privacy"), ("4.4", "Summary"), ("5", "Names")]
    shifted = numbers(CHAPTER, bold("Overview", 1.15), *LEVELS[1:], bold("Privacy", 1.15))
    assert [number for number, _ in shifted if number not in ("4.1.1", "4.1.2", "4.2.1", "4.2.2")] == ["4", None, "4.1", "4.2", None]


def test_a_document_that_writes_none_of_its_second_numbers_is_counted_throughout():
    """Where at least three were known by their children, and all of them at their places."""
    third = [bold("Level three", 1.15), bold("4.3.1 Types")]
    following = [bold("5 Threats", 1.4), bold("Attacks", 1.15), bold("Answers", 1.15)]
    assert numbers(*LEVELS, *third, *following)[-2:] == [("5.1", "Attacks"), ("5.2", "Answers")]
    assert numbers(*LEVELS, *following)[-2:] == [(None, "Attacks"), (None, "Answers")]  # two may be chance
    written = [bold("6 Names", 1.4), bold("6.1 Ours", 1.15)]
    assert numbers(*LEVELS, *third, *following, *written)[-4:-2] == [(None, "Attacks"), (None, "Answers")]


def test_a_heading_between_two_numbers_has_none_of_its_own():
    """A caption above 4.1.2 is not 4.1, nor is a second heading above 4.1.1, nor one in another chapter."""
    inside = [CHAPTER, bold("4.1 Level one", 1.15), bold("4.1.1 Types"), bold("Picture", 1.15), bold("4.1.2 Records")]
    assert ("4.1", "Picture") not in numbers(*inside)
    assert numbers(bold("3 Terms", 1.4), bold("Level two", 1.15), THIRD)[1] == (None, "Level two")
    assert numbers(CHAPTER, SECOND, THIRD, bold("5.1.1 Types"), bold("5.1.2 Names"))[1] == (None, "Level two")


def test_a_title_set_otherwise_is_not_counted():
    """A box between the chapter and its first part leaves that part the first, and has no number."""
    assert numbers(CHAPTER, bold("In short", 1.4), *LEVELS[1:])[1:3] == [(None, "In short"), ("4.1", "Level one")]
