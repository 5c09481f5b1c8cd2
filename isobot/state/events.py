"""The events that came in: claimed once, worked on under a lease, and done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from isobot.state.database import reading, writing
from isobot.state.moments import stamp
from isobot.state.records import DoubtfulEvent, Lease
from isobot.state.schema import events


class Events:
    """Thread-safe; every method raises StateError when it fails. now: what stamps the rows, in UTC."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def claim(
        self,
        event_id: str,
        *,
        channel: str,
        ts: str,
        kind: str,
        thread: str = "",
        lease: Lease | None = None,
        envelope: dict[str, Any] | None = None,
    ) -> bool:
        """Take an event for oneself. False when its id, or its channel and time under another id, was taken before.

        thread: the one that the reply goes to. With a lease and what came in, another replica can take it over when the lease runs out.
        """
        row: dict[str, Any] = {"event_id": event_id, "channel": channel, "ts": ts, "kind": kind, "thread": thread}
        row["claimed_at"] = self._stamp()
        if lease:
            row |= {"owner": lease.owner, "lease_until": self._stamp(lease.seconds), "envelope": envelope}
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(events), row)
        except IntegrityError:
            return False
        return True

    def note_answer(self, event_id: str, answer_id: str) -> None:
        """Note which recorded answer the reply to an event holds."""
        with writing(self._engine) as connection:
            connection.execute(update(events).where(events.c.event_id == event_id).values(answer_id=answer_id))

    def finish(self, event_id: str) -> None:
        """Note that a claimed event was replied to, and forget what came in."""
        self._finish(events.c.event_id == event_id)

    def finish_message(self, channel: str, ts: str) -> bool:
        """Note that a message needs no reply, since it was deleted. False where it had its reply, or asked nothing."""
        return self._finish(events.c.channel == channel, events.c.ts == ts, events.c.done_at.is_(None)) > 0

    def is_open(self, event_id: str) -> bool:
        """Whether a claimed event still waits for its reply."""
        waits = select(events.c.event_id).where(events.c.event_id == event_id, events.c.done_at.is_(None))
        with reading(self._engine) as connection:
            return connection.execute(waits).first() is not None

    def renew(self, event_id: str, lease: Lease) -> bool:
        """Prolong the lease of one event. False when it is another's by now, or done."""
        return bool(self._renew(lease, (event_id,)))

    def renew_all(self, event_ids: Collection[str], lease: Lease) -> frozenset[str]:
        """Prolong the leases of the events that an owner works on. Returns those that still are theirs."""
        return self._renew(lease, event_ids)

    def release(self, event_id: str, lease: Lease, seconds: float) -> None:
        """Let go of an event that is not done, so that it is in doubt after so many seconds."""
        with writing(self._engine) as connection:
            mine = (events.c.event_id == event_id, events.c.owner == lease.owner, events.c.done_at.is_(None))
            connection.execute(update(events).where(*mine).values(owner=None, lease_until=self._stamp(seconds)))

    def take_over(self, lease: Lease) -> tuple[DoubtfulEvent, ...]:
        """Take every event whose lease has run out, oldest claim first; of several replicas that try, one gets it."""
        now = self._stamp()
        query = select(events.c.event_id, events.c.owner, events.c.lease_until, events.c.attempts, events.c.envelope)
        overdue = query.where(events.c.lease_until <= now, events.c.done_at.is_(None), events.c.envelope.is_not(None))
        with reading(self._engine) as connection:
            found = connection.execute(overdue.order_by(events.c.claimed_at)).all()
        taken = []
        for row in found:
            same = (events.c.event_id == row.event_id, events.c.lease_until == row.lease_until, events.c.attempts == row.attempts)
            values = {"owner": lease.owner, "lease_until": self._stamp(lease.seconds), "attempts": row.attempts + 1}
            with writing(self._engine) as connection:
                if connection.execute(update(events).where(*same, events.c.done_at.is_(None)).values(values)).rowcount:
                    taken.append(DoubtfulEvent(row.event_id, row.attempts + 1, row.envelope))
        return tuple(taken)

    def unfinished(self) -> tuple[str, ...]:
        """Ids of the events that were claimed and never finished, oldest claim first."""
        query = select(events.c.event_id).where(events.c.done_at.is_(None)).order_by(events.c.claimed_at)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def _finish(self, *which: ColumnElement[bool]) -> int:
        done = {"done_at": self._stamp(), "envelope": None, "lease_until": None}
        with writing(self._engine) as connection:
            return connection.execute(update(events).where(*which).values(done)).rowcount

    def _renew(self, lease: Lease, event_ids: Collection[str]) -> frozenset[str]:
        if not event_ids:
            return frozenset()
        mine = (events.c.event_id.in_(event_ids), events.c.owner == lease.owner, events.c.done_at.is_(None))
        prolonged = update(events).where(*mine).values(lease_until=self._stamp(lease.seconds)).returning(events.c.event_id)
        with writing(self._engine) as connection:
            return frozenset(connection.execute(prolonged).scalars())

    def _stamp(self, ahead: float = 0.0) -> str:
        return stamp(self._now() + timedelta(seconds=ahead))
