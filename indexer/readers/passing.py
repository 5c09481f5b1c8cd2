"""What LibreOffice writes into a document that it converts and that is not the document's: today's date, the time, the file's place."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

FIELD = re.compile(rb'(<w:instrText[^>]*>\s*(?:DATE|TIME|FILENAME)\b.*?w:fldCharType="separate"/>)(.*?)(w:fldCharType="end")', re.DOTALL)
WORDS = re.compile(rb"<w:t(?: [^>]*)?>[^<]*</w:t>")
CELL = re.compile(rb'(<f aca="true">[^<]*</f>)<v>[^<]*</v>')  # a formula that is worked out anew whenever the workbook is opened
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
