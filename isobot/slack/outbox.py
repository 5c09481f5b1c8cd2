"""The outbox: the one way a message is posted to Slack, in order within a channel and no faster than Slack takes it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import SlackError
from isobot.slack.limits import validate
from isobot.slack.metrics import LIMITED, STAGE

if TYPE_CHECKING:
    from slack_sdk import WebClient

POST, WHISPER, RESPOND = "chat.postMessage", "chat.postEphemeral", "response_url"
AS_TEXT = {
    POST: {"mrkdwn": False, "parse": "none", "link_names": False, "unfurl_links": False, "unfurl_media": False},
    WHISPER: {"parse": "none", "link_names": False},
    RESPOND: {"response_type": "ephemeral", "replace_original": False, "unfurl_links": False},
}
"""What keeps Slack from reading markup into a message, by the way that it takes."""
INTERVAL = 1.0  # seconds between two messages in one channel: docs.slack.dev, "Rate limits", allows about one a second
SENDERS = 8  # channels that are posted to at the same time
MAX_LIMITED = 20  # times that one message is put off before it is given up
USUAL_WAIT = 30.0  # seconds to wait after a 429 that does not say how long
HELD = 60.0  # seconds that a place without a message holds up what comes behind it in its thread


class LostClaimError(SlackError):
    """The event of a message was taken over by another replica, or asked nothing any more, so the message was not posted."""


def always() -> bool:
    return True


@dataclass(slots=True, eq=False)
class Parcel:
    """A message on its way, or a place that is kept for one. thread: "" for what stands beside all threads.

    asked: the `ts` of the question, by which the messages of one thread are ordered; "" for one that answers none. ready: whether
    the message is there. kept: until when, on the monotonic clock, a place without one holds up its thread. may_send: asked right
    before each try. limited: how often Slack put it off. since: when the message was put in.
    """

    channel: str
    thread: str
    asked: str
    kept: float
    posted: Future[str] = field(default_factory=Future)
    ready: bool = False
    method: str = POST
    arguments: dict[str, Any] = field(default_factory=dict)
    may_send: Callable[[], bool] = always
    limited: int = 0
    since: float = 0.0


@dataclass(slots=True)
class Line:
    """The messages of one channel, in the order in which they are sent; not_before is on the monotonic clock."""

    parcels: list[Parcel] = field(default_factory=list)
    not_before: float = 0.0
    busy: bool = False

    def add(self, parcel: Parcel) -> None:
        """At the end, but before the answers to later questions of the same thread."""
        later = (i for i, other in enumerate(self.parcels) if other.thread == parcel.thread and parcel.asked < other.asked)
        self.parcels.insert(next(later, len(self.parcels)) if parcel.asked else len(self.parcels), parcel)

    def first(self, now: float) -> Parcel | None:
        """The message to send next: the first that is there and has no place before it in its thread that still waits for its own."""
        held: set[str] = set()
        for parcel in self.parcels:
            if parcel.ready and parcel.thread not in held:
                return parcel
            if not parcel.ready and parcel.kept > now:
                held.add(parcel.thread)
        return None

    def forget(self, now: float) -> None:
        """Take places out that no message came for."""
        self.parcels = [parcel for parcel in self.parcels if parcel.ready or parcel.kept > now]


class Outgoing(Protocol):
    """Where messages are handed over to be shown to people. It raises, or its future gives, an error for what was not."""

    def put(self, channel: str, arguments: dict[str, Any], *, method: str = POST) -> Future[str]: ...


class Outbox:
    """A queue a channel. Thread-safe; `close` returns when all that was put in is settled."""

    def __init__(self, client: WebClient, interval: float = INTERVAL) -> None:
        self._client = impatient(client)
        self._interval = interval
        self._changed = threading.Condition()
        self._lines: dict[str, Line] = {}
        self._open = True
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="sender")
        self._dispatcher = threading.Thread(target=self._dispatch, name="outbox", daemon=True)
        self._dispatcher.start()

    def place(self, channel: str, thread: str | None, asked: str) -> Parcel:
        """Keep a place for the answer to a question, so that answers to later questions of its thread come after it.

        asked: the question's `ts`. Hand the place to `put` or to `give_up`; else it holds its thread up for as long as HELD.
        """
        parcel = Parcel(channel, thread or "", asked, time.monotonic() + HELD)
        with self._changed:
            self._lines.setdefault(channel, Line()).add(parcel)
        return parcel

    def put(
        self,
        channel: str,
        arguments: dict[str, Any],
        may_send: Callable[[], bool] = always,
        *,
        method: str = POST,
        place: Parcel | None = None,
    ) -> Future[str]:
        """Queue a message, in the place that was kept for it or at the end; the future gives its `ts`, "" where Slack tells none.

        channel: with RESPOND, the response_url. arguments: of the method, but for the channel and what AS_TEXT adds.

        It raises SlackError for what no message may be, LostClaimError when `may_send` said no, SlackApiError when Slack refused it,
        and an OSError when nobody knows whether it arrived. Its callbacks run before the next message of the channel is sent.
        """
        parcel = place or Parcel(channel, arguments.get("thread_ts") or "", "", 0.0)
        try:
            validate(arguments["blocks"], arguments["text"])
        except SlackError as problem:
            self.give_up(parcel)
            parcel.posted.set_exception(problem)
            return parcel.posted
        with self._changed:
            given = {name: value for name, value in arguments.items() if value is not None}
            parcel.method, parcel.arguments, parcel.may_send = method, given | AS_TEXT[method], may_send
            line = self._lines.setdefault(channel, Line())
            if parcel not in line.parcels:
                line.add(parcel)
            parcel.ready, parcel.since = True, time.monotonic()
            self._changed.notify_all()
        return parcel.posted

    def waiting(self) -> int:
        """Messages that are not settled."""
        with self._changed:
            return self._unsettled()

    def close(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify_all()
        self._dispatcher.join()
        self._senders.shutdown(wait=True)

    def _unsettled(self) -> int:
        return sum(parcel.ready for line in self._lines.values() for parcel in line.parcels)

    def give_up(self, parcel: Parcel) -> None:
        """Take a place out that no message will come for."""
        with self._changed:
            line = self._lines.get(parcel.channel)
            if line and parcel in line.parcels:
                line.parcels.remove(parcel)
            self._changed.notify_all()

    def _dispatch(self) -> None:
        with self._changed:
            while self._open or self._unsettled():
                now = time.monotonic()
                for line in self._lines.values():
                    line.forget(now)
                self._lines = {name: line for name, line in self._lines.items() if line.parcels or line.not_before > now}
                idle = [line for line in self._lines.values() if line.parcels and not line.busy]
                for line in idle:
                    parcel = line.first(now)
                    if parcel and line.not_before <= now:
                        line.busy = True
                        self._senders.submit(self._send_one, line, parcel)
                self._changed.wait(next_look(idle, now))

    def _send_one(self, line: Line, parcel: Parcel) -> None:
        """Send a message of a channel; it leaves the line when it is settled, and stays in its place when it was put off."""
        put_off = self._send(parcel)
        with self._changed:
            if put_off is None:
                line.parcels.remove(parcel)
                put_off = self._interval if parcel.method == POST else 0.0
            line.not_before = time.monotonic() + put_off
            line.busy = False
            self._changed.notify_all()

    def _send(self, parcel: Parcel) -> float | None:
        """Settle a message, or return for how many seconds Slack put it off."""
        from slack_sdk.errors import SlackApiError

        try:
            if not parcel.may_send():
                raise LostClaimError("The question was deleted, or another replica has taken it over, so this reply was not posted.")
            ts = self._respond(parcel) if parcel.method == RESPOND else self._call(parcel)
        except SlackApiError as problem:
            if problem.response.status_code == 429 and parcel.limited < MAX_LIMITED:
                parcel.limited += 1
                LIMITED.inc()
                return retry_after(problem.response.headers)
            parcel.posted.set_exception(problem)
        except Exception as problem:
            parcel.posted.set_exception(problem)
        else:
            STAGE.labels("post").observe(time.monotonic() - parcel.since)
            parcel.posted.set_result(ts)
        return None

    def _call(self, parcel: Parcel) -> str:
        said: Any = self._client.api_call(parcel.method, json={"channel": parcel.channel, **parcel.arguments}).data
        return str(said.get("ts") or said.get("message_ts") or "")

    def _respond(self, parcel: Parcel) -> str:
        """Post to a response_url. Raises SlackApiError with what came back, as a call of the Web API does."""
        from slack_sdk.errors import SlackApiError
        from slack_sdk.webhook import WebhookClient

        answered = WebhookClient(parcel.channel, retry_handlers=self._client.retry_handlers).send_dict(parcel.arguments)
        if answered.status_code != 200:
            raise SlackApiError(f"Slack answered a response_url with {answered.status_code} ({answered.body[:100]}).", answered)  # type: ignore[no-untyped-call]
        return ""


def next_look(idle: list[Line], now: float) -> float | None:
    """In how many seconds a channel that is not being posted to may be: its wait is over, or a place in it has been kept long enough."""
    waits = [line.not_before for line in idle if not line.busy and line.first(now)]
    places = [parcel.kept for line in idle for parcel in line.parcels if not parcel.ready]
    return min((max(0.0, at - now) for at in (*waits, *places)), default=None)


def retry_after(headers: Any) -> float:
    """The seconds that a 429 asks to wait."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    words: Any = given[0] if isinstance(given, list) and given else given
    try:
        return max(0.0, float(words))
    except (TypeError, ValueError):
        return USUAL_WAIT


def impatient(client: WebClient) -> WebClient:
    """The same client, but a 429 comes back at once: one channel that has to wait must not hold a sender of the others."""
    from slack_sdk import WebClient
    from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

    kept = [handler for handler in client.retry_handlers if not isinstance(handler, RateLimitErrorRetryHandler)]
    return WebClient(token=client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=kept)
