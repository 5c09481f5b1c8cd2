"""Compound files (OLE) as Office wrote them until 2007, of streams of our own."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SHORT = 4096  # streams are filled up to this length, so that they lie in sectors of their own


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams at its top, in this order of sectors: table, directory, streams."""
    contents = {name: content.ljust(SHORT, b"\0") for name, content in streams.items()}
    entries = [_entry("Root Entry", 5, child=1 if contents else FREE)]
    directory = -(-(len(contents) + 1) // 4)
    table = [TABLE, *range(2, directory + 1), END]
    body = b""
    for number, (name, content) in enumerate(contents.items(), start=1):
        start, sectors = len(table), -(-len(content) // SECTOR)
        right = number + 1 if number < len(contents) else FREE
        entries.append(_entry(name, 2, right=right, start=start, size=len(content)))
        table += [*range(start + 1, start + sectors), END]
        body += content.ljust(sectors * SECTOR, b"\0")
    assert len(table) <= SECTOR // 4, "one sector holds the table"
    listed = struct.pack("<109I", 0, *[FREE] * 108)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + listed
    return head + struct.pack("<128I", *table, *[FREE] * (128 - len(table))) + b"".join(entries).ljust(directory * SECTOR, b"\0") + body


def _entry(name: str, kind: int, child: int = FREE, right: int = FREE, start: int = END, size: int = 0) -> bytes:
    written = name.encode("utf-16-le")
    tree = struct.pack("<HBB3I", len(written) + 2, kind, 1, FREE, right, child)
    return written.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, size)
