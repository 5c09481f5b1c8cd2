"""References between clauses and documents are found where a text makes them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause
from indexer.clause_references import Titles, clause_links, document_links

NUMBERS = ("1", "4", "4.1", "4.2", "4.3", "5(1)(a)", "Annex A", "A.1", "Principle 2", "Article 7", "AC-2")
CLAUSES = tuple(Clause(number, "", 1, 10_000 + i, 10_001 + i, 10_001 + i) for i, number in enumerate(NUMBERS))
TITLES = Titles(
    titles=[(1, "Data Handling Standard"), (2, "Data Handling Standard for Suppliers"), (3, "Passwords"), (4, "Key Loss")],
    references=[(5, "PAS-04"), (6, "ISMS7")],
)


def own(text: str) -> list[tuple[str, str]]:
    """Each reference to a clause of the document itself: its words, and the number of the clause."""
    return [
        (text[link.start : link.end], str(CLAUSES[link.clause].number))
        for link in clause_links(text, 0, CLAUSES)
        if link.clause is not None
    ]


def others(text: str) -> list[tuple[str, int, str | None]]:
    """Each reference to another document: its words, the document, and the number of the clause where one is named."""
    links = document_links(text, TITLES.found_in(text), lambda _: CLAUSES)
    return [(text[link.start : link.end], link.document, None if link.clause is None else CLAUSES[link.clause].number) for link in links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Do as section 4.3 says.", [("section 4.3", "4.3")]),
        ("(see 4.2)", [("see 4.2", "4.2")]),
        ("The exceptions of § 4.1 apply.", [("§ 4.1", "4.1")]),
        ("Sections 4.1, 4.2 and 4.3 bind all.", [("Sections 4.1", "4.1"), ("4.2", "4.2"), ("4.3", "4.3")]),
        ("See section 4.1, section 4.2.", [("section 4.1", "4.1"), ("section 4.2", "4.2")]),
        ("The forms of Annex A and appendix A.1", [("Annex A", "Annex A")]),
        ("as article 7 and Principle 2 demand", [("article 7", "Article 7"), ("Principle 2", "Principle 2")]),
        ("under clause 4.2(c)", [("clause 4.2(c)", "4.2")]),
        ("under clause 5(1)(a)", [("clause 5(1)(a)", "5(1)(a)")]),
        ("section 4.3 of this policy", [("section 4.3", "4.3")]),
    ],
)
def test_a_clause_of_the_document_itself_is_found_by_its_number(text, found):
    """Whatever word stands before it; what is numbered deeper than the document is the clause that holds it."""
    assert own(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "section 4.9 is not there",
        "section 4.3 of the Data Handling Standard",
        "section 4.3 of an Act",
        "ISO/IEC 27001:2022, clause 4.2",
        "the Data Protection Act, section 4",
        "the requirements of the standard, clauses 4 to 10",
        "the Travel Policy (TRP-02) says in clause 4.3",
        "Article 7 GDPR",
        "version 4.3 of the app, 4.2 seconds",
        "paragraphs 4.10",
    ],
)
def test_clauses_of_others_and_other_figures_are_no_clause_of_the_document(text):
    assert own(text) == []


def test_a_heading_does_not_refer_to_its_own_clause():
    """ "Section 4" at the head of clause 4 names it and refers to nothing; in its text it does not lead away either."""
    text = "Section 4 Duties\n\nEverybody has some."
    clauses = (Clause("Section 4", "Duties", 1, 0, len(text), 18),)
    assert clause_links(text, 0, clauses) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as defined in the Data Handling Standard.", [("Data Handling Standard", 1, None)]),
        ("section 4.3 of the Data Handling Standard", [("section 4.3 of the Data Handling Standard", 1, "4.3")]),
        ("the Data Handling Standard (DHS-04), section 4.2, and", [("Data Handling Standard (DHS-04), section 4.2", 1, "4.2")]),
        ("the Data Handling\nStandard says in clause 4.1 that", [("Data Handling\nStandard says in clause 4.1", 1, "4.1")]),
        ("section 9 of the Data Handling Standard", [("section 9 of the Data Handling Standard", 1, None)]),
        ("the Key Loss procedure", [("Key Loss", 4, None)]),
        ("Key Loss is rare. Passwords are long. A data handling standard is needed.", []),
    ],
)
def test_another_document_is_found_by_its_title(text, found):
    """With the clause that is named beside it. A word alone, a topic and what has no capital are no titles."""
    assert others(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring them (PAS-04, clause 4.2).", [("PAS-04, clause 4.2", 5, "4.2")]),
        ("(PAS-04, clauses 4.1 and 4.3)", [("PAS-04, clauses 4.1 and 4.3", 5, "4.1"), ("PAS-04, clauses 4.1 and 4.3", 5, "4.3")]),
        ("section 4.3 of ISMS7 and PAS-04 4.2", [("PAS-04", 5, None), ("section 4.3 of ISMS7", 6, "4.3")]),
        ("PAS-04, entry R-03", [("PAS-04", 5, None)]),
        ("pas-04, PAS-041, XPAS-04, PAS-04-A, ISMS 7", []),
    ],
)
def test_another_document_is_found_by_its_reference(text, found):
    """As its owner wrote it, with every clause that is named beside; what only looks like it is none."""
    assert sorted(others(text), key=lambda one: one[1]) == found


@pytest.mark.parametrize(
    ("text", "of_its_own", "of_others"),
    [
        ("PAS-04, section 4.1 and clause 4.3 apply", [], [(5, "4.1"), (5, "4.3")]),
        ("PAS-04, clause 4.1; ISMS7, clause 4.2, and clause 4.3", [], [(5, "4.1"), (6, "4.2"), (6, "4.3")]),
        ("Under PAS-04, section 4.3 of this policy applies", ["4.3"], [(5, None)]),
        ("Under the Data Handling Standard, section 4.3 of this policy applies", ["4.3"], [(1, None)]),
        ("PAS-04, clause 4.1, and section 4.3 of this standard", ["4.3"], [(5, "4.1")]),
        ("In line with PAS-04, clause 4.1 of ISMS7 applies", [], [(5, None), (6, "4.1")]),
        ("ISO 27001, clause 4 and clause 4.1", [], []),
        ("clause 4 and clause 4.1 of PAS-04 apply", [], [(5, "4"), (5, "4.1")]),
        ("clause 4, section 4.1 or clauses 4.2 and 4.3 of the Data Handling Standard", [], [(1, "4"), (1, "4.1"), (1, "4.2"), (1, "4.3")]),
        ("section 4.1 of this policy and clause 4.2 of PAS-04", ["4.1"], [(5, "4.2")]),
        ("section 4.1. Clause 4.2 of PAS-04 applies, too", ["4.1"], [(5, "4.2")]),
        ("PAS-04, clause 4.1 and clause 4.2 of ISMS7", [], [(5, "4.1"), (6, "4.2")]),
        ("clause 4 and clause 4.1 of this policy", ["4", "4.1"], []),
    ],
)
def test_a_clause_belongs_to_the_document_that_the_words_say(text, of_its_own, of_others):
    """Of a list all to the one that is named before or behind it; what is said to be "of" one is of that one, whatever stands before."""
    assert [number for _, number in own(text)] == of_its_own
    assert sorted((document, number) for _, document, number in others(text)) == of_others


def test_a_title_within_a_longer_one_is_found_beside_it():
    """Which of them is meant depends on what may be read, and is decided when it is shown."""
    found = others("The Data Handling Standard for Suppliers applies.")
    assert found == [("Data Handling Standard", 1, None), ("Data Handling Standard for Suppliers", 2, None)]


WORDS = st.sampled_from(
    ["section", "Sections", "4.3", "4", "and", ",", "of the", "Data Handling Standard", "(", ")", "see", "Annex", "A", "§", "."]
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=30).map(" ".join))
def test_every_reference_is_a_range_of_the_text(text):
    """Whatever the text: ranges are not empty and lie within it, and each leads to a clause that is there."""
    for link in [*clause_links(text, 0, CLAUSES), *document_links(text, TITLES.found_in(text), lambda _: CLAUSES)]:
        assert 0 <= link.start < link.end <= len(text)
        assert link.clause is None or 0 <= link.clause < len(CLAUSES)
