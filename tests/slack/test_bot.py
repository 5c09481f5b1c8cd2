"""The bot in a process of its own, against a stand-in Slack over real sockets."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isobot.slack.manifest import SCOPES
from isobot.state.store import Store
from tests.slack.conftest import BotProcess
from tests.slack.serve import HOSTILE
from tests.slack.stand_in import BOT_USER, CHANNEL, COLLEAGUE, DIRECT, GUEST, PERSON, STRANGER, TEAM, WAIT, StandInSlack
from tests.slack.strictness import words_of

SETTLED = 1.0  # seconds after which a second reply would have come


def words(post: dict[str, Any]) -> str:
    """What the message says; its buttons left out."""
    return "".join(words_of([block for block in post["blocks"] if block["type"] != "actions"]))


def test_a_ready_bot_prints_one_line(bot: BotProcess) -> None:
    """The line names the bot and the workspace, as Slack told them."""
    assert bot.first_line == "isobot is ready: answering as @isobot in Example (Socket Mode)"


def test_a_mention_is_answered_in_its_thread(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """The reply quotes, cites, names the controls, unfurls nothing, and carries the ids of its event and of its recorded answer."""
    delivered = slack.mention("can i use my own laptop?")
    (post,) = slack.wait_for_posts(1)
    assert post["channel"] == CHANNEL
    assert post["thread_ts"] == delivered["payload"]["event"]["ts"]
    assert words(post) == (
        "About can i use my own laptop?: your groups are []."
        "BYOD Standard v2.1 · §3.2 Laptops · p. 4\nISO/IEC 27001:2022 A.8.1 named in the clause   "
    )
    assert post["unfurl_links"] is False and post["unfurl_media"] is False and post["mrkdwn"] is False and post["link_names"] is False
    slack.wait_for_ack(delivered["envelope_id"])
    assert bot.end() == 0
    with Store.open(state) as store:
        (record,) = store.answers()
        assert post["metadata"] == {
            "event_type": "isobot_answer",
            "event_payload": {"event_id": delivered["payload"]["event_id"], "answer_id": record.id},
        }
        assert record.question == "can i use my own laptop?"
        assert record.surface == "slack:channel"
        assert store.people.identity_of(record.asker_ref) == f"slack:{TEAM}:{PERSON}"
        assert store.events.unfinished() == ()
        assert store.verify_chain().holds


def test_a_mention_inside_a_thread_is_answered_in_that_thread(slack: StandInSlack, bot: BotProcess) -> None:
    """The reply goes to the thread in which the bot was mentioned, not to a new one."""
    slack.mention("and tablets?", thread_ts="1780000000.000001")
    (post,) = slack.wait_for_posts(1)
    assert post["thread_ts"] == "1780000000.000001"


def test_a_question_in_an_answered_thread_needs_no_mention(slack: StandInSlack, bot: BotProcess) -> None:
    """It is answered once, in that thread; a thread without an answer, talk, and what is said to others stay without a reply."""
    thread = slack.mention("laptops")["payload"]["event"]["ts"]
    slack.wait_for_posts(1)
    silent = [slack.say("is this so?", "1770000000.000001"), slack.say("thanks!", thread), slack.say(f"<@{COLLEAGUE}> is it?", thread)]
    silent.append(slack.say("is this so?", ""))
    asked = slack.say("and for contractors?", thread)
    silent.append(slack.deliver_again(asked))
    mentioned = slack.say(f"<@{BOT_USER}> and tablets?", thread)
    for told in silent:
        slack.wait_for_ack(told if isinstance(told, str) else told["envelope_id"])
    slack.deliver({**mentioned["payload"]["event"], "type": "app_mention"})
    first, second = slack.wait_for_posts(3)[1:]
    assert {one["thread_ts"] for one in (first, second)} == {thread}
    assert "About laptops › and for contractors?" in words(first) and "About laptops › and tablets?" in words(second)
    time.sleep(SETTLED)
    assert len(slack.posts) == 3


def test_an_open_question_of_a_colleague_in_a_thread_is_left_to_people(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """Whom the bot answered last hears that the policies do not say; who only talks beside it hears nothing, and is not registered."""
    thread = slack.mention("laptops")["payload"]["event"]["ts"]
    slack.wait_for_posts(1)
    slack.wait_for_ack(slack.say("is there a moon?", thread, user=COLLEAGUE)["envelope_id"])
    slack.say("may i fly to the moon?", thread)
    assert words(slack.wait_for_posts(2)[1]).startswith("Your policies don't say.")
    slack.say("are laptops ours?", thread, user=COLLEAGUE)
    assert words(slack.wait_for_posts(3)[2]).startswith("About are laptops ours?")
    assert bot.end() == 0
    with Store.open(state) as store:
        assert [question.question for question in store.unanswered()] == ["may i fly to the moon?"]
        assert store.events.unfinished() == ()


def test_a_direct_message_is_answered_with_what_the_asker_may_read(slack: StandInSlack, bot: BotProcess) -> None:
    """Groups come from the settings, by e-mail; a colleague who is not named there has none."""
    slack.direct_message("keys")
    slack.wait_for_posts(1)
    slack.direct_message("keys", user=COLLEAGUE)
    first, second = slack.wait_for_posts(2)
    assert first["channel"] == DIRECT and first["thread_ts"] != second["thread_ts"]
    assert words(first).startswith("About keys: your groups are ['security'].")
    assert words(second).startswith("About keys: your groups are [].")


def test_without_the_agent_view_a_direct_message_is_answered_beside_itself(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """An app that was not given the scope for it has one line of talk, and Slack would refuse to show a status."""
    slack.scopes = ",".join(SCOPES.keys() - {"assistant:write"})
    assert start().first_line
    slack.direct_message("slowly")
    (post,) = slack.wait_for_posts(1)
    assert post["channel"] == DIRECT and not post.get("thread_ts")
    assert slack.statuses == []


def test_a_status_is_shown_while_a_slow_answer_is_made(slack: StandInSlack, bot: BotProcess) -> None:
    """In the thread of the question, in the agent view alone; one that cannot be set harms nothing."""
    slow = slack.direct_message("slowly")
    slack.wait_for_posts(1)
    slack.mention("slowly")
    slack.wait_for_posts(2)
    slack.failures["assistant.threads.setStatus"] = deque(["channel_not_found"])
    slack.direct_message("slowly, please")
    slack.wait_for_posts(3)
    (status,) = slack.statuses
    assert status["thread_ts"] == slow["payload"]["event"]["ts"]
    assert status["status"] == "is looking it up in your policies…" and status["channel_id"] == DIRECT


def test_a_question_in_a_channel_gets_only_what_everybody_may_read(slack: StandInSlack, bot: BotProcess) -> None:
    """The asker's own groups count for nothing where others read the reply."""
    slack.mention("keys", user=PERSON)
    (post,) = slack.wait_for_posts(1)
    assert words(post).startswith("About keys: your groups are [].")


def test_one_event_gets_one_reply_however_often_it_comes(slack: StandInSlack, bot: BotProcess) -> None:
    """A repeated event id, a redelivery with a retry number, and the message twin under its own id are acknowledged and not answered."""
    delivered = slack.mention("laptops")
    envelopes = [slack.deliver_again(delivered), slack.deliver_again(delivered, attempt=2)]
    event = delivered["payload"]["event"]
    envelopes.append(slack.deliver({**event, "type": "message", "channel_type": "channel"})["envelope_id"])
    envelopes.append(slack.deliver(event)["envelope_id"])
    for envelope_id in envelopes:
        slack.wait_for_ack(envelope_id)
    time.sleep(SETTLED)
    assert len(slack.posts) == 1


def test_an_event_that_was_answered_before_a_restart_stays_answered(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """What was taken stands in the database, so the next process knows it."""
    first = start()
    delivered = slack.mention("laptops")
    slack.wait_for_posts(1)
    assert first.end() == 0
    start()
    slack.wait_for_ack(slack.deliver_again(delivered))
    time.sleep(SETTLED)
    assert len(slack.posts) == 1


def test_what_asks_nothing_gets_no_reply(slack: StandInSlack, bot: BotProcess) -> None:
    """Edits, deletions, other bots, the bot itself and messages that only pass by are acknowledged in silence."""
    silent = [
        slack.direct_message("x", subtype="message_changed", hidden=True),
        slack.direct_message("x", subtype="message_deleted"),
        slack.direct_message("x", bot_id="B0OTHER"),
        slack.direct_message("x", user=BOT_USER),
        slack.mention("x", edited={"user": PERSON, "ts": "1.0"}),
        slack.deliver({"type": "message", "channel_type": "channel", "user": PERSON, "text": "hello", "channel": CHANNEL, "ts": "5.5"}),
    ]
    for delivered in silent:
        slack.wait_for_ack(delivered["envelope_id"])
    time.sleep(SETTLED)
    assert slack.posts == []


@pytest.mark.parametrize("asked", ["mention", "direct_message"])
def test_a_question_that_is_deleted_before_its_answer_is_dropped(slack: StandInSlack, bot: BotProcess, state: str, asked: str) -> None:
    """While it is looked up, and while its answer waits for Slack; what was asked beside it is answered, and nothing stays open."""
    deleted, put_off = threading.Event(), threading.Event()

    def throttle(method: str, given: dict[str, Any]) -> float | None:
        """The answers that are to be dropped wait for longer than a deletion takes, from when the one to "keys" came."""
        if deleted.is_set() or not any(f"About {topic}" in str(given) for topic in ("keys", "slowly")):
            return None
        put_off.set() if "About keys" in str(given) else None
        return 2.0

    slack.throttle = throttle
    slow = getattr(slack, asked)("slowly")
    first, waiting = slack.mention("laptops"), slack.mention("keys")
    for taken in (slow, first, waiting):
        slack.wait_for_ack(taken["envelope_id"])
    slack.wait(put_off.is_set, "the answer to be put off")
    for gone in (slow, waiting):
        slack.wait_for_ack(slack.delete(gone)["envelope_id"])
    deleted.set()
    with Store.open(state) as store:
        slack.wait(lambda: store.events.unfinished() == (), "every event to be closed")
    slack.wait_for_ack(slack.delete(first)["envelope_id"])
    assert bot.end() == 0  # which finishes what was begun
    assert [post["metadata"]["event_payload"]["event_id"] for post in slack.posts] == [first["payload"]["event_id"]]
    assert bot.errors().count("was deleted before its reply") == 2
    assert [line for line in bot.lines() if line["level"] != "info"] == []


def test_markup_in_a_document_is_shown_as_text(slack: StandInSlack, bot: BotProcess) -> None:
    """Nothing that a document says becomes a mention, a link, an emoji or a format, in the blocks or in the notification."""
    slack.mention("markup")
    (post,) = slack.wait_for_posts(1)
    assert words(post).startswith(HOSTILE.replace("\u202e", "[U+202E]"))
    assert '"type": "text"' in json.dumps(post["blocks"])
    shown = json.dumps([block["elements"] for block in post["blocks"] if block["type"] != "actions"]).replace(HOSTILE, "")
    for forbidden in ("mrkdwn", "broadcast", "link", "emoji", '"user"'):
        assert forbidden not in shown
    assert "<" not in post["text"] and ":smile:" not in post["text"] and "&lt;!channel&gt;" in post["text"]


def test_an_abstention_names_whom_to_ask_and_is_registered(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """The person reads that the policies do not say; the question enters the unanswered register."""
    slack.mention("may i fly to the moon?")
    (post,) = slack.wait_for_posts(1)
    assert words(post).startswith("Your policies don't say. Please ask Security Office.")
    assert "Not an answer, but near:" in words(post)
    assert bot.end() == 0
    with Store.open(state) as store:
        assert [question.question for question in store.unanswered()] == ["may i fly to the moon?"]


def test_a_failure_inside_is_told_with_a_reference_that_stands_in_the_log(slack: StandInSlack, bot: BotProcess) -> None:
    """The person gets one sentence without a word of what failed; the log has the reference and the cause."""
    slack.mention("explode")
    (post,) = slack.wait_for_posts(1)
    said = words(post)
    assert said.startswith("Something went wrong on my side.") and "secret" not in said
    given = said.rpartition(" ")[2]
    slack.mention("laptops")
    slack.wait_for_posts(2)
    assert f"reference {given}" in bot.errors() and "secret/path/of/the/server" in bot.errors()


def test_a_refused_answer_is_followed_by_a_sentence(slack: StandInSlack, bot: BotProcess) -> None:
    """When Slack refuses the blocks, the person still hears from the bot."""
    slack.failures["chat.postMessage"] = deque(["invalid_blocks"])
    slack.mention("laptops")
    (post,) = slack.wait_for_posts(1)
    assert words(post).startswith("Something went wrong on my side.")


def test_an_empty_mention_and_a_question_too_long_get_a_friendly_sentence(slack: StandInSlack, bot: BotProcess) -> None:
    """Neither is silence, and neither is recorded as a failure."""
    slack.mention("")
    slack.wait_for_posts(1)
    slack.mention("x" * 20_000)
    hint, refusal = slack.wait_for_posts(2)
    assert words(hint) == "Ask me a question about your policies, for example: how long must a password be?"
    assert words(refusal) == "The question has 20,000 characters; at most 4,000 are read. Ask it in a sentence or two."
    assert bot.errors() == ""


def test_greetings_and_thanks_are_answered_and_recorded_nowhere(slack: StandInSlack, bot: BotProcess) -> None:
    """They are no questions that the documents leave open."""
    slack.mention("thanks!")
    slack.wait_for_posts(1)
    slack.direct_message("good morning")
    thanked, greeted = slack.wait_for_posts(2)
    assert words(thanked) == "You are welcome."
    assert words(greeted).startswith("Hello! Ask me a question about your policies")
    assert not any("answer_id" in post["metadata"]["event_payload"] for post in (thanked, greeted))


def test_a_file_is_answered_with_what_the_bot_does_not_do(slack: StandInSlack, bot: BotProcess) -> None:
    """A file alone is told that it is not read; one with a question is answered, and told so as well; a guest's is refused."""
    file = [{"id": "F1", "name": "policy.pdf", "mimetype": "application/pdf", "size": 40_000_000}]
    slack.direct_message("", subtype="file_share", files=file)
    slack.wait_for_posts(1)
    slack.direct_message("laptops?", subtype="file_share", files=file)
    slack.wait_for_posts(2)
    slack.mention("", files=file)
    slack.wait_for_posts(3)
    slack.direct_message("", subtype="file_share", files=file, user=GUEST)
    alone, asked, mentioned, guest = map(words, slack.wait_for_posts(4))
    assert alone.startswith("I cannot read files that are sent to me") and mentioned == alone
    assert asked.startswith("I have not read the file that came with it") and "About laptops?" in asked
    assert "as a guest" in guest


def test_guests_strangers_and_shared_channels_are_refused(slack: StandInSlack, bot: BotProcess) -> None:
    """Each gets one polite sentence, and nothing of a document."""
    slack.mention("laptops", user=GUEST)
    slack.wait_for_posts(1)
    slack.direct_message("laptops", user=STRANGER)
    slack.wait_for_posts(2)
    delivered = slack.mention("laptops")["payload"]["event"]
    slack.wait_for_posts(3)
    slack.deliver({**delivered, "ts": slack.next_ts()}, is_ext_shared_channel=True)
    guest, stranger, _, shared = map(words, slack.wait_for_posts(4))
    assert "as a guest" in guest and "another organisation" in stranger and "People of another organisation read this channel" in shared


def test_who_cannot_be_looked_up_is_shown_nothing(slack: StandInSlack, bot: BotProcess) -> None:
    """A failing users.info closes the way to the documents, with a sentence."""
    slack.mention("laptops", user="U0NOBODY")
    (post,) = slack.wait_for_posts(1)
    assert words(post).startswith("Something went wrong on my side.")


def test_two_questions_at_once_are_each_answered_in_their_thread(slack: StandInSlack, bot: BotProcess, environ: dict[str, str]) -> None:
    """A slow question does not hold up the next one."""
    slow, quick = slack.mention("held"), slack.mention("laptops")
    slack.wait_for_posts(1)
    Path(environ["LET_GO"]).touch()
    first, second = slack.wait_for_posts(2)
    assert first["thread_ts"] == quick["payload"]["event"]["ts"]
    assert second["thread_ts"] == slow["payload"]["event"]["ts"]


def test_a_rate_limit_is_waited_out(slack: StandInSlack, bot: BotProcess) -> None:
    """After a 429 the same reply is posted once, when Slack said."""
    slack.failures["chat.postMessage"] = deque([1])
    began = time.monotonic()
    slack.mention("laptops")
    slack.wait_for_posts(1)
    assert time.monotonic() - began >= 1
    time.sleep(SETTLED)
    assert len(slack.posts) == 1


def test_a_dropped_connection_is_replaced(slack: StandInSlack, bot: BotProcess) -> None:
    """After a hard drop the bot comes back by itself, and answers."""
    opened = [name for name, _ in slack.calls].count("apps.connections.open")
    slack.drop()
    slack.wait(lambda: [name for name, _ in slack.calls].count("apps.connections.open") > opened, "a new connection")
    slack.wait_for_connection()
    slack.mention("laptops")
    slack.wait_for_posts(1)
    assert len(slack.posts) == 1


def test_a_refresh_that_slack_asks_for_loses_nothing(slack: StandInSlack, bot: BotProcess) -> None:
    """After a `disconnect` message the bot opens a new connection, and answers there."""
    opened = [name for name, _ in slack.calls].count("apps.connections.open")
    slack.refresh()
    slack.wait(lambda: [name for name, _ in slack.calls].count("apps.connections.open") > opened, "a new connection")
    slack.wait(lambda: slack.connections == 1, "the old connection to end")
    slack.mention("laptops")
    slack.wait_for_posts(1)
    assert len(slack.posts) == 1


def test_a_stop_finishes_what_was_begun(slack: StandInSlack, bot: BotProcess) -> None:
    """A question that is being answered when SIGTERM comes gets its answer; the exit code is 0."""
    delivered = slack.mention("slowly")
    slack.wait_for_ack(delivered["envelope_id"])
    slack.wait(lambda: any(name == "users.info" for name, _ in slack.calls), "the question to begin")
    assert bot.end(signal.SIGTERM) == 0
    assert len(slack.posts) == 1
    assert bot.process.poll() == 0


def test_ctrl_c_stops_it_cleanly_too(slack: StandInSlack, bot: BotProcess) -> None:
    """SIGINT ends with exit code 0 and without a traceback."""
    assert bot.end(signal.SIGINT) == 0
    assert "Traceback" not in bot.errors()


def test_a_refused_token_is_explained(start: Callable[..., BotProcess]) -> None:
    """Exit code 2, and a sentence that says which token, why, and where the right one is; never the token."""
    for variable, value in (("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")):
        refused = start(**{variable: value})
        assert refused.process.wait(WAIT) == 2 and refused.first_line == ""
        last = refused.errors().strip().splitlines()[-1]
        assert last.startswith(f"{variable} was refused: Slack does not know it (invalid_auth). Copy the token")
        assert value not in refused.errors()


def test_a_missing_token_or_one_of_another_kind_is_explained(start: Callable[..., BotProcess]) -> None:
    """Told before anything is sent to Slack, with exit code 2."""
    missing = start(SLACK_APP_TOKEN="")
    assert missing.process.wait(WAIT) == 2 and "SLACK_APP_TOKEN is not set." in missing.errors()
    swapped = start(SLACK_BOT_TOKEN="xapp-1")
    assert swapped.process.wait(WAIT) == 2 and "SLACK_BOT_TOKEN does not begin with xoxb-" in swapped.errors()


def test_a_slack_that_cannot_be_reached_is_explained(start: Callable[..., BotProcess]) -> None:
    """Exit code 3, and the address that was tried."""
    lost = start(SLACK_API_URL="http://127.0.0.1:9/api")
    assert lost.process.wait(WAIT) == 3
    assert "Slack cannot be reached at http://127.0.0.1:9/api/" in lost.errors()
