"""What kind of thing a question asks for: a figure, a person."""

from __future__ import annotations

import re

_AMOUNT = r"\bhow\s+(?:\w+\s+)?(?:long|many|much|often|soon|quick|quickly|fast|old|big|large|far|frequently|late|early)\b"
_ASKS = re.compile(rf"{_AMOUNT}|\bwhen\b|\bdeadlines?\b|\b(?:max|min)(?:imum)?\b|\blimits?\b", re.IGNORECASE)
_OPENING = r"(?:^\W*|[.?!,;:]\s+|\b(?:and|so|but|hi|hey|to|from|by|with|know)\s+)"  # a "who" or "when" elsewhere may be no question word
_AMOUNT_OR_TIME = re.compile(rf"{_AMOUNT}|{_OPENING}when\b", re.IGNORECASE)
_INTERVAL = re.compile(r"\bhow\s+(?:often|frequently|regularly)\b", re.IGNORECASE)
_PERSON = re.compile(rf"{_OPENING}who(?:m|se)?\b", re.IGNORECASE)
_KINDS = {"amount or time": _AMOUNT_OR_TIME, "interval": _INTERVAL, "person": _PERSON}


def asks_figure(question: str) -> bool:
    """Whether it asks how long, how many, how often or when."""
    return _ASKS.search(question) is not None


def kinds(question: str) -> frozenset[str]:
    """What it asks for, of an amount or a time, an interval and a person: what answers one of them does not answer another."""
    return frozenset(name for name, pattern in _KINDS.items() if pattern.search(question))
