"""How many questions one person, and all of a workspace together, may ask within a minute."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Busy:
    """Why a question is not taken: `key` names the sentence in the catalogue. seconds: whole ones, from when on it would be."""

    key: str
    number: int
    seconds: int


class Allowance:
    """Counts within any minute; a question that is not taken counts for nothing. Thread-safe. Each bot on a state counts by itself."""

    def __init__(self, person: int, workspace: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._person, self._workspace = person, workspace
        self._clock = clock
        self._lock = threading.Lock()
        self._all: deque[float] = deque()
        self._each: dict[str, deque[float]] = {}

    def take(self, user: str) -> Busy | None:
        """Count a question of somebody's, or say why it is not taken."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            theirs = self._each.get(user, deque[float]())
            if len(theirs) >= self._person:
                return Busy("ask.too_many", self._person, left(theirs[0], now))
            if len(self._all) >= self._workspace:
                return Busy("ask.all_ask", self._workspace, left(self._all[0], now))
            self._all.append(now)
            self._each.setdefault(user, deque()).append(now)
            return None

    def _forget(self, now: float) -> None:
        while self._all and now - self._all[0] >= MINUTE:
            self._all.popleft()
        for user in [user for user, asked in self._each.items() if now - asked[-1] >= MINUTE]:
            del self._each[user]
        for asked in self._each.values():
            while now - asked[0] >= MINUTE:
                asked.popleft()


def left(oldest: float, now: float) -> int:
    return max(1, math.ceil(oldest + MINUTE - now))
