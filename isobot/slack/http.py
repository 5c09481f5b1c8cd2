"""The bot behind HTTP: Slack posts signed events to `/slack/events`, and several replicas may stand behind one address."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from corpus.errors import SettingsError, SlackError
from isobot.addresses import host_and_port
from isobot.slack.monitor import HEALTH, READY, found

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response
    from slack_bolt import App

    from isobot.slack.monitor import Monitor

PATH = "/slack/events"
MAX_BODY = 1_000_000  # bytes; Slack sends a few thousand
START_SECONDS = 20.0
SECRET_MISSING = (
    "SLACK_SIGNING_SECRET is not set, and in HTTP mode every request is checked with it. "
    "Copy it from your Slack app's page “Basic Information”, App Credentials."
)
NEEDED = "HTTP mode needs the Python package {name}. Install isobot with its extra `slack-http`: pip install 'isobot[slack-http]'"

log = logging.getLogger("isobot.slack")


def http_app(app: App, signing_secret: str, monitor: Monitor | None = None) -> FastAPI:
    """The web application. What is unsigned, wrongly signed, or signed more than five minutes ago gets 401; what is no JSON 400.

    Whoever reaches it may see whether the bot is well; what it counts stays on the address that the setting `monitor` names.
    """
    from fastapi import FastAPI, Response
    from fastapi.concurrency import run_in_threadpool

    async def on_request(request: Request) -> Response:
        return await answered(app, signing_secret, request)

    web = FastAPI(title="isobot", docs_url=None, redoc_url=None, openapi_url=None)
    web.add_route(PATH, on_request, methods=["POST"])
    if monitor:

        async def on_look(request: Request) -> Response:
            page = await run_in_threadpool(found, monitor, request.url.path)
            return Response(page.body, page.status, media_type=page.kind)

        for path in (HEALTH, READY):
            web.add_route(path, on_look, methods=["GET"])
    return web


async def answered(app: App, signing_secret: str, request: Request) -> Response:
    from fastapi import Response
    from fastapi.concurrency import run_in_threadpool
    from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
    from slack_sdk.signature import SignatureVerifier

    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            return Response("The request is too large.", 413)
    headers: dict[str, Any] = dict(request.headers)
    try:
        valid = SignatureVerifier(signing_secret).is_valid_request(bytes(body), headers)
    except (ValueError, TypeError):  # a time-stamp that is no number, or letters that no signature has
        valid = False
    if not valid:
        log.warning("a request from %s was refused: its signature is missing, wrong or old", request.client and request.client.host)
        return Response("The signature is missing, wrong or old.", 401)
    try:
        understood = to_bolt_request(request, bytes(body))
        form_or_object = isinstance(understood.body, dict)
    except (ValueError, AttributeError):
        form_or_object = False
    if not form_or_object:
        return Response("The body is not JSON of a form that Slack sends.", 400)
    # Bolt claims the event in the database before it acknowledges: nothing for the event loop to wait for.
    return to_starlette_response(await run_in_threadpool(app.dispatch, understood))


class HttpServer:
    """uvicorn in a thread; `close` takes no more requests and finishes those it has."""

    def __init__(self, app: App, signing_secret: str, listen: str, monitor: Monitor | None = None) -> None:
        try:
            import fastapi  # noqa: F401
            import uvicorn
        except ModuleNotFoundError as missing:
            raise SettingsError(NEEDED.format(name=missing.name)) from None
        self._listen = listen
        host, port = host_and_port(listen, "--http", "0.0.0.0")
        web = http_app(app, signing_secret, monitor)
        config = uvicorn.Config(web, host=host, port=port, log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)

    def _run(self) -> None:
        try:
            self._server.run()
        except SystemExit:  # how uvicorn says that it could not listen
            log.error("%s could not be listened on", self._listen)

    def start(self) -> None:
        """Return when requests are taken. Raises SlackError when the address cannot be listened on."""
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise SlackError(f"{self._listen} cannot be listened on. Is another program there? Name another address with --http.")
            time.sleep(0.02)

    def address(self) -> str:
        """Host and port that are listened on; of port 0, the one that the system chose."""
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        return f"{host}:{port}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
