"""How the bot answers in a channel: set by who may, followed at once, and never a way to what somebody may not read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isobot.slack.channel_settings import ChannelSettings, Listens
from isobot.state.store import Store
from tests.slack.conftest import BotProcess
from tests.slack.stand_in import CHANNEL, COLLEAGUE, DIRECT, GUEST, PERSON, StandInSlack
from tests.slack.test_bot import SETTLED, words
from tests.slack.test_surface import LOSS, view, whisper
from tests.slack.test_surface import words as every_word

MANAGERS = """
admins = ["ben@example.org"]
[channel_managers]
"*" = ["creator"]
[users]
"amira@example.org" = ["security"]
"""


@pytest.fixture
def managed(start: Callable[..., BotProcess], environ: dict[str, str]) -> BotProcess:
    """A scripted bot; Ben is an admin, and who made a channel may set it."""
    Path(environ["ISOBOT_SETTINGS"]).write_text(MANAGERS, encoding="utf-8")
    running = start()
    assert running.first_line, running.errors()
    return running


def set_to(state: str, **settings: Any) -> None:
    with Store.open(state) as store:
        store.keep_channel_settings(CHANNEL, ChannelSettings(**settings).as_kept(), "slack:T0HOME:U0BEN")


def test_settings_are_kept_as_they_were_set_and_what_is_unknown_is_as_if_unset() -> None:
    """A newer isobot may have written more, and a language may have gone."""
    own = ChannelSettings(frozenset({"policies"}), Listens.QUESTIONS, True, "de")
    assert ChannelSettings.of(json.loads(json.dumps(own.as_kept())), "en") == own
    assert ChannelSettings.of({"listens": "always", "language": "xx", "private": "yes", "more": 1}, "de") == ChannelSettings(language="de")


def test_a_channel_that_listens_is_answered_unasked_where_the_bot_is_sure(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """A question that the documents answer opens a thread; one that they leave open, talk, and other channels stay without a reply."""
    slack.channels["C0OTHER"] = {"id": "C0OTHER"}
    set_to(state, listens=Listens.QUESTIONS)
    heard = slack.say("when must a laptop be locked?", "")
    (post,) = slack.wait_for_posts(1)
    assert post["thread_ts"] == heard["payload"]["event"]["ts"]
    silent = [slack.say("may guests ask?", "", user=GUEST), slack.say("is the moon ours?", "")]
    silent += [slack.say("good morning all", ""), slack.say("may i?", "", channel="C0OTHER")]
    for told in silent:
        slack.wait_for_ack(told["envelope_id"])
    time.sleep(SETTLED)
    assert len(slack.posts) == 1


def test_a_private_channel_answer_is_seen_by_the_asker_alone(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """It is made for them, with what they may read; others do not go on with it unasked."""
    set_to(state, private=True)
    mentioned = slack.mention("keys")
    told = whisper(slack)
    assert told["user"] == PERSON and words(told).startswith("About keys: your groups are ['security'].")
    assert "thread_ts" not in told or not told["thread_ts"]
    thread = mentioned["payload"]["event"]["ts"]
    slack.wait_for_ack(slack.say("and for tablets?", thread, user=COLLEAGUE)["envelope_id"])
    slack.say("and for tablets?", thread)
    again = whisper(slack, 2)
    assert again["user"] == PERSON and again["thread_ts"] == thread
    slack.mention("keys", user=GUEST)
    refused = whisper(slack, 3)
    assert refused["user"] == GUEST and "as a guest" in words(refused)
    assert slack.posts == []


def test_a_channel_is_spoken_to_in_its_language(slack: StandInSlack, bot: BotProcess, state: str) -> None:
    """Abstentions, hints, failures and refusals; direct messages stay in the language that everybody has."""
    set_to(state, language="de")
    slack.mention("moon")
    slack.wait_for_posts(1)
    slack.mention("")
    slack.wait_for_posts(2)
    slack.mention("explode")
    slack.wait_for_posts(3)
    slack.mention("keys", user=GUEST)
    slack.wait_for_posts(4)
    slack.direct_message("moon")
    open_, hint, failed, guest, direct = map(words, slack.wait_for_posts(5))
    assert open_.startswith("Eure Richtlinien sagen dazu nichts. Bitte frage Security Office.")
    assert hint.startswith("Stell mir eine Frage") and failed.startswith("Bei mir ist etwas schiefgegangen.")
    assert failed.rpartition(" ")[2] in bot.errors()
    assert "als Gast" in guest and direct.startswith("Your policies don't say.")


def test_who_may_not_set_a_channel_is_told_how_it_is_set(slack: StandInSlack, managed: BotProcess, state: str) -> None:
    """Nobody but admins and managers gets the form, and a submission without the right changes nothing."""
    slack.command("settings")
    told = whisper(slack)
    assert every_word(told).startswith("I answer here so:Only when I am mentionedEverybody in the channel, in a thread")
    assert "Only creator may change" in every_word(told)
    slack.command("settings", channel=DIRECT)
    assert "Type /isobot settings in the channel" in every_word(whisper(slack, 2))
    forged = {"type": "modal", "callback_id": "isobot_settings_view", "blocks": [], "private_metadata": json.dumps({"channel": CHANNEL})}
    slack.submit(forged)
    slack.wait_for_posts(1)
    assert "may change how I answer" in words(slack.posts[0])
    with Store.open(state) as store:
        assert store.channel_settings(CHANNEL) is None


def test_an_admin_sets_a_channel_and_it_holds_at_once(slack: StandInSlack, served: BotProcess, state: str) -> None:
    """The form shows what holds; what is saved is told in the new language, and the next question follows it."""
    slack.command("settings", COLLEAGUE)
    form = view(slack)
    assert [block["block_id"] for block in form["blocks"]] == ["listens", "seen", "language", "collections"]
    assert form["title"]["text"] == "In this channel"
    slack.submit(form, COLLEAGUE, language="de", seen="asker", collections=["records"])
    (told,) = slack.wait_for_posts(1)
    assert told["channel"] == COLLEAGUE
    assert words(told) == (
        "Gespeichert. Von jetzt an antworte ich hier so:Nur wenn ich erwähnt werdeNur wer fragtaus den Sammlungen recordsDeutsch"
    )
    slack.mention("when must a lost laptop be reported?")
    assert every_word(whisper(slack)).startswith("Eure Richtlinien sagen dazu nichts.")
    slack.command("settings", COLLEAGUE)
    slack.submit(view(slack, 2), COLLEAGUE, collections=[])
    slack.wait_for_posts(2)
    slack.mention("when must a lost laptop be reported?")
    assert LOSS in every_word(whisper(slack, 2))
    with Store.open(state) as store:
        kept = store.channel_settings(CHANNEL)
    assert kept == {"collections": None, "listens": "mentions", "private": True, "language": "de"}


def test_who_made_a_channel_may_set_it_where_the_settings_say_so(slack: StandInSlack, served: BotProcess) -> None:
    """By what Slack tells of the channel, which nobody can write into a profile."""
    slack.channels[CHANNEL]["creator"] = PERSON
    slack.command("settings")
    assert view(slack)["callback_id"] == "isobot_settings_view"
    slack.submit(view(slack), COLLEAGUE)  # an admin
    slack.submit(view(slack))
    told = slack.wait_for_posts(2)
    assert ["I answer here so" in words(post) for post in told] == [True, True]
