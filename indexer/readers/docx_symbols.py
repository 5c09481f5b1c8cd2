"""Signs that Word takes from a font of symbols, as Unicode: the file says a font and a code, the reader sees "≥" or a tick."""

from __future__ import annotations

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
PRIVATE = range(0xE000, 0xF900)  # where Word keeps a symbol font's codes: 0xF000 + code (ECMA-376 part 1, 17.3.3.30)

_GREEK = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | dict(
    zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)
)
_SYMBOL = (
    {code: chr(code) for code in range(0x20, 0x40)}
    | _GREEK
    | {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5B: "[", 0x5C: "∴", 0x5D: "]", 0x5E: "⊥", 0x5F: "_"}
    | {0x7B: "{", 0x7C: "|", 0x7D: "}", 0x7E: "∼"}
    | dict(zip(range(0xA0, 0xC0), "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True))
    | dict(zip(range(0xC0, 0xE6), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑", strict=True))
    | {0xF1: "⟩", 0xF2: "∫"}
)
_WINGDINGS = {
    **{0x20: " ", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹"},
    **{0x4E: "☠", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪"},
    **{0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩"},
    **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "webdings": {0x20: " ", 0x61: "✓", 0x63: "□", 0x72: "✗"},
}


def symbol(font: str | None, code: str | None) -> str:
    """The sign of a w:sym: `code` in hexadecimal, in `font`; U+FFFD for one that is not known, since a missing sign would not be seen."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get((font or "").casefold())
    if table is not None:
        return table.get(value & 0xFF, UNKNOWN)
    return UNKNOWN if value in PRIVATE or not 0x20 <= value < 0xD800 else chr(value)


def in_font(font: str | None, text: str) -> str:
    """Typed text as a font of symbols shows it; as it is in another font, and where a character is none of its signs: then it is words."""
    table = _FONTS.get((font or "").casefold())
    if table is None or any(_is_word(table, character) for character in text):
        return text
    return "".join(_shown(table, character) for character in text)


def _is_word(table: dict[int, str], character: str) -> bool:
    return not character.isspace() and ord(character) not in PRIVATE and ord(character) not in table


def _shown(table: dict[int, str], character: str) -> str:
    code = ord(character)
    if code in PRIVATE:
        return table.get(code & 0xFF, UNKNOWN)
    return table.get(code, character) if code < 0x100 else character
