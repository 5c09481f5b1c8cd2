"""The fonts of a PDF page: which of them are bold, by their weight, their names or the programs within them."""

from __future__ import annotations

import ctypes
import re
import struct
from typing import Any

BOLD_FROM = 600  # font weight, 400 is regular
HEAVIEST = 1000  # font weight; what programs derive from damaged measures of a font is far more, and says nothing
BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?:cm|cmss|sf|ec)bx", re.IGNORECASE)  # the last as TeX names them
LARGEST = 8_000_000  # bytes of a font's program
OFFSETS, ENTRY = 12, struct.Struct(">4s4xII")  # of a TrueType program: where its list of tables begins, and name, place and length of each
MOST_TABLES = 64
STYLE = ("head", 44, 1)  # table, place and bits of the figure that says whether the face is bold
WEIGHT = ("OS/2", 4)  # table and place of its weight


class Fonts:
    """The fonts of one open text page."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self.raw, self.handle = raw, handle
        self._known: dict[tuple[bytes, bool], bool] = {}
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def is_bold(self, letter: int) -> bool:
        """Whether a letter, by its place among the characters of the page, is set in bold type."""
        weight = self.raw.FPDFText_GetFontWeight(self.handle, letter)
        if BOLD_FROM <= weight <= HEAVIEST:
            return True
        self._name.value = b""
        self.raw.FPDFText_GetFontInfo(self.handle, letter, self._name, 128, self._flags)
        key = self._name.value, 0 < weight <= HEAVIEST
        if key not in self._known:
            name, is_measured = key
            named = BOLD_NAME.search(name.decode("utf-8", "ignore")) is not None
            self._known[key] = named or (not is_measured and is_bold_program(self._program(letter)))
        return self._known[key]

    def _program(self, letter: int) -> bytes:
        """The program of a letter's font, as the file embeds it; empty where it does not."""
        shown = self.raw.FPDFText_GetTextObject(self.handle, letter)
        font = self.raw.FPDFTextObj_GetFont(shown) if shown else None
        if not font or self.raw.FPDFFont_GetIsEmbedded(font) != 1:
            return b""
        length = ctypes.c_size_t()
        self.raw.FPDFFont_GetFontData(font, None, 0, length)
        if not 0 < length.value <= LARGEST:
            return b""
        data = (ctypes.c_uint8 * length.value)()
        return bytes(data) if self.raw.FPDFFont_GetFontData(font, data, length.value, length) else b""


def is_bold_program(program: bytes) -> bool:
    """Whether a TrueType or OpenType program says that its face is bold. Source: the OpenType specification, tables head and OS/2."""
    tables = _tables(program)
    (style, style_at, bits), (weight, weight_at) = STYLE, WEIGHT
    return bool(_figure(program, tables.get(style), style_at) & bits) or _figure(program, tables.get(weight), weight_at) >= BOLD_FROM


def _tables(program: bytes) -> dict[str, int]:
    """Where each table of a program begins."""
    count = _figure(program, 0, 4)
    places = range(OFFSETS, min(OFFSETS + ENTRY.size * min(count, MOST_TABLES), len(program) - ENTRY.size + 1), ENTRY.size)
    return {name.decode("latin-1"): begin for name, begin, _ in (ENTRY.unpack_from(program, at) for at in places)}


def _figure(program: bytes, table: int | None, at: int) -> int:
    """The two-byte figure at a place within a table; 0 where there is none."""
    begin = -1 if table is None else table + at
    return int.from_bytes(program[begin : begin + 2], "big") if begin >= 0 else 0
