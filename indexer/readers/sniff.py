"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from corpus.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError, UnsupportedFormatError
from indexer.readers.archive_bounds import DECLARED, refuse_bombs
from indexer.readers.encoding import content_of
from indexer.readers.ole import MARK, Compound

HEAD = 8192  # bytes; a flat OpenDocument file names its kind behind some three thousand of name spaces
MAX_ARCHIVE = 512 * 1024**2  # bytes
OTHER_ARCHIVES = (
    ("content.xml", "an OpenDocument file of a kind that is not read"),
    ("index.iwa", "a file of Pages, Numbers or Keynote"),
    ("META-INF/container.xml", "an EPUB book"),
)
WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):[^\n]*", re.IGNORECASE)


class Content(StrEnum):
    """What the first bytes tell, in words for people; TEXT is whatever has no mark of its own."""

    PDF = "PDF"
    DOCX = "Word document"
    XLSX = "Excel workbook"
    PPTX = "PowerPoint presentation"
    DOC = "Word 97-2003 document"
    XLS = "Excel 97-2003 workbook"
    XLS_95 = "Excel 95 workbook"
    PPT = "PowerPoint 97-2003 presentation"
    XLSB = "binary Excel workbook"
    WORD_XML = "Word 2003 XML document"
    EXCEL_XML = "Excel 2003 XML workbook"
    RTF = "rich text (RTF) file"
    ODT = "OpenDocument text"
    ODS = "OpenDocument spreadsheet"
    ODP = "OpenDocument presentation"
    FODT = "flat OpenDocument text"
    FODS = "flat OpenDocument spreadsheet"
    FODP = "flat OpenDocument presentation"
    TEXT = "text"

    @property
    def named(self) -> str:
        return f"{'an' if self[0] in 'EO' else 'a'} {self}"


STREAMS = {"WordDocument": Content.DOC, "Workbook": Content.XLS, "Book": Content.XLS_95, "PowerPoint Document": Content.PPT}
"""The stream at the top of an old Office file → what that is."""
OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)(?:-template)?\b(?!-)")
PACKED = {b"text": Content.ODT, b"spreadsheet": Content.ODS, b"presentation": Content.ODP}
FLAT = {b"text": Content.FODT, b"spreadsheet": Content.FODS, b"presentation": Content.FODP}
OFFICE_XML = {b'progid="Word.Document"': Content.WORD_XML, b'progid="Excel.Sheet"': Content.EXCEL_XML}
PAGE = re.compile(
    rb"\s*(?:<[?][^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|style|table|div|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_web_archive(path: Path) -> bool:
    """Whether the file begins as a web page packed into a message, which Confluence exports as .doc."""
    try:
        with path.open("rb") as file:
            return WEB_ARCHIVE.match(file.read(HEAD)) is not None
    except OSError:
        return False


def kind_of(path: Path) -> Content:
    """What the file holds.

    Raises EmptyDocumentError for no bytes, EncryptedDocumentError for a locked file of today's Office, DamagedDocumentError for a
    broken archive, UnsupportedFormatError for a format known by its mark that has no reader.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise EmptyDocumentError("The file is empty (0 bytes).")
    if head.lstrip().startswith(b"%PDF-"):
        return Content.PDF
    if head.startswith(MARK):
        return _compound(path)
    if head.startswith(b"{\\rtf"):
        return Content.RTF
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    return _xml(head)


def is_page(path: Path) -> bool:
    """Whether the file begins as an HTML page, which many programs export under the name of a workbook or document."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return PAGE.match(head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").replace(b"\0", b"")) is not None


def _xml(head: bytes) -> Content:
    """One of the formats in which Office and LibreOffice write a whole document as one XML file, else TEXT."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<?xml"):
        for mark, content in OFFICE_XML.items():
            if mark in start:
                return content
        kind = OPEN_DOCUMENT.search(start) if b"<office:document" in start else None
        if kind:
            return FLAT[kind[1]]
    return Content.TEXT


def _compound(path: Path) -> Content:
    names = Compound(content_of(path, limit=MAX_ARCHIVE)).names
    if "EncryptedPackage" in names:
        raise EncryptedDocumentError("It is locked with a password. Save a copy without one.")
    for stream, content in STREAMS.items():
        if stream in names:
            return content
    raise UnsupportedFormatError("It is an old Office or Outlook file. Save it as .docx, .xlsx, .pptx or .pdf.")


def _begin_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(HEAD).strip()


def _archive(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()}
            kind = OPEN_DOCUMENT.fullmatch(_begin_of(archive, "mimetype")) if "mimetype" in names else None
            refuse_bombs(archive, path.stat().st_size, DECLARED if kind else ())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, RuntimeError) as problem:
        raise DamagedDocumentError(f"The file is cut short or damaged ({problem}). Get a fresh copy.") from None
    if kind:
        return PACKED[kind[1]]
    if "xl/workbook.bin" in names:
        return Content.XLSB
    if any(name.startswith("xl/workbook.") for name in names):
        return Content.XLSX
    if any(name.startswith("word/document") for name in names) or ("[Content_Types].xml" in names and "word/styles.xml" in names):
        return Content.DOCX
    if "ppt/presentation.xml" in names:
        return Content.PPTX
    for name, other in OTHER_ARCHIVES:
        if any(entry.lower().endswith(name.lower()) for entry in names):
            raise UnsupportedFormatError(f"It is {other}. Save it as .docx or .pdf.")
    raise DamagedDocumentError("It is a zip archive, but no document of Word, Excel or PowerPoint. Unpack it, or get the right file.")
