"""What goes wrong around the bot: lost connections, long threads, long texts, people who are gone, a stop in the middle."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections import Counter

from slack_sdk import WebClient

from isobot.slack.doubt import was_replied_to
from isobot.slack.events import asking_from
from tests.slack.conftest import BotProcess
from tests.slack.stand_in import BOT_TOKEN, BOT_USER, CHANNEL, PERSON, WAIT, StandInSlack
from tests.slack.strictness import words_of

OUTAGE = 6.0  # seconds; twice as long as the bot takes to notice
SETTLED = 1.5


def test_an_outage_loses_and_doubles_no_event_that_slack_sends_again(slack: StandInSlack, bot: BotProcess) -> None:
    """Dropped in the middle of a question, then no network for a while: what was not acknowledged comes again, and all is answered once."""
    slow = slack.mention("slowly")
    slack.wait_for_ack(slow["envelope_id"])
    slack.accept_connections = False
    unheard = slack.mention("laptops")
    slack.drop()
    time.sleep(OUTAGE)
    slack.accept_connections = True
    slack.wait_for_connection(60)
    for event in (slow, unheard):
        slack.wait_for_ack(slack.deliver_again(event))
    slack.refresh()
    slack.wait_for_ack(slack.deliver_again(unheard, attempt=2))
    slack.wait_for_posts(2)
    time.sleep(SETTLED)
    answered = Counter(post["metadata"]["event_payload"]["event_id"] for post in slack.posts)
    assert answered == {event["payload"]["event_id"]: 1 for event in (slow, unheard)}


def test_a_reply_is_found_in_a_thread_of_500_messages(slack: StandInSlack) -> None:
    """Page after page; the same thread without it says so."""
    event = {"type": "app_mention", "user": PERSON, "text": f"<@{BOT_USER}> laptops", "channel": CHANNEL, "ts": "1.5"}
    asking = asking_from(event, BOT_USER)
    assert asking is not None
    slack.said = [{"channel": CHANNEL, "thread_ts": "1.5", "ts": f"2.{number:03d}", "text": "talk"} for number in range(500)]
    client = WebClient(token=BOT_TOKEN, base_url=slack.api_url)
    assert not was_replied_to(client, asking, "Ev1", "isobot_answer")
    assert [name for name, _ in slack.calls].count("conversations.replies") == 3
    slack.said[470] |= {"metadata": {"event_type": "isobot_answer", "event_payload": {"event_id": "Ev1"}}}
    assert was_replied_to(client, asking, "Ev1", "isobot_answer")
    assert not was_replied_to(client, asking, "Ev2", "isobot_answer")


def test_a_text_of_40_000_characters_and_a_deactivated_person_get_a_sentence(slack: StandInSlack, bot: BotProcess) -> None:
    """Neither is silence, and neither is answered from documents."""
    slack.mention("laptops " * 5_000)
    (long,) = slack.wait_for_posts(1)
    assert "".join(words_of(long["blocks"])).startswith("The question has 39,999 characters; at most 4,000 are read.")
    slack.users["U0GONE"] = {**slack.users[PERSON], "id": "U0GONE", "deleted": True}
    slack.mention("laptops", user="U0GONE")
    gone = slack.wait_for_posts(2)[1]
    assert "deactivated" in "".join(words_of(gone["blocks"])) and "About" not in json.dumps(gone["blocks"])


def test_a_stop_waits_for_what_a_rate_limit_holds_back(slack: StandInSlack, bot: BotProcess) -> None:
    """A reply that was put off when SIGTERM came is posted before the bot ends, with exit code 0."""
    stopping = threading.Event()
    slack.throttle = lambda method, given: 1.0 if method == "chat.postMessage" and not stopping.is_set() else None
    slack.mention("laptops")
    slack.wait(lambda: any(name == "chat.postMessage" for name, _ in slack.calls), "the first try")
    bot.process.send_signal(signal.SIGTERM)
    stopping.set()
    assert bot.process.wait(WAIT) == 0
    assert len(slack.posts) == 1
