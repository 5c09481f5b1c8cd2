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
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the kernel's packet filter
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # EPERM
_MACHINES = {  # audit's number of the machine; of the calls socket and io_uring_setup; the first number of another calling convention
    "x86_64": (0xC000003E, (41, 425), 0x40000000),
    "aarch64": (0xC00000B7, (198, 425), 0xFFFFFFFF),
}


def isolate(memory_mb: int) -> None:
    """Bound this process's address space, end it with its parent, and take the network from it, as far as the system can."""
    _bound_memory(memory_mb * 1024**2)
    sys.addaudithook(_refuse_sockets)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _filter_calls(libc)


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
    """On Linux, let the kernel refuse every new socket, to native code and child processes as well; whether it does."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    machine, refused, foreign = known
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    program += [(_AT_LEAST, 0, 1, foreign), (_RETURN, 0, 0, _REFUSE)]
    for call in refused:
        program += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)]
    program.append((_RETURN, 0, 0, _ALLOW))
    packed = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(packed)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, header, 0, 0) == 0)
