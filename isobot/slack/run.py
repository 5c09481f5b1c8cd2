"""Running the bot in Socket Mode or behind HTTP, from its settings to its clean end."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from corpus.errors import IsobotError, SettingsError, SlackError
from isobot.slack.tokens import APP_TOKEN, BOT_TOKEN, Token, checked, checked_url, is_code, refused
from isobot.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

    from isobot.responder import Responder
    from isobot.settings import Settings
    from isobot.slack.monitor import Monitor
    from isobot.slack.socket import Connection

LEASE_SECONDS = 30.0  # how long a replica may be silent before its events are taken over
LISTENERS = 8  # questions answered at the same time; one that Slack's rate limit holds back keeps its thread
RATE_LIMIT_RETRIES = 5
REFRESH_SECONDS = 1.0  # how often it is looked whether a new index was published, so that no question waits for it to be opened

log = logging.getLogger("isobot.slack")


def run(settings: Settings, responder: Responder, listen: str | None = None) -> None:
    """Answer until SIGTERM or SIGINT, then finish what was begun and return. Prints one line when it is ready.

    listen: "HOST:PORT" to take Slack's requests at; None for Socket Mode.
    Raises SettingsError for a missing or refused token, SlackError when Slack cannot be reached, StateError for the state.
    """
    bot_token = checked(BOT_TOKEN, settings.slack_bot_token)
    secret = checked(APP_TOKEN, settings.slack_app_token) if listen is None else signing_secret(settings)
    client = web_client(bot_token, checked_url(settings.slack_api_url))
    from isobot.slack.logs import set_up_logging

    set_up_logging(settings.log_format, settings.log_questions, settings.secrets())
    workspace = signed_in(client)
    with stopping() as stop, serving(settings, responder, client, workspace, secret, listen) as way:
        print(f"isobot is ready: answering as @{workspace.bot_name} in {workspace.team_name} ({way})", flush=True)
        stop.wait()
        log.info("stopping: finishing what was begun")


def web_client(token: str, base_url: str) -> WebClient:
    """A client that waits when Slack says so, and repeats a call only when the first surely did not arrive."""
    from slack_sdk import WebClient
    from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

    class Counting(RateLimitErrorRetryHandler):
        def prepare_for_next_attempt(self, **facts: Any) -> None:
            from isobot.slack.metrics import LIMITED

            LIMITED.inc()
            super().prepare_for_next_attempt(**facts)

    retries = [ConnectionErrorRetryHandler(error_types=[URLError]), Counting(max_retry_count=RATE_LIMIT_RETRIES)]
    return WebClient(token=token, base_url=base_url, retry_handlers=retries)


def signed_in(client: WebClient) -> Workspace:
    """Who the bot is, as Slack tells it. Raises SettingsError for a refused token, SlackError when Slack cannot be reached."""
    from slack_sdk.errors import SlackApiError

    try:
        found: Any = client.auth_test()
    except SlackApiError as problem:
        raise not_given(BOT_TOKEN, problem) from None
    except OSError as problem:
        raise unreachable(client, problem) from None
    return Workspace.of(found.data, scopes_of(found) or ())


def scopes_of(response: Any) -> frozenset[str] | None:
    """The scopes that a token has, as Slack tells with every answer; None where it was not told."""
    told = next((value for name, value in response.headers.items() if name.lower() == "x-oauth-scopes"), None)
    return None if told is None else frozenset(scope.strip() for scope in told.split(",") if scope.strip())


@contextmanager
def serving(
    settings: Settings, responder: Responder, client: WebClient, workspace: Workspace, secret: str, listen: str | None
) -> Iterator[str]:
    """A connected bot; gives the words for how. secret: the app-level token, or with `listen` the signing secret.

    At the end it takes no more events first, then finishes its replies, then closes the state.
    """
    from isobot.audit.retention import pruning
    from isobot.repeating import repeating
    from isobot.slack.all_parts import all_parts
    from isobot.slack.allowance import Allowance
    from isobot.slack.app import build_app
    from isobot.slack.audience import Audience
    from isobot.slack.channel_settings import Channels
    from isobot.slack.claims import Claims
    from isobot.slack.curation import Curation
    from isobot.slack.desk import Desk
    from isobot.slack.doubt import Watch
    from isobot.slack.monitor import Monitor, monitoring
    from isobot.slack.outbox import Outbox
    from isobot.slack.reception import Reception
    from isobot.slack.replies import Replies
    from isobot.slack.report_post import Poster, posting
    from isobot.slack.visit import Services
    from isobot.state.store import Store

    with ExitStack() as stack:
        store = stack.enter_context(Store.open(settings.state))
        stack.enter_context(pruning(store, settings.audit_days))
        outbox = Outbox(client)
        executor = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
        audience = Audience(client, workspace, settings.users, settings.groups)
        channels, curation = Channels(store, settings.language), Curation(store, responder)
        allowance = Allowance(settings.asks_per_minute, settings.workspace_asks_per_minute)
        replies = Replies(workspace, responder, store, audience, channels, curation, allowance, settings.document_url)
        desk = Desk(client, workspace, replies, outbox, Claims(store.events, LEASE_SECONDS))
        watch = Watch(desk, LEASE_SECONDS)
        for end in (watch.close, outbox.close, executor.shutdown, watch.stop_taking):  # the last one is called first
            stack.callback(end)
        watch.start()
        services = Services(client, workspace, responder, store, audience, settings, outbox, channels, curation, allowance)
        reception = Reception(services, all_parts())
        monitor = Monitor(responder, store, outbox)
        stack.enter_context(monitoring(monitor, settings.monitor))
        stack.enter_context(repeating(responder.refresh, REFRESH_SECONDS, "index", log, "whether there is a new index could not be seen"))
        stack.enter_context(posting(Poster(settings, responder, store, audience, outbox)))
        app = build_app(client, desk, reception, executor, secret if listen else None)
        way = over_socket(app, secret, client, monitor) if listen is None else over_http(app, secret, listen, monitor)
        yield stack.enter_context(way)


@contextmanager
def over_socket(app: App, app_token: str, client: WebClient, monitor: Monitor) -> Iterator[str]:
    from isobot.slack.socket import Connection

    connection = Connection(app, app_token, client)
    try:
        connect(connection, client)
        monitor.connected = connection.is_connected
        yield "Socket Mode"
    finally:
        connection.close()


@contextmanager
def over_http(app: App, secret: str, listen: str, monitor: Monitor) -> Iterator[str]:
    from isobot.slack.http import PATH, HttpServer

    server = HttpServer(app, secret, listen, monitor)
    server.start()
    monitor.connected = lambda: True
    try:
        yield f"http://{server.address()}{PATH}"
    finally:
        server.close()


def signing_secret(settings: Settings) -> str:
    if not settings.slack_signing_secret:
        from isobot.slack.http import SECRET_MISSING

        raise SettingsError(SECRET_MISSING)
    return settings.slack_signing_secret


def connect(connection: Connection, client: WebClient) -> None:
    from slack_sdk.errors import SlackApiError

    try:
        connection.connect()
    except SlackApiError as problem:
        raise not_given(APP_TOKEN, problem) from None
    except OSError as problem:
        raise unreachable(client, problem) from None
    if not connection.is_connected():  # the client logs why the handshake failed, and returns
        raise SlackError(f"The Socket Mode address that {client.base_url} named cannot be reached. Check the network and the proxy.")


def not_given(token: Token, problem: Any) -> IsobotError:
    """The error for a call of the start that failed: Slack refused it, or what answered was not Slack."""
    said = answered(problem)
    if is_code(said.get("error")):
        return refused(token, said)
    return SlackError(
        f"{problem.response.api_url} is not answered as Slack answers (status {problem.response.status_code}). "
        "Slack may be down; check the proxy as well, and SLACK_API_URL where it is set."
    )


def answered(problem: Any) -> dict[str, Any]:
    data = problem.response.data
    return data if isinstance(data, dict) else {}


def unreachable(client: WebClient, problem: OSError) -> SlackError:
    reason = getattr(problem, "reason", None) or problem
    return SlackError(f"Slack cannot be reached at {client.base_url}: {reason}. Check the network, and SLACK_API_URL where it is set.")


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; a second signal ends the process at once, as it would without us."""
    stop = threading.Event()
    before: dict[signal.Signals, Any] = {}

    def on_signal(number: int, _frame: Any) -> None:
        stop.set()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in (signal.SIGTERM, signal.SIGINT):
        before[number] = signal.signal(number, on_signal)
    try:
        yield stop
    finally:
        restore()
