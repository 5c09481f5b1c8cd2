"""What LibreOffice writes into a document that it converts and that is not the document's: today's date, the time, the file's place."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_BEGIN = rb'<w:fldChar (?![^>]*w:fldLock="true")[^>]*w:fldCharType="begin"[^>]*>'  # one that is locked says what its author fixed
_UNTIL = rb"(?:(?!<w:fldChar).)*?"
_WORDS = rb'(%s%s<w:instrText[^>]*>\s*(?:DATE|TIME|FILENAME)\b%s<w:fldChar w:fldCharType="separate"/>)(.*?)(w:fldCharType="end")'
FIELD = re.compile(_WORDS % (_BEGIN, _UNTIL, _UNTIL), re.DOTALL)
WORDS = re.compile(rb"<w:t(?: [^>]*)?>[^<]*</w:t>")
_PASSING = rb"\b(?:(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)(?:\.NV)?\(|INFO\(|CELL\(&quot;filename)"
CELL = re.compile(rb"(<f(?: [^>]*)?>[^<]*%s[^<]*</f>)<v>[^<]*</v>" % _PASSING)
SLIDE = re.compile(rb'<a:fld [^>]*type="(?:datetime|file)[^>]*>.*?</a:fld>', re.DOTALL)
PARTS = re.compile(r"word/(?:document|header\d+|footer\d+|footnotes|endnotes)\.xml|xl/worksheets/sheet\d+\.xml|ppt/.*\.xml")


def without_passing(made: Path) -> Path:
    """The file without them, written beside it where it has any, so that the same file is read as the same text on every day."""
    target = made.with_stem("lasting")
    changed = False
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w") as lasting:
        for part in source.namelist():
            content = source.read(part)
            cleared = _cleared(content) if PARTS.fullmatch(part) else content
            changed = changed or cleared != content
            lasting.writestr(part, cleared)
    return target if changed else made


def _cleared(xml: bytes) -> bytes:
    xml = FIELD.sub(lambda field: field[1] + WORDS.sub(b"", field[2]) + field[3], xml)
    return SLIDE.sub(b"", CELL.sub(rb"\1", xml))
