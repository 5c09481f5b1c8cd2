"""Everything beside a file and the settings that decides what is read of it."""

from __future__ import annotations

from indexer.readers import libreoffice, tesseract

RULES = 37  # raised whenever reading, outlines or passages change, so that an index built by older rules is built anew


def reading_rules() -> dict[str, str | int]:
    """Programs are among them: of scanned pages, and of documents that are converted."""
    programs = {"ocr": tesseract.version(), "office": libreoffice.version()}
    return {"rules": RULES, **{name: version for name, version in programs.items() if version}}
