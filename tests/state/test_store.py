"""What people did, kept: events once, answers in a chain, identities apart, the unanswered register."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus.errors import SettingsError, StateError
from isobot.state import database
from isobot.state.database import MIGRATIONS, open_engine, reason
from isobot.state.records import FIRST_PREVIOUS_HASH, CitedSlice
from isobot.state.schema import REVISIONS, metadata
from isobot.state.store import Store
from tests.slack.examples import abstention, answer, cite

AMIRA, BEN = "slack:T0:U0AMIRA", "slack:T0:U0BEN"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state.db'}"


def alter(url: str, statement: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)


def test_an_event_is_claimed_once(url: str) -> None:
    """By its id, and by its channel and time under any other id; finishing it does not open it again."""
    with Store.open(url) as store:
        assert store.events.claim("Ev1", channel="C1", ts="1.5", kind="app_mention")
        assert not store.events.claim("Ev1", channel="C1", ts="9.9", kind="app_mention")
        assert not store.events.claim("Ev2", channel="C1", ts="1.5", kind="message")
        assert store.events.claim("Ev3", channel="C2", ts="1.5", kind="app_mention")
        assert store.events.unfinished() == ("Ev1", "Ev3")
        store.events.finish("Ev1")
        assert store.events.unfinished() == ("Ev3",)
        assert not store.events.claim("Ev1", channel="C1", ts="1.5", kind="app_mention")


def test_of_many_claims_at_once_one_succeeds(url: str) -> None:
    """Whatever the number of threads and of open stores."""
    won: list[bool] = []

    def claim() -> None:
        with Store.open(url) as store:
            won.append(store.events.claim("Ev1", channel="C1", ts="1.5", kind="app_mention"))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_an_answer_is_kept_with_what_was_cited(url: str) -> None:
    """Who (by a token), when, where, and each slice by document, hashes and range."""
    citation = cite("Words.", ())
    moment = datetime(2026, 9, 1, 10, 30, tzinfo=UTC)
    with Store.open(url, now=lambda: moment) as store:
        given = store.record_answer(answer(citation, notices=("Mind.",)), AMIRA, "slack:channel")
        (record,) = store.answers()
        assert record.id == given and record.asked_at == "2026-09-01T10:30:00.000000Z"
        assert (record.question, record.surface) == ("can i use my own laptop?", "slack:channel")
        assert (record.abstained, record.confidence) == (False, 0.75)
        assert record.generation == "g-0001" and record.owner == "Security Office" and record.notices == ("Mind.",)
        # "3.2 Laptops\n" is twelve characters, "Words." six.
        line = "BYOD Standard v2.1 · §3.2 Laptops · p. 4"
        assert record.citations == (CitedSlice("byod.md", "2.1", "a" * 64, citation.text.sha256, "3.2 Laptops", 12, 18, line),)
        assert record.previous_hash == FIRST_PREVIOUS_HASH and record.hash == record.computed_hash()
        assert store.unanswered() == ()
        assert AMIRA not in record.asker_ref and store.people.identity_of(record.asker_ref) == AMIRA


def test_the_chain_shows_a_changed_a_removed_and_an_inserted_answer(url: str) -> None:
    """Each answer's hash covers the one before it."""
    with Store.open(url) as store:
        ids = [store.record_answer(answer(cite()), AMIRA, "cli") for _ in range(4)]
        report = store.verify_chain()
        assert report.holds and report.answers == 4
        alter(url, "UPDATE answers SET question = 'another' WHERE sequence = 2")
        (broken,) = store.verify_chain().breaks
        assert broken.startswith(f"Answer {ids[1]} ") and broken.endswith("was changed after it was recorded.")
        alter(url, "DELETE FROM answers WHERE sequence = 2")
        (gap,) = store.verify_chain().breaks
        assert gap.startswith(f"Answer {ids[2]} ") and "does not follow the one before it" in gap


def test_answers_of_many_threads_make_one_chain(url: str) -> None:
    """No two answers follow the same one."""
    stores = [Store.open(url), Store.open(url)]

    def record(store: Store) -> None:
        for _ in range(5):
            store.record_answer(answer(cite()), BEN, "cli")

    threads = [threading.Thread(target=record, args=(store,)) for store in stores * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = stores[0].verify_chain()
    assert report.holds and report.answers == 20
    for store in stores:
        store.close()


def test_an_abstention_enters_the_unanswered_register(url: str) -> None:
    """With what came nearest and whom it was sent to, oldest first."""
    start = datetime(2026, 9, 1, tzinfo=UTC)
    ticks = iter(range(10))
    with Store.open(url, now=lambda: start + timedelta(days=next(ticks))) as store:
        first = store.record_answer(abstention(cite("Near.", ()), question="to the moon?"), AMIRA, "cli")
        store.record_answer(answer(cite()), AMIRA, "cli")
        store.record_answer(abstention(question="to mars?", owner=None), BEN, "cli")
        moon, mars = store.unanswered()
    assert (moon.answer_id, moon.question, moon.owner) == (first, "to the moon?", "Security Office")
    assert [(near.path, near.start, near.end) for near in moon.nearest] == [("byod.md", 12, 17)]
    assert (mars.question, mars.owner, mars.nearest, mars.asked_at) == ("to mars?", None, (), "2026-09-03T00:00:00.000000Z")


def test_one_persons_identity_is_erased_and_the_chain_holds(url: str) -> None:
    """Their answers stay, under a token that stands for nobody; a later question gets a new one."""
    with Store.open(url) as store:
        for identity in (AMIRA, BEN, AMIRA):
            store.record_answer(answer(cite()), identity, "cli")
        amira, ben, again = (record.asker_ref for record in store.answers())
        assert amira == again != ben
        assert store.people.erase(AMIRA) and not store.people.erase(AMIRA)
        assert store.people.identity_of(amira) is None and store.people.identity_of(ben) == BEN
        store.record_answer(answer(cite()), AMIRA, "cli")
        assert [*store.answers()][-1].asker_ref != amira
        assert store.verify_chain().holds


def test_state_is_read_back_after_it_was_closed(url: str) -> None:
    """And its file is its owner's alone."""
    with Store.open(url) as store:
        given = store.record_answer(answer(cite("Grüße 😀", ()), question="日本?"), AMIRA, "cli")
    with Store.open(url) as store:
        (record,) = store.answers()
        assert (record.id, record.question) == (given, "日本?") and store.verify_chain().holds
    assert stat.S_IMODE(Path(url.removeprefix("sqlite:///")).stat().st_mode) == 0o600


def test_the_migrations_make_the_tables_that_the_program_uses(url: str) -> None:
    """Every revision that ships is known, and the last one leaves no difference to the schema."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert tuple(reversed([script.revision for script in ScriptDirectory.from_config(config).walk_revisions()])) == REVISIONS
    engine = open_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_an_older_program_refuses_a_newer_state(url: str) -> None:
    """It says which schema it found, and changes nothing."""
    Store.open(url).close()
    alter(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StateError, match="has schema 9999; this program knows them up to"):
        Store.open(url)


def test_a_database_that_another_process_holds_is_waited_for_and_then_named(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says for how long it waited and what to do."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with Store.open(url) as store:
        holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert store.events.unfinished() == ()
        with pytest.raises(StateError, match="is held by another process"):
            store.events.claim("Ev1", channel="C1", ts="1", kind="message")
        holder.rollback()
        assert store.events.claim("Ev1", channel="C1", ts="1", kind="message")
        holder.close()


def test_bad_places_for_the_state_are_explained(tmp_path: Path) -> None:
    """A file that is no database, a folder that cannot be made, an address that is none, a missing driver."""
    (tmp_path / "notes.db").write_text("these are notes, and not a database at all" * 20)
    with pytest.raises(StateError, match="is no SQLite database, or a damaged one"):
        Store.open(f"sqlite:///{tmp_path / 'notes.db'}")
    with pytest.raises(StateError, match="cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'notes.db' / 'state.db'}")
    with pytest.raises(SettingsError, match="in memory"):
        Store.open("sqlite://")
    with pytest.raises(SettingsError, match="is no database address"):
        Store.open("state.db")
    with pytest.raises(SettingsError, match="is no database address") as unknown:
        Store.open("oracular://me:secret@host/isobot")
    assert "secret" not in str(unknown.value)


def test_a_server_that_does_not_answer_is_told_in_a_line() -> None:
    """With what to look at."""
    said = reason('connection failed: connection to server at "127.0.0.1", port 9 failed: Connection refused\n\tIs the server running?\n')
    assert said.startswith("cannot be reached: connection failed: ") and "\n" not in said
    assert said.endswith("Is the server running. Look whether it runs, and at the setting `state`. Nothing was written.")


def test_opening_a_state_that_is_up_to_date_loads_no_alembic(url: str) -> None:
    """A person who asks one question waits for it."""
    Store.open(url).close()
    probe = f"import sys; from isobot.state.store import Store; Store.open({url!r}); print('alembic' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", probe], text=True, cwd=Path(__file__).parents[2]) == "False\n"
