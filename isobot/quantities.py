"""Quantities that a sentence states: how much, of which unit, and whether at least or at most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indexer.analysis import QUESTION_WORDS, analyse


class Bound(Enum):
    """Which side of the value a quantity allows."""

    LEAST = "at least"
    MOST = "at most"
    PLAIN = "exactly, or unsaid"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. value: in the unit's base (minutes for a time, days for an interval, else as written).

    unit: what makes two quantities comparable: "time", "working time", "interval", "%", a currency's sign, or the stem of the word
    counted. start, end: characters of the sentence, end exclusive, of the number and its unit.
    """

    value: float
    unit: str
    bound: Bound
    start: int
    end: int

    @property
    def counts(self) -> bool:
        """Whether it counts something, and measures nothing."""
        return self.unit.isalpha() and self.unit not in ("time", "interval")


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43800, "quarter": 131400, "year": 525600}
_DAYS = {unit: minutes / 1440 for unit, minutes in _MINUTES.items()}
_ADVERBS = {
    "hourly": 1 / 24, "daily": 1, "weekly": 7, "fortnightly": 14, "monthly": _DAYS["month"], "quarterly": _DAYS["quarter"],
    "annually": _DAYS["year"], "yearly": _DAYS["year"],
}  # fmt: skip
_TIMES = {"once": 1, "twice": 2}
NUMBER = rf"(?:[1-9]\d{{0,2}}(?:[,\u0020\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?i:{'|'.join(_WORDS)}))"
"""A number in figures, in threes or not, or in words, as a pattern."""
_NUMBER = rf"(?P<number>{NUMBER})"
_TIME = rf"(?i:(?P<working>(?:working|business)[\s-])?(?:calendar[\s-])?(?P<time>{'|'.join(_MINUTES)})s?)\b"
# What is counted begins with a small letter: "20 FIPS 140-2" is a footnote, and "15 March" a day.
_QUANTITY = re.compile(
    rf"(?<![\w.,/:§-])(?P<currency>[£€$]\s?)?{_NUMBER}"
    rf"(?:\s?(?P<percent>%|(?i:per\s?cent|percent)\b)|[\s-](?:{_TIME}|(?P<counted>[a-z]{{3,}})\b(?!:))|(?![\w.,:/-]))"
)
_EVERY = re.compile(rf"\b(?:every|each)\s+(?:{_NUMBER}\s+)?(?P<time>{'|'.join(_MINUTES)})s?\b", re.IGNORECASE)
_A_YEAR = re.compile(rf"\b(?P<times>once|twice)\s+(?:an?|per|each|every)\s+(?:calendar\s+)?(?P<time>{'|'.join(_MINUTES)})\b", re.IGNORECASE)
_ADVERB = re.compile(rf"\b(?P<adverb>{'|'.join(_ADVERBS)})\b", re.IGNORECASE)
_LEAST = re.compile(
    r"\b(?:at least|minimum|(?:no|not) (?:less|fewer|earlier) than|(?<!no )(?<!not )more than|or more)\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:at most|maximum|(?:no|not) (?:more|later|longer) than|up to|within|(?<!no )(?<!not )(?:less|fewer) than|or less)\b",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:zone|level|tier|section|clause|version|class|step|table|annex|appendix|figure|priority|severity|part|control|phase|article|"
    r"paragraph|page|room|building|category|type|chapter|item|line|number|no|iso|nist|tls|ipv|sha|aes)\.?\s*$",
    re.IGNORECASE,
)
_NEAR, _AFTER = 30, 8  # characters before and after a number in which its bound stands
LONGEST = 2000  # characters of a sentence that are looked at


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; none overlap. A number without a unit, and that of a section or a level, is none."""
    text = sentence[:LONGEST]
    found = [*_intervals(text), *_amounts(text)]
    kept: list[Quantity] = []
    for one in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def number(written: str) -> float:
    """The value of what NUMBER matches."""
    return float(_WORDS[written.lower()]) if written.lower() in _WORDS else float(re.sub(r"[,\s]", "", written))


def _intervals(text: str) -> list[Quantity]:
    found = [
        _quantity(text, match, (number(match["number"]) if match["number"] else 1) * _DAYS[match["time"].lower()], "interval")
        for match in _EVERY.finditer(text)
    ]
    for match in _A_YEAR.finditer(text):
        found.append(_quantity(text, match, _DAYS[match["time"].lower()] / _TIMES[match["times"].lower()], "interval"))
    return found + [_quantity(text, match, _ADVERBS[match["adverb"].lower()], "interval") for match in _ADVERB.finditer(text)]


def _amounts(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        value = number(match["number"])
        if match["currency"]:
            found.append(_quantity(text, match, value, match["currency"].strip(), match.end("number")))
        elif match["percent"]:
            found.append(_quantity(text, match, value, "%"))
        elif match["time"]:
            found.append(_quantity(text, match, value * _MINUTES[match["time"].lower()], "working time" if match["working"] else "time"))
        elif match["counted"] and match["counted"] not in QUESTION_WORDS and not _LABELS.search(text, 0, match.start()):
            found.append(_quantity(text, match, value, analyse(match["counted"])[0]))
    return found


def _quantity(text: str, match: re.Match[str], value: float, unit: str, end: int | None = None) -> Quantity:
    end = match.end() if end is None else end
    before = re.split(r"\d", text[max(0, match.start() - _NEAR) : match.start()])[-1]
    near = f"{before}|{text[end : end + _AFTER]}"
    least, most = _last(_LEAST, near), _last(_MOST, near)
    bound = Bound.PLAIN if least == most else Bound.LEAST if least > most else Bound.MOST
    return Quantity(round(value, 6), unit, bound, match.start(), end)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)

