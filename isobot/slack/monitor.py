"""How the bot is: `/healthz`, `/readyz` and `/metrics`, for whoever runs it."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from corpus.errors import IsobotError, SettingsError, SlackError
from isobot.addresses import host_and_port
from isobot.slack.failure import reference
from isobot.slack.metrics import REGISTRY

if TYPE_CHECKING:
    from indexer.manifest import Manifest
    from isobot.responder import Responder
    from isobot.slack.outbox import Outbox
    from isobot.state.store import Store

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
TEXT, JSON = "text/plain; charset=utf-8", "application/json"
CONNECTION, INDEX = "The connection to Slack", "The index"
PATIENCE = 10.0  # seconds that a request may take to arrive

log = logging.getLogger("isobot.slack")


@dataclass(frozen=True, slots=True)
class Page:
    """What is answered to a request."""

    status: int
    kind: str
    body: bytes


class Monitor(Collector):
    """Thread-safe. connected: whether Slack can reach the bot; it is asked at each request."""

    def __init__(self, responder: Responder, store: Store, outbox: Outbox) -> None:
        self._responder = responder
        self._store = store
        self._outbox = outbox
        self.connected: Callable[[], bool] = lambda: False

    def page(self, path: str) -> Page | None:
        """The page at a path; None where there is none."""
        if path == HEALTH:
            return Page(200, TEXT, b"ok\n")
        if path == READY:
            problems = list(self.problems())
            return Page(503 if problems else 200, JSON, json.dumps({"ready": not problems, "problems": problems}).encode() + b"\n")
        if path == METRICS:
            return Page(200, CONTENT_TYPE_LATEST, self.metrics())
        return None

    def problems(self) -> Iterator[str]:
        """Why no question could be answered now, a sentence each; whatever fails is one of them."""
        looks = {CONNECTION: self._reached, "The state": self._store.events.unfinished, INDEX: self._manifest}
        for what, look in looks.items():
            try:
                look()
            except IsobotError as problem:
                yield str(problem)
            except Exception:
                yield unseen(what)

    def metrics(self) -> bytes:
        now = CollectorRegistry()
        now.register(self)
        return generate_latest(REGISTRY) + generate_latest(now)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What is not counted but looked at: the queue, the connection, the index. What fails is left out, and takes nothing with it."""
        for what, figures in (("The queue", self._queue), (CONNECTION, self._connection), (INDEX, self._index)):
            try:
                yield from tuple(figures())
            except Exception:
                unseen(what)

    def _queue(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("isobot_outbox_waiting", "Messages that Slack has not taken yet.", value=self._outbox.waiting())

    def _connection(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("isobot_slack_connected", "1 where Slack can reach the bot.", value=self.connected())

    def _reached(self) -> None:
        if not self.connected():
            raise SlackError("Slack is not connected.")

    def _manifest(self) -> Manifest:
        return self._responder.generation.manifest

    def _index(self) -> Iterator[GaugeMetricFamily]:
        manifest = self._manifest()
        served = GaugeMetricFamily("isobot_index_generation", "1 for the generation that is served.", labels=["generation"])
        served.add_metric([manifest.name], 1)
        yield served
        age = datetime.now(UTC) - datetime.fromisoformat(manifest.built_at).astimezone(UTC)
        yield GaugeMetricFamily("isobot_index_age_seconds", "Since the served generation was built.", value=age.total_seconds())
        yield GaugeMetricFamily("isobot_index_documents", "Documents in the served generation.", value=manifest.documents)


def handler_of(monitor: Monitor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "isobot"
        sys_version = ""
        timeout = PATIENCE

        def do_GET(self) -> None:
            page = found(monitor, self.path.partition("?")[0])
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *values: object) -> None:
            """Nothing: a request every few seconds would bury the log."""

    return Handler


def found(monitor: Monitor, path: str) -> Page:
    try:
        return monitor.page(path) or Page(404, TEXT, f"There are {HEALTH}, {READY} and {METRICS}.\n".encode())
    except Exception:
        return Page(500, TEXT, f"{unseen(path)}\n".encode())


def unseen(what: str) -> str:
    """The sentence for what could not be looked at; call it where the error is being handled, so that the log has it."""
    given = reference()
    log.exception("%s could not be looked at", what, extra={"reference": given})
    return f"{what} could not be looked at (reference {given})."


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Who asked has hung up; it is no failure, and whoever asks again gets the page."""
        log.info("who asked for health or figures did not take the page: %s", sys.exc_info()[1])


@contextmanager
def monitoring(monitor: Monitor, listen: str | None) -> Iterator[None]:
    """Serve the pages at "HOST:PORT" until the end; nothing where that is None. Raises SettingsError where it cannot be listened on."""
    if listen is None:
        yield
        return
    try:
        server = Server(host_and_port(listen, "The setting monitor", "127.0.0.1"), handler_of(monitor))
    except OSError as problem:
        reason = f"which cannot be listened on: {problem.strerror}"
        raise SettingsError(f"The setting monitor is {listen!r}, {reason}. Name another port.") from None
    thread = threading.Thread(target=server.serve_forever, name="monitor", daemon=True)
    thread.start()
    log.info("health and metrics at http://%s:%s", *server.server_address[:2])
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
