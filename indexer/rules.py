"""Everything beside a file and the settings that decides what is read of it."""

from __future__ import annotations

from dataclasses import replace

from indexer.readers import libreoffice, tesseract
from indexer.readers.base import Reading

RULES = 37  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


def reading_rules() -> dict[str, str | int]:
    """What decides every reading; the program that recognises scanned pages is in it."""
    return {"rules": RULES} | ({"ocr": ocr} if (ocr := tesseract.version()) else {})


def building_rules() -> dict[str, str | int]:
    """What decides the whole of a build: also the program by which some documents are converted."""
    return reading_rules() | ({"office": office} if (office := libreoffice.version()) else {})


def stamped(reading: Reading) -> Reading:
    """The reading with the version of the program that converted its file, where one did."""
    return replace(reading, converter=libreoffice.version()) if reading.converter else reading


def is_current(reading: Reading) -> bool:
    """Whether the program that converted its file is still the same, as far as it says; a reading of a file that none converted is."""
    if not reading.converter:
        return True
    office = libreoffice.version()
    return reading.converter == office or office.startswith(libreoffice.UNTOLD)
