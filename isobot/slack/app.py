"""The Bolt app: which events reach the desk. It is the same behind Socket Mode and behind HTTP."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient

from isobot.slack.desk import Desk
from isobot.slack.reception import Reception

ASKING = ("app_mention", "message")  # the events that may ask something


def build_app(client: WebClient, desk: Desk, reception: Reception, executor: Executor, signing_secret: str | None = None) -> App:
    """An app whose listeners run in `executor`; Bolt acknowledges each event before its listener begins."""
    logger = logging.getLogger("isobot.bolt")
    # Bolt warns that it will not use a token that stands in the environment: it is the client's own.
    logger.setLevel(logging.ERROR)
    app = App(
        client=client,
        name="isobot.bolt",  # Bolt sets the level of the logger of this name
        signing_secret=signing_secret or "",
        token_verification_enabled=False,
        listener_executor=executor,
        logger=logger,
    )
    logger.setLevel(logging.WARNING)
    register(app, desk)
    register_interactions(app, reception)
    return app


def register(app: App, desk: Desk) -> None:
    """Send mentions and messages to the desk, which knows the ones that ask it nothing; those of channels may go on with an answer.

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

    @app.event("message")
    def on_message(body: dict[str, Any]) -> None:
        desk.take(body)


def register_interactions(app: App, reception: Reception) -> None:
    """Send commands, buttons, modals, shortcuts and App Home to the reception; each is acknowledged before it is worked on."""
    ours = re.compile("^isobot_")

    @app.command("/isobot")
    def on_command(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        reception.on_command(body)

    @app.action(ours)
    def on_action(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        reception.on_action(body)

    @app.view(ours)
    def on_view(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        reception.on_view(body)

    @app.shortcut(ours)
    def on_shortcut(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        reception.on_shortcut(body)

    @app.event("app_home_opened")
    def on_home(body: dict[str, Any]) -> None:
        event = body["event"]
        if event.get("tab") == "home":
            reception.on_home(event["user"])
        else:
            reception.on_conversation(event["user"], event["channel"])
