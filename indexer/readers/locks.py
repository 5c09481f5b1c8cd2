"""Whether an old Office or an OpenDocument file is locked with a password."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from corpus.errors import DocumentError
from indexer.readers.encoding import content_of
from indexer.readers.ole import Compound
from indexer.readers.sniff import MAX_ARCHIVE, Content

ENCRYPTED_WORD = 0x0100  # flag in a Word document's first block: [MS-DOC] 2.5.2, FibBase
FILEPASS = 0x002F  # record of a workbook: [MS-XLS] 2.4.117
RECORDS = 512  # bytes of a workbook among whose records that one stands
MANIFEST = "META-INF/manifest.xml"
MAX_MANIFEST = 1024**2  # bytes of it that are looked through


def is_locked(path: Path, content: Content) -> bool:
    """content: what the file is. False where that cannot be told."""
    try:
        if content in (Content.ODT, Content.ODS, Content.ODP):
            return _names_encryption(path)
        if content in (Content.DOC, Content.XLS, Content.XLS_95, Content.PPT):
            return _is_marked(Compound(content_of(path, limit=MAX_ARCHIVE)), content)
    except (DocumentError, zipfile.BadZipFile, KeyError, OSError, EOFError, zlib.error, RuntimeError, NotImplementedError):
        return False
    return False


def _names_encryption(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        if "encrypted-package" in archive.namelist():
            return True
        with archive.open(MANIFEST) as manifest:
            return b"encryption-data" in manifest.read(MAX_MANIFEST)


def _is_marked(document: Compound, content: Content) -> bool:
    if content is Content.PPT:
        return "EncryptedSummary" in document.names
    if content is Content.DOC:
        begin = document.begin_of("WordDocument", 12)
        return len(begin) == 12 and bool(struct.unpack_from("<H", begin, 10)[0] & ENCRYPTED_WORD)
    begin = document.begin_of("Workbook", RECORDS) or document.begin_of("Book", RECORDS)
    at = 0
    while at + 4 <= len(begin):
        kind, length = struct.unpack_from("<HH", begin, at)
        if kind == FILEPASS:
            return True
        at += 4 + length
    return False
