"""Answers are forgotten after a time, and what stays can still be verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isobot.state.moments import stamp
from isobot.state.owner_replies import OwnerReplies, Status
from isobot.state.records import FIRST_PREVIOUS_HASH, AnswerRecord, Checkpoint, CitedSlice, verified
from isobot.state.store import Store
from tests.slack.examples import abstention, answer, cite

AMIRA, BEN = "slack:T0:U0AMIRA", "slack:T0:U0BEN"
START = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state.db'}"


@pytest.fixture
def five(url: str) -> Iterator[Store]:
    """Five answers, one a day from the first of September: Amira asked the first two, Ben the others; the second abstained."""
    days = iter(range(1000))
    with Store.open(url, now=lambda: START + timedelta(days=next(days))) as store:
        for number, who in enumerate((AMIRA, AMIRA, BEN, BEN, BEN)):
            store.record_answer(abstention(cite()) if number == 1 else answer(cite()), who, "cli")
        yield store


def alter(url: str, statement: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)


def test_what_is_older_goes_and_the_rest_still_holds(five: Store) -> None:
    """With it go its place in the unanswered register and the person who asked nothing else; a checkpoint says how much went."""
    before = five.verify_chain()
    first = next(five.answers())
    assert five.prune(START + timedelta(days=2)) == 2
    after = five.verify_chain()
    assert (after.holds, after.answers, after.pruned, after.head) == (True, 3, 2, before.head)
    assert five.unanswered() == () and five.people.known() == (BEN,)
    (checkpoint,) = five.checkpoints()
    assert (checkpoint.answers, checkpoint.until[:10], checkpoint.previous_hash) == (2, "2026-09-02", FIRST_PREVIOUS_HASH)
    assert five.prune(START + timedelta(days=2)) == 0 and len(five.checkpoints()) == 1
    assert five.answer(first.id) is None


def test_the_chain_goes_on_where_everything_was_pruned(five: Store) -> None:
    """The next answer follows the last that went."""
    head = five.verify_chain().head
    assert five.prune(START + timedelta(days=900)) == 5
    assert five.verify_chain().head == head
    five.record_answer(answer(cite()), BEN, "cli")
    report = five.verify_chain()
    assert (report.holds, report.answers, report.pruned) == (True, 1, 5)
    assert next(five.answers()).previous_hash == head


def test_a_changed_or_missing_checkpoint_is_seen(five: Store, url: str) -> None:
    """Nobody can cut the chain and write a shorter history unnoticed where they leave a checkpoint as it was."""
    five.prune(START + timedelta(days=1))
    five.prune(START + timedelta(days=3))
    assert five.verify_chain().holds and five.verify_chain().pruned == 3
    alter(url, "UPDATE checkpoints SET answers = 2 WHERE number = 1")
    assert "was changed, or one before it was removed" in five.verify_chain().breaks[0]
    alter(url, "DELETE FROM checkpoints WHERE number = 1")
    assert "was changed, or one before it was removed" in five.verify_chain().breaks[0]
    alter(url, "DELETE FROM checkpoints")
    assert "does not follow the one before it" in five.verify_chain().breaks[0]


def test_cutting_off_the_newest_is_seen_by_a_head_that_was_noted(five: Store, url: str) -> None:
    """The chain alone cannot show it."""
    head = five.verify_chain().head
    five.record_answer(answer(cite()), BEN, "cli")
    assert five.verify_chain(head).holds
    alter(url, "DELETE FROM answers WHERE sequence > 4")
    assert five.verify_chain().holds
    (sentence,) = five.verify_chain(head).breaks
    assert head in sentence and "that was noted" in sentence


def test_erasing_a_person_takes_their_comments(five: Store) -> None:
    """And nothing of the chain; their other words on it, whether it helped, stay."""
    one = next(five.answers())
    five.record_feedback(one.id, AMIRA, helpful=False, reason="wrong", comment="Ask Amira on 555")
    assert five.people.erase(AMIRA)
    (said,) = five.feedback()
    assert (said.comment, said.reason) == ("", "wrong") and five.verify_chain().holds


def replies(store: Store, days: tuple[int, ...], by: str) -> list[str]:
    """Replies of a person, on these days of September."""
    cited = next(store.answers()).citations[0]
    kept = [OwnerReplies(store._engine, lambda day=day: stamp(START + timedelta(days=day))) for day in days]  # type: ignore[misc]
    return [one.add("may I?", "Ask me on 555.", "Zoe", cited, store.people.ref_of(by)) for one in kept]


def test_an_owners_reply_is_forgotten_after_the_same_time(five: Store) -> None:
    """Whatever became of it; from its last decision on, and its author and who decided are known for as long as it is."""
    old, decided, young = replies(five, (0, 0, 3), "slack:T0:U0ZOE")
    later = OwnerReplies(five._engine, lambda: stamp(START + timedelta(days=2)))
    assert later.move(decided, Status.SENT, Status.APPROVED, five.people.ref_of("slack:T0:U0ADMIN"))
    assert five.prune(START + timedelta(days=2)) == 2
    assert [five.owner_replies.get(one) is not None for one in (old, decided, young)] == [False, True, True]
    assert five.people.known() == ("slack:T0:U0ADMIN", BEN, "slack:T0:U0ZOE")
    assert five.prune(START + timedelta(days=3)) == 1
    assert five.people.known() == (BEN, "slack:T0:U0ZOE") and five.owner_replies.get(decided) is None
    assert five.verify_chain().holds


def test_old_replies_go_though_no_answer_is_old(five: Store) -> None:
    """And their author with them, where nothing else is known of them."""
    (reply,) = replies(five, (-5,), "slack:T0:U0ZOE")
    assert five.prune(START - timedelta(days=1)) == 0
    assert five.owner_replies.get(reply) is None and five.people.known() == (AMIRA, BEN)
    assert five.checkpoints() == ()


def test_erasing_a_person_takes_what_they_replied_as_an_owner(five: Store) -> None:
    """Kept or not; replies of others stay, also where the person decided on them."""
    mine, kept = replies(five, (0, 1), AMIRA)
    (other,) = replies(five, (0,), BEN)
    for one in (kept, other):
        assert five.owner_replies.move(one, Status.SENT, Status.APPROVED, five.people.ref_of(AMIRA))
    assert five.people.erase(AMIRA)
    assert [five.owner_replies.get(one) is not None for one in (mine, kept, other)] == [False, False, True]
    assert five.verify_chain().holds and five.people.known() == (BEN,)


def test_one_takes_a_slot_and_no_one_takes_it_again(five: Store) -> None:
    """Nor an earlier one, whatever the clocks of replicas say."""
    assert five.take_slot("report", "2026-09-07T09:00")
    assert not five.take_slot("report", "2026-09-07T09:00")
    assert not five.take_slot("report", "2026-08-31T09:00")
    assert five.take_slot("report", "2026-09-14T09:00")


SLICES = st.builds(
    CitedSlice,
    path=st.text(), version=st.none() | st.text(), sha256=st.text(max_size=64), text_sha256=st.text(max_size=64), clause=st.text(),
    start=st.integers(0, 99), end=st.integers(0, 99), line=st.none() | st.text(),
)  # fmt: skip
RECORDS = st.builds(
    AnswerRecord,
    id=st.text(), asked_at=st.text(), asker_ref=st.text(), question=st.text(), surface=st.text(), abstained=st.booleans(),
    confidence=st.floats(0, 1), owner=st.none() | st.text(), generation=st.text(), citations=st.lists(SLICES, max_size=2).map(tuple),
    nearest=st.lists(SLICES, max_size=2).map(tuple), notices=st.lists(st.text(), max_size=2).map(tuple), previous_hash=st.just(""),
)  # fmt: skip


def chained(records: list[AnswerRecord], before: str = FIRST_PREVIOUS_HASH) -> list[AnswerRecord]:
    made = []
    for record in records:
        linked = replace(record, previous_hash=before)
        made.append(replace(linked, hash=linked.computed_hash()))
        before = made[-1].hash
    return made


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, min_size=2, max_size=5), st.data())
def test_any_chain_holds_and_any_change_of_it_is_seen(records: list[AnswerRecord], data: st.DataObject) -> None:
    """A question changed, an answer taken out of the middle, two swapped; and cut at any place behind a checkpoint it still holds."""
    chain = chained(records)
    assert verified(chain).holds
    at = data.draw(st.integers(0, len(chain) - 2))
    assert not verified([*chain[:at], replace(chain[at], question=chain[at].question + "?"), *chain[at + 1 :]]).holds
    assert not verified([*chain[:at], *chain[at + 1 :]]).holds
    assert not verified([*chain[:at], chain[at + 1], chain[at], *chain[at + 2 :]]).holds
    cut = Checkpoint("t", at + 1, "t", chain[at].hash, FIRST_PREVIOUS_HASH)
    report = verified(chain[at + 1 :], [replace(cut, hash=cut.computed_hash())])
    assert report.holds and report.pruned == at + 1


def test_an_answer_recorded_before_lines_were_kept_still_has_its_hash() -> None:
    """Slices without a line are hashed without it, as they were then."""
    old = CitedSlice("a.md", None, "0", "1", "1 A", 0, 3)
    assert "line" not in old.as_hashed() and "line" in CitedSlice("a.md", None, "0", "1", "1 A", 0, 3, "A · §1").as_hashed()


def test_an_upgrade_keeps_a_copy_of_the_state_that_it_migrates(url: str, tmp_path: Path) -> None:
    """Of the schema that it had, for its owner alone."""
    with Store.open(url) as store:
        store.record_answer(answer(cite()), BEN, "cli")
    alter(url, "DROP TABLE owner_replies")
    alter(url, "UPDATE alembic_version SET version_num = '0006'")
    with Store.open(url) as store:
        assert store.verify_chain().holds
    copy = tmp_path / "state.db.schema-0006"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0006",)
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    assert copy.stat().st_mode & 0o777 == 0o600
