"""Who reads the reply, and so which documents may be cited in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isobot.slack.events import Asking, Surface
from isobot.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_sdk import WebClient

FRESH_SECONDS = 300.0  # how long what Slack said of a person or a channel is believed
MAX_REMEMBERED = 10_000  # people and channels

DEACTIVATED = "I answer members of this workspace only, and this account is deactivated."
AUTOMATIC = "I answer people only, and this account is a bot's."
STRANGER = "I answer members of this workspace only, and you belong to another organisation. Please ask your contact here."
GUEST = "I answer full members of this workspace only, and you are here as a guest. Please ask your contact here."
SHARED = "People of another organisation read this channel, so I do not answer here. Please ask me in a direct message."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing may be cited to who would read the reply; the sentence says why."""

    sentence: str


def refusal_of(user: Mapping[str, Any], workspace: Workspace) -> Refusal | None:
    """Why a person, as `users.info` tells, is not answered; None for a full member."""
    if user.get("deleted"):
        return Refusal(DEACTIVATED)
    if user.get("is_bot") or user.get("is_workflow_bot"):
        return Refusal(AUTOMATIC)
    if user.get("is_stranger") or not workspace.employs(user):
        return Refusal(STRANGER)
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Refusal(GUEST)
    return None


def groups_of(user: Mapping[str, Any], users: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The groups that the settings give a member, by Slack user id or by e-mail; an e-mail that was never confirmed counts for nothing."""
    named = users.get(str(user.get("id", "")).casefold(), frozenset())
    email = str((user.get("profile") or {}).get("email") or "").casefold()
    if not email or user.get("is_email_confirmed") is False:
        return named
    return named | users.get(email, frozenset())


class Remembered:
    """What a lookup returned, for FRESH_SECONDS. A lookup that fails is not remembered: the next question tries again."""

    def __init__(self, look_up: Callable[[str], Mapping[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._look_up = look_up
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[str, tuple[float, Mapping[str, Any]]] = {}

    def get(self, key: str) -> Mapping[str, Any]:
        with self._lock:
            found = self._found.get(key)
        if found and self._clock() - found[0] < FRESH_SECONDS:
            return found[1]
        value = self._look_up(key)
        with self._lock:
            if len(self._found) >= MAX_REMEMBERED:
                self._found.clear()
            self._found[key] = (self._clock(), value)
        return value


class Audience:
    """Decides from what Slack says of the asker and the channel. Thread-safe.

    A channel gets only what every member may read, whoever asks; a direct message what the asker's groups may. Whatever cannot be
    found out raises SlackApiError or a network error, and so nothing is cited.
    """

    def __init__(
        self,
        client: WebClient,
        workspace: Workspace,
        users: Mapping[str, frozenset[str]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._users = {name.casefold(): groups for name, groups in users.items()}
        self._people = Remembered(lambda user: client.users_info(user=user)["user"], clock)
        self._channels = Remembered(lambda channel: client.conversations_info(channel=channel)["channel"], clock)

    def of(self, asking: Asking, envelope: Mapping[str, Any]) -> frozenset[str] | Refusal:
        """The groups whose documents may be cited in the reply, or why there are none.

        envelope: what Slack wrapped the event in; it says whether another organisation shares the channel.
        """
        own = self.of_person(asking.user)
        if isinstance(own, Refusal):
            return own
        if self._is_shared(asking.channel, envelope):
            return Refusal(SHARED)
        return frozenset() if asking.surface is Surface.CHANNEL else own

    def of_person(self, user: str) -> frozenset[str] | Refusal:
        """The groups of one person who reads alone, or why nothing may be shown to them."""
        facts = self._people.get(user)
        return refusal_of(facts, self._workspace) or groups_of(facts, self._users)

    def names_of(self, user: str) -> frozenset[str]:
        """By what a person may be named in settings and documents, in small letters: their id, real name, and confirmed e-mail."""
        facts = self._people.get(user)
        profile = facts.get("profile") or {}
        email = None if facts.get("is_email_confirmed") is False else profile.get("email")
        given = (user, facts.get("real_name"), profile.get("real_name"), email)
        return frozenset(str(name).casefold() for name in given if name)

    def of_channel(self, channel: str) -> frozenset[str] | Refusal:
        """The groups that every reader of a channel has, or why nothing may be cited there."""
        return Refusal(SHARED) if self._is_shared(channel, {}) else frozenset()

    def _is_shared(self, channel: str, envelope: Mapping[str, Any]) -> bool:
        told = envelope.get("is_ext_shared_channel")
        return bool(told) if told is not None else bool(self._channels.get(channel).get("is_ext_shared"))
