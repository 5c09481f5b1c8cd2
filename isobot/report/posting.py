"""The report in a channel, once a week; of several replicas one posts it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus.errors import SlackError
from isobot.report.figures import compiled
from isobot.report.schedule import Weekly
from isobot.report.wording import lines
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.slack.audience import Audience, Refusal
from isobot.slack.blocks import rich_text, section, text
from isobot.slack.limits import Block
from isobot.slack.literal import clipped, escaped, literal
from isobot.slack.outbox import Outbox
from isobot.state.store import Store, utc_now

SLOT = "report"  # what replicas on one state agree by that one of them posts it
LOOK_SECONDS = 30.0
LATE = timedelta(hours=12)  # after which what was missed is left to the next week
WEEK = timedelta(days=7)
MAX_LINE, MAX_LINES = 250, 40  # of the message

log = logging.getLogger("isobot.slack")


@dataclass(frozen=True, slots=True)
class Poster:
    """now: the time, UTC."""

    settings: Settings
    responder: Responder
    store: Store
    audience: Audience
    outbox: Outbox
    now: Callable[[], datetime] = utc_now

    def post_when_due(self, channel: str) -> bool:
        """Whether it was due and this replica posted it. The slot is taken first, so that no failure posts it twice.

        Raises StateError, and SlackError or what the network says where the readers of the channel cannot be known.
        """
        slot = Weekly.of(self.settings.report_at).before(self.now())
        if self.now() - slot >= LATE or not self.store.take_slot(SLOT, slot.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")):
            return False
        readers = self.audience.of_channel(channel)
        if isinstance(readers, Refusal):
            raise SlackError(f"No report is posted to {channel}: somebody reads it who is not served, such as a guest.")
        # Of documents, only those that everybody there may read.
        now, generation = self.now(), self.responder.generation
        report = compiled(self.store, generation, now - WEEK, now, readers, self.settings.default_framework)
        said = lines(report)
        posted = self.outbox.put(channel, {"text": escaped(said[0]), "blocks": blocks(said)})
        posted.add_done_callback(lambda done: noted(done, channel))
        return True


def noted(posted: Future[str], channel: str) -> None:
    if problem := posted.exception():
        log.error("the report was not posted to %s: %s", channel, problem)


def blocks(said: list[str]) -> list[Block]:
    """One block of literal text, cut to what a message takes."""
    shown = "\n".join(clipped(literal(line), MAX_LINE) for line in said[:MAX_LINES])
    return [rich_text(section(text(shown)))]


@contextmanager
def posting(poster: Poster) -> Iterator[None]:
    """Look every half a minute meanwhile; nothing where the setting `report_channel` names no channel."""
    channel = poster.settings.report_channel
    if channel is None:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_post_until, args=(stop, poster, channel), name="report", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _post_until(stop: threading.Event, poster: Poster, channel: str) -> None:
    while True:
        try:
            poster.post_when_due(channel)
        except Exception:
            log.exception("the report could not be posted to %s; `isobot report` prints it", channel)
        if stop.wait(LOOK_SECONDS):
            return
