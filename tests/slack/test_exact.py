"""One reply an event, whatever dies in between; and messages in order, no faster than Slack takes them."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk import WebClient

from corpus.errors import SlackError
from isobot.slack.blocks import sentence_blocks
from isobot.slack.claims import Claims
from isobot.slack.desk import MAX_ATTEMPTS, Desk
from isobot.slack.manifest import SCOPES
from isobot.slack.outbox import LostClaimError, Outbox, retry_after
from isobot.slack.reply import Reply
from isobot.state.events import Events
from isobot.state.records import Lease
from isobot.state.store import Store
from tests.slack.conftest import BotProcess
from tests.slack.load import at_once
from tests.slack.stand_in import BOT_TOKEN, CHANNEL, DIRECT, PERSON, RESPONSE, WAIT, StandInSlack
from tests.slack.strictness import words_of

SHORT = {"LEASE_SECONDS": "1.5"}
SETTLED = 1.0  # seconds in which a second reply would have come, once nothing is open


def parcel(sentence: str) -> dict[str, Any]:
    return {"text": sentence, "blocks": sentence_blocks(sentence)}


@pytest.mark.parametrize("moment", ["users.info", "chat.postMessage"])
@pytest.mark.parametrize("asked", ["mention", "direct_message"])
def test_a_killed_replica_loses_no_question_and_doubles_no_reply(
    slack: StandInSlack, start: Callable[..., BotProcess], state: str, moment: str, asked: str
) -> None:
    """Killed before its reply, or right after it was posted, another replica answers what is open and nothing else."""
    start(**SHORT)
    victim = start(**SHORT)  # Slack's stand-in sends to the newest connection
    slack.wait(lambda: slack.connections == 2, "both replicas")
    getattr(slack, asked)("slowly")
    slack.wait(lambda: any(name == moment for name, _ in slack.calls), moment)
    victim.end(signal.SIGKILL)
    with Store.open(state) as store:  # by the other one, when the lease of the killed one has run out
        slack.wait(lambda: store.events.unfinished() == (), "the event to be closed")
    time.sleep(SETTLED)
    assert len(slack.posts) == 1


def test_a_reply_that_was_posted_but_not_noted_is_found_in_its_thread(
    slack: StandInSlack, start: Callable[..., BotProcess], state: str
) -> None:
    """What a replica that died between the two left behind is looked for by its metadata, and marked done."""
    slack.scopes = ",".join(SCOPES.keys() - {"assistant:write"})  # so that a direct message has no thread to look in
    with Store.open(state) as store:
        for number, (channel, thread) in enumerate([(CHANNEL, "7.5"), (DIRECT, None)]):
            event = {"type": "app_mention" if thread else "message", "channel_type": "im", "user": "U0AMIRA", "text": "laptops?"}
            envelope = {"event_id": f"Ev{number}", "event": {**event, "channel": channel, "ts": "7.5"}, "is_ext_shared_channel": False}
            claim = {"channel": channel, "ts": "7.5", "kind": "message", "lease": Lease("gone", 0.0), "envelope": envelope}
            assert store.events.claim(f"Ev{number}", **claim)  # type: ignore[arg-type]
            metadata = {"event_type": "isobot_answer", "event_payload": {"event_id": f"Ev{number}"}}
            slack.posts.append({"channel": channel, "ts": "8.5", "thread_ts": thread, "text": "x", "metadata": metadata})
        start()
        slack.wait(lambda: store.events.unfinished() == (), "the events to be closed")
    assert len(slack.posts) == 2


def test_a_reply_that_slack_took_and_did_not_confirm_is_not_followed_by_another(
    slack: StandInSlack, start: Callable[..., BotProcess], state: str
) -> None:
    """A gateway's page, and an error of which Slack says that the call may have been done: the reply is looked for, and found."""
    slack.unconfirmed["chat.postMessage"] = deque([504, "internal_error"])
    start(**SHORT)
    slack.mention("laptops")
    slack.mention("keys")
    slack.wait_for_posts(2)
    with Store.open(state) as store:
        slack.wait(lambda: store.events.unfinished() == (), "the events to be closed")
    assert len(slack.posts) == 2


def test_an_event_that_is_given_up_ends_with_a_sentence(
    slack: StandInSlack, start: Callable[..., BotProcess], state: str, tmp_path: Path
) -> None:
    """Taken over too often, whatever the cause, it is answered no more; the person hears that, with a reference that the log has."""
    event = {"type": "app_mention", "user": PERSON, "text": "laptops?", "channel": CHANNEL, "ts": "7.5"}
    with Store.open(state) as store:
        claim = {"channel": CHANNEL, "ts": "7.5", "kind": "app_mention", "lease": Lease("gone", 0.0)}
        assert store.events.claim("Ev1", **claim, envelope={"event_id": "Ev1", "event": event})  # type: ignore[arg-type]
        with sqlite3.connect(tmp_path / "state.db") as connection:
            connection.execute("UPDATE events SET attempts = ?", (MAX_ATTEMPTS,))
        bot = start(**SHORT)
        (post,) = slack.wait_for_posts(1)
        slack.wait(lambda: store.events.unfinished() == (), "the event to be closed")
    said = "".join(words_of(post["blocks"]))
    assert said.startswith("Something went wrong on my side.") and post["thread_ts"] == "7.5"
    assert said.rpartition(" ")[2].rstrip(".") in bot.errors()
    assert post["metadata"]["event_payload"] == {"event_id": "Ev1"}


def test_an_event_that_cannot_be_kept_is_not_acknowledged(slack: StandInSlack, bot: BotProcess, tmp_path: Path) -> None:
    """Slack hears nothing, and so sends it again; then it is answered."""
    holder = sqlite3.connect(tmp_path / "state.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    delivered = slack.mention("laptops")
    time.sleep(6.0)  # longer than a writer waits
    holder.execute("ROLLBACK")
    assert delivered["envelope_id"] not in slack.acks
    slack.wait_for_ack(slack.deliver_again(delivered))
    slack.wait_for_posts(1)


def test_a_channel_the_bot_was_removed_from_ends_the_event(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """Nobody can be told there; the log says why, and nothing is tried for ever."""
    slack.failures["chat.postMessage"] = deque(["not_in_channel"])
    slack.mention("laptops")
    with Store.open(state) as store:
        slack.wait(lambda: "not_in_channel" in bot.errors() and store.events.unfinished() == (), "the event to end")
    assert slack.posts == []


def test_messages_of_a_channel_keep_their_order_and_pace(slack: StandInSlack) -> None:
    """A 429 holds back what comes behind it in its channel, and nothing in another one."""
    put_off: list[float] = []
    through = threading.Event()

    def throttle(method: str, given: dict[str, Any]) -> float | None:
        if given["channel"] == DIRECT or through.is_set():
            return None
        put_off.append(time.monotonic())
        return 1.0

    slack.throttle = throttle
    outbox = Outbox(WebClient(token=BOT_TOKEN, base_url=slack.api_url), interval=0.1)
    first = [outbox.put(CHANNEL, parcel(f"{number}")) for number in range(3)]
    slack.wait(lambda: bool(put_off), "the first call")
    outbox.put(DIRECT, parcel("aside")).result(WAIT)
    through.set()
    assert [future.result(WAIT) for future in first] == sorted(future.result() for future in first)
    outbox.close()
    assert [post["text"] for post in slack.posts] == ["aside", "0", "1", "2"]
    _, *at = (post["at"] for post in slack.posts)
    assert at[0] - put_off[-1] >= 1.0 and min(at[1] - at[0], at[2] - at[1]) >= 0.09


def test_answers_of_a_thread_keep_the_order_of_their_questions(slack: StandInSlack) -> None:
    """A place is kept for a slow answer; what is asked later there waits, however it came in, and other threads do not."""
    outbox = Outbox(WebClient(token=BOT_TOKEN, base_url=slack.api_url), interval=0.0)
    third, first, second = (outbox.place(CHANNEL, "1.0", asked) for asked in ("1.3", "1.1", "1.2"))
    aside = outbox.place(CHANNEL, "5.0", "5.0")
    for name, place in (("third", third), ("second", second)):
        outbox.put(CHANNEL, parcel(name), place=place)
    outbox.put(CHANNEL, parcel("aside"), place=aside).result(WAIT)
    assert [post["text"] for post in slack.posts] == ["aside"]
    outbox.put(CHANNEL, parcel("first"), place=first)
    outbox.close()
    assert [post["text"] for post in slack.posts] == ["aside", "first", "second", "third"]


def test_a_place_that_no_answer_comes_for_holds_nobody_up_for_long(slack: StandInSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while what stands behind it goes out, the answer that comes then goes out too, and the end waits for no empty place."""
    monkeypatch.setattr("isobot.slack.outbox.HELD", 0.3)
    outbox = Outbox(WebClient(token=BOT_TOKEN, base_url=slack.api_url), interval=0.0)
    late = outbox.place(CHANNEL, "1.0", "1.1")
    outbox.put(CHANNEL, parcel("second"), place=outbox.place(CHANNEL, "1.0", "1.2")).result(WAIT)
    outbox.put(CHANNEL, parcel("late"), place=late).result(WAIT)
    outbox.place(CHANNEL, "1.0", "1.3")
    outbox.close()
    assert [post["text"] for post in slack.posts] == ["second", "late"]


def test_a_slow_question_is_answered_before_the_next_of_its_thread(slack: StandInSlack, bot: BotProcess) -> None:
    """Order by question, though both are worked on at once."""
    slow, quick = slack.mention("slowly", thread_ts="1.5"), slack.mention("laptops", thread_ts="1.5")
    posts = slack.wait_for_posts(2)
    asked = [one["payload"]["event_id"] for one in (slow, quick)]
    assert [post["metadata"]["event_payload"]["event_id"] for post in posts] == asked


class LateClaims(Claims):
    """The first event is claimed when `noted` is set. come: whether it is there."""

    def __init__(self, events: Events) -> None:
        super().__init__(events, 60.0)
        self.come, self.noted = threading.Event(), threading.Event()

    def claim(self, event_id: str, **facts: Any) -> bool:
        if event_id == "Ev1":
            self.come.set()
            assert self.noted.wait(WAIT)
        return super().claim(event_id, **facts)


def test_an_event_that_is_slow_to_be_noted_is_not_overtaken_in_its_thread(slack: StandInSlack, state: str) -> None:
    """Its place is kept from when it came in, not from when the database had it."""
    client = WebClient(token=BOT_TOKEN, base_url=slack.api_url)
    replies: Any = SimpleNamespace(hears=lambda asking: True, reply=lambda asking, envelope, id: Reply.saying(id))
    workspace: Any = SimpleNamespace(bot_user_id="U0BOT", has_agent_view=False)
    asked = {"type": "app_mention", "user": PERSON, "text": "keys?", "channel": CHANNEL, "thread_ts": "7.0"}
    first, second = ({"event_id": f"Ev{number}", "event": {**asked, "ts": f"7.{number}"}} for number in (1, 2))
    outbox = Outbox(client, interval=0.0)
    with Store.open(state) as store:
        claims = LateClaims(store.events)
        desk = Desk(client, workspace, replies, outbox, claims)
        with ThreadPoolExecutor(1) as pool:
            admitted = pool.submit(desk.admit, first)
            assert claims.come.wait(WAIT) and desk.admit(second)
            desk.take(second)
            time.sleep(SETTLED)
            claims.noted.set()
            assert admitted.result(WAIT)
        desk.take(first)
        outbox.close()
        assert store.events.unfinished() == ()
    assert [post["metadata"]["event_payload"]["event_id"] for post in slack.posts] == ["Ev1", "Ev2"]


def test_many_mentions_at_once_are_each_answered_once_and_in_order(slack: StandInSlack, bot: BotProcess) -> None:
    """In four channels, some events delivered twice, some posts put off by a 429; nothing is posted before a 429 is over."""
    found = at_once(slack, ["laptops", "keys", "slowly"], mentions=24, count=4)
    assert found["once"] == found["posts"] == 24 and found["failed"] == found["impatient"] == 0
    assert found["in_order"] == found["threads"] == 12 and found["again"] == 1 and found["limited"] > 0


def test_what_is_told_to_one_person_waits_out_a_rate_limit_and_falls_back(slack: StandInSlack, bot: BotProcess) -> None:
    """A 429 on a response_url is waited out; one that serves no more gives way to a direct message."""
    slack.failures[RESPONSE] = deque([1])
    began = time.monotonic()
    slack.command("help")
    slack.wait(lambda: len(slack.whispers) == 1, "the help")
    assert time.monotonic() - began >= 1 and slack.posts == []
    slack.failures[RESPONSE] = deque(["used_url"])
    slack.command("help")
    (post,) = slack.wait_for_posts(1)
    assert post["channel"] == PERSON and len(slack.whispers) == 1


def test_the_outbox_posts_nothing_that_may_not_be_posted(slack: StandInSlack) -> None:
    """Too many blocks, and a message whose event is another replica's by now; the next one still goes out before the end."""
    outbox = Outbox(WebClient(token=BOT_TOKEN, base_url=slack.api_url), interval=0.0)
    too_many = outbox.put(CHANNEL, {"text": "x", "blocks": [{"type": "divider"}] * 51})
    lost = outbox.put(CHANNEL, parcel("lost"), lambda: False)
    outbox.put(CHANNEL, parcel("kept"))
    outbox.close()
    with pytest.raises(SlackError, match="51 blocks"):
        too_many.result()
    with pytest.raises(LostClaimError):
        lost.result()
    assert [post["text"] for post in slack.posts] == ["kept"] and outbox.waiting() == 0


def test_a_wait_is_read_from_any_header() -> None:
    """In any case of letters, as a list or a word; what cannot be read is the usual wait."""
    assert retry_after({"retry-after": ["7"]}) == retry_after({"Retry-After": "7"}) == 7.0
    assert retry_after({}) == retry_after({"Retry-After": "soon"}) == 30.0
