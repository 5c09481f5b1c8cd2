"""Everything beside a file and the settings that decides what is read of it."""

from __future__ import annotations

from indexer.readers.tesseract import version

RULES = 37  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


def reading_rules() -> dict[str, str | int]:
    ocr = version()  # of scanned pages
    return {"rules": RULES, **({"ocr": ocr} if ocr else {})}
