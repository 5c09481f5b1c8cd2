"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from corpus.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError, UnsupportedFormatError
from indexer.readers.archive_bounds import refuse_bombs
from indexer.readers.encoding import content_of

HEAD = 1024  # bytes
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ARCHIVE = 512 * 1024**2  # bytes
OLE_KINDS = (
    ("WordDocument", "a Word 97-2003 document", ".docx"),
    ("Workbook", "an Excel 97-2003 workbook", ".xlsx"),
    ("PowerPoint Document", "a PowerPoint 97-2003 presentation", ".pptx"),
)
OTHER_ARCHIVES = (
    ("content.xml", "an OpenDocument file"),
    ("index.iwa", "a file of Pages, Numbers or Keynote"),
    ("META-INF/container.xml", "an EPUB book"),
)

WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):[^\n]*", re.IGNORECASE)


class Content(StrEnum):
    """What the first bytes tell; TEXT is whatever has no mark of its own."""

    PDF = "PDF"
    DOCX = "DOCX"
    XLSX = "XLSX"
    PPTX = "PPTX"
    TEXT = "text"


def is_web_archive(path: Path) -> bool:
    """Whether the file begins as a web page packed into a message, which Confluence exports as .doc."""
    try:
        with path.open("rb") as file:
            return WEB_ARCHIVE.match(file.read(HEAD)) is not None
    except OSError:
        return False


def kind_of(path: Path) -> Content:
    """What the file holds.

    Raises EmptyDocumentError for no bytes, EncryptedDocumentError for a locked Office file, DamagedDocumentError for a
    broken archive, UnsupportedFormatError for a format known by its mark that has no reader.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise EmptyDocumentError("The file is empty (0 bytes).")
    if head.lstrip().startswith(b"%PDF-"):
        return Content.PDF
    if head.startswith(OLE):
        _refuse_ole(path)
    if head.startswith(b"{\\rtf"):
        raise UnsupportedFormatError("It is a rich text (RTF) file. Save it as .docx or .pdf.")
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    return Content.TEXT


def _refuse_ole(path: Path) -> None:
    directory = content_of(path, limit=MAX_ARCHIVE)
    if "EncryptedPackage".encode("utf-16-le") in directory:
        raise EncryptedDocumentError("It is locked with a password. Save a copy without one.")
    for stream, kind, better in OLE_KINDS:
        if stream.encode("utf-16-le") in directory:
            raise UnsupportedFormatError(f"It is {kind}. Save it as {better}.")
    raise UnsupportedFormatError("It is an old Office or Outlook file. Save it as .docx, .xlsx, .pptx or .pdf.")


def _archive(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()}
            refuse_bombs(archive, path.stat().st_size)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, RuntimeError) as problem:
        raise DamagedDocumentError(f"The file is cut short or damaged ({problem}). Get a fresh copy.") from None
    if any(name.startswith("xl/workbook.") for name in names):
        return Content.XLSX
    if any(name.startswith("word/document") for name in names) or ("[Content_Types].xml" in names and "word/styles.xml" in names):
        return Content.DOCX
    if "ppt/presentation.xml" in names:
        return Content.PPTX
    for name, kind in OTHER_ARCHIVES:
        if any(entry.lower().endswith(name.lower()) for entry in names):
            raise UnsupportedFormatError(f"It is {kind}. Save it as .docx or .pdf.")
    raise DamagedDocumentError("It is a zip archive, but no document of Word, Excel or PowerPoint. Unpack it, or get the right file.")
