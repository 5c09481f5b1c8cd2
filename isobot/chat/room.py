"""The room: what stands in for Slack in a console. One person is in it, and what the bot shows them is kept until it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from corpus.errors import SlackError
from isobot.refusals import NotServedError
from isobot.slack.limits import Block, validate
from isobot.slack.outbox import POST
from isobot.slack.workspace import Workspace

TEAM = "console"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something to be shown. view: of a modal, as Slack would get it; None for a message."""

    blocks: list[Block]
    view: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Console(Workspace):
    """A workspace of whoever sits at this terminal."""

    def identity(self, user: str) -> str:
        return f"terminal:{user}"


class Room(WebClient):
    """Slack's Web API as far as one person alone needs it, and the outbox beside it; nothing leaves the process."""

    def __init__(self, user: str, channel: str) -> None:
        super().__init__(token="")
        self.workspace = Console(TEAM, "this console", None, "isobot", "isobot")
        self.shown: list[Sheet] = []
        self._user = user
        self._channel = channel

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Answer a call as Slack would. Raises SlackError for what only Slack can do."""
        arguments = {**(given.get("params") or {}), **(given.get("json") or {})}
        if api_method == "views.open":
            self.shown.append(Sheet(arguments["view"]["blocks"], arguments["view"]))
            return self._answered({})
        if api_method == "users.info":
            person = {"id": self._user, "team_id": TEAM, "profile": {"email": self._user}}
            return self._answered({"user": person})
        raise SlackError(f"{api_method} is Slack's, and this console is without it.")

    def put(self, channel: str, arguments: dict[str, Any], *, method: str = POST) -> Future[str]:
        """Show a message; one for somebody else is told not to have been sent. Raises SlackError for what Slack would refuse."""
        validate(arguments["blocks"], arguments["text"])
        told: Future[str] = Future()
        if channel in (self._user, self._channel):
            self.shown.append(Sheet(arguments["blocks"]))
            told.set_result("")
        else:
            told.set_exception(NotServedError("failure.no_slack", to=channel))
        return told

    def taken(self) -> list[Sheet]:
        """What is to be shown now; it is handed out once."""
        sheets, self.shown = self.shown, []
        return sheets

    def _answered(self, data: dict[str, Any]) -> SlackResponse:
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data={"ok": True, **data}, headers={}, status_code=200
        )
