"""Figures as a workbook shows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.number_formats import duration, figure


@pytest.mark.parametrize(
    ("value", "format", "shown"),
    [
        (40, '"£"#,##0.00', "£40.00"),
        (1234.5, '#,##0.00 "€"', "1,234.50 €"),
        (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (-5, "$#,##0", "$-5"),
        (-5, '0.0;"minus "0.0', "minus 5.0"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (0.285, "0.00", "0.29"),
        (12, '0" days"', "12 days"),
        (12, "General", "12"),
        (2.5, "General", "2.5"),
        (0.1 + 0.2, "", "0.3"),
        (12345, "0.00E+00", "12345"),
        (0, "#", "0"),
        (5, '0.0"%"', "5.0%"),
        (12345678901.5, "0." + "0" * 20, "12345678901.5" + "0" * 19),
    ],
)
def test_a_figure_keeps_its_currency_unit_and_decimals(value, format, shown):
    """A format of another kind leaves the plain figure."""
    assert figure(value, format) == shown


@pytest.mark.parametrize(
    ("value", "format", "shown"),
    [
        (timedelta(days=1), '[h]" hours"', "24 hours"),
        (timedelta(hours=36), "[hh]:mm:ss", "36:00:00"),
        (timedelta(minutes=90), '[m]" min"', "90 min"),
        (timedelta(days=1), "General", "24:00:00"),
        (-timedelta(hours=2), "[h]:mm", "-2:00"),
        (timedelta(hours=30), "[Red][h]:mm;@", "30:00"),
        (timedelta(hours=30), "[$-F400][h]:mm:ss.0", "30:00:00"),
    ],
)
def test_a_duration_is_counted_in_the_units_of_its_format(value, format, shown):
    """Never in days that the sheet does not show."""
    assert duration(value, format) == shown


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(), st.text(alphabet='#0?,.%;"\\[]$€ _*-@E+hms'))
def test_any_format_gives_words(value, format):
    """Whatever an author typed as a format."""
    assert figure(value, format) is not None
    assert isinstance(duration(timedelta(hours=3), format), str)
