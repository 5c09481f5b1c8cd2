"""The report in a channel, once a week; of several replicas one posts it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus.errors import SlackError
from isobot.repeating import repeating
from isobot.report.figures import compiled
from isobot.report.schedule import Weekly
from isobot.report.wording import lines
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.slack.audience import Audience, Refusal
from isobot.slack.blocks import rich_text, section, text
from isobot.slack.limits import MAX_MESSAGE, MAX_RICH_TEXT, Block, units
from isobot.slack.literal import clipped, cut, escaped, literal, pieces
from isobot.slack.outbox import Outbox
from isobot.state.moments import utc_now
from isobot.state.store import Store

SLOT = "report"  # what replicas on one state agree by that one of them posts it
LOOK_SECONDS = 30.0
LATE = timedelta(hours=12)  # after which what was missed is left to the next week
WEEK = timedelta(days=7)
MAX_LINE = 250  # characters
MAX_SHOWN = MAX_MESSAGE - 100  # UTF-16 units; the rest is for the line that says that more was left out

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
        # Only what everybody there may read. Up to the slot, so that each question is in the report of one week.
        report = compiled(self.store, self.responder.generation, slot - WEEK, slot, readers, self.settings.default_framework)
        said = lines(report)
        posted = self.outbox.put(channel, {"text": escaped(said[0]), "blocks": blocks(said)})
        posted.add_done_callback(lambda done: noted(done, channel))
        return True


def noted(posted: Future[str], channel: str) -> None:
    if problem := posted.exception():
        log.error("the report was not posted to %s; `isobot report` prints it: %s", channel, problem)


def blocks(said: list[str]) -> list[Block]:
    """One block of literal text, cut to what a message takes; what is indented becomes an item."""
    shown = "\n".join(("• " if line.startswith(" ") else "") + clipped(literal(line), MAX_LINE) for line in said)
    if units(shown) > MAX_SHOWN:
        shown = f"{shown[: cut(shown, MAX_SHOWN // 2)]}\n… `isobot report` prints the rest."
    return [rich_text(section(*(text(piece) for piece in pieces(shown, MAX_RICH_TEXT // 2))))]


def posting(poster: Poster) -> AbstractContextManager[None]:
    """Look every half a minute meanwhile; nothing where the setting `report_channel` names no channel."""
    channel = poster.settings.report_channel
    if channel is None:
        return nullcontext()
    complaint = f"the report could not be posted to {channel}; `isobot report` prints it"
    return repeating(lambda: poster.post_when_due(channel), LOOK_SECONDS, "report", log, complaint)
