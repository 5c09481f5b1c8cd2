"""What a follow-up in a thread, or in a direct conversation, follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from corpus.citation import Citation
from indexer.generation import Generation
from isobot.conversation import Earlier
from isobot.question import Question
from isobot.refusals import ChangedError
from isobot.reopened import reopened
from isobot.state.records import AnswerRecord

DIRECT = timedelta(minutes=30)  # a direct conversation goes on for so long; a thread for as long as it is there


def goes_on(record: AnswerRecord) -> bool:
    """Whether an answer beside all threads is so recent that the next question there may lean on it."""
    return datetime.fromisoformat(record.asked_at) >= datetime.now(UTC) - DIRECT


def earlier_for(record: AnswerRecord, generation: Generation, question: Question) -> Earlier:
    """An answer as far as who asks now may be cited what it cites: nobody inherits a citation that they may not read."""
    return Earlier(record.question, tuple(_readable(record, generation, question)))


def _readable(record: AnswerRecord, generation: Generation, question: Question) -> Iterator[Citation]:
    for cited in record.citations or record.nearest:
        try:
            citation = reopened(generation, cited, question.groups)
        except ChangedError:
            continue
        if question.collections is None or citation.document.collection in question.collections:
            yield citation
