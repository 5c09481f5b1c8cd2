"""Number formats: figures and durations of a workbook's cells, written much as Excel shows them."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

LONGEST = 60  # figures; Excel allows thirty decimals
LARGEST = 1e15  # from which on the figures of a float are not all told
_LITERAL = r'"[^"]*"|\\.|\[\$[^\]]*\]|[_*].|[$€£¥ ()+-]'
_FORMAT = re.compile(
    rf"(?P<before>(?:{_LITERAL})*)(?P<whole>[#0?]+(?:,[#0?]+)*)(?:\.(?P<part>[#0?]+))?(?P<after>(?:{_LITERAL}|%)*)"
)
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)')
_UNSHOWN = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]|(?<=s)\.0+")  # colours, locales, parts of a second
_ELAPSED = re.compile(r'\[(?P<total>h+|m+|s+)\]|(?P<part>h+|m+|s+)|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<other>.)')


def figure(value: float, format: str) -> str:
    """A number with the currency, unit, decimals and grouping of its format; plainly where the format is of another kind."""
    sections = _SECTIONS.split(format)
    negative = value < 0 and len(sections) > 1
    found = _FORMAT.fullmatch(sections[1] if negative else sections[0])
    if not found or abs(value) >= LARGEST:
        return _plain(value)
    shown = Decimal(str(value)) * (100 if "%" in re.sub(_LITERAL, "", found["after"]) else 1)
    sign = "-" if shown < 0 and not negative else ""
    return f"{_literal(found['before'])}{sign}{_digits(abs(shown), found['whole'], found['part'] or '')}{_literal(found['after'])}".strip()


def _digits(value: Decimal, whole: str, part: str) -> str:
    """The figures, with as many decimals as the format demands, further ones as far as it allows."""
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), rounding=ROUND_HALF_UP, context=Context(prec=LONGEST))
    figures, _, decimals = f"{rounded:f}".partition(".")
    least = part.count("0")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    figures = figures.zfill(whole.count("0")) if figures != "0" or "0" in whole else ""
    if "," in whole:
        figures = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ",", figures)
    return (f"{figures}.{decimals}" if decimals else figures) or "0"


def _literal(format: str) -> str:
    """What stands before or after the figures: quoted words, escaped letters, currencies."""
    words = []
    for piece in re.findall(rf"{_LITERAL}|%", format):
        if piece[0] == '"':
            words.append(piece[1:-1])
        elif piece[0] == "\\":
            words.append(piece[1:])
        elif piece.startswith("[$"):
            words.append(piece[2:-1].split("-")[0])
        elif piece[0] not in "_*":
            words.append(piece)
    return "".join(words)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < LARGEST else f"{value:.12g}"


def duration(value: timedelta, format: str) -> str:
    """A span of time as its format says ("[h]:mm", "[h] "hours""), else in hours, minutes and seconds: 24:00:00, not a day."""
    seconds = int(abs(value).total_seconds() + 0.5)
    sizes = {"h": 3600, "m": 60, "s": 1}
    above = {"h": 24, "m": 60, "s": 60}
    words = []
    format = _UNSHOWN.sub("", _SECTIONS.split(format)[0])
    for found in _ELAPSED.finditer(format if "[" in format else "[h]:mm:ss"):
        if unit := found["total"] or found["part"]:
            count = seconds // sizes[unit[0]]
            words.append(str(count if found["total"] else count % above[unit[0]]).zfill(len(unit)))
        else:
            words.append(found["quoted"] or found["escaped"] or found["other"] or "")
    return ("-" if value < timedelta() else "") + "".join(words).strip()
