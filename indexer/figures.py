"""Texts that state a figure: a number, a date or an interval."""

from __future__ import annotations

import re

NUMBERS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen"
)
"""Numbers in words, as alternatives of a pattern; not "one", which is mostly a pronoun."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(
    rf"\b(?:{NUMBERS}|once|twice|immediately|without delay"
    r"|hourly|daily|weekly|fortnightly|monthly|quarterly|(?:semi-|bi-?)?annual(?:ly)?|yearly|minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def states_figure(text: str) -> bool:
    """Whether it states a number or an interval."""
    return _DIGIT.search(text) is not None or _WORD.search(text) is not None
