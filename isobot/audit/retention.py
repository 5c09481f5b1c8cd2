"""Retention: a running bot forgets, once a day, the answers that are older than `audit_days`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta

from isobot.repeating import repeating
from isobot.state.moments import utc_now
from isobot.state.store import Store

SLOT = "audit prune"  # what replicas on one state agree by that one of them does it
LOOKS_SECONDS = 900.0  # between two looks whether a new day (UTC) has begun

log = logging.getLogger("isobot.audit")


def prune_once_a_day(store: Store, days: int, now: datetime) -> int | None:
    """Forget what is older than so many days; None where this day's turn was taken, by this replica or another. Raises StateError."""
    if not store.take_slot(SLOT, now.date().isoformat()):
        return None
    gone = store.prune(now - timedelta(days=days))
    log.info("%d answers older than %d days are forgotten", gone, days)
    return gone


def pruning(store: Store, days: int | None, now: Callable[[], datetime] = utc_now) -> AbstractContextManager[None]:
    """Prune daily meanwhile, the first time at once; nothing where `days` is None."""
    if days is None:
        return nullcontext()
    complaint = "the log of answers could not be pruned; it is tried again on the next day, or with `isobot audit prune`"
    return repeating(lambda: prune_once_a_day(store, days, now()), LOOKS_SECONDS, "retention", log, complaint)
