"""A line that stands alone above a paragraph, as headings do, and is an address, a marking, a notice or a name, heads no clause."""

from __future__ import annotations

import pytest

from indexer.outline import outline
from tests.indexer.readings import Part, bold, reading

BODY = "Everybody who works for the company follows this rule at all times and in every place."
STRAY = [
    "LEEDS LS1 1AA", "MOORINGS LIMITED, 3 QUAY LANE, LEEDS LS1 1AA", "ALBANY, NY 12203", "3 QUAY LANE", "PO BOX 12",
    "HARBOUR@MOORINGS.EXAMPLE", "THIS PAGE INTENTIONALLY LEFT BLANK", "END OF DOCUMENT", "OFFICIAL", "STRICTLY CONFIDENTIAL",
    "FOR INTERNAL USE ONLY", "TLP:AMBER", "UNCONTROLLED WHEN PRINTED",
    "Important", "NOTE!", "Did you know?",
]  # fmt: skip


def headings(*parts: Part | str) -> list[str]:
    return [clause.heading for clause in outline(reading(parts))]


@pytest.mark.parametrize("words", STRAY)
def test_a_stray_line_heads_nothing(words):
    """Neither in the text's own type nor in bold, beside headings that stand so."""
    for stray in (words, bold(words)):
        assert headings(bold("MOORING"), BODY, stray, BODY, bold("LEAVING"), BODY) == ["MOORING", "LEAVING"]
    assert headings("MOORING", BODY, words, BODY, "LEAVING", BODY) == ["MOORING", "LEAVING"]


def test_who_signs_heads_nothing():
    """A name in capitals below "Signed" is none of a clause; elsewhere such words are."""
    assert headings("MOORING", BODY, "Signed on behalf of the harbour:", "ADA QUAYLE", BODY) == ["MOORING"]
    for signed in (("____________________", "ADA QUAYLE"), ("ADA QUAYLE", "By: ________________")):
        assert headings("MOORING", BODY, *signed, BODY) == ["MOORING"]
    assert headings("MOORING", BODY, "WINTER STORAGE", BODY) == ["MOORING", "WINTER STORAGE"]
    assert headings("SIGNED PAPERS", BODY, "WINTER STORAGE", BODY) == ["SIGNED PAPERS", "WINTER STORAGE"]


def test_levels_of_a_classification_are_headings():
    """Where several markings stand alone each heads what it means, and words that only resemble one always do."""
    assert headings("LEVELS", BODY, "PUBLIC", BODY, "CONFIDENTIAL", BODY) == ["LEVELS", "PUBLIC", "CONFIDENTIAL"]
    likenesses = ["PRIVATE USE", "CONFIDENTIAL INFORMATION", "END OF EMPLOYMENT", "ROAD SAFETY", "FIRE DRIVE"]
    assert headings(*(part for words in likenesses for part in (words, BODY))) == likenesses
