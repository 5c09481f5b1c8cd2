"""Readers: one file a format, behind `read`."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.errors import DamagedDocumentError, DocumentError, UnsupportedFormatError
from indexer.readers.base import Block, BlockKind, Reader, Reading
from indexer.readers.contents import without_contents
from indexer.readers.sniff import Content, is_page, is_web_archive, kind_of

__all__ = ["FORMATS", "READERS", "Block", "BlockKind", "Reader", "Reading", "read"]

_DOCX, _HTML, _MARKDOWN = "indexer.readers.docx:read_docx", "indexer.readers.html:read_html", "indexer.readers.markdown:read_markdown"
_PDF, _PPTX, _TEXT = "indexer.readers.pdf:read_pdf", "indexer.readers.pptx:read_pptx", "indexer.readers.plaintext:read_plaintext"
_XLSX, _CSV, _RST = "indexer.readers.xlsx:read_xlsx", "indexer.readers.csv:read_csv", "indexer.readers.rst:read_rst"
_MAIL, _WEB_ARCHIVE = "indexer.readers.mail:read_mail", "indexer.readers.mail:read_web_archive"
_CONVERTED = "indexer.readers.converted:read_converted"

READERS = {
    ".csv": _CSV,
    ".doc": _CONVERTED,
    ".docm": _DOCX,
    ".docx": _DOCX,
    ".dot": _CONVERTED,
    ".eml": _MAIL,
    ".fodp": _CONVERTED,
    ".fods": _CONVERTED,
    ".fodt": _CONVERTED,
    ".htm": _HTML,
    ".html": _HTML,
    ".markdown": _MARKDOWN,
    ".md": _MARKDOWN,
    ".mht": _WEB_ARCHIVE,
    ".mhtml": _WEB_ARCHIVE,
    ".odp": _CONVERTED,
    ".ods": _CONVERTED,
    ".odt": _CONVERTED,
    ".otp": _CONVERTED,
    ".ots": _CONVERTED,
    ".ott": _CONVERTED,
    ".pdf": _PDF,
    ".pot": _CONVERTED,
    ".pps": _CONVERTED,
    ".ppt": _CONVERTED,
    ".pptm": _PPTX,
    ".pptx": _PPTX,
    ".rst": _RST,
    ".rtf": _CONVERTED,
    ".tsv": _CSV,
    ".txt": _TEXT,
    ".xhtml": _HTML,
    ".xls": _CONVERTED,
    ".xlsb": _CONVERTED,
    ".xlsm": _XLSX,
    ".xlsx": _XLSX,
    ".xlt": _CONVERTED,
}
FORMATS = ", ".join(sorted(READERS))
CONVERTED = frozenset(suffix for suffix, reader in READERS.items() if reader == _CONVERTED)
"""The suffixes of files that a program converts, where it is installed."""
_BY_CONTENT = {Content.PDF: _PDF, Content.DOCX: _DOCX, Content.XLSX: _XLSX, Content.PPTX: _PPTX}
_NAMES = {_DOCX: Content.DOCX, _XLSX: Content.XLSX, _PPTX: Content.PPTX}
_SHEETS, _SLIDES = (".xls", ".xlsb", ".xlt", ".ods", ".ots", ".fods"), (".ppt", ".pps", ".pot", ".odp", ".otp", ".fodp")


def read(path: Path) -> Reading:
    """Read one file by what it is: by its content where that has a mark of its own, else by its suffix.

    Raises a DocumentError whose message is the reason; never another exception but MemoryError.
    """
    named = READERS.get(path.suffix.lower())
    if named is None:
        raise UnsupportedFormatError(f"{path.suffix or 'A file without a suffix'} is not read; {FORMATS} are. Save it as one of these.")
    try:
        content = kind_of(path)
        chosen = _chosen_for_text(named, path) if content is Content.TEXT else _BY_CONTENT.get(content, _CONVERTED)
        reading = without_contents(cast(Reader, _reader(chosen))(path))
    except (DocumentError, MemoryError):
        raise
    except OSError as problem:
        raise DocumentError(f"It cannot be opened: {problem.strerror or problem}.") from None
    except Exception as problem:  # parsers raise whatever they like on damaged files; one file must not stop the others
        raise DamagedDocumentError(f"It cannot be read ({_short(problem)}). Open it, and save it anew.") from problem
    if chosen != named and content is not Content.TEXT:
        warning = f"Its name ends in {path.suffix}, but its content is another format ({content}); it was read as that."
        return replace(reading, warnings=(warning, *reading.warnings))
    return reading


def _chosen_for_text(named: str, path: Path) -> str:
    """The reader of a file whose content has no mark of its own. Under the names of old formats, programs export pages and tables."""
    if named in _NAMES:
        raise DamagedDocumentError(f"It is no {_NAMES[named]}: an Office file is a zip archive, this is not. Save it anew, or rename it.")
    if named != _CONVERTED:
        return named
    if is_web_archive(path):
        return _WEB_ARCHIVE
    if is_page(path):
        return _HTML
    suffix = path.suffix.lower()
    if suffix in _SLIDES:
        raise DamagedDocumentError("It is no presentation: what is in it is text. Save it anew, or rename it.")
    return _CSV if suffix in _SHEETS else _TEXT


def _reader(address: str) -> object:
    module, _, function = address.partition(":")
    return getattr(import_module(module), function)


def _short(problem: Exception) -> str:
    """What a parser said, on one line."""
    words = " ".join(str(problem).split())
    return f"{type(problem).__name__}: {words[:120]}" if words else type(problem).__name__
