"""Chats over the index of the tiny organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from isobot.chat.session import Chat, chatting
from isobot.responder import Responder
from isobot.settings import Settings
from tests.organisation import ANALYST, MEMBER, TODAY, Organisation, cache, environ, isobot, organisation

__all__ = ["cache", "environ", "isobot", "organisation"]

USERS = {ANALYST: frozenset({"security"}), MEMBER: frozenset({"sales"}), "root": frozenset({"security"})}


@pytest.fixture
def settings(organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ISOBOT_TODAY", TODAY)
    monkeypatch.setattr("isobot.chat.session.getuser", lambda: "root")
    return replace(organisation.settings, users=USERS, state=f"sqlite:///{tmp_path / 'state.db'}")


@pytest.fixture
def begin(settings: Settings) -> Iterator[Callable[..., Chat]]:
    """Begin a chat: `begin()`, `begin(user)`, `begin(audit_terminal=True)`."""
    with ExitStack() as stack:

        def beginning(user: str | None = None, responder: Any = None, **changed: Any) -> Chat:
            ours = replace(settings, **changed)
            today = date.fromisoformat(TODAY)
            return stack.enter_context(chatting(ours, responder or Responder(ours, lambda: today), user))

        yield beginning
