"""The two tokens that Slack gives an app, and what to do when one is missing or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import IsobotError, SettingsError, SlackError

SLACK_API_URL = "https://slack.com/api/"

REASONS = {
    "invalid_auth": "Slack does not know it",
    "not_authed": "Slack received none",
    "token_revoked": "it was revoked",
    "token_expired": "it has expired",
    "account_inactive": "the app was removed from the workspace",
    "not_allowed_token_type": "it is a token of another kind",
    "missing_scope": "a scope is missing",
    "no_permission": "it lacks the permission",
    "org_login_required": "the workspace is being moved to an enterprise",
    "access_denied": "the workspace does not allow it",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A kind of token: the variable that sets it, how it begins, and where in the app's pages it is found."""

    variable: str
    prefix: str
    found_at: str


BOT_TOKEN = Token("SLACK_BOT_TOKEN", "xoxb-", "“OAuth & Permissions”, as Bot User OAuth Token")
APP_TOKEN = Token("SLACK_APP_TOKEN", "xapp-", "“Basic Information”, App-Level Tokens, with the scope connections:write")


def checked(token: Token, value: str | None) -> str:
    """The token, when it is there and of its kind. Raises SettingsError, which never shows it."""
    if not value:
        raise SettingsError(f"{token.variable} is not set. Copy the token ({token.prefix}…) from your Slack app's page {token.found_at}.")
    if not value.startswith(token.prefix):
        raise SettingsError(
            f"{token.variable} does not begin with {token.prefix}, so it is a token of another kind. "
            f"Copy the right one from your Slack app's page {token.found_at}."
        )
    return value


def is_code(error: object) -> bool:
    """Whether it is one of Slack's names of errors; of what is no JSON, Slack's client gives words of its own in that place."""
    return re.fullmatch(r"[a-z0-9_]+", str(error or "")) is not None


def refused(token: Token, response: Mapping[str, Any]) -> IsobotError:
    """The error for a token that Slack refuses with a code: a SettingsError where another token mends it, else a SlackError."""
    code = str(response["error"])
    if code not in REASONS:
        return SlackError(f"Slack refused the start with {code}. Look it up in Slack's API reference, mend the app, and start again.")
    needed = f" ({response['needed']})" if response.get("needed") else ""
    return SettingsError(
        f"{token.variable} was refused: {REASONS[code]}{needed} ({code}). "
        f"Copy the token ({token.prefix}…) again from your Slack app's page {token.found_at}."
    )


def checked_url(url: str | None) -> str:
    """The base of the Web API, ending in a slash. Raises SettingsError for what is no http address."""
    if url is None:
        return SLACK_API_URL
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise SettingsError(f"SLACK_API_URL is {url!r}, which is no http address. Write it like http://127.0.0.1:8080/api/, or unset it.")
    return url.rstrip("/") + "/"
