"""Powers: raised figures right behind a figure, which would read as one number with it."""

from __future__ import annotations

import re

POWER = re.compile(r"[-−–+]?\d{1,4}")
FRACTION = re.compile(r"\s*[/⁄]")


def mark_before(before: str, raised: str, behind: str = "") -> str:
    """What parts raised words from those before them: "^" of "10" and "6", a space of "2" and the "1" of "1/2", else nothing."""
    if not before[-1:].isdigit() or not POWER.fullmatch(raised.strip()):
        return ""
    return " " if FRACTION.match(behind) else "^"
