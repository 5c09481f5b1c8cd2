"""Outlines of Roman figures, letters and figures: "I.", "A." and "1." count rows of their own, one within the other."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from indexer.readers.base import Reading
from tests.indexer.readings import bold, reading

BODY = "Everybody who works for the company follows this rule at all times and in every place."


def tree(made: Reading) -> list[tuple[int, str | None, str]]:
    return [(clause.level, clause.number, clause.heading) for clause in outline(made)]


def headed(*heads: str) -> Reading:
    """Each head in bold, all in one size, with a paragraph below."""
    return reading([entry for head in heads for entry in (bold(head), BODY)])


def test_letters_count_anew_under_each_roman_figure_and_figures_under_each_letter():
    """The last of an outer row holds an inner one as the others do, though nothing of its own row comes after it."""
    made = headed(
        "I. Purpose", "II. Keys", "A. Houses", "1. Doors", "2. Windows", "B. Yards", "C. Towers", "1. Bells", "2. Clocks",
        "III. Boats", "A. Sails", "1. Masts", "2. Ropes", "B. Oars", "1. Care", "2. Repair", "3. Sale",
    )  # fmt: skip
    assert tree(made) == [
        (1, "I", "Purpose"), (1, "II", "Keys"), (2, "A", "Houses"), (3, "1", "Doors"), (3, "2", "Windows"), (2, "B", "Yards"),
        (2, "C", "Towers"), (3, "1", "Bells"), (3, "2", "Clocks"), (1, "III", "Boats"), (2, "A", "Sails"), (3, "1", "Masts"),
        (3, "2", "Ropes"), (2, "B", "Oars"), (3, "1", "Care"), (3, "2", "Repair"), (3, "3", "Sale"),
    ]  # fmt: skip


def test_letters_may_stand_under_figures():
    """ "A." under "2." belongs to it where "3." comes after its letters."""
    made = headed("1. Purpose", "2. Keys", "A. Houses", "B. Yards", "3. Boats", "A. Sails", "B. Oars")
    assert [(level, number) for level, number, _ in tree(made)] == [
        (1, "1"), (1, "2"), (2, "A"), (2, "B"), (1, "3"), (2, "A"), (2, "B"),
    ]  # fmt: skip


def test_letters_behind_the_last_figure_are_appendices():
    """Nothing says that they belong to the last chapter."""
    made = headed("1. Purpose", "2. Keys", "3. Boats", "A. Forms", "B. Words")
    assert [(level, number) for level, number, _ in tree(made)] == [(1, "1"), (1, "2"), (1, "3"), (1, "A"), (1, "B")]


@pytest.mark.parametrize("stray", ["A. Ellison", "1. May"])
def test_a_number_that_begins_no_row_is_none(stray):
    """A single bold "A." among chapters may be the first letter of a name."""
    assert all(heading != stray.split(". ")[1] for _, _, heading in tree(headed("1. Purpose", "2. Keys", stray, "3. Boats")))


def test_figures_go_on_from_one_part_to_the_next():
    """Under "Part II" the row may go on that Part I began, or begin anew."""
    on = headed("Part I Land", "1. Keys", "2. Yards", "Part II Water", "3. Boats", "4. Oars")
    anew = headed("Part I Land", "1. Keys", "2. Yards", "Part II Water", "1. Boats", "2. Oars")
    assert [number for _, number, _ in tree(on)] == ["Part I", "1", "2", "Part II", "3", "4"]
    assert [number for _, number, _ in tree(anew)] == ["Part I", "1", "2", "Part II", "1", "2"]


def test_a_roman_heading_in_capitals_is_one_in_running_type():
    """ "II. KEYS" above a paragraph is set off by its capitals; "i. keys" is an item."""
    made = reading([bold("House Rules", 1.3), "I. PURPOSE", BODY, "II. KEYS", BODY, bold("A. Houses"), BODY, bold("B. Yards"), BODY])
    assert [number for _, number, _ in tree(made)] == [None, "I", "II", "A", "B"]


@pytest.mark.parametrize(
    "heads",
    [
        ["1) Purpose", "a) Houses", "b) Yards", "2) Keys", "a) Doors", "b) Windows", "3) Boats"],
        ["(1) Purpose", "(a) Houses", "(b) Yards", "(2) Keys", "(a) Doors", "(b) Windows", "(3) Boats"],
        ["1. Purpose", "a. Houses", "b. Yards", "2. Keys", "a. Doors", "b. Windows", "3. Boats"],
        ["A. Purpose", "(1) Houses", "(2) Yards", "B. Keys", "(1) Doors", "(2) Windows", "C. Boats"],
    ],
)
def test_marks_of_lists_count_headings_that_are_set_off(heads):
    """In bold and above a paragraph each, they are no items."""
    assert [(level, heading) for level, _, heading in tree(headed(*heads))] == [
        (1, "Purpose"), (2, "Houses"), (2, "Yards"), (1, "Keys"), (2, "Doors"), (2, "Windows"), (1, "Boats"),
    ]  # fmt: skip


def test_marks_of_lists_in_running_type_count_items():
    """So does a bold sentence with one."""
    made = reading([bold("1. Keys"), BODY, "a) Houses", "b) Yards", bold("a) Nobody copies a key, whatever the reason."), bold("2. Boats")])
    assert [number for _, number, _ in tree(made)] == ["1", "2"]
