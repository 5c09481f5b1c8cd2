"""What owners replied to questions that were sent to them: kept from the moment it is sent, and used once it was approved."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from isobot.state.database import reading, writing
from isobot.state.records import CitedSlice
from isobot.state.schema import owner_replies as table


class Status(StrEnum):
    """sent: it went to who had asked. proposed: the owner wants it kept. approved, declined: as an admin decided."""

    SENT = "sent"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class OwnerReply:
    """owner: whose reply it is, as the document names its owner. replied_by: the token of the person who wrote it.

    citation: the clause that the question was answered from, or that came nearest; the reply stands beside it.
    """

    id: str
    question: str
    reply: str
    owner: str
    citation: CitedSlice
    replied_at: str
    replied_by: str
    status: Status


class OwnerReplies:
    """Thread-safe; every method raises StateError when it fails. stamp: the time now, as the state writes it."""

    def __init__(self, engine: Engine, stamp: Callable[[], str]) -> None:
        self._engine = engine
        self._stamp = stamp

    def add(self, question: str, reply: str, owner: str, citation: CitedSlice, replied_by: str) -> str:
        """Keep a reply that is being sent. Returns its id."""
        said = OwnerReply(secrets.token_hex(8), question, reply, owner, citation, self._stamp(), replied_by, Status.SENT)
        with writing(self._engine) as connection:
            connection.execute(insert(table).values(asdict(said)))
        return said.id

    def get(self, id: str) -> OwnerReply | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
        return None if row is None else _from(row)

    def all(self, status: Status) -> tuple[OwnerReply, ...]:
        """Every reply of a status, newest first."""
        query = select(table).where(table.c.status == status.value).order_by(table.c.replied_at.desc())
        with reading(self._engine) as connection:
            return tuple(map(_from, connection.execute(query).all()))

    def move(self, id: str, before: Status, after: Status, by: str) -> bool:
        """Give a reply another status. False where it has not the one that was expected: somebody else was faster."""
        same = (table.c.id == id, table.c.status == before.value)
        values = {"status": after.value, "decided_at": self._stamp(), "decided_by": by}
        with writing(self._engine) as connection:
            return connection.execute(update(table).where(*same).values(values)).rowcount > 0


def forget_before(connection: Connection, limit: str) -> None:
    """Forget the replies to which nothing has happened since a stamp: neither were they written since, nor proposed, nor decided on."""
    connection.execute(delete(table).where(func.coalesce(table.c.decided_at, table.c.replied_at) < limit))


def _from(row: Row) -> OwnerReply:  # type: ignore[type-arg]
    known = {name: value for name, value in row._mapping.items() if name in OwnerReply.__slots__}
    return OwnerReply(**{**known, "citation": CitedSlice(**row.citation), "status": Status(row.status)})
