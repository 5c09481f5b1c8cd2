"""What a reading process gives up before it sees a file: memory without bound, the network, and outliving its parent."""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 1, 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06  # instructions of the kernel's packet filter
_NUMBER, _MACHINE, _FIRST, _SECOND = 0, 4, 16, 24  # where a call's number, its machine and its arguments stand
_ALLOW, _KILL, _REFUSE, _PRETEND = 0x7FFF0000, 0x80000000, 0x00050000 | 1, 0x00050000  # EPERM; no error, and nothing done
_LOCAL, _STREAM, _KIND = 1, 1, 0xF  # a socket's family and kind, and where the kind stands among flags
_MACHINES = {  # audit's number; calls that are refused, pretended, and socket; the first number of another calling convention
    "x86_64": (0xC000003E, {42: _REFUSE, 425: _REFUSE, 49: _PRETEND, 50: _PRETEND}, 41, 0x40000000),
    "aarch64": (0xC00000B7, {203: _REFUSE, 425: _REFUSE, 200: _PRETEND, 201: _PRETEND}, 198, 0xFFFFFFFF),
}
"""connect and io_uring_setup are refused, bind and listen pretended."""


def isolate(memory_mb: int) -> None:
    """Bound this process's address space, end it with its parent, and take the network from it, as far as the system can."""
    _bound_memory(memory_mb * 1024**2)
    sys.addaudithook(_refuse_sockets)
    end_with_parent()
    if sys.platform == "linux":
        _filter_calls(ctypes.CDLL(None, use_errno=True))


def end_with_parent() -> None:
    """Have this process killed when the one that started it ends, as far as the system can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _bound_memory(limit: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # macOS knows the limit and does not take it
        return


def _refuse_sockets(event: str, _: Any) -> None:
    """Python's own sockets, on every system."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise PermissionError("A file that is read may not use the network.")


def _filter_calls(libc: Any) -> bool:
    """On Linux, let the kernel refuse the network, to native code and child processes as well; whether it does.

    LibreOffice does not start without a local socket to listen at. So it gets one that reaches nobody and that nobody reaches: no
    socket connects, and those who bind one, or listen at it, are told that it was done.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    machine, calls, socket, foreign = known
    program = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    program += [(_AT_LEAST, 0, 1, foreign), (_RETURN, 0, 0, _REFUSE)]
    for call, verdict in calls.items():
        program += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, verdict)]
    program += [(_EQUAL, 1, 0, socket), (_RETURN, 0, 0, _ALLOW)]
    program += [(_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, _LOCAL), (_RETURN, 0, 0, _REFUSE)]
    program += [(_LOAD, 0, 0, _SECOND), (_AND, 0, 0, _KIND), (_EQUAL, 1, 0, _STREAM), (_RETURN, 0, 0, _REFUSE)]
    program.append((_RETURN, 0, 0, _ALLOW))
    packed = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(packed)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, header, 0, 0) == 0)
