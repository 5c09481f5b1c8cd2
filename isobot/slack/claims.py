"""The events that this replica works on: each its own while a lease runs, which it keeps alive and knows the end of."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from isobot.state.records import DoubtfulEvent, Lease

if TYPE_CHECKING:
    from isobot.state.events import Events


class Claims:
    """Thread-safe. Every method raises StateError when the state fails; an event is then let go of, and is in doubt when its lease ends.

    clock: seconds of the wall clock, which runs on while a laptop sleeps, as that of the leases does.
    """

    def __init__(self, events: Events, lease_seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._events = events
        self._lease = Lease(secrets.token_hex(16), lease_seconds)
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, float] = {}  # event_id → until when on the clock nobody else can have it

    def claim(self, event_id: str, *, channel: str, ts: str, thread: str, kind: str, envelope: Mapping[str, Any]) -> bool:
        """Take a new event, as `Events.claim` has it. False when it was taken before."""
        until = self._until()
        facts = {"channel": channel, "ts": ts, "thread": thread, "kind": kind}
        if not self._events.claim(event_id, **facts, lease=self._lease, envelope=dict(envelope)):
            return False
        self._hold(event_id, until)
        return True

    def take_over(self) -> tuple[DoubtfulEvent, ...]:
        """Take the events of replicas that fell silent."""
        until = self._until()
        taken = self._events.take_over(self._lease)
        for event in taken:
            self._hold(event.event_id, until)
        return taken

    def is_mine(self, event_id: str) -> bool:
        """Whether the event can be replied to: it waits for that, and the lease runs for a while yet or could be prolonged."""
        with self._lock:
            left = self._held.get(event_id, 0.0) - self._clock()
        if left > self._lease.seconds / 2:
            return self._events.is_open(event_id)
        until = self._until()
        mine = self._events.renew(event_id, self._lease)
        self._hold(event_id, until) if mine else self._forget(event_id)
        return mine

    def renew(self) -> None:
        """Prolong the leases of all events that are worked on; one that is let go of, or that was lost, is left to others."""
        with self._lock:
            held = tuple(self._held)
        until = self._until()
        mine = self._events.renew_all(held, self._lease)
        with self._lock:
            for event_id in held:
                if event_id in self._held:
                    self._held[event_id] = until if event_id in mine else 0.0

    def waits(self, event_id: str) -> bool:
        """Whether the event still waits for its reply, by whomever."""
        return self._events.is_open(event_id)

    def drop(self, channel: str, ts: str) -> bool:
        """Have nobody reply to a message that was deleted. False where it had its reply, or asked nothing."""
        return self._events.finish_message(channel, ts)

    def lose(self, event_id: str) -> None:
        """Work on an event no more that is done, or another replica's."""
        self._forget(event_id)

    def finish(self, event_id: str) -> None:
        """Note that the event had its reply."""
        self._forget(event_id)
        self._events.finish(event_id)

    def let_go(self, event_id: str, seconds: float) -> None:
        """Leave the event to whoever looks for it, after so many seconds."""
        self._forget(event_id)
        self._events.release(event_id, self._lease, seconds)

    def _until(self) -> float:
        """The end of a lease that begins now; asked before the state is, so that it is never later than the state's."""
        return self._clock() + self._lease.seconds

    def _hold(self, event_id: str, until: float) -> None:
        with self._lock:
            self._held[event_id] = until

    def _forget(self, event_id: str) -> None:
        with self._lock:
            self._held.pop(event_id, None)
