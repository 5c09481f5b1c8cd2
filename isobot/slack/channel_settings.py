"""How the bot answers in a channel, as whoever may has set it there."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from corpus.errors import StateError
from isobot.languages import DEFAULT, NAMES, Language, language

if TYPE_CHECKING:
    from isobot.state.store import Store

log = logging.getLogger("isobot.slack")


class Listens(StrEnum):
    """To what the bot answers: mentions and what follows them in a thread, or every question that it can answer."""

    MENTIONS = "mentions"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """collections: those that are answered from; None for all. private: whether the asker alone sees the answer. language: a code."""

    collections: frozenset[str] | None = None
    listens: Listens = Listens.MENTIONS
    private: bool = False
    language: str = DEFAULT

    @classmethod
    def of(cls, kept: Mapping[str, Any], otherwise: str) -> ChannelSettings:
        """From what the state keeps; what it does not say, or says in a way that is not known here, is as where nothing was set."""
        collections, code = kept.get("collections"), kept.get("language")
        return cls(
            collections=frozenset(map(str, collections)) if collections else None,
            listens=Listens.QUESTIONS if kept.get("listens") == Listens.QUESTIONS else Listens.MENTIONS,
            private=kept.get("private") is True,
            language=code if code in NAMES else otherwise,
        )

    def as_kept(self) -> dict[str, Any]:
        collections = sorted(self.collections) if self.collections else None
        return {"collections": collections, "listens": self.listens.value, "private": self.private, "language": self.language}


class Channels:
    """The settings of every channel. They are read anew each time, so that all replicas follow a change at once."""

    def __init__(self, store: Store, default_language: str = DEFAULT) -> None:
        self._store = store
        self._default = default_language

    def of(self, channel: str) -> ChannelSettings:
        """Raises StateError. What is no channel, such as a direct conversation, has the settings of one where nothing was set."""
        kept = self._store.channel_settings(channel) if channel.startswith(("C", "G")) else None
        return ChannelSettings.of(kept or {}, self._default)

    def words(self, channel: str) -> Language:
        """The language to speak there. Raises nothing: it is needed most where something has failed."""
        try:
            return language(self.of(channel).language)
        except StateError:
            log.exception("the language of channel %s could not be read", channel)
            return language(self._default)

    def keep(self, channel: str, settings: ChannelSettings, identity: str) -> None:
        """Raises StateError."""
        self._store.keep_channel_settings(channel, settings.as_kept(), identity)
