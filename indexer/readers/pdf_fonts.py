"""The fonts of a PDF page: which of them are bold, by their weight, their names or the programs within them."""

from __future__ import annotations

import ctypes
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BOLD_FROM = 600  # font weight, 400 is regular
HEAVIEST = 1000  # font weight; what programs derive from damaged measures of a font is far more, and says nothing
BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?:cm|cmss|sf|ec)bx", re.IGNORECASE)  # the last as TeX names them
ITALIC_NAME = re.compile(r"italic|oblique", re.IGNORECASE)
ITALIC_FLAG = 64  # of a font's descriptor
LARGEST = 8_000_000  # bytes of a font's program
OFFSETS, ENTRY = 12, struct.Struct(">4s4xII")  # of a TrueType program: where its list of tables begins, and name, place and length of each
MOST_TABLES = 64
STYLE_AT, BOLD, ITALIC = 44, 1, 2  # in the table "head": the place of the figure whose bits say what the face is
WEIGHT_AT = 4  # in the table "OS/2"


@dataclass(frozen=True, slots=True)
class Face:
    """What sets one font off from another."""

    bold: bool
    italic: bool


class Fonts:
    """The fonts of one open text page."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self.raw, self.handle = raw, handle
        self._known: dict[tuple[bytes, int, int], Face] = {}
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def face(self, letter: int) -> Face:
        """The face of a letter, by its place among the characters of the page."""
        weight = self.raw.FPDFText_GetFontWeight(self.handle, letter)
        self._name.value = b""
        self.raw.FPDFText_GetFontInfo(self.handle, letter, self._name, 128, self._flags)
        key = self._name.value, self._flags.value, weight
        if key not in self._known:
            self._known[key] = self._face(letter, *key)
        return self._known[key]

    def _face(self, letter: int, called: bytes, flags: int, weight: int) -> Face:
        """By name and measures; where the measures say nothing, or are those of slanted stems, the program outweighs them."""
        name = called.decode("utf-8", "ignore")
        bold, italic = BOLD_NAME.search(name) is not None, bool(flags & ITALIC_FLAG) or ITALIC_NAME.search(name) is not None
        measured = 0 < weight <= HEAVIEST
        program = b"" if bold or (measured and not (italic and weight >= BOLD_FROM)) else self._program(letter)
        if not bold:
            bold = is_bold_program(program) if program else BOLD_FROM <= weight <= HEAVIEST
        return Face(bold, italic or is_italic_program(program))

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
    return bool(_style(program, tables) & BOLD) or _figure(program, tables.get("OS/2"), WEIGHT_AT) >= BOLD_FROM


def is_italic_program(program: bytes) -> bool:
    """Whether a program says that its face is italic."""
    return bool(_style(program, _tables(program)) & ITALIC)


def _style(program: bytes, tables: Mapping[str, int]) -> int:
    return _figure(program, tables.get("head"), STYLE_AT)


def _tables(program: bytes) -> dict[str, int]:
    """Where each table of a program begins."""
    count = _figure(program, 0, 4)
    places = range(OFFSETS, min(OFFSETS + ENTRY.size * min(count, MOST_TABLES), len(program) - ENTRY.size + 1), ENTRY.size)
    return {name.decode("latin-1"): begin for name, begin, _ in (ENTRY.unpack_from(program, at) for at in places)}


def _figure(program: bytes, table: int | None, at: int) -> int:
    """The two-byte figure at a place within a table; 0 where there is none."""
    begin = -1 if table is None else table + at
    return int.from_bytes(program[begin : begin + 2], "big") if begin >= 0 else 0
