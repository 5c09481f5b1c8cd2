"""The outbox: the one way a message is posted to Slack, in order within a channel and no faster than Slack takes it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.errors import SlackError
from isobot.slack.limits import validate

if TYPE_CHECKING:
    from slack_sdk import WebClient

INTERVAL = 1.0  # seconds between two messages in one channel: docs.slack.dev, "Rate limits", allows about one a second
SENDERS = 8  # channels that are posted to at the same time
MAX_LIMITED = 20  # times that one message is put off before it is given up
USUAL_WAIT = 30.0  # seconds to wait after a 429 that does not say how long


class LostClaimError(SlackError):
    """The event of a message was taken over by another replica, so the message was not posted."""


def always() -> bool:
    return True


@dataclass(slots=True)
class Parcel:
    """A message on its way. may_send: asked right before each try. limited: how often Slack put it off."""

    arguments: dict[str, Any]
    may_send: Callable[[], bool]
    posted: Future[str]
    limited: int = 0


@dataclass(slots=True)
class Line:
    """The messages of one channel, oldest first; not_before is on the monotonic clock."""

    parcels: deque[Parcel] = field(default_factory=deque)
    not_before: float = 0.0
    busy: bool = False


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

    def put(self, channel: str, arguments: dict[str, Any], may_send: Callable[[], bool] = always) -> Future[str]:
        """Queue a chat.postMessage; the future gives the message's `ts`.

        It raises SlackError for what no message may be, LostClaimError when `may_send` said no, SlackApiError when Slack refused it,
        and an OSError when nobody knows whether it arrived. Its callbacks run before the next message of the channel is sent.
        """
        posted: Future[str] = Future()
        try:
            validate(arguments["blocks"])
        except SlackError as problem:
            posted.set_exception(problem)
            return posted
        with self._changed:
            self._lines.setdefault(channel, Line()).parcels.append(Parcel({"channel": channel, **arguments}, may_send, posted))
            self._changed.notify_all()
        return posted

    def waiting(self) -> int:
        """Messages that are not settled."""
        with self._changed:
            return sum(len(line.parcels) for line in self._lines.values())

    def close(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify_all()
        self._dispatcher.join()
        self._senders.shutdown(wait=True)

    def _dispatch(self) -> None:
        with self._changed:
            while self._open or any(line.parcels for line in self._lines.values()):
                now = time.monotonic()
                self._lines = {name: line for name, line in self._lines.items() if line.parcels or line.not_before > now}
                ready = [line for line in self._lines.values() if line.parcels and not line.busy]
                for line in ready:
                    if line.not_before <= now:
                        line.busy = True
                        self._senders.submit(self._send_first, line)
                later = [line.not_before - now for line in ready if not line.busy]
                self._changed.wait(min(later, default=None))

    def _send_first(self, line: Line) -> None:
        """Send the oldest message of a channel; it leaves the line when it is settled, and stays first when it was put off."""
        parcel = line.parcels[0]
        put_off = self._send(parcel)
        with self._changed:
            if put_off is None:
                line.parcels.popleft()
            line.not_before = time.monotonic() + (self._interval if put_off is None else put_off)
            line.busy = False
            self._changed.notify_all()

    def _send(self, parcel: Parcel) -> float | None:
        """Settle a message, or return for how many seconds Slack put it off."""
        from slack_sdk.errors import SlackApiError

        try:
            if not parcel.may_send():
                raise LostClaimError("Another replica has taken the event over, so this reply was not posted.")
            ts = str(self._client.chat_postMessage(**parcel.arguments)["ts"])
        except SlackApiError as problem:
            if problem.response.status_code == 429 and parcel.limited < MAX_LIMITED:
                parcel.limited += 1
                return retry_after(problem.response.headers)
            parcel.posted.set_exception(problem)
        except Exception as problem:
            parcel.posted.set_exception(problem)
        else:
            parcel.posted.set_result(ts)
        return None


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
