"""A running bot keeps answers no longer than `audit_days`."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from isobot.audit.retention import prune_once_a_day, pruning
from isobot.state.store import Store
from tests.slack.conftest import BotProcess, environ, slack, start, state  # noqa: F401 (fixtures)
from tests.slack.examples import answer, cite

NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
PATIENCE = 60.0  # seconds


def asked(url: str, *moments: datetime) -> None:
    """Record a question at each moment."""
    for moment in moments:
        with Store.open(url, lambda moment=moment: moment) as store:  # type: ignore[misc]
            store.record_answer(answer(cite(), question=f"asked at {moment}"), "slack:T1:U1", "slack:channel")


def test_of_two_replicas_one_prunes_a_day(tmp_path: Path) -> None:
    """The day's turn is taken once; on the next day it is there again, and the chain holds throughout."""
    url = f"sqlite:///{tmp_path / 'state.db'}"
    asked(url, NOW - timedelta(days=31), NOW - timedelta(days=29, hours=12))
    with Store.open(url) as one, Store.open(url) as other:
        assert [prune_once_a_day(store, 30, NOW) for store in (one, other, one)] == [1, None, None]
        assert prune_once_a_day(other, 30, NOW + timedelta(days=1)) == 1
        assert list(one.answers()) == [] and one.verify_chain().holds


def test_without_a_setting_everything_is_kept(tmp_path: Path) -> None:
    """No `audit_days`, no pruning, whatever the age."""
    url = f"sqlite:///{tmp_path / 'state.db'}"
    asked(url, NOW - timedelta(days=4000))
    with Store.open(url) as store, pruning(store, None):
        assert len(list(store.answers())) == 1


def test_a_running_bot_prunes(start: Callable[..., BotProcess], state: str) -> None:  # noqa: F811
    """From its start on, and says so in its log; what is young enough stays."""
    now = datetime.now(UTC)
    asked(state, now - timedelta(days=8), now - timedelta(days=6))
    bot = start(ISOBOT_AUDIT_DAYS="7")
    assert bot.first_line, bot.errors()
    deadline = time.monotonic() + PATIENCE
    while "1 answers older than 7 days are forgotten" not in bot.errors() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "1 answers older than 7 days are forgotten" in bot.errors()
    assert bot.end() == 0
    with Store.open(state) as store:
        assert len(list(store.answers())) == 1 and store.verify_chain().holds
