"""The people behind the answers: who each token stands for, outside the chain of hashes, so that one person can be forgotten."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, Engine, delete, insert, select, update

from isobot.state.database import lock, reading, writing
from isobot.state.schema import answers, channel_settings, feedback, identities, owner_replies

NAMED = (
    answers.c.asker_ref, feedback.c.asker_ref, channel_settings.c.changed_by, owner_replies.c.replied_by, owner_replies.c.decided_by
)  # fmt: skip
"""Where the tokens that stand for people are; who is in none of these is forgotten."""


class People:
    """Thread-safe; every method raises StateError when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ref_of(self, identity: str) -> str:
        """The token that stands for a person; made where they have none yet."""
        with writing(self._engine) as connection:
            lock(connection)
            return asker_ref(connection, identity)

    def identity_of(self, asker_ref: str) -> str | None:
        """Who a reference stands for; None when nobody, or when it was erased."""
        with reading(self._engine) as connection:
            found = connection.execute(select(identities.c.identity).where(identities.c.asker_ref == asker_ref)).scalar_one_or_none()
        return None if found is None else str(found)

    def erase(self, identity: str) -> bool:
        """Forget who a person was, and what they wrote outside the chain: comments, and replies as an owner, kept ones too.

        Their answers and the chain stay. False when nobody is known by that identity.
        """
        with writing(self._engine) as connection:
            ref = select(identities.c.asker_ref).where(identities.c.identity == identity)
            connection.execute(update(feedback).where(feedback.c.asker_ref.in_(ref)).values(comment=""))
            connection.execute(delete(owner_replies).where(owner_replies.c.replied_by.in_(ref)))
            return connection.execute(delete(identities).where(identities.c.identity == identity)).rowcount > 0

    def known(self, ending: str = "") -> tuple[str, ...]:
        """Everybody who is known, or whose identity ends so ("U034" finds "slack:T012:U034"), sorted."""
        with reading(self._engine) as connection:
            every = connection.execute(select(identities.c.identity).order_by(identities.c.identity)).scalars()
            return tuple(one for one in every if one == ending or not ending or one.endswith(f":{ending}"))


def asker_ref(connection: Connection, identity: str) -> str:
    """The token that stands for a person, made at their first question; it cannot be computed from who they are."""
    found = connection.execute(select(identities.c.asker_ref).where(identities.c.identity == identity)).scalar_one_or_none()
    if found is not None:
        return str(found)
    token = secrets.token_hex(16)
    connection.execute(insert(identities).values(asker_ref=token, identity=identity))
    return token


def forget_unnamed(connection: Connection) -> None:
    """Forget whoever did nothing that is still kept."""
    unnamed = (identities.c.asker_ref.not_in(select(column).where(column.is_not(None))) for column in NAMED)
    connection.execute(delete(identities).where(*unnamed))
