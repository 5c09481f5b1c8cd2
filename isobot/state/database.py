"""The database behind the state: opened, brought to the schema that this program knows, its failures in plain words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from corpus.errors import SettingsError, StateError
from isobot.state.schema import REVISIONS

BUSY_SECONDS = 5.0  # how long a writer waits for another one before it gives up
PATIENCE = 60.0  # seconds that a copy waits while another process commits
LOCK_KEY = 0x150B07  # names isobot's advisory lock among those of one PostgreSQL database
TURNS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(address: str) -> Engine:
    """An engine whose schema is at the newest revision; a database that has none yet gets it.

    address: a SQLAlchemy URL; for SQLite a file, whose folder is made where it is missing.
    Raises StateError when the database cannot be opened or written, or is newer than this program, SettingsError for no address of one.
    """
    url = parsed(address)
    if url.get_backend_name() == "sqlite":
        prepare_file(url)
    try:
        patience = {"timeout": BUSY_SECONDS} if url.get_backend_name() == "sqlite" else {}
        # An error of the driver must not carry a question's words into the log.
        engine = create_engine(url, connect_args=patience, hide_parameters=True)
    except ModuleNotFoundError as missing:
        raise SettingsError(f"The state database {shown(url)} needs the Python package {missing.name}. Install it beside isobot.") from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", set_up_sqlite)
        event.listen(engine, "begin", begin_sqlite)
    try:
        bring_to_head(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def parsed(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as problem:
        raise SettingsError(
            f"The setting `state` is no database address that is known ({type(problem).__name__}). "
            "Write it like sqlite:////var/lib/isobot/state.db or postgresql+psycopg://user@host/isobot."
        ) from None
    except ModuleNotFoundError as missing:
        raise SettingsError(
            f"The setting `state` names a database that needs the Python package {missing.name}. Install it beside isobot."
        ) from None
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingsError("The setting `state` names a database in memory, which would forget every answer. Name a file.")
    return url


def is_there(address: str) -> bool:
    """Whether there is a state to open: of SQLite a file; another database is taken to be there. Raises SettingsError as `parsed` does."""
    url = parsed(address)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


def shown(url: URL) -> str:
    """The address as a person may see it: a file's path, or the URL without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def prepare_file(url: URL) -> None:
    """Make the folder and the file. The file is its owner's alone, because it says who asked what."""
    file = Path(str(url.database))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            with suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as problem:
        raise StateError(
            f"The state database {file} cannot be made: {problem.strerror}. "
            "Make its folder writable, or name another place with the setting `state`."
        ) from problem


def set_up_sqlite(connection: Any, _record: Any) -> None:
    # Without this the driver begins transactions by itself, late, and leaves DDL outside of them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another one writes in between; IMMEDIATE waits instead.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and so never waits for a writer. Raises StateError."""
    with explained(engine), engine.connect().execution_options(reading=True) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at its end, or rolled back when anything fails. Raises StateError."""
    with turn_of(engine), explained(engine), engine.begin() as connection:
        yield connection


def turn_of(engine: Engine) -> AbstractContextManager[object]:
    """What the threads of this process queue at before they write to SQLite.

    SQLite lets one write at a time and has the others look again after ever longer naps, up to a tenth of a second, in no order: with
    eight threads some would wait for a second.
    """
    return TURNS.setdefault(engine, threading.Lock()) if engine.dialect.name == "sqlite" else nullcontext()


def lock(connection: Connection) -> None:
    """Let one writer at a time past this point, until its transaction ends. SQLite's IMMEDIATE has done so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what the driver says into a StateError. Broken uniqueness passes: whoever wrote knows what it means."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as problem:
        raise StateError(f"The state database {shown(engine.url)} {reason(str(problem.orig))}") from problem


def reason(message: str) -> str:
    said = message.lower()
    if "locked" in said or "busy" in said:
        return f"is held by another process, for more than {BUSY_SECONDS:.0f} s. Try again; if it stays so, end the process that holds it."
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return "cannot be opened for writing. Make the file and its folder writable, or name another place with the setting `state`."
    if "not a database" in said or "malformed" in said:
        return "is no SQLite database, or a damaged one. Put a copy of it back, or name another place with the setting `state`."
    why = " ".join(message.split()).rstrip(".?")
    if "connection to server" in said or "could not translate host name" in said or "failed to resolve host" in said:
        return f"cannot be reached: {why}. Look whether it runs, and at the setting `state`. Nothing was written."
    return f"failed: {why}. Nothing was written."


def bring_to_head(engine: Engine) -> None:
    """Bring the schema to the newest revision; Alembic is loaded only when there is something to do."""
    with reading(engine) as connection:
        found = revision(connection)
    if found == REVISIONS[-1]:
        return
    with writing(engine) as connection:
        lock(connection)
        found = revision(connection)  # again, because another process may have migrated meanwhile
        if found != REVISIONS[-1]:
            refuse_newer(engine.url, found)
            if found is not None:
                keep_copy(engine.url, found)
            migrate(connection)


def keep_copy(url: URL, found: str) -> None:
    """Keep a copy of a SQLite state beside it before it is migrated; PostgreSQL migrates in one transaction, and is copied by its owner."""
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        copied(file, file.with_name(f"{file.name}.schema-{found}"))


def copied(database: Path, copy: Path) -> Path:
    """A SQLite file as it is at one moment, whoever writes to it; the copy is its owner's alone. Raises StateError.

    Source: sqlite.org, "Online Backup API".
    """
    try:
        copy.touch(mode=0o600)
        copy.chmod(0o600)
        with (
            closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as problem:
        raise StateError(f"The database {database} {reason(str(problem))}") from None
    except OSError as problem:
        raise StateError(f"No copy of {database} can be written to {copy}: {problem.strerror}. Make its folder writable.") from None
    return copy


def revision(connection: Connection) -> str | None:
    """The revision of the schema that the database holds, or None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def refuse_newer(url: URL, found: str | None) -> None:
    if found is not None and found not in REVISIONS:
        raise StateError(
            f"The state database {shown(url)} has schema {found}; this program knows them up to {REVISIONS[-1]}. "
            "Install the newer isobot that wrote it, or name another place with the setting `state`."
        )


def migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
