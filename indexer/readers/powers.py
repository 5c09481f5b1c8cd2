"""Powers: raised figures right behind a figure, which would read as one number with it."""

from __future__ import annotations

import re

POWER = re.compile(r"[-−–+]?\d{1,4}")
LONG = re.compile(r"\d{4}\Z")  # figures, which few powers have for a base
FRACTION = re.compile(r"\s*[/⁄]")


def mark_before(before: str, raised: str, behind: str = "") -> str:
    """What parts raised words from those before them: "^" of "10" and "6", a space of "2" and the "1" of "1/2" and of a year or another
    long figure and its note, else nothing."""
    if not before[-1:].isdigit() or not POWER.fullmatch(raised.strip()):
        return ""
    return " " if FRACTION.match(behind) or LONG.search(before) else "^"
