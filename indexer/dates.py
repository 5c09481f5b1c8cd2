"""Dates in the forms that people write into documents, in English, German and French."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
GERMAN = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember")
FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WORD = r"(?P<word>[^\W\d_]{3,9})\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        WEEKDAY + rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of)?[ -]{WORD},?[ -](?P<year>\d{{4}}|\d{{2}})",
        WEEKDAY + rf"{WORD} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"{WORD},?[ -](?P<year>\d{{4}})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
    )
)
REMARK = re.compile(r"\s*[(\[].*[)\]]\s*\Z|(?<=\d),? (?:or|and) (?:earlier|sooner|before|whenever|when|if|as|after)\b.*\Z", re.IGNORECASE)


IN_FIGURES = re.compile(r"(?<![\w/-])(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?:\d{4}|\d{2})(?![\w/-])")

_NAMES = f"(?:{'|'.join(FULL_MONTHS)})"
WRITTEN = re.compile(rf"\b(?P<month>{_NAMES} \d{{1,2}}, \d{{4}})|\b\d{{1,2}}(?:st|nd|rd|th)? {_NAMES} \d{{4}}", re.IGNORECASE)


def date_in(text: str, month_ends: bool = False, month_first: bool = False) -> date | None:
    """The date that `text` states and nothing else, or None. "01/03/2027" is the first of March, and with `month_first` the third of
    January; the other way round only where a number cannot be a month.

    month_ends: whether a month without a day ("March 2027") means its last day (a review falls due) or its first.
    A remark behind the date, in brackets or as "or earlier if …", is passed over.
    """
    words = " ".join(REMARK.sub("", text).lower().rstrip(".").split())
    for form in FORMS:
        found = form.fullmatch(words)
        if found and (day := _date(found.groupdict(), month_ends, month_first and form.pattern == FORMS[1].pattern)):
            return day
    return None


def is_ambiguous(text: str) -> bool:
    """Whether a date is in figures either of which may be the month: "03/04/2027"."""
    found = IN_FIGURES.fullmatch(REMARK.sub("", text).strip())
    return found is not None and max(int(found["first"]), int(found["second"])) <= 12 and found["first"] != found["second"]


def month_comes_first(text: str) -> bool | None:
    """Whether the dates in figures of a text have the month first, as "12/31/2027" tells, or else "May 4, 2026"; None where none tells,
    or some differ."""
    told = {int(found["second"]) > 12 for found in IN_FIGURES.finditer(text) if (int(found["first"]) > 12) != (int(found["second"]) > 12)}
    told = told or {found["month"] is not None for found in WRITTEN.finditer(text)}
    return told.pop() if len(told) == 1 else None


def _date(parts: dict[str, str | None], month_ends: bool, month_first: bool) -> date | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    month = _month(parts["word"] or "") if "word" in parts else int(parts["month"] or 0)
    if not month:
        return None
    day = int(parts.get("day") or 0)
    if not day and 1 <= month <= 12 and year:
        day = monthrange(year, month)[1] if month_ends else 1
    orders = ((month, day), (day, month) if "word" not in parts else (month, day))
    for ordered in reversed(orders) if month_first else orders:
        try:
            return date(year, *ordered)
        except ValueError:
            continue
    return None


def _month(word: str) -> int:
    """1 to 12 for a month's name or its first three or four letters, else 0."""
    for number, (short, full, *others) in enumerate(zip(MONTHS, FULL_MONTHS, GERMAN, FRENCH, strict=True), start=1):
        if word in (short, full, *others) or (len(word) == 4 and full.startswith(word)):
            return number
    return 0
