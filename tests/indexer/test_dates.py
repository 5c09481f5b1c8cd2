"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.dates import date_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("2027/3/1", date(2027, 3, 1)),
        ("2027-03-01T09:00:00Z", date(2027, 3, 1)),
        ("1 March 2027", date(2027, 3, 1)),
        ("1st of March, 2027", date(2027, 3, 1)),
        ("Mon 1 Mar 2027", date(2027, 3, 1)),
        ("March 1st, 2027", date(2027, 3, 1)),
        ("01-Mar-27", date(2027, 3, 1)),
        ("01/03/2027", date(2027, 3, 1)),
        ("1.3.2027", date(2027, 3, 1)),
        ("03/25/2027", date(2027, 3, 25)),
        ("1 Sept. 2027", date(2027, 9, 1)),
        ("1 March 2027 (annually)", date(2027, 3, 1)),
        ("March 2027 or earlier if the law changes", date(2027, 3, 1)),
        ("29 February 2028", date(2028, 2, 29)),
        ("29 February 2027", None),
        ("31/31/2027", None),
        ("within 12 months", None),
        ("2.1", None),
        ("", None),
    ],
)
def test_a_date_is_read_day_first(text, expected):
    """Every usual form is read, the day first unless it cannot be; anything else is no date."""
    assert date_in(text) == expected


def test_a_month_alone_is_its_first_or_its_last_day():
    """A review due in February is due by its end, a policy in force from February from its start."""
    assert date_in("February 2028", month_ends=True) == date(2028, 2, 29)
    assert date_in("February 2028") == date(2028, 2, 1)
    assert date_in("2027-04", month_ends=True) == date(2027, 4, 30)
