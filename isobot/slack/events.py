"""What a Slack event asks, and where the reply goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from isobot.slack.unasked import reads_as_question

# Every other subtype is an edit, a deletion, a notice of Slack's or another bot's post.
SPOKEN_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
SLACK_ITSELF = "USLACKBOT"
SOMEBODY = re.compile(r"<(?:@|!subteam)")  # a person or a user group: whoever mentions one talks to them
REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


class Surface(StrEnum):
    """Where it was asked; everybody in a channel reads the reply, in a direct message and in a console without Slack the asker alone."""

    CHANNEL = "slack:channel"
    DIRECT = "slack:direct"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Asking:
    """A message that asks the bot something.

    text: the question without the mention; "" when there was nothing else. user: the Slack id of who asks. ts: of the message,
    which names it within its channel. thread_ts: the thread that the reply goes to, None for a reply beside the message.
    addressed: whether it is said to the bot, by a mention or directly; else it only was said where the bot can hear it.
    has_files: whether files came with it.
    """

    text: str
    user: str
    channel: str
    ts: str
    thread_ts: str | None
    surface: Surface
    addressed: bool = True
    has_files: bool = False

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below a message of somebody's."""
        return self.thread_ts not in (None, self.ts)


def asking_from(event: Mapping[str, Any], bot_user_id: str, has_agent_view: bool = False) -> Asking | None:
    """What a mention, a message in a direct conversation with the bot, or a question among people asks; None for all that asks nothing.

    A message in a channel that mentions the bot asks nothing: it arrives as `app_mention` too, and that one is answered. Nor does one
    that mentions somebody else, nor do edits, deletions, hidden messages, and what the bot itself, another bot or Slack says.
    """
    surface = surface_of(event)
    addressed = surface is Surface.DIRECT or event.get("type") == "app_mention"
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if surface is None or not is_spoken(event) or user == bot_user_id or not (user and channel and ts):
        return None
    # In a channel and in the agent view the answer opens a thread; another direct conversation has one line of talk already.
    thread = event.get("thread_ts") or (str(ts) if surface is Surface.CHANNEL or has_agent_view else None)
    said = str(event.get("text") or "")
    words = words_of(said, bot_user_id)
    if not addressed and (SOMEBODY.search(said) or not reads_as_question(words)):
        return None
    return Asking(words, str(user), str(channel), str(ts), thread, surface, addressed, bool(event.get("files")))


def deleted_in(event: Mapping[str, Any]) -> tuple[str, str] | None:
    """Channel and time of the message that was deleted, where an event tells of that; None for every other event.

    One that has replies leaves a tombstone, and Slack then tells of a change.
    """
    changed = event.get("message") or {}
    if event.get("subtype") == "message_deleted":
        ts = event.get("deleted_ts")
    elif event.get("subtype") == "message_changed" and changed.get("subtype") == "tombstone":
        ts = changed.get("ts")
    else:
        return None
    return (str(event["channel"]), str(ts)) if event.get("channel") and ts else None


def surface_of(event: Mapping[str, Any]) -> Surface | None:
    if event.get("type") == "app_mention":
        return Surface.CHANNEL
    if event.get("type") == "message":
        return {"im": Surface.DIRECT, "channel": Surface.CHANNEL, "group": Surface.CHANNEL}.get(str(event.get("channel_type")))
    return None


def is_spoken(event: Mapping[str, Any]) -> bool:
    """Whether a person has just said it."""
    altered = event.get("hidden") or event.get("edited")
    automatic = event.get("bot_id") or event.get("bot_profile") or event.get("user") == SLACK_ITSELF
    return event.get("subtype") in SPOKEN_SUBTYPES and not altered and not automatic


def words_of(text: str, bot_user_id: str) -> str:
    """The words as their author typed them: no mention of the bot, references by their names, Slack's three entities undone."""
    words = REFERENCE.sub(lambda found: spelled(found[1], found[2], bot_user_id), text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, character)
    return carried(words).strip()


def carried(text: str) -> str:
    """The text without half surrogate pairs and U+0000, which JSON can carry and no database column can."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def spelled(target: str, label: str | None, bot_user_id: str) -> str:
    """A reference as its author saw it: "<#C1|general>" as "#general", "<https://a.example|here>" as "here"."""
    if target == f"@{bot_user_id}":
        return " "
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")
