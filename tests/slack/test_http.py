"""HTTP mode: signed requests over real sockets, to two replicas on one state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.slack.conftest import BotProcess
from tests.slack.signed import BEHIND, enveloped, post
from tests.slack.stand_in import CHANNEL, PERSON, WAIT, StandInSlack, deletion


def mention(event_id: str, ts: str) -> bytes:
    event: dict[str, Any] = {"type": "app_mention", "user": PERSON, "text": "<@U0BOT> laptops", "channel": CHANNEL, "ts": ts}
    return enveloped(event_id, event)


def test_one_event_sent_to_two_replicas_is_answered_once(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """Slack's retry may reach another replica than the first try."""
    replicas = start(**BEHIND), start(**BEHIND)
    assert all("/slack/events" in replica.first_line for replica in replicas), replicas[0].errors()
    assert [post(replica, mention("Ev1", "5.5"), **{"X-Slack-Retry-Num": "1"}) for replica in replicas] == [200, 200]
    assert post(replicas[1], mention("Ev2", "6.5")) == 200
    slack.wait_for_posts(2)
    assert [replica.end() for replica in replicas] == [0, 0]
    assert sorted(one["thread_ts"] for one in slack.posts) == ["5.5", "6.5"]


def test_a_deletion_that_another_replica_hears_of_drops_the_answer(
    slack: StandInSlack, start: Callable[..., BotProcess], environ: dict[str, str]
) -> None:
    """Slack tells one of them of the question, and the other one that it is gone."""
    first, second = start(**BEHIND), start(**BEHIND)
    gone = {"type": "app_mention", "user": PERSON, "text": "<@U0BOT> held", "channel": CHANNEL, "ts": "5.5"}
    assert post(first, enveloped("Ev1", gone)) == 200
    assert post(second, enveloped("Ev2", deletion(gone))) == 200
    Path(environ["LET_GO"]).touch()
    assert post(first, mention("Ev3", "6.5")) == 200
    slack.wait_for_posts(1)
    assert [replica.end() for replica in (first, second)] == [0, 0]  # which finishes what was begun
    assert [one["thread_ts"] for one in slack.posts] == ["6.5"]


def test_what_slack_did_not_send_is_refused(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """A wrong signature, one that is five minutes old, a stamp that is no number, a body that is no JSON or no object."""
    bot = start(**BEHIND)
    body = mention("Ev1", "5.5")
    assert post(bot, body, secret="another") == 401
    assert post(bot, body, age=301) == 401
    assert post(bot, body, **{"X-Slack-Request-Timestamp": "soon"}) == 401
    assert post(bot, b"{no json") == 400
    assert post(bot, b"[1]") == 400
    assert post(bot, b"x" * 1_000_001) == 413
    assert post(bot, body) == 200
    slack.wait_for_posts(1)
    assert "Traceback" not in bot.errors()


def test_a_missing_secret_and_a_wrong_address_are_explained(start: Callable[..., BotProcess]) -> None:
    """Before anything is sent to Slack, or in one sentence after it; exit code 2."""
    missing = start(**{**BEHIND, "SLACK_SIGNING_SECRET": ""})
    assert missing.process.wait(WAIT) == 2 and "SLACK_SIGNING_SECRET is not set" in missing.errors()
    wrong = start(**{**BEHIND, "LISTEN": "here"})
    assert wrong.process.wait(WAIT) == 2 and "which is no address to listen on" in wrong.errors()
