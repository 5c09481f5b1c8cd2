"""Headings of laws, standards and contracts: their numbers leap, and a full stop may end them."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from tests.indexer.readings import bold, part, reading

BODY = "Everybody who works for the company follows this rule at all times and in every place."


def found(*parts) -> list[tuple[str | None, str]]:
    return [(clause.number, clause.heading) for clause in outline(reading([*parts]))]


def test_paragraphs_of_a_law_leap():
    """Where some were repealed; in running type such a line is no heading."""
    made = found(bold("§ 3 Boats"), BODY, bold("§ 22 Oars"), BODY, part("§ 32 Sails"), BODY, bold("§ 7 Masts"), BODY)
    assert [number for number, _ in made if number] == ["§ 3", "§ 22"]


def test_dotted_numbers_leap_in_the_type_of_those_before():
    """4.9 comes after 4.1 where it is set as that is; smaller or in a sentence it is another thing."""
    first = [bold("4 Boats", 1.2), bold("4.1 Keys"), BODY]
    assert found(*first, bold("4.9 Oars"), BODY)[-1] == ("4.9", "Oars")
    assert found(*first, bold("4.9 Oars", 0.9), BODY)[-1][0] != "4.9"
    assert found(*first, "4.9 Oars are wiped.")[-1] == ("4.1", "Keys")


@pytest.mark.parametrize("title", ["§ 2 Keys of the house.", "Sec. 2-1. Keys; locks.", "Section 2. Keys of node.js"])
def test_a_full_stop_may_end_the_heading_of_a_law(title):
    """In bold, as one sentence."""
    assert [heading for _, heading in found(bold(title), BODY, BODY)] == [title.split(" ", 2)[2].removesuffix(".")]


def test_several_sentences_in_bold_are_no_heading():
    """They are the text of their section."""
    assert found(bold("Section 2. Keys hang here. Locks do not."), BODY) != [("Section 2", "Keys hang here. Locks do not")]


@pytest.mark.parametrize("size", [1.0, 1.3])
def test_a_plain_number_stands_above_its_bold_title(size):
    """As in the regulations of the European Union; a plain line below it is its text."""
    titled = found("Article 5", bold("Keys", size), BODY, "Article 6", bold("Locks", size), BODY)
    assert titled == [("Article 5", "Keys"), ("Article 6", "Locks")]
    assert found("Article 5", "Keys hang in the hall.", "Article 6", BODY) == [("Article 5", ""), ("Article 6", "")]


def test_an_annex_says_whether_it_binds():
    """"(normative)" behind its number is no mention of it, as other brackets are."""
    assert found(bold("Annex A (normative) Keys"), BODY) == [("Annex A", "(normative) Keys")]
    assert found(bold("Annex A (see below)"), BODY) != [("Annex A", "(see below)")]


def test_parts_of_a_policy_hold_theirs():
    """"Policy 1.1" stands under "Policy 1", and "1.1" under "Requirement 1"."""
    clauses = outline(reading([bold("Policy 1: Boats", 1.2), bold("Policy 1.1: Keys"), BODY, bold("Policy 2: Oars", 1.2), BODY]))
    assert [(clause.level, clause.number) for clause in clauses] == [(1, "Policy 1"), (2, "Policy 1.1"), (1, "Policy 2")]
    clauses = outline(reading([bold("Requirement 1: Boats"), bold("1.1 Keys"), BODY, bold("Requirement 2: Oars"), bold("2.1 Wood"), BODY]))
    assert [(clause.level, clause.number) for clause in clauses] == [
        (1, "Requirement 1"), (2, "1.1"), (1, "Requirement 2"), (2, "2.1"),
    ]  # fmt: skip


def test_ranges_in_running_type_are_no_numbers():
    """"2-1" heads a section in bold alone."""
    assert found(bold("Chapter 2 Boats", 1.2), bold("2-1. Keys"), BODY, bold("2-2. Oars"), BODY)[1:] == [("2-1", "Keys"), ("2-2", "Oars")]
    assert found(bold("Chapter 2 Boats", 1.2), BODY, "2-1 Keys", "2-2 Oars")[1:] == []
