"""The Bolt app: which events reach the desk. It is the same behind Socket Mode and behind HTTP."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from isobot.slack.desk import Desk

ASKING = ("app_mention", "message")  # the events that may ask something


def build_app(client: WebClient, desk: Desk, executor: Executor, signing_secret: str | None = None) -> App:
    """An app whose listeners run in `executor`; Bolt acknowledges each event before its listener begins."""
    logger = logging.getLogger("isobot.bolt")
    # Bolt warns that it will not use a token that stands in the environment: it is the client's own.
    logger.setLevel(logging.ERROR)
    app = App(
        client=client,
        name="isobot",
        signing_secret=signing_secret or "",
        token_verification_enabled=False,
        listener_executor=executor,
        logger=logger,
    )
    logger.setLevel(logging.WARNING)
    register(app, desk)
    return app


def register(app: App, desk: Desk) -> None:
    """Send mentions and messages to the desk, which knows the ones that ask it nothing.

    An event is claimed before it is acknowledged; where that fails, Slack hears no acknowledgement and sends it again.
    """

    @app.middleware
    def claim(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
        if body.get("type") == "event_callback" and body["event"]["type"] in ASKING and not desk.admit(body):
            return BoltResponse(status=200)
        return next()

    @app.event("app_mention")
    def on_mention(body: dict[str, Any]) -> None:
        desk.take(body)

    # Also for messages in channels, so that a twin of a mention is acknowledged and not sent again.
    @app.event("message")
    def on_message(body: dict[str, Any]) -> None:
        desk.take(body)
