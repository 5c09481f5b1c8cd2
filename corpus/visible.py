"""Names from outside as text that is safe to show: paths, and whatever else a file system or an archive may hold."""

from __future__ import annotations

import unicodedata

# Control characters, bytes that are no UTF-8 (lone surrogates), line ends, and marks that reorder the letters around them.
_HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(name: str) -> str:
    """The name with an escape (`\\x1b`, `\\u202e`) for each character that a terminal would obey or nobody could see.

    Two names are never shown alike, since a backslash stands twice. A byte that is no UTF-8 is shown as its value.
    """
    return "".join(_escaped(character) for character in name)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN or character in _REORDERING


def _escaped(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if not _is_hidden(character):
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte of a name that is no UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
