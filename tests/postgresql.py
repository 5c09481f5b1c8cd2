"""A PostgreSQL server of its own for whoever tests with one: in a temporary folder, on a socket there, gone when its starter is."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.programs import program

START_SECONDS = 30.0
PR_SET_PDEATHSIG = 1
PLAIN_USERS = ("postgres", "nobody")  # the server refuses to run as root; root starts it as one of these


class PostgresServer:
    """`with PostgresServer() as server:`; raises RuntimeError when it does not start."""

    def __init__(self) -> None:
        initdb = program("postgresql")
        if initdb is None:
            raise RuntimeError("PostgreSQL's commands are not installed.")
        self._commands = initdb.resolve().parent  # a link to one command does not lead to the others
        self.folder = Path(tempfile.mkdtemp(prefix="isobot-pg-"))
        self._user = next((name for name in PLAIN_USERS if known(name)), None) if os.geteuid() == 0 else None
        self._log = self.folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if self._user:
            shutil.chown(self.folder, self._user)
        made = self._run("initdb", "-D", str(self.folder / "data"), "-U", "isobot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr.decode(errors='replace')[-500:]}")
        # Nothing here outlives the server, so nothing has to reach the disk.
        options = ("listen_addresses=", f"unix_socket_directories={self.folder}", "fsync=off", "max_connections=200")
        command = [str(self._commands / "postgres"), "-D", str(self.folder / "data"), *(word for one in options for word in ("-c", one))]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._as())
        deadline = time.monotonic() + START_SECONDS
        while self._run("pg_isready", "-q", "-h", str(self.folder), "-U", "isobot", "-d", "postgres").returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError("PostgreSQL did not start.")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # its fast shutdown: clients are sent away
            try:
                self._process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self, name: str) -> str:
        """Make a database; returns its SQLAlchemy URL."""
        made = self._run("createdb", "-h", str(self.folder), "-U", "isobot", name)
        if made.returncode:
            raise RuntimeError(made.stderr.decode(errors="replace"))
        return f"postgresql+psycopg://isobot@/{name}?host={self.folder}"

    def _run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([str(self._commands / command), *arguments], capture_output=True, check=False, cwd=self.folder, **self._as())

    def _as(self) -> dict[str, Any]:
        who = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []} if self._user else {}
        return {**who, "preexec_fn": end_with_parent}


def end_with_parent() -> None:
    """Have the kernel end this process when the one that started it ends, however that happens (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
