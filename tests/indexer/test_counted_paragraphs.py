"""Paragraphs that their author numbers as clauses are clauses; lists, notes and references are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.outline import outline
from tests.indexer.readings import Part, bold, heading, item, part, reading
from tests.indexer.trees import check_tree

BODY = "The keeper of the tower counts the bells each evening and writes down those that are cracked, so that they are cast anew."

WORKS = [
    ("Sources", ""), ("", f"[1] Quayle, A. (2019). Bells of the coast. {BODY}"), ("", f"[2] B. Holm and C. Ray, “Ropes,” 2021. {BODY}"),
    ("Further reading", ""), ("", f"[3] Bell Society (2020). Bells. {BODY}"), ("", f"[4] {BODY}"),
]  # fmt: skip


def tree(parts: Sequence[Part | str]) -> list[tuple[int, str | None, str]]:
    made = reading(parts)
    clauses = outline(made)
    check_tree(made, clauses)
    return [(clause.level, clause.number, clause.heading) for clause in clauses]


@pytest.mark.parametrize("numeral", ["{}.", "{}", "{})", "[{}]"])
def test_numbers_that_run_on_over_headings_count_clauses(numeral):
    """1 and 2 under one heading, 3 and 4 under the next: each is a clause of its number within its heading."""
    one, two, three, four = (item(f"{numeral.format(ordinal)} {BODY}") for ordinal in range(1, 5))
    made = [bold("Bells", 1.2), one, two, bold("Ropes", 1.2), three, four]
    assert tree(made) == [(1, None, "Bells"), (2, "1", ""), (2, "2", ""), (1, None, "Ropes"), (2, "3", ""), (2, "4", "")]


def test_a_script_needs_no_capitals():
    made = [heading("أجراس"), *(item(f"{ordinal}. يعد الحارس الأجراس.") for ordinal in (1, 2)), heading("حبال"), item("3. تعلق الحبال.")]
    assert [number for _, number, _ in tree(made) if number] == ["1", "2", "3"]


def test_the_body_of_a_counted_paragraph_begins_after_its_number():
    made = reading([heading("Bells"), item("[1] Bells hang high."), heading("Ropes"), item("[2] Ropes hang low."), item("[3] So do nets.")])
    clauses = [clause for clause in outline(made) if clause.number]
    assert [made.text.characters[clause.body : clause.end].strip() for clause in clauses] == [
        "Bells hang high.", "Ropes hang low.", "So do nets.",
    ]  # fmt: skip


def test_paragraphs_are_counted_beyond_two_hundred():
    """A line that begins with some other figure is none of them."""
    made = [heading("Bells"), *(item(f"{n}. {BODY}") for n in range(1, 203)), "365 days a year they ring.", item(f"203. {BODY}")]
    assert [number for _, number, _ in tree(made) if number] == [str(n) for n in range(1, 204)]


def test_a_list_between_two_paragraphs_stays_within_the_first():
    """Its numbers begin at 1 again, and those of the paragraphs go on behind it."""
    listed = [item(f"{ordinal}. {word};") for ordinal, word in enumerate(("Tenor", "Treble", "Alto", "Bass", "Bourdon"), 1)]
    made = [
        heading("Bells"), f"1. {BODY}", f"2. {BODY} They are:", *listed, heading("Ropes"), f"3. {BODY}", f"4. {BODY}",
    ]  # fmt: skip
    assert [number for _, number, _ in tree(made) if number] == ["1", "2", "3", "4"]


def test_the_paragraphs_of_an_appendix_are_counted_anew():
    made = [
        heading("Bells"), item("1. Bells hang high."), item("2. They ring at noon."), heading("Ropes"), item("3. Ropes hang low."),
        heading("Schedule 1: Towers"), item("1. The old tower has two bells."), item("2. The new tower has none."),
    ]  # fmt: skip
    assert tree(made) == [
        (1, None, "Bells"), (2, "1", ""), (2, "2", ""), (1, None, "Ropes"), (2, "3", ""),
        (1, "Schedule 1", "Towers"), (2, "1", ""), (2, "2", ""),
    ]  # fmt: skip


def test_a_document_of_nothing_but_numbered_paragraphs_is_counted():
    """Paragraph 2 holds 2.1, and 3 goes on behind it."""
    made = [bold("Bell Rules", 1.6), item(f"1. {BODY}"), item(f"2. {BODY}"), f"2.1 {BODY}", f"2.2 {BODY}", item(f"3. {BODY}")]
    assert tree(made) == [(1, None, "Bell Rules"), (2, "1", ""), (2, "2", ""), (3, "2.1", ""), (3, "2.2", ""), (2, "3", "")]


def test_facts_of_the_document_introduce_no_paragraphs():
    """Its version and owner stand above the first paragraph of most documents."""
    made = [heading("Bell Rules"), "Version: 1.0\nOwner: the keeper", *(item(f"{n}. {BODY}") for n in (1, 2, 3))]
    assert [number for _, number, _ in tree(made) if number] == ["1", "2", "3"]


def test_rules_that_begin_with_what_to_do_are_clauses():
    """Where their title says that they are rules."""
    made = [heading("Rules of the belfry"), *(item(f"{n}. Take the rope in both hands. {BODY}") for n in (1, 2, 3))]
    assert [number for _, number, _ in tree(made) if number] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "made",
    [
        [heading("Ringing"), "The steps are:", *(item(f"{n}. {BODY}") for n in (1, 2, 3)), heading("Rest"), item(f"4. {BODY}")],
        [heading("Ringing"), *(item(f"{n}. Ring the bell.") for n in (1, 2, 3)), heading("Rest"), item("4. Sleep."), *[BODY] * 4],
        [bold("1 Bells", 1.2), *(item(f"{n}. {BODY}") for n in (1, 2)), bold("2 Ropes", 1.2), item(f"3. {BODY}")],
        [heading("Ringing"), *(part(f"{n} {BODY}", size=0.8) for n in (1, 2)), heading("Rest"), part(f"3 {BODY}", size=0.8)],
        [heading("Ringing"), *(item(f"{n}. a loud bell") for n in (1, 2, 3)), heading("Rest"), item("4. a soft bell")],
        [heading("Ringing the noon"), *(item(f"{n}. Take the rope.") for n in (1, 2, 3))],
        [heading("Ringing the noon"), *(item(f"{n}. Take the rope in both hands. {BODY}") for n in (1, 2, 3))],
        [heading("How to ring the noon"), *(item(f"{n}. {BODY}") for n in (1, 2, 3))],
        [heading(part) if part else item(work) for part, work in WORKS],
        [heading("Ringing"), "Whoever rings does so.", *(item(f"{n}. {BODY}") for n in (1, 2, 3))],
        [heading("Bells"), *[item(f"{n}. {BODY}") for n in (1, 2, 3)] * 3],
        [heading("Bells"), *(item(f"{n}. {BODY}") for n in (1, 2, 3)), heading("Ropes"), *(item(f"{n}. {BODY}") for n in (1, 2, 3))],
    ],
    ids=[
        "behind a colon", "a small part", "numbered headings", "notes", "no sentences", "short steps", "long steps", "how to", "works",
        "introduced", "more", "each anew",
    ],
)  # fmt: skip
def test_a_list_is_no_row_of_clauses(made):
    assert not any(number and "." not in number for _, number, words in tree(made) if not words)


def test_where_two_rows_might_go_on_none_is_counted():
    """Behind a list of three within paragraph 3, nobody can say whether 4 is the list's or the document's."""
    listed = [item(f"{ordinal}. {BODY}") for ordinal in (1, 2, 3)]
    made = [heading("Bells"), *(item(f"{ordinal}. {BODY}") for ordinal in (1, 2, 3)), *listed, heading("Ropes"), item(f"4. {BODY}")]
    assert [number for _, number, _ in tree(made) if number] == []
