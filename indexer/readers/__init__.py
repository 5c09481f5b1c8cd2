"""Readers: one file a format, behind `read`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.errors import DamagedDocumentError, DocumentError, UnsupportedFormatError
from indexer.readers.base import Block, BlockKind, Reader, Reading
from indexer.readers.contents import without_contents
from indexer.readers.sniff import Content, is_web_archive, kind_of

__all__ = ["FORMATS", "READERS", "Block", "BlockKind", "Reader", "Reading", "read"]

_DOCX, _HTML, _MARKDOWN = "indexer.readers.docx:read_docx", "indexer.readers.html:read_html", "indexer.readers.markdown:read_markdown"
_PDF, _PPTX, _TEXT = "indexer.readers.pdf:read_pdf", "indexer.readers.pptx:read_pptx", "indexer.readers.plaintext:read_plaintext"
_XLSX, _CSV, _RST = "indexer.readers.xlsx:read_xlsx", "indexer.readers.csv:read_csv", "indexer.readers.rst:read_rst"
_MAIL, _WEB_ARCHIVE = "indexer.readers.mail:read_mail", "indexer.readers.mail:read_web_archive"

READERS = {
    ".csv": _CSV,
    ".docm": _DOCX,
    ".docx": _DOCX,
    ".eml": _MAIL,
    ".htm": _HTML,
    ".html": _HTML,
    ".markdown": _MARKDOWN,
    ".md": _MARKDOWN,
    ".mht": _WEB_ARCHIVE,
    ".mhtml": _WEB_ARCHIVE,
    ".pdf": _PDF,
    ".pptm": _PPTX,
    ".pptx": _PPTX,
    ".rst": _RST,
    ".tsv": _CSV,
    ".txt": _TEXT,
    ".xhtml": _HTML,
    ".xlsm": _XLSX,
    ".xlsx": _XLSX,
}
FORMATS = ", ".join(sorted(READERS))
_BY_CONTENT = {Content.PDF: _PDF, Content.DOCX: _DOCX, Content.XLSX: _XLSX, Content.PPTX: _PPTX}
_NAMES = {_PDF: "PDF", _DOCX: "Word document", _XLSX: "Excel workbook", _PPTX: "PowerPoint presentation"}


def read(path: Path) -> Reading:
    """Read one file by what it is: by its content where that has a mark of its own, else by its suffix.

    Raises a DocumentError whose message is the reason; never another exception but MemoryError.
    """
    named = READERS.get(path.suffix.lower())
    if named is None and path.suffix.lower() == ".doc" and is_web_archive(path):
        named = _WEB_ARCHIVE
    if named is None:
        raise UnsupportedFormatError(f"{path.suffix or 'A file without a suffix'} is not read; {FORMATS} are. Save it as one of these.")
    try:
        chosen = _chosen(named, kind_of(path))
        reading = without_contents(cast(Reader, _reader(chosen))(path))
    except (DocumentError, MemoryError):
        raise
    except OSError as problem:
        raise DocumentError(f"It cannot be opened: {problem.strerror or problem}.") from None
    except Exception as problem:  # parsers raise whatever they like on damaged files; one file must not stop the others
        raise DamagedDocumentError(f"It cannot be read ({_short(problem)}). Open it, and save it anew.") from problem
    if chosen != named:
        warning = f"Its name ends in {path.suffix}, but its content is another format ({_NAMES[chosen]}); it was read as that."
        return Reading(reading.text, reading.blocks, reading.properties, (warning, *reading.warnings))
    return reading


def _chosen(named: str, content: Content) -> str:
    if content is not Content.TEXT:
        return _BY_CONTENT[content]
    if named in (_DOCX, _XLSX, _PPTX):
        raise DamagedDocumentError(f"It is no {_NAMES[named]}: an Office file is a zip archive, this is not. Save it anew, or rename it.")
    return named


def _reader(address: str) -> object:
    module, _, function = address.partition(":")
    return getattr(import_module(module), function)


def _short(problem: Exception) -> str:
    """What a parser said, on one line."""
    words = " ".join(str(problem).split())
    return f"{type(problem).__name__}: {words[:120]}" if words else type(problem).__name__
