"""Whose equipment a text speaks of."""

from __future__ import annotations

import pytest

from isobot.ownership import are_opposed, owners


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("may i read mail on my own phone", {"self"}),
        ("Personal mobile devices are registered.", {"self"}),
        ("the company's new laptop", {"employer"}),
        ("A company-owned device is encrypted.", {"employer"}),
        ("read work e-mail on my own ipad", {"self"}),
        ("private or managed phones", {"self", "employer"}),
        ("can i work on a laptop", set()),
        ("private things and my work", set()),
        ("on my own", set()),
        ("only the organisation's own laptops", {"employer"}),
        ("our own computers", {"employer"}),
        ("batteries of personal computers", set()),
        ("my personal computer", {"self"}),
        ("a non-company device", set()),
        ("i work with phones", set()),
        ("in business hours phones are answered", set()),
    ],
)
def test_owners_are_told_by_what_stands_before_the_thing(text, whose):
    assert owners(text) == whose


def test_opposed_are_ones_own_and_the_employers_alone():
    assert are_opposed("my own laptop", "a managed laptop") and are_opposed("work phone", "private phone")
    assert not are_opposed("my own laptop", "the laptop") and not are_opposed("my own laptop", "private or work laptops")
