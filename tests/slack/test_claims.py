"""Events that a replica works on: when they are surely its own, and when others may have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from isobot.slack.claims import Claims
from isobot.state.events import Events
from isobot.state.store import Store

LEASE = 30.0


class Clock:
    """One clock for the leases in the state and for who holds them."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(state: str, clock: Clock) -> Iterator[Store]:
    with Store.open(state, clock.now) as opened:
        yield opened


def claimed(claims: Claims, event_id: str = "Ev1") -> bool:
    event: dict[str, Any] = {"event_id": event_id, "event": {}}
    return claims.claim(event_id, channel="C1", ts=event_id, thread="", kind="app_mention", envelope=event)


def test_an_event_is_its_replicas_until_its_lease_ends(store: Store, clock: Clock) -> None:
    """Twice is once; after the lease another replica has it, and the first may not reply any more."""
    first, second = Claims(store.events, LEASE, clock), Claims(store.events, LEASE, clock)
    assert claimed(first) and not claimed(second)
    assert second.take_over() == ()
    clock.seconds += LEASE + 1
    assert [event.event_id for event in second.take_over()] == ["Ev1"]
    assert second.is_mine("Ev1") and not first.is_mine("Ev1")
    first.renew()
    assert not first.is_mine("Ev1") and second.is_mine("Ev1")


def test_a_lease_that_runs_low_is_prolonged_before_a_reply(store: Store, clock: Clock) -> None:
    """Asked again and again, or renewed, an event stays with the one who works on it."""
    first, second = Claims(store.events, LEASE, clock), Claims(store.events, LEASE, clock)
    assert claimed(first)
    for prolong in (lambda: first.is_mine("Ev1"), first.renew):
        clock.seconds += LEASE * 0.8
        prolong()
        clock.seconds += LEASE * 0.4
        assert second.take_over() == () and first.is_mine("Ev1")


def test_what_is_let_go_of_is_found_by_who_looks(store: Store, clock: Clock) -> None:
    """Also by the one who let go, after the time that was said; what is finished is found by nobody."""
    claims = Claims(store.events, LEASE, clock)
    assert claimed(claims) and claimed(claims, "Ev2")
    claims.let_go("Ev1", 5.0)
    claims.finish("Ev2")
    claims.renew()
    assert claims.take_over() == ()
    clock.seconds += 5.0
    assert [(event.event_id, event.attempts) for event in claims.take_over()] == [("Ev1", 1)]


def test_an_event_whose_end_could_not_be_noted_is_not_kept_alive(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lease ends by itself, and then it is looked for."""
    claims = Claims(store.events, LEASE, clock)
    assert claimed(claims)
    monkeypatch.setattr(Events, "finish", lambda events, event_id: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        claims.finish("Ev1")
    clock.seconds += LEASE * 0.9
    claims.renew()
    clock.seconds += LEASE * 0.2
    assert [event.event_id for event in claims.take_over()] == ["Ev1"]
