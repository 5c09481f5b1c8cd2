"""What kind of thing a question asks for: a figure, a person."""

from __future__ import annotations

import re

_AMOUNT = r"\bhow\s+(?:\w+\s+)?(?:long|many|much|often|soon|quick|quickly|fast|old|big|large|far|frequently|late|early)\b"
_ASKS = re.compile(rf"{_AMOUNT}|\bwhen\b|\bdeadlines?\b|\b(?:max|min)(?:imum)?\b|\blimits?\b", re.IGNORECASE)
_OPENING = r"(?:^\W*|[.?!,;:]\s+|\b(?:and|so|but|hi|hey|to|from|by|with|know)\s+)"  # a "who" or "when" elsewhere may be no question word
_AMOUNT_OR_TIME = re.compile(rf"{_AMOUNT}|{_OPENING}when\b", re.IGNORECASE)
_INTERVAL = re.compile(r"\bhow\s+(?:often|frequently|regularly)\b", re.IGNORECASE)
_PERSON = re.compile(rf"{_OPENING}who(?:m|se)?\b", re.IGNORECASE)


def asks_figure(question: str) -> bool:
    """Whether it asks how long, how many, how often or when."""
    return _ASKS.search(question) is not None


def same_kind(one: str, other: str) -> bool:
    """Whether what answers one question can answer the other: a deadline does not say who, nor how often."""
    return all((kind.search(one) is None) == (kind.search(other) is None) for kind in (_AMOUNT_OR_TIME, _INTERVAL, _PERSON))
