"""What is wrong with tokens, scopes and settings, each in a sentence that leads to the mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import IsobotError
from isobot.slack.manifest import SCOPES
from isobot.slack.run import answered, not_given, scopes_of, unreachable, web_client
from isobot.slack.tokens import APP_TOKEN, BOT_TOKEN, checked, checked_url
from isobot.slack.workspace import AGENT_SCOPE

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from isobot.settings import Settings

UNTOLD = "Look whether a proxy takes the header X-OAuth-Scopes away, and mend SLACK_API_URL where it is set."
REINSTALL = "Paste what `isobot slack manifest` prints into the app's page “App Manifest”, and reinstall the app."


@dataclass(frozen=True, slots=True)
class Finding:
    """good: whether nothing is to be mended. says: what was found, and where it is not good what mends it."""

    good: bool
    says: str


def check(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another; what needs a thing that is not good is not looked at."""
    from indexer.generation import Generation

    try:
        client = web_client(checked(BOT_TOKEN, settings.slack_bot_token), checked_url(settings.slack_api_url))
        yield from bot(client)
        yield from targets(client, settings)
    except IsobotError as problem:
        yield Finding(False, str(problem))
    try:
        yield connection(settings)
    except IsobotError as problem:
        yield Finding(False, str(problem))
    try:
        generation = Generation.current(settings.index)
        yield Finding(True, f"The index {generation.name} holds {generation.manifest.documents} documents.")
    except IsobotError as problem:
        yield Finding(False, str(problem))


def bot(client: WebClient) -> Iterator[Finding]:
    """Who the bot token is, and whether it has every scope. Raises IsobotError for a token that is refused."""
    response = called(client, BOT_TOKEN, "auth.test")
    yield Finding(True, f"SLACK_BOT_TOKEN is that of @{response.get('user')} in {response.get('team')}.")
    has = scopes_of(response)
    if has is None:
        yield Finding(False, f"Which scopes the app has was not told, and Slack tells it with every answer. {UNTOLD}")
        return
    missing = sorted(SCOPES.keys() - has - {AGENT_SCOPE})
    for scope in missing:
        yield Finding(False, f"The scope {scope} is missing; isobot needs it {SCOPES[scope]}. {REINSTALL}")
    if not missing:
        yield Finding(True, "Every scope is there.")
    if AGENT_SCOPE not in has:
        yield Finding(True, f"The app has no agent view (scope {AGENT_SCOPE}): direct messages are answered beside themselves.")
    if more := sorted(has - SCOPES.keys()):
        yield Finding(False, f"The app has scopes that isobot does not need: {', '.join(more)}. {REINSTALL}")


def connection(settings: Settings) -> Finding:
    client = web_client(checked(APP_TOKEN, settings.slack_app_token), checked_url(settings.slack_api_url))
    called(client, APP_TOKEN, "apps.connections.open")
    return Finding(True, "SLACK_APP_TOKEN opens Socket Mode.")


def targets(client: WebClient, settings: Settings) -> Iterator[Finding]:
    """Whether those to whom questions are sent, and the channel of the weekly report, can be reached."""
    from slack_sdk.errors import SlackApiError

    places = [(f"Questions for {owner!r}", id, "owners") for owner, id in settings.owners.items()]
    if settings.report_channel:
        places.append(("Weekly reports", settings.report_channel, "report_channel"))
    for what, id, setting in places:
        method, argument = ("users.info", "user") if id.startswith(("U", "W")) else ("conversations.info", "channel")
        try:
            client.api_call(method, params={argument: id})
            yield Finding(True, f"{what} reach {id}.")
        except SlackApiError as problem:
            said = answered(problem).get("error", "unknown_error")
            yield Finding(False, f"{what} do not reach {id} ({said}). Mend `{setting}`, or invite @isobot there.")
        except OSError as problem:
            raise unreachable(client, problem) from None


def called(client: WebClient, token: Any, method: str) -> Any:
    from slack_sdk.errors import SlackApiError

    try:
        return client.api_call(method)
    except SlackApiError as problem:
        raise not_given(token, problem) from None
    except OSError as problem:
        raise unreachable(client, problem) from None
