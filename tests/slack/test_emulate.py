"""The bot in HTTP mode against a Slack that others wrote: the Web API of the npm package `emulate`."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from isobot.slack.limits import message_problems
from tests.organisation import HIDDEN_WORDS, TODAY, Organisation
from tests.slack.conftest import ROOT, BotProcess, variables
from tests.slack.emulated import BOT_TOKEN, BOT_USER, TEAM, Emulate, until
from tests.slack.signed import SECRET, post
from tests.slack.strictness import words_of

SLACK = (sys.executable, "-m", "isobot", "slack")
LOSS = "A lost laptop must be reported to the Service Desk within four hours."
RUNBOOK = "call the falcon bridge on extension 7788"
RANSOMWARE = "what must I do when ransomware is suspected?"
SETTINGS = """
[users]
"amira@example.org" = ["security"]
[groups]
security = ["S0SECURITY"]
"""

pytestmark = pytest.mark.needs("emulate")


class Conversation:
    """What people write in `emulate`, and what the bot is told of it and answers."""

    def __init__(self, slack: Emulate, bot: BotProcess) -> None:
        self.slack, self.bot = slack, bot
        self._numbers = itertools.count(1)

    def write(self, text: str, channel: str, kind: str = "app_mention", **facts: Any) -> tuple[str, str]:
        """Amira writes a message, and the bot is sent the event. Returns the message's `ts` and the event's id."""
        amira = self.slack.person("amira")
        ts = str(amira.chat_postMessage(channel=channel, text=text, thread_ts=facts.get("thread_ts"))["ts"])
        event = {"type": kind, "user": self.amira, "text": text, "channel": channel, "ts": ts, **facts}
        event_id = f"Ev{next(self._numbers)}"
        assert self.send(event_id, event) == 200
        return ts, event_id

    def send(self, event_id: str, event: dict[str, Any], **headers: str) -> int:
        envelope = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event}
        return post(self.bot, json.dumps(envelope).encode(), **headers)

    def replies(self, channel: str, ts: str, number: int = 1) -> list[dict[str, Any]]:
        """What stands below a message as Amira sees it, once it is that many."""
        amira = self.slack.person("amira")

        def enough() -> list[dict[str, Any]]:
            below: list[dict[str, Any]] = amira.conversations_replies(channel=channel, ts=ts)["messages"][1:]
            return below if len(below) >= number else []

        return until(enough, f"{number} replies to {ts}")

    @property
    def amira(self) -> str:
        return self.slack.id_of("amira")

    def direct(self) -> str:
        """Amira's conversation with the bot."""
        return str(self.slack.person("amira").conversations_open(users=[BOT_USER])["channel"]["id"])

    def said_after(self, ts: str, direct: str) -> list[dict[str, Any]]:
        """What the bot said there after a message, the first of it first."""
        messages = self.slack.person("amira").conversations_history(channel=direct)["messages"]
        return [one for one in reversed(messages) if one["user"] == BOT_USER and one["ts"] > ts]

    def trigger(self) -> str:
        """What Slack sends with a click of Amira's, good for one modal."""
        bot = WebClient(token=BOT_TOKEN, base_url=self.slack.api_url)
        return str(bot.api_call("views.generateTriggerId", params={"user_id": self.amira})["trigger_id"])

    def click(self, message: dict[str, Any], channel: str, label: str, trigger: str) -> int:
        rows = (block["elements"] for block in message["blocks"] if block["type"] == "actions")
        button = next(one for row in rows for one in row if one["text"]["text"] == label)
        payload = {
            "type": "block_actions", "user": {"id": self.amira}, "team": {"id": TEAM}, "channel": {"id": channel},
            "message": {"ts": message["ts"]}, "actions": [button], "trigger_id": trigger, "response_url": "",
        }  # fmt: skip
        form = urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()
        return post(self.bot, form, **{"Content-Type": "application/x-www-form-urlencoded"})

    def channel(self, name: str, *people: str, private: bool = False) -> str:
        """A new channel of Amira's, with the bot and others in it."""
        amira = self.slack.person("amira")
        made = str(amira.conversations_create(name=name, is_private=private)["channel"]["id"])
        amira.conversations_invite(channel=made, users=[BOT_USER, *map(self.slack.id_of, people)])
        return made


def words(message: dict[str, Any]) -> str:
    blocks = message["blocks"]
    return "".join(words_of(json.loads(blocks) if isinstance(blocks, str) else blocks))


def ended(environ: dict[str, str], *command: str) -> tuple[int, str]:
    """How `isobot slack` ended, and all that it printed."""
    line = (*SLACK, *command)
    done = subprocess.run(line, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="class")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("emulate")


@pytest.fixture(scope="class")
def slack(folder: Path) -> Iterator[Emulate]:
    with Emulate(folder) as running:
        yield running


@pytest.fixture(scope="class")
def environ(slack: Emulate, folder: Path, organisation: Organisation) -> dict[str, str]:
    given = variables(slack, folder, f"sqlite:///{folder / 'state.db'}")
    Path(given["ISOBOT_SETTINGS"]).write_text(SETTINGS, encoding="utf-8")
    index = {"ISOBOT_INDEX": str(organisation.index), "ISOBOT_CACHE": str(organisation.cache), "ISOBOT_TODAY": TODAY}
    return {**given, **index, "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET}


@pytest.fixture(scope="class")
def talk(slack: Emulate, environ: dict[str, str], folder: Path) -> Iterator[Conversation]:
    bot = BotProcess((*SLACK, "run", "--http", "127.0.0.1:0"), environ, folder)
    assert bot.first_line, bot.errors()
    yield Conversation(slack, bot)
    bot.process.kill()
    bot.process.wait()


class TestAgainstEmulate:
    """What it has, the bot uses: auth.test, users.info, conversations.info and .members, chat.postMessage with blocks and metadata,
    chat.postEphemeral, views.open with triggers of its own, views.publish. Each wants its scope of a token that has those of the manifest.

    What it lacks: Socket Mode (the start ends with a sentence); user groups (nobody belongs to one); the header that names an app's scopes
    (`check` says so, and direct messages are no agent view, so assistant.threads.* is not called); a way to set a request URL, mentions and
    `channel_type` in its events, clicks and commands (these tests sign and send them); guests, Slack Connect, limits on rates and on blocks
    (those are for the stand-in, and `message_problems` looks at the blocks that it kept).
    """

    def test_it_signs_in(self, talk: Conversation) -> None:
        """By auth.test alone: the names are those that the server tells."""
        assert talk.bot.first_line.startswith("isobot is ready: answering as @isobot in Merrowline (http://127.0.0.1:")

    def test_a_mention_is_answered_once_in_its_thread(self, talk: Conversation) -> None:
        """With blocks within Slack's limits and the event's id in its metadata, which the server keeps; a retry brings no second reply."""
        channel = talk.channel("general-talk", "ben")
        ts, event_id = talk.write(f"<@{BOT_USER}> when must a lost laptop be reported?", channel)
        (reply,) = talk.replies(channel, ts)
        assert reply["user"] == BOT_USER and reply["thread_ts"] == ts
        assert LOSS in words(reply) and list(message_problems(reply["blocks"], reply["text"])) == []
        assert reply["metadata"]["event_type"] == "isobot_answer"
        assert reply["metadata"]["event_payload"]["event_id"] == event_id
        again = {"type": "app_mention", "user": talk.amira, "text": "laptops", "channel": channel, "ts": ts}
        assert talk.send(event_id, again, **{"X-Slack-Retry-Num": "1"}) == 200
        talk.write("and who keeps the key?", channel, "message", channel_type="channel", thread_ts=ts)
        assert [one["user"] for one in talk.replies(channel, ts, 3)] == [BOT_USER, talk.amira, BOT_USER]

    def test_a_direct_message_is_answered_beside_itself(self, talk: Conversation) -> None:
        """With what she alone may read; the server names no scopes, so this is no agent view, and no status is set."""
        direct = talk.direct()
        ts, _ = talk.write(RANSOMWARE, direct, "message", channel_type="im")
        reply = until(lambda: talk.said_after(ts, direct), "a reply")[0]
        assert RUNBOOK in words(reply) and "thread_ts" not in reply
        assert talk.slack.calls("assistant.threads.setStatus") == []

    def test_what_no_document_says_is_said_in_the_thread(self, talk: Conversation) -> None:
        """An abstention, which cites nothing."""
        channel = talk.channel("football", "ben")
        ts, _ = talk.write(f"<@{BOT_USER}> who won the football last night?", channel)
        (reply,) = talk.replies(channel, ts)
        assert words(reply).startswith("Your policies don't say. Please ask Service Desk.")

    def test_a_channel_gets_what_all_of_its_members_may_read(self, talk: Conversation) -> None:
        """Looked up by conversations.info, conversations.members and users.info; the rest is for the asker's eyes alone."""
        mixed, own = talk.channel("everybody", "ben"), talk.channel("security-team", private=True)
        ts, _ = talk.write(f"<@{BOT_USER}> {RANSOMWARE}", mixed)
        (public,) = talk.replies(mixed, ts)
        assert not any(word in words(public) for word in HIDDEN_WORDS)
        (whisper,) = until(lambda: talk.slack.calls("chat.postEphemeral"), "what is for Amira alone")
        assert RUNBOOK in words(whisper.given) and (whisper.given["user"], whisper.error) == (talk.amira, "")
        ts, _ = talk.write(f"<@{BOT_USER}> {RANSOMWARE}", own)
        assert RUNBOOK in words(talk.replies(own, ts)[0])
        for method in ("conversations.info", "conversations.members"):
            assert {call.given["channel"] for call in talk.slack.calls(method) if not call.error} >= {mixed, own}
        assert {call.given["user"] for call in talk.slack.calls("users.info") if not call.error} >= {talk.amira, talk.slack.id_of("ben")}

    def test_what_the_server_does_not_have_or_know_keeps_nobody_from_a_sentence(self, talk: Conversation) -> None:
        """User groups are not among its methods, so nobody belongs to one; of who is unknown to it, nothing is cited to them."""
        channel = talk.channel("unknown", "ben")
        ts, _ = talk.write(f"<@{BOT_USER}> when must a lost laptop be reported?", channel, user="U0NOBODY")
        (reply,) = talk.replies(channel, ts)
        assert "tell whoever runs me this reference" in words(reply) and LOSS not in words(reply)
        ts, _ = talk.write(f"<@{BOT_USER}> when must a lost laptop be reported?", channel)
        assert LOSS in words(talk.replies(channel, ts)[0])
        assert {call.error for call in talk.slack.calls("usergroups.users.list")} == {"404"}
        assert "who belongs to S0SECURITY cannot be found out, so nobody does" in talk.bot.errors()

    def test_a_clause_opens_once_for_a_trigger(self, talk: Conversation) -> None:
        """A modal takes the server's own trigger; where that was used before, the person is told in their direct messages."""
        channel = talk.channel("clauses", "ben")
        ts, _ = talk.write(f"<@{BOT_USER}> when must a lost laptop be reported?", channel)
        (reply,) = talk.replies(channel, ts)
        trigger = talk.trigger()
        assert talk.click(reply, channel, "Whole clause", trigger) == 200
        (opened,) = until(lambda: talk.slack.calls("views.open"), "a modal")
        assert LOSS in words(opened.given["view"]) and opened.error == ""
        before = talk.said_after("0", talk.direct())
        assert talk.click(reply, channel, "Whole clause", trigger) == 200
        told = until(lambda: talk.said_after("0", talk.direct())[len(before) :], "a sentence")
        assert words(told[0]) == "Slack gave that up before I could show it. Please do it again."

    def test_app_home_is_published(self, talk: Conversation) -> None:
        """The server takes it for a view of the type "home"."""
        assert talk.send("EvHome", {"type": "app_home_opened", "user": talk.amira, "tab": "home", "channel": talk.direct()}) == 200
        (published,) = until(lambda: talk.slack.calls("views.publish"), "App Home")
        assert published.error == "" and words(published.given["view"]).startswith("Ask what your policies say")

    def test_without_socket_mode_the_start_says_so(self, environ: dict[str, str], slack: Emulate) -> None:
        """apps.connections.open is not among its methods: a sentence and exit code 3."""
        code, printed = ended(environ, "run")
        assert code == 3
        assert f"isobot: {slack.api_url}apps.connections.open is not answered as Slack answers (status 404)." in printed

    def test_a_check_does_not_take_unnamed_scopes_for_missing_ones(self, environ: dict[str, str]) -> None:
        """The server names none, which Slack does with every answer; the rest is looked at all the same."""
        code, printed = ended(environ, "check")
        lines = printed.splitlines()
        assert code == 1
        assert lines[0] == "ok    SLACK_BOT_TOKEN is that of @isobot in Merrowline."
        assert lines[1].startswith("mend  Which scopes the app has was not told")
        assert "apps.connections.open is not answered as Slack answers" in lines[2]
        assert lines[3].startswith("ok    The index ") and len(lines) == 4
