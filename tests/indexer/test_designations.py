"""A document's series and number are read from its title and its first page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.text import CanonicalText, Page
from indexer.designations import designations, initials
from tests.indexer.readings import reading


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("NIST SP 800-61 Revision 2, Incident Handling Guide", ("NIST SP 800-61",)),
        ("FIPS 200, Minimum Security Requirements", ("FIPS 200",)),
        ("Planning Procedure, Directive # CIO 2150.3-P-12.2", ("Directive # CIO 2150.3-P-12.2",)),
        ("Privacy: Directive CIO-2150-P-22.1", ("Directive CIO 2150-P-22.1",)),
        ("Security Awareness 2026", ()),
        ("ISO 27001, Information Security Policy", ()),  # whose rules it follows
        ("NIST SP 800-53, Access Control Policy", ()),
        ("Handbook, Version 12", ()),
        ("Guide to SP 800-61", ()),  # about it
    ],
)
def test_a_part_of_a_title_that_is_series_and_number_is_a_designation(title, found):
    """Without the revision behind it; neither years nor versions are numbers of a series."""
    assert designations(title, reading(["Somebody wrote this."])) == found


def test_a_line_of_the_first_page_that_is_nothing_else_is_one():
    """A mention in a sentence is not, and the second page is not looked at."""
    made = reading(["NIST Special Publication 800-92", "It replaces SP 800-91.", "March 2006", "MD 20899-8930", "RFC 2196"])
    second = made.text.characters.index("RFC 2196")
    text = CanonicalText(made.text.characters, (Page(1, 0, second, None), Page(2, second, len(made.text.characters), None)))
    assert designations("Log Management", replace(made, text=text)) == ("NIST Special Publication 800-92",)


def test_a_long_line_of_capitals_is_decided_at_once():
    """Words are parted by spaces alone."""
    assert designations("A" * 100_000, reading(["AB " * 30, "Ab" * 40_000])) == ()


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Acceptable Use Policy", "AUP"),
        ("Backup and Recovery Standard", "BRS"),
        ("Joiners, Movers and Leavers Procedure", "JMLP"),
        ("Privacy Policy", None),  # two letters are many things
        ("Password Creation Advice for Staff", None),  # no kind of document is said by its initials
        ("NIST Log Management Guide", None),
        ("Guide to Storm Proof Nets", None),
        ("A Very Long Title of Some Other Policy", None),
    ],
)
def test_titles_of_policies_and_plans_have_initials(title, short):
    """Small words have no letter in them."""
    assert initials(title) == short
