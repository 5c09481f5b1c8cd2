"""Everything beside a file and the settings that decides what is read of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from indexer.readers import CONVERTED, libreoffice, tesseract
from indexer.readers.base import Reading

RULES = 37  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


def reading_rules() -> dict[str, str | int]:
    """What decides every reading; the program that recognises scanned pages is in it."""
    return {"rules": RULES} | ({"ocr": ocr} if (ocr := tesseract.version()) else {})


def building_rules(paths: Iterable[str]) -> dict[str, str | int]:
    """What decides the whole of a build: also the program by which documents are converted, where some of these may be. It takes a fifth
    of a second to say its version, which is a quarter of a build that finds nothing to do."""
    converted = any(PurePath(path).suffix.lower() in CONVERTED for path in paths)
    return reading_rules() | ({"office": office} if converted and (office := libreoffice.version()) else {})


def stamped(reading: Reading) -> Reading:
    """The reading with the version of the program that converted its file, where one did."""
    return replace(reading, converter=libreoffice.version()) if reading.converter else reading


def is_current(reading: Reading) -> bool:
    """Whether the program that converted its file is still the same, as far as it says; a reading of a file that none converted is."""
    if not reading.converter:
        return True
    office = libreoffice.version()
    return reading.converter == office or office.startswith(libreoffice.UNTOLD)
