"""The one clock that every rule about dates reads."""

from __future__ import annotations

import os
from datetime import date

from corpus.errors import SettingsError

TODAY_VARIABLE = "ISOBOT_TODAY"


def today() -> date:
    """Today's date, or the one that ISOBOT_TODAY sets (YYYY-MM-DD). Raises SettingsError when that is no date."""
    given = os.environ.get(TODAY_VARIABLE)
    if not given:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise SettingsError(f"{TODAY_VARIABLE} is {given!r}, which is no date. Write it as YYYY-MM-DD, or unset it.") from None
