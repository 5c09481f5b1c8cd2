"""`isobot chat` as it is typed, from a pipe and at a terminal."""

from __future__ import annotations

import io
import logging
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.organisation import Command, Organisation

LOST = "within how many hours must a lost laptop be reported?"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def piped(isobot: Command, organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command with some lines on standard input."""

    def run(lines: bytes, *words: str) -> Any:
        monkeypatch.setenv("ISOBOT_INDEX", str(organisation.index))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
        return isobot("chat", *words)

    return run


def test_a_pipe_is_answered_line_by_line(piped: Callable[..., Any]) -> None:
    """Each line is repeated before what is said to it; empty ones set apart, and `quit` ends."""
    ended = piped(f"{LOST}\n\n1\nQuit\nnever asked\n".encode())
    assert ended.code == 0 and ended.err == ""
    assert ended.out.startswith(f"› {LOST}\n  │ A lost laptop must be reported to the Service Desk within four hours.\n")
    assert "› 1\n── Whole clause ──\n" in ended.out and "never asked" not in ended.out


@pytest.mark.parametrize(
    ("lines", "code"), [(b"", 0), (b"who won the football?\n", 1), (b"who won the football?\n7777\n", 2), (b"\xff\xfe?!\n", 2)]
)
def test_the_exit_code_is_that_of_the_worst_line(piped: Callable[..., Any], lines: bytes, code: int) -> None:
    """0 for nothing, 1 for a question without an answer, 2 for what is none."""
    assert piped(lines).code == code


def test_what_fails_is_told_on_the_error_stream_without_a_traceback(
    piped: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with the reference, in which a document's control characters do nothing; exit code 3."""
    from isobot.responder import Responder

    def failing(*_: object) -> None:
        raise RuntimeError("a disk\x1b[2J is full\nsecond line")

    monkeypatch.setattr(Responder, "answer", failing)
    monkeypatch.setattr(logging.root, "handlers", [])  # pytest's own, with which logging counts as set up
    ended = piped(b"laptops\n")
    assert ended.code == 3 and "this reference: " in ended.out
    reference = ended.out.rstrip().rpartition(" ")[2]
    assert f"isobot: a question in the chat failed (reference {reference}): RuntimeError: a disk [2J is full second line\n" in ended.err


def test_without_an_index_it_says_what_to_do(isobot: Command) -> None:
    """As every command does."""
    ended = isobot("chat")
    assert ended.code == 2 and "There is no index in " in ended.err


@pytest.mark.parametrize("ending", [b"\x03", b"\x04", b"\n", b"quit\n"], ids=["Ctrl-C", "Ctrl-D", "empty line", "quit"])
def test_at_a_terminal_it_ends_cleanly(environ: Path, organisation: Organisation, ending: bytes) -> None:
    """With exit code 0 after a question without an answer too, and without a word of failure."""
    ours, theirs = pty.openpty()
    variables = {**os.environ, "ISOBOT_INDEX": str(organisation.index), "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    command = [sys.executable, "-m", "isobot", "chat"]
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    chat = subprocess.Popen(command, **streams, env=variables, start_new_session=True, preexec_fn=controlling)
    os.close(theirs)
    try:
        shown = until(ours, "› ")
        assert "Ask what your policies say." in shown and "Nothing of this is kept" in shown
        os.write(ours, b"who won the football?\n")
        assert "Your policies don't say." in until(ours, "\n› ", seen="football?")
        assert pressed(ours, ending, chat) == 0
        assert not {"isobot:", "Traceback", "Stopped"} & set(rest(ours).split())
    finally:
        chat.kill()
        chat.wait()
        os.close(ours)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_nothing_behind(environ: Path, organisation: Organisation, tmp_path: Path, number: int) -> None:
    """Neither what was asked in a chat that is not to be kept, nor a traceback; the exit code is that of the signal."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    variables = {**os.environ, "ISOBOT_INDEX": str(organisation.index), "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "isobot", "chat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables) as chat:
        assert chat.stdin and chat.stdout
        chat.stdin.write(b"who won the football?\n")
        chat.stdin.flush()
        assert chat.stdout.readline() and list(scratch.glob("isobot-chat-*"))
        chat.send_signal(number)
        _, errors = chat.communicate(timeout=60)
    assert (chat.returncode, errors, list(scratch.glob("isobot-chat-*"))) == (128 + number, b"", [])


def controlling() -> None:
    """Make standard input the terminal of the process, so that Ctrl-C there is a signal."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def pressed(terminal: int, ending: bytes, chat: subprocess.Popen[bytes]) -> int:
    """The exit code after somebody pressed it once it waits, again where nothing came of it: Python loses a signal just before that."""
    for _ in range(10):
        while Path(f"/proc/{chat.pid}/stat").read_text().rpartition(")")[2].split()[0] == "R":
            time.sleep(0.01)
        os.write(terminal, ending)
        with suppress(subprocess.TimeoutExpired):
            return chat.wait(10)
    raise AssertionError("it goes on")


def rest(terminal: int) -> str:
    """What is printed last of all."""
    said = b""
    with suppress(OSError):  # how Linux says that nobody holds the other end any more
        while part := os.read(terminal, 4096):
            said += part
    return said.decode()


def until(terminal: int, end: str, seen: str = "") -> str:
    """What is printed up to a prompt that comes after `seen`."""
    said = b""
    while end.encode() not in said.replace(b"\r", b"").partition(seen.encode() or b"Ask")[2]:
        assert select.select([terminal], [], [], 60)[0], said
        said += os.read(terminal, 4096)
    return said.replace(b"\r", b"").decode()
