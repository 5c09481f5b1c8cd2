"""The weekly report of a running bot, over the stand-in Slack."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from isobot.report.schedule import DAYS
from isobot.state.store import Store
from tests.organisation import TODAY, Organisation
from tests.slack.conftest import BotProcess, environ, slack, start, state
from tests.slack.examples import abstention, answer, cite
from tests.slack.stand_in import CHANNEL, WAIT, StandInSlack
from tests.slack.test_bot import words

__all__ = ["environ", "slack", "start", "state"]

COMMAND = (sys.executable, "-m", "isobot", "slack", "run")


@pytest.fixture
def reporting(environ: dict[str, str], state: str, organisation: Organisation) -> dict[str, str]:
    """Variables of a bot whose report is due this minute, and a state with two questions of the week before."""
    before = datetime.fromtimestamp(time.time() - 3600, UTC)
    with Store.open(state, now=lambda: before) as store:
        store.record_answer(abstention(question="may i bring my dog to the office?"), "slack:T0HOME:U0BEN", "slack:channel")
        store.record_answer(answer(cite(path="laptop-standard.md")), "slack:T0HOME:U0AMIRA", "slack:channel")
    now = datetime.now(UTC)
    due = f"{DAYS[now.weekday()]} {now:%H:%M}"
    index = {"ISOBOT_INDEX": str(organisation.index), "ISOBOT_CACHE": str(organisation.cache), "ISOBOT_TODAY": TODAY}
    return {**index, "ISOBOT_REPORT_CHANNEL": CHANNEL, "ISOBOT_REPORT_AT": due}


def test_a_running_bot_posts_the_week_to_its_channel_once(
    slack: StandInSlack, start: Callable[..., BotProcess], reporting: dict[str, str]
) -> None:
    """Two replicas on one state; of documents it tells what everybody in the channel may read."""
    bots = [start(COMMAND, **reporting) for _ in range(2)]
    assert all(bot.first_line for bot in bots), bots[0].errors()
    (post,) = slack.wait_for_posts(1)
    said = words(post)
    assert post["channel"] == CHANNEL and "thread_ts" not in post
    assert ": 2 by 2 people; 1 without an answer (50%); 0 helpful, 0 not." in said
    assert "1× may i bring my dog to the office? → Security Office" in said and "1× Laptop Standard" in said
    assert "falcon" not in said.casefold()
    assert [bot.end() for bot in bots] == [0, 0]
    assert len(slack.posts) == 1


def test_a_report_that_slack_refuses_is_logged_and_the_bot_goes_on(
    slack: StandInSlack, start: Callable[..., BotProcess], reporting: dict[str, str]
) -> None:
    """The log says which channel, why, and what prints it; the next question is answered."""
    slack.failures["chat.postMessage"] = deque(["not_in_channel"])
    bot = start(COMMAND, **reporting)
    assert bot.first_line, bot.errors()
    slack.wait(lambda: "the report was not posted to" in bot.errors(), "a line in the log", WAIT)
    assert f"{CHANNEL}; `isobot report` prints it" in bot.errors() and "not_in_channel" in bot.errors()
    slack.mention("within how many hours must a lost laptop be reported?")
    assert "within four hours" in words(slack.wait_for_posts(1)[0])
    assert bot.end() == 0
    assert Path(bot.log).read_text().count("Traceback") == 0
