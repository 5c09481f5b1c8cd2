"""Questions that ask for a figure."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\bhow\s+(?:\w+\s+)?(?:long|many|much|often|soon|quick|quickly|fast|old|big|large|far|frequently|late|early)\b"
    r"|\bwhen\b|\bdeadlines?\b|\b(?:max|min)(?:imum)?\b|\blimits?\b",
    re.IGNORECASE,
)


def asks_figure(question: str) -> bool:
    """Whether it asks how long, how many, how often or when."""
    return _ASKS.search(question) is not None
