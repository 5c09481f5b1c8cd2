"""Questions that ask for a figure, and texts that state one."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\bhow\s+(?:\w+\s+)?(?:long|many|much|often|soon|quick|quickly|fast|old|big|large|far|frequently|late|early)\b"
    r"|\bwhen\b|\bdeadlines?\b|\b(?:max|min)(?:imum)?\b|\blimits?\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|once|twice|immediately|without delay"
    r"|hourly|daily|weekly|fortnightly|monthly|quarterly|(?:semi-|bi-?)?annual(?:ly)?|yearly|minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def asks_figure(question: str) -> bool:
    """Whether it asks how long, how many, how often or when."""
    return _ASKS.search(question) is not None


def states_figure(text: str) -> bool:
    """Whether it states a number or an interval."""
    return _STATES.search(text) is not None
