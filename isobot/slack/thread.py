"""What was answered last where a question is asked: in a thread of a channel, or in a direct conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from corpus.citation import Citation
from indexer.generation import Generation
from isobot.conversation import Earlier
from isobot.slack.events import Asking, Surface
from isobot.slack.reopened import ChangedError, reopened
from isobot.state.records import AnswerRecord
from isobot.state.store import Store

DIRECT = timedelta(minutes=30)  # a direct conversation goes on for so long; a thread for as long as it is there


def last_answer(store: Store, asking: Asking) -> AnswerRecord | None:
    """What was answered last in the same place, whoever asked it; None where nothing was, or too long ago. Raises StateError."""
    record = store.last_answer(asking.channel, asking.thread_ts or "")
    if record and asking.surface is Surface.DIRECT and datetime.fromisoformat(record.asked_at) < datetime.now(UTC) - DIRECT:
        return None
    return record


def earlier_for(record: AnswerRecord | None, generation: Generation, groups: frozenset[str]) -> Earlier | None:
    """The answer as far as who belongs to `groups` may read what it cites: nobody inherits a citation that they may not read."""
    return Earlier(record.question, tuple(_readable(record, generation, groups))) if record else None


def _readable(record: AnswerRecord, generation: Generation, groups: frozenset[str]) -> Iterator[Citation]:
    for cited in record.citations or record.nearest:
        try:
            yield reopened(generation, cited, groups)
        except ChangedError:
            continue
