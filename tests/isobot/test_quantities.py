"""Quantities in sentences, with units that can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isobot.quantities import Bound, quantities


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It locks itself after 5 minutes.", [(5, "time", Bound.PLAIN)]),
        ("It locks itself after ten minutes.", [(10, "time", Bound.PLAIN)]),
        ("Passwords have at least 14 characters.", [(14, "charact", Bound.LEAST)]),
        ("No more than five attempts, and no less than two people.", [(5, "attempt", Bound.MOST), (2, "peopl", Bound.LEAST)]),
        ("Report it within 1 hour, at most 3 working days later.", [(60, "time", Bound.MOST), (4320, "working time", Bound.MOST)]),
        ("Reviewed every six months.", [(182.5, "interval", Bound.PLAIN)]),
        ("Reviewed twice a year, and cleaned weekly.", [(182.5, "interval", Bound.PLAIN), (7, "interval", Bound.PLAIN)]),
        ("Gifts up to £1,500 and 30 % of it.", [(1500, "£", Bound.MOST), (30, "%", Bound.PLAIN)]),
        ("Kept for 1 000 days, or 12\u202f500 hours.", [(1440000, "time", Bound.PLAIN), (750000, "time", Bound.PLAIN)]),
        ("A 30-day period.", [(43200, "time", Bound.PLAIN)]),
    ],
)
def test_a_quantity_has_a_value_in_the_base_of_its_unit_and_a_bound(sentence, expected):
    """Minutes for times, days for intervals, a stem for what is counted."""
    assert [(one.value, one.unit, one.bound) for one in quantities(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "In zone 4 visitors wait.",
        "As section 3.2 says.",
        "TLS 1.2 only.",
        "On 15 March 2027.",
        "2026-01-31",
        "+44 113 496 0142",
        "20 FIPS 140-2, Security Requirements.",
        "18 http://files.example.org/a.pdf",
        "Version 2.1",
    ],
)
def test_numbers_that_only_name_something_are_no_quantities(sentence):
    """Sections, levels, versions, days, telephones and footnotes."""
    assert quantities(sentence) == ()


@given(st.text(max_size=300))
def test_quantities_stand_in_order_inside_the_sentence_and_never_overlap(sentence):
    """Whatever the sentence."""
    at = 0
    for one in quantities(sentence):
        assert at <= one.start < one.end <= len(sentence)
        at = one.end
