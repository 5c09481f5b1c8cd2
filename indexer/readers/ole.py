"""Compound files (OLE), in which Office kept its documents until 2007, and keeps those with a password: a file system in a file.

Source: Microsoft, [MS-CFB]: Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import DamagedDocumentError

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes
NONE = 0xFFFFFFFF  # no sector, no entry
LAST = 0xFFFFFFFA  # the highest number of a sector; those above say something else
SMALL = 4096  # bytes below which a stream lies in small sectors, of which the stream of the directory's root is made
SMALL_SHIFT = 6  # of the size of these
STREAM = 2  # the kind of an entry


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    siblings: tuple[int, int]
    child: int
    start: int
    size: int


class Compound:
    """The streams that stand at the top of a compound file; those of documents that are embedded in it lie deeper."""

    def __init__(self, content: bytes) -> None:
        """Raises DamagedDocumentError where its directory cannot be followed."""
        self._content = content
        try:
            self._shift = struct.unpack_from("<H", content, 30)[0]
            if self._shift not in (9, 12):
                raise IndexError
            self._table = self._sectors_of_table()
            entries = [entry for sector in self._chain(struct.unpack_from("<I", content, 48)[0]) for entry in self._entries(sector)]
            self._root = list(self._chain(entries[0].start))
            self._streams = {entry.name: entry for entry in _below(entries, entries[0].child)}
        except (struct.error, IndexError):
            raise DamagedDocumentError("The file is cut short or damaged: its directory cannot be read. Get a fresh copy.") from None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._streams)

    def begin_of(self, name: str, size: int) -> bytes:
        """The first bytes of a stream, within a sector; none of one that is not there or lies beyond the file's end."""
        entry = self._streams.get(name)
        if entry is None or entry.kind != STREAM:
            return b""
        if entry.size >= SMALL:
            return self._sector(entry.start)[:size]
        place, within = divmod(entry.start << SMALL_SHIFT, 1 << self._shift)
        return self._sector(self._root[place])[within : within + size] if place < len(self._root) else b""

    def _sectors_of_table(self) -> list[int]:
        """Of the table that says which sector follows which."""
        first, count = struct.unpack_from("<II", self._content, 68)
        listed = list(struct.unpack_from("<109I", self._content, 76))
        each = (1 << self._shift) // 4 - 1
        for _ in range(min(count, len(self._content) >> self._shift)):
            if first > LAST:
                break
            *more, first = struct.unpack_from(f"<{each + 1}I", self._sector(first))
            listed += more
        return [sector for sector in listed if sector <= LAST]

    def _chain(self, sector: int) -> Iterator[int]:
        each = (1 << self._shift) // 4
        for _ in range(len(self._content) >> self._shift):  # a ring ends there
            if sector > LAST:
                return
            yield sector
            sector = struct.unpack_from("<I", self._sector(self._table[sector // each]), 4 * (sector % each))[0]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) << self._shift
        return self._content[begin : begin + (1 << self._shift)]

    def _entries(self, sector: int) -> Iterator[_Entry]:
        content = self._sector(sector)
        for at in range(0, len(content) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            left, right, child = struct.unpack_from("<III", content, at + 68)
            start, size = struct.unpack_from("<II", content, at + 116)
            name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, (left, right), child, start, size)


def _below(entries: list[_Entry], child: int) -> Iterator[_Entry]:
    """The entries of one folder, which hang together as a tree."""
    waiting, seen = [child], {NONE}
    while waiting:
        number = waiting.pop()
        if number not in seen and number < len(entries):
            seen.add(number)
            yield entries[number]
            waiting += entries[number].siblings
