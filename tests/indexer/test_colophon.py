"""A line that says which version a document is, and from when on, needs no names for it."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.colophon import colophon
from indexer.metadata import describe, document_from
from indexer.outline import outline
from tests.indexer.readings import Part, bold, reading

BODY = "Ladders lean at four to one, and nobody climbs them in a storm."


def described(*lines: Part | str):
    return document_from("rules.txt", "0" * 64, reading(["Ladder Rules", *lines, BODY]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Version 1.4, 3 May 2026", {"version": "1.4"}),
        ("Version 2.0 – approved 12 March 2026", {"version": "2.0"}),
        ("v3 (January 2026)", {"version": "3"}),
        ("V1.2 May 2026", {"version": "1.2"}),
        ("Version 3.1 vom 12.03.2026", {"version": "3.1"}),
        ("Version 2.0 du 12 mars 2026", {"version": "2.0"}),
        ("Version 2.0 Approved by Council 12 March 2026", {"version": "2.0", "approved by": "Council"}),
        ("Version 2.1 (approved 12 March 2026, next review March 2027)", {"version": "2.1", "next review": "March 2027"}),
        ("Approved by the Council on March 12, 2026", {"approved by": "Council"}),
        ("Adopted by the Council on 12 March 2026. Review due: 12 March 2028.", {"approved by": "Council", "next review": "12 March 2028"}),
        ("Reviewed annually; next review 1 March 2027", {"next review": "1 March 2027"}),
        ("Issued: 3 May 2026 Review: 3 May 2027", {"next review": "3 May 2027"}),
        ("Valid from 2026-06-01 until 2027-05-31", {"effective from": "2026-06-01", "valid until": "2027-05-31"}),
        ("Effective from 1st June 2026", {"effective from": "1st June 2026"}),
        (
            "This policy is effective from 1 June 2026 and will be reviewed by 1 June 2027.",
            {"effective from": "1 June 2026", "next review": "1 June 2027"},
        ),
    ],
)
def test_a_line_says_what_the_document_is(line, said):
    assert dict(colophon(line)) == said


@pytest.mark.parametrize(
    "line",
    [
        "Version 2 applies to all", "Review: 3 May 2026", "Approved by the Council", "May 2026", "Purpose, May 2026 and later",
        "This policy replaces the policy that is effective from 1 June 2020.", "Approved titles, March 2026",
        "The council met on 12 March 2026", "This policy is reviewed every year.", "", "-",
    ],
)  # fmt: skip
def test_other_lines_say_nothing(line):
    """Nor does a review alone, which may be the last, or an approval without a day."""
    assert colophon(line) == ()


def test_the_document_is_what_its_colophon_says():
    """A line of it is no heading, and labels outweigh it."""
    parts = [bold("Version 1.4, 3 May 2026"), "Next review due March 2027", bold("Leaning"), BODY]
    found = described(*parts)
    assert (found.version, found.review_by) == ("1.4", date(2027, 3, 31))
    assert [clause.heading for clause in outline(reading([bold("Ladder Rules", 1.5), *parts]))] == ["Ladder Rules", "Leaning"]
    assert described("Version 1.4, 3 May 2026", "Document version: 2").version == "2"


def test_several_versions_are_a_history():
    """Which of them is meant is not said, and each heads what changed."""
    changes = [bold("Version 1.0, May 2025"), BODY, bold("Version 1.1, May 2026"), BODY]
    assert described(*changes).version is None
    assert [clause.heading for clause in outline(reading([bold("Ladder Rules", 1.5), *changes]))][1:] == [
        "Version 1.0, May 2025", "Version 1.1, May 2026",
    ]  # fmt: skip


def test_names_and_values_may_take_turns():
    """A line each, two pairs or more; one name alone may be the heading of a section."""
    lines = ["Policy number", "HR-112", "Document owner", "Roof Warden", "Version", "1.4", "Review date", "3 May 2027"]
    found = described(*lines)
    assert (found.reference, found.owner, found.version, found.review_by) == ("HR-112", "Roof Warden", "1.4", date(2027, 5, 3))
    assert not any(clause.number for clause in outline(reading(["Ladder Rules", *lines, BODY])))
    assert described("Document owner", "Roof Warden", "Leaning", BODY).owner is None


def test_words_that_are_explained_in_turns_state_no_fact():
    """A list of roles or terms has such lines too, and neither a version nor a day among them."""
    found = described("Owner", "The person who keeps a ladder", "Approver", "The person who signs", "Version", "A number")
    assert (found.owner, found.approved_by, found.version) == (None, None, None)


def test_a_day_in_figures_that_may_be_another_is_told():
    """Unless another date of the document tells which figure is the month, or the two are alike."""
    found, warnings = describe("rules.txt", "0" * 64, reading(["Review date: 03/04/2027", BODY]))
    assert found.review_by == date(2027, 4, 3)
    assert "03/04/2027" in warnings[0]
    for issued, day in (("05/25/2026", date(2027, 3, 4)), ("25/05/2026", date(2027, 4, 3))):
        found, warnings = describe("rules.txt", "0" * 64, reading(["Review date: 03/04/2027", f"Issued: {issued}", BODY]))
        assert (found.review_by, warnings) == (day, ())
    assert describe("rules.txt", "0" * 64, reading(["Review date: 04/04/2027", BODY]))[1] == ()
    found, warnings = describe("rules.txt", "0" * 64, reading(["Review date: 03/04/2027", "Issued: May 4, 2026", BODY]))
    assert (found.review_by, warnings) == (date(2027, 3, 4), ())
