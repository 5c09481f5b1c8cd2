"""What kind of thing a question asks for: a figure, a person, a prohibition."""

from __future__ import annotations

import re

_AMOUNT = r"\bhow\s+(?:\w+\s+)?(?:long|many|much|often|soon|quick|quickly|fast|old|big|large|far|frequently|late|early)\b"
_ASKS = re.compile(rf"{_AMOUNT}|\bwhen\b|\bdeadlines?\b|\b(?:max|min)(?:imum)?\b|\blimits?\b", re.IGNORECASE)
_OPENING = r"(?:^\W*|[.?!,;:]\s+|\b(?:and|so|but|hi|hey|to|from|by|with|know)\s+)"  # a "who" or "when" elsewhere may be no question word
_AMOUNT_OR_TIME = re.compile(rf"{_AMOUNT}|{_OPENING}when\b", re.IGNORECASE)
_INTERVAL = re.compile(r"\bhow\s+(?:often|frequently|regularly)\b", re.IGNORECASE)
_PERSON = re.compile(rf"{_OPENING}who(?:m|se)?\b", re.IGNORECASE)
_KINDS = {"amount or time": _AMOUNT_OR_TIME, "interval": _INTERVAL, "person": _PERSON}

_MODAL = r"(?:must|may|should|shall|can|could|do)"
_BANNED = r"(?:prohibited|forbidden|banned|unacceptable|not\s+(?:be\s+)?(?:allowed|permitted|acceptable))"
_ON = r"(?:(?!\b(?:if|when|unless|because|who|that)\b)[^.?!])*?"  # behind such a word stands a condition
_ASKS_PROHIBITION = re.compile(
    rf"^\W*(?:what|which)\b{_ON}\b(?:{_MODAL}(?:\s+\w+){{0,2}}?\s+(?:not|never)|{_MODAL}n['’]?t|{_BANNED})\b", re.IGNORECASE
)
_PROHIBITS = re.compile(
    rf"\b(?:must|may|should|shall|can|do)\s*(?:not|never)\b|\bnever\b|\b{_BANNED}\b|\bno\b[^.;:]{{1,80}}\b(?:may|allowed|permitted|accepted)\b",
    re.IGNORECASE,
)


def asks_prohibition(question: str) -> bool:
    """Whether it asks for what one must not do: "what must never be in a log", "which data is not allowed"."""
    return _ASKS_PROHIBITION.search(question) is not None


def prohibits(text: str) -> bool:
    """Whether it forbids something."""
    return _PROHIBITS.search(text) is not None


def asks_figure(question: str) -> bool:
    """Whether it asks how long, how many, how often or when."""
    return _ASKS.search(question) is not None


def kinds(question: str) -> frozenset[str]:
    """What it asks for, of an amount or a time, an interval and a person: what answers one of them does not answer another."""
    return frozenset(name for name, pattern in _KINDS.items() if pattern.search(question))
