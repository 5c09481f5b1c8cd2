"""The workspace that the bot answers in, as Slack's `auth.test` names it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

AGENT_SCOPE = "assistant:write"


@dataclass(frozen=True, slots=True)
class Workspace:
    """team_id, enterprise_id: of the organisation whose people may ask. bot_user_id, bot_name: the bot among them.

    has_agent_view: whether direct conversations are Slack's agent view, in which each question has a thread of its own.
    """

    team_id: str
    team_name: str
    enterprise_id: str | None
    bot_user_id: str
    bot_name: str
    has_agent_view: bool = False

    @classmethod
    def of(cls, auth_test: Mapping[str, Any], scopes: Collection[str] = ()) -> Workspace:
        """scopes: those that the app has been given."""
        return cls(
            team_id=auth_test["team_id"],
            team_name=auth_test.get("team") or auth_test["team_id"],
            enterprise_id=auth_test.get("enterprise_id") or None,
            bot_user_id=auth_test["user_id"],
            bot_name=auth_test.get("user") or "isobot",
            has_agent_view=AGENT_SCOPE in scopes,
        )

    def identity(self, user: str) -> str:
        """How the state names a person of it."""
        return f"slack:{self.team_id}:{user}"

    def employs(self, user: Mapping[str, Any]) -> bool:
        """Whether a user, as `users.info` tells, belongs to this workspace or to the enterprise that owns it."""
        enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
        return user.get("team_id") == self.team_id or (enterprise is not None and enterprise == self.enterprise_id)
