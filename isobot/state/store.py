"""The store of what people did. Every surface writes here; nothing here knows a surface."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from corpus.answer import Answer
from isobot.state.database import lock, open_engine, reading, writing
from isobot.state.events import Events
from isobot.state.moments import stamp, utc_now
from isobot.state.owner_replies import OwnerReplies, forget_before
from isobot.state.people import People, asker_ref, forget_unnamed
from isobot.state.records import (
    FIRST_PREVIOUS_HASH,
    AnswerRecord,
    ChainReport,
    Checkpoint,
    CitedSlice,
    Feedback,
    UnansweredQuestion,
    slices,
    verified,
)
from isobot.state.schema import answers, channel_settings, checkpoints, events, feedback, identities, schedule, unanswered

ROWS_AT_ONCE = 500  # answers in memory while all of them are read
ALL = 2**31 - 1  # a sequence that no answer has reached


class Store:
    """The answers in their chain, what was said of them and what was left open, and the rest of one database.

    Thread-safe; every method raises StateError when it fails.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    @classmethod
    def open(cls, url: str, now: Callable[[], datetime] = utc_now) -> Self:
        """Open the database at a SQLAlchemy URL, making or migrating it where needed. `now` is what stamps the rows, in UTC."""
        return cls(open_engine(url), now)

    @property
    def events(self) -> Events:
        return Events(self._engine, self._now)

    @property
    def people(self) -> People:
        return People(self._engine)

    @property
    def owner_replies(self) -> OwnerReplies:
        return OwnerReplies(self._engine, self._stamp)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def last_answer(self, channel: str, thread: str, but: str = "") -> AnswerRecord | None:
        """The answer that was given last in a thread, or with thread "" beside all threads of a channel.

        but: the id of an event whose own answer does not count.
        """
        said = select(answers).join(events, events.c.answer_id == answers.c.id)
        here = said.where(events.c.channel == channel, events.c.thread == thread, events.c.event_id != but)
        with reading(self._engine) as connection:
            row = connection.execute(here.order_by(answers.c.sequence.desc()).limit(1)).one_or_none()
        return None if row is None else record_from(row)

    def record_answer(self, answer: Answer, identity: str, surface: str) -> str:
        """Append an answer to the chain, and to the unanswered register when it abstains. Returns its new id.

        identity: who asked, as the surface names people ("slack:T012:U034"). surface: where ("slack:channel", "cli").
        """
        with writing(self._engine) as connection:
            lock(connection)
            record = self._chained(connection, answer, asker_ref(connection, identity), surface)
            row = record.as_exported()
            connection.execute(insert(answers), row)
            if record.abstained:
                kept = {name: row[name] for name in ("asked_at", "question", "owner", "nearest")}
                connection.execute(insert(unanswered), {"answer_id": record.id, **kept})
        return record.id

    def answer(self, id: str) -> AnswerRecord | None:
        """One answer by its id."""
        with reading(self._engine) as connection:
            row = connection.execute(select(answers).where(answers.c.id == id)).one_or_none()
        return None if row is None else record_from(row)

    def answers_of(self, identity: str, limit: int) -> tuple[AnswerRecord, ...]:
        """The answers that a person got last, newest first."""
        theirs = select(answers).join(identities, identities.c.asker_ref == answers.c.asker_ref).where(identities.c.identity == identity)
        with reading(self._engine) as connection:
            rows = connection.execute(theirs.order_by(answers.c.sequence.desc()).limit(limit)).all()
        return tuple(map(record_from, rows))

    def channel_settings(self, channel: str) -> dict[str, Any] | None:
        """What somebody has set for a channel; None where nobody did."""
        query = select(channel_settings.c.settings).where(channel_settings.c.channel == channel)
        with reading(self._engine) as connection:
            found: dict[str, Any] | None = connection.execute(query).scalar_one_or_none()
        return found

    def keep_channel_settings(self, channel: str, settings: dict[str, Any], identity: str) -> None:
        """Keep the settings of a channel in place of those before, with who changed them."""
        with writing(self._engine) as connection:
            lock(connection)
            row = {"settings": settings, "changed_at": self._stamp(), "changed_by": asker_ref(connection, identity)}
            connection.execute(delete(channel_settings).where(channel_settings.c.channel == channel))
            connection.execute(insert(channel_settings).values(channel=channel, **row))

    def record_feedback(self, answer_id: str, identity: str, *, helpful: bool, reason: str = "", comment: str = "") -> None:
        """Keep what a person says of an answer, in place of what they said of it before."""
        with writing(self._engine) as connection:
            lock(connection)
            ref = asker_ref(connection, identity)
            connection.execute(delete(feedback).where(feedback.c.answer_id == answer_id, feedback.c.asker_ref == ref))
            said = {"helpful": helpful, "reason": reason, "comment": comment, "given_at": self._stamp()}
            connection.execute(insert(feedback).values(answer_id=answer_id, asker_ref=ref, **said))

    def feedback(self) -> tuple[Feedback, ...]:
        """What people said of answers, oldest first."""
        query = select(feedback.c.answer_id, feedback.c.given_at, feedback.c.helpful, feedback.c.reason, feedback.c.comment)
        with reading(self._engine) as connection:
            return tuple(Feedback(*row) for row in connection.execute(query.order_by(feedback.c.given_at)))

    def answers(self) -> Iterator[AnswerRecord]:
        """Every answer, oldest first, read in portions."""
        seen = 0
        while True:
            query = select(answers).where(answers.c.sequence > seen).order_by(answers.c.sequence).limit(ROWS_AT_ONCE)
            with reading(self._engine) as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            seen = rows[-1].sequence
            yield from map(record_from, rows)

    def unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """The unanswered register, oldest question first."""
        query = select(unanswered).order_by(unanswered.c.asked_at, unanswered.c.answer_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(UnansweredQuestion(row.answer_id, row.asked_at, row.question, row.owner, slices(row.nearest)) for row in rows)

    def verify_chain(self, noted_head: str | None = None) -> ChainReport:
        """Whether every answer still is what was recorded, and in its place. noted_head: a head noted earlier, to be found again."""
        return verified(self.answers(), self.checkpoints(), noted_head)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Where retention cut the chain, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(checkpoints).order_by(checkpoints.c.number)).all()
        return tuple(Checkpoint(**{name: value for name, value in row._mapping.items() if name != "number"}) for row in rows)

    def prune(self, before: datetime) -> int:
        """Forget the answers given before a moment, with what was said of them and whoever did nothing else. Returns how many.

        A checkpoint takes the place of what goes, so that what stays can still be verified. Events that are done go as well, and
        owners' replies to which nothing happened since. Only what stands at the beginning of the chain goes: an answer stays while an
        older one does.
        """
        limit = stamp(before)
        with writing(self._engine) as connection:
            lock(connection)
            connection.execute(delete(events).where(events.c.done_at < limit))
            forget_before(connection, limit)
            gone = self._prune_answers(connection, limit)
            forget_unnamed(connection)
        return gone

    def _prune_answers(self, connection: Connection, limit: str) -> int:
        kept = select(func.min(answers.c.sequence)).where(answers.c.asked_at >= limit).scalar_subquery()
        beginning = answers.c.sequence < func.coalesce(kept, ALL)
        last = connection.execute(select(answers).where(beginning).order_by(answers.c.sequence.desc()).limit(1)).one_or_none()
        if last is None:
            return 0
        old = answers.c.sequence <= last.sequence
        ids = select(answers.c.id).where(old)
        for table in (unanswered, feedback):
            connection.execute(delete(table).where(table.c.answer_id.in_(ids)))
        gone = connection.execute(delete(answers).where(old)).rowcount
        self._cut(connection, gone, last.asked_at, last.hash)
        return gone

    def _cut(self, connection: Connection, gone: int, until: str, last_hash: str) -> None:
        newest = select(checkpoints.c.hash).order_by(checkpoints.c.number.desc()).limit(1)
        before = connection.execute(newest).scalar_one_or_none() or FIRST_PREVIOUS_HASH
        cut = Checkpoint(self._stamp(), gone, until, last_hash, before)
        connection.execute(insert(checkpoints).values(asdict(replace(cut, hash=cut.computed_hash()))))

    def take_slot(self, name: str, slot: str) -> bool:
        """Take what is due at a moment ("2026-09-07T09:00") for oneself. False when it, or a later one, was taken before."""
        with writing(self._engine) as connection:
            lock(connection)
            last = connection.execute(select(schedule.c.last_slot).where(schedule.c.name == name)).scalar_one_or_none()
            if last is None:
                connection.execute(insert(schedule).values(name=name, last_slot=slot))
            elif last < slot:
                connection.execute(update(schedule).where(schedule.c.name == name).values(last_slot=slot))
            return last is None or last < slot

    def _chained(self, connection: Connection, answer: Answer, asker_ref: str, surface: str) -> AnswerRecord:
        last = connection.execute(select(answers.c.hash).order_by(answers.c.sequence.desc()).limit(1)).scalar_one_or_none()
        if last is None:  # everything before was pruned, or nothing was ever asked
            newest = select(checkpoints.c.last_hash).order_by(checkpoints.c.number.desc()).limit(1)
            last = connection.execute(newest).scalar_one_or_none()
        record = AnswerRecord(
            id=secrets.token_hex(8),
            asked_at=self._stamp(),
            asker_ref=asker_ref,
            question=answer.understood or answer.question,
            surface=surface,
            abstained=answer.abstained,
            confidence=float(answer.confidence),
            owner=answer.owner,
            generation=answer.generation,
            citations=tuple(map(CitedSlice.of, answer.citations)),
            nearest=tuple(map(CitedSlice.of, answer.nearest)),
            notices=(*map(str, answer.notices), *(phrase.marked for phrase in answer.phrased)),
            previous_hash=last or FIRST_PREVIOUS_HASH,
        )
        return replace(record, hash=record.computed_hash())

    def _stamp(self) -> str:
        return stamp(self._now())


def record_from(row: Row[Any]) -> AnswerRecord:
    fields = dict(row._mapping)
    del fields["sequence"]
    for name in ("citations", "nearest"):
        fields[name] = slices(fields[name])
    return AnswerRecord(**{**fields, "notices": tuple(fields["notices"])})
