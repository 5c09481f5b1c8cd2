"""Who reads the reply, and so which documents may be cited in it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isobot.languages import Language
from isobot.slack.events import Asking, Surface
from isobot.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_sdk import WebClient

FRESH_SECONDS = 300.0  # how long what Slack said of a person or a channel is believed
MAX_REMEMBERED = 50_000  # people and channels
MANY = 20  # people to look up, from which on the whole directory is read instead

log = logging.getLogger("isobot.slack")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing may be cited to who would read the reply. why: one of the `refusal` texts of the catalogue."""

    why: str

    def said(self, words: Language) -> str:
        return words.say(f"refusal.{self.why}")


def refusal_of(user: Mapping[str, Any], workspace: Workspace) -> Refusal | None:
    """Why a person, as `users.info` tells, is not answered; None for a full member."""
    if user.get("deleted"):
        return Refusal("deactivated")
    if user.get("is_bot") or user.get("is_workflow_bot"):
        return Refusal("automatic")
    if user.get("is_stranger") or not workspace.employs(user):
        return Refusal("stranger")
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Refusal("guest")
    return None


def groups_of(user: Mapping[str, Any], users: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The groups that the settings give a member, by Slack user id or by e-mail; an e-mail that was never confirmed counts for nothing."""
    named = users.get(str(user.get("id", "")).casefold(), frozenset())
    return named | users.get(email_of(user), frozenset())


def email_of(user: Mapping[str, Any]) -> str:
    """The e-mail in small letters; "" where it was never confirmed."""
    return "" if user.get("is_email_confirmed") is False else str((user.get("profile") or {}).get("email") or "").casefold()


class Remembered:
    """What a lookup returned, for FRESH_SECONDS. A lookup that fails is not remembered: the next question tries again."""

    def __init__(self, look_up: Callable[[str], Mapping[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._look_up = look_up
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[str, tuple[float, Mapping[str, Any]]] = {}

    def get(self, key: str) -> Mapping[str, Any]:
        if (found := self.known(key)) is not None:
            return found
        value = self._look_up(key)
        self.put(key, value)
        return value

    def known(self, key: str) -> Mapping[str, Any] | None:
        """What is remembered and still fresh."""
        with self._lock:
            found = self._found.get(key)
        return found[1] if found and self._clock() - found[0] < FRESH_SECONDS else None

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        with self._lock:
            if len(self._found) >= MAX_REMEMBERED:
                self._found.clear()
            self._found[key] = (self._clock(), value)


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
        groups: Mapping[str, frozenset[str]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._groups = groups or {}
        self._users = {name.casefold(): groups for name, groups in users.items()}
        self._people = Remembered(lambda user: client.users_info(user=user)["user"], clock)
        self._channels = Remembered(lambda channel: client.conversations_info(channel=channel)["channel"], clock)
        self._members = Remembered(lambda channel: {"ids": frozenset(members(client, channel))}, clock)
        self._user_groups = Remembered(lambda id: {"ids": frozenset(client.usergroups_users_list(usergroup=id)["users"])}, clock)

    def of(self, asking: Asking, envelope: Mapping[str, Any]) -> frozenset[str] | Refusal:
        """The groups whose documents may be cited in the reply, or why there are none.

        envelope: what Slack wrapped the event in; it says whether another organisation shares the channel.
        """
        own = self.of_person(asking.user)
        if isinstance(own, Refusal):
            return own
        return self.of_channel(asking.channel, envelope) if asking.surface is Surface.CHANNEL else own

    def of_person(self, user: str) -> frozenset[str] | Refusal:
        """The groups of one person who reads alone, or why nothing may be shown to them."""
        facts = self._people.get(user)
        return refusal_of(facts, self._workspace) or self._groups_of(facts)

    def names_of(self, user: str) -> frozenset[str]:
        """By what a person may be named in settings and documents, in small letters: their id, real name, and confirmed e-mail."""
        facts = self._people.get(user)
        given = (user, facts.get("real_name"), (facts.get("profile") or {}).get("real_name"), email_of(facts))
        return frozenset(str(name).casefold() for name in given if name)

    def is_member(self, user: str, channel: str) -> bool:
        """Whether a person is in a channel. Raises SlackApiError, OSError where Slack does not say."""
        return user in self._members.get(channel)["ids"]

    def creator_of(self, channel: str) -> str:
        """The id of who made a channel; "" where Slack does not say."""
        return str(self._channels.get(channel).get("creator") or "")

    def of_channel(self, channel: str, envelope: Mapping[str, Any] | None = None) -> frozenset[str] | Refusal:
        """The groups that every member of a channel belongs to, or why nothing may be cited there; who asks does not matter."""
        if self._is_shared(channel, envelope or {}):
            return Refusal("shared")
        common: frozenset[str] | None = None
        for facts in self._readers(channel):
            if refusal_of(facts, self._workspace):
                return Refusal("guests")
            own = self._groups_of(facts)
            common = own if common is None else common & own
        return common or frozenset()

    def _readers(self, channel: str) -> Iterator[Mapping[str, Any]]:
        """Every person in a channel. Bots are of the workspace's own choosing, and who is deactivated reads nothing."""
        ids = self._members.get(channel)["ids"] - {self._workspace.bot_user_id}
        if sum(self._people.known(id) is None for id in ids) > MANY:
            for user in directory(self._client):
                self._people.put(str(user["id"]), user)
        every = (self._people.get(id) for id in ids)
        return (facts for facts in every if not (facts.get("deleted") or facts.get("is_bot")))

    def _groups_of(self, facts: Mapping[str, Any]) -> frozenset[str]:
        belongs = (group for group, sources in self._groups.items() if any(self._is_of(facts, source) for source in sources))
        return groups_of(facts, self._users) | frozenset(belongs)

    def _is_of(self, facts: Mapping[str, Any], source: str) -> bool:
        """Whether a person is of a user group, a channel or an e-mail domain; no where Slack does not say."""
        from slack_sdk.errors import SlackApiError

        if source.startswith("@"):
            return email_of(facts).endswith(source.casefold())
        try:
            return facts.get("id") in (self._user_groups if source.startswith("S") else self._members).get(source)["ids"]
        except (SlackApiError, OSError) as problem:
            log.warning("who belongs to %s cannot be found out, so nobody does: %s", source, problem)
            return False

    def _is_shared(self, channel: str, envelope: Mapping[str, Any]) -> bool:
        told = envelope.get("is_ext_shared_channel")
        return bool(told) if told is not None else bool(self._channels.get(channel).get("is_ext_shared"))


def members(client: WebClient, channel: str) -> Iterator[str]:
    """The ids of everybody in a channel."""
    for page in client.conversations_members(channel=channel, limit=1000):
        yield from page["members"]


def directory(client: WebClient) -> Iterator[Mapping[str, Any]]:
    """Everybody in the workspace, as `users.info` tells of each."""
    for page in client.users_list(limit=1000):
        yield from page["members"]
