"""The app manifest: what Slack must allow the bot, and why."""

from __future__ import annotations

from typing import Any, Literal

from corpus.errors import SettingsError
from isobot.slack.workspace import AGENT_SCOPE

Mode = Literal["socket", "http"]

SCOPES = {
    "app_mentions:read": "to hear when it is mentioned",
    AGENT_SCOPE: "for the agent view: to suggest questions, and to show that it is looking something up",
    "channels:history": "to hear what is asked in a public thread after its answer, and to look whether a reply arrived",
    "channels:read": "to see who reads a public channel before it cites anything there",
    "chat:write": "to answer",
    "commands": "for `/isobot` and “What do our policies say?”",
    "groups:history": "the same in a private channel that it was invited to",
    "groups:read": "to see who reads a private channel that it was invited to",
    "im:history": "to hear what is written to it directly; it hears no other conversation",
    "usergroups:read": "where the setting `groups` names user groups: to see who belongs to them",
    "users:read": "to tell members from guests, bots and people of other organisations",
    "users:read.email": "to find people in the settings by their e-mail",
}
"""Scope → what the bot needs it for. There is no other scope."""
EVENTS = {
    "app_home_opened": "to fill App Home when it is opened, and to suggest questions in the agent view",
    "app_mention": "to hear that it is mentioned",
    "message.channels": "to hear a question in a public thread that it answered in, without a new mention",
    "message.groups": "the same in a private channel that it was invited to",
    "message.im": "to hear what is written to it directly",
}
"""Event → why the bot subscribes to it. Messages that go on with nothing are dropped as they come; none is kept."""
SHORTCUT = "isobot_what_do_policies_say"


def manifest(mode: Mode, url: str | None = None, agent_view: bool = True) -> dict[str, Any]:
    """The manifest of an app that is run by `isobot slack run`. url: where Slack sends requests to, in the mode "http" alone.

    agent_view: whether direct conversations are to be Slack's agent view, which not every plan of Slack's has.

    Raises SettingsError where that mode has no https address.
    """
    if mode == "http" and not (url or "").startswith("https://"):
        raise SettingsError("With --mode http, Slack must know where to send requests. Add --url https://isobot.example.org/slack/events")
    to = {"url": url} if mode == "http" else {}
    request = {"request_url": url} if mode == "http" else {}
    command = {"command": "/isobot", "description": "Ask what our policies say", "usage_hint": "[question] or help", "should_escape": False}
    shortcut = {"name": "What do our policies say?", "type": "message", "callback_id": SHORTCUT, "description": "Ask with this message"}
    agent = {"agent_view": {"agent_description": "Answers from our policies, word for word, with the clause"}} if agent_view else {}
    return {
        "display_information": {"name": "isobot", "description": "Answers from our policies, word for word"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "isobot", "always_online": True},
            "slash_commands": [command | to],
            "shortcuts": [shortcut],
            **agent,
        },
        "oauth_config": {"scopes": {"bot": sorted(scope for scope in SCOPES if agent_view or scope != AGENT_SCOPE)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | request,
            "interactivity": {"is_enabled": True} | request,
            "socket_mode_enabled": mode == "socket",
        },
    }
