"""A moment of every week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Weekly:
    """day: Monday 0. hour, minute: UTC."""

    day: int
    hour: int
    minute: int

    @classmethod
    def of(cls, words: str) -> Self:
        """From "mon 09:00". Raises ValueError for anything else."""
        day, _, clock = words.strip().casefold().partition(" ")
        hour, _, minute = clock.strip().partition(":")
        numbers = all(part.isascii() and part.isdecimal() for part in (hour, minute))
        if day not in DAYS or not numbers or int(hour) > 23 or int(minute) > 59:
            raise ValueError('must be a day and a time in UTC, as in "mon 09:00"')
        return cls(DAYS.index(day), int(hour), int(minute))

    def before(self, now: datetime) -> datetime:
        """The last such moment up to `now`."""
        slot = now.astimezone(UTC).replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        slot -= timedelta(days=(slot.weekday() - self.day) % 7)
        return slot if slot <= now else slot - timedelta(days=7)
