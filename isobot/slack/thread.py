"""What was answered before in the place where a question is asked: a thread of a channel, or a direct conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from corpus.citation import Citation
from indexer.generation import Generation
from isobot.conversation import Earlier
from isobot.slack.events import Asking, Surface
from isobot.slack.reopened import ChangedError, reopened
from isobot.state.records import AnswerRecord, Place
from isobot.state.store import Store

DIRECT = timedelta(minutes=30)  # a direct conversation goes on for so long; a thread for as long as it is there


def place_of(asking: Asking) -> Place:
    """Where it was asked. A direct conversation is one line of talk, with or without threads."""
    return Place(asking.channel, (asking.thread_ts or "") if asking.surface is Surface.CHANNEL else "")


def last_answer(store: Store, asking: Asking) -> AnswerRecord | None:
    """What was answered last in the place where it is asked, whoever asked it. Raises StateError."""
    return store.last_answer_in(place_of(asking), None if asking.surface is Surface.CHANNEL else DIRECT)


def earlier_for(record: AnswerRecord | None, generation: Generation, groups: frozenset[str]) -> Earlier | None:
    """The answer as far as who belongs to `groups` may read what it cites: nobody inherits a citation that they may not read."""
    if record is None:
        return None
    return Earlier(record.question, tuple(_readable(record, generation, groups)))


def _readable(record: AnswerRecord, generation: Generation, groups: frozenset[str]) -> Iterator[Citation]:
    for cited in record.citations or record.nearest:
        try:
            yield reopened(generation, cited, groups)
        except ChangedError:
            continue
