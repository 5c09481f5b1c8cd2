"""What an Office file may unpack to: bombs are refused before any part of theirs is parsed."""

from __future__ import annotations

import zipfile

from corpus.errors import DamagedDocumentError

MAX_UNPACKED = 1024**3  # bytes; an archive that unpacks to more is no policy but an attack on memory
UNSUSPICIOUS = 100 * 1024**2  # bytes that an archive may unpack to whatever its own size is
MAX_RATIO = 100  # unpacked to packed bytes beyond that; the XML of real workbooks packs to a thirtieth at most
PROLOGUE = 4096  # bytes of a part in which a document type stands, if there is one
DECLARED = ("META-INF/", "Basic/", "Dialogs/", "Configurations2/")  # where LibreOffice itself declares types: lists, menus and macros
MAX_PARTS = 10_000  # files in an archive; a presentation of 500 slides has about 3,000


def refuse_bombs(archive: zipfile.ZipFile, packed: int, declared: tuple[str, ...] = ()) -> None:
    """packed: size of the archive in bytes. declared: folders in which parts may declare a document type.

    Raises DamagedDocumentError for one that unpacks to too much, has too many parts, or declares a document type: no Office program
    writes one, the standard (ECMA-376, part 2) forbids it, and entities, external or nested, need it.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS:
        raise DamagedDocumentError(f"It has {len(parts):,} parts; at most {MAX_PARTS:,} are read. Open it, and save it anew.")
    if unpacked > MAX_UNPACKED:
        raise DamagedDocumentError(f"It would unpack to {unpacked // 2**20} MB; at most {MAX_UNPACKED // 2**20} MB are read.")
    if unpacked > UNSUSPICIOUS and unpacked > MAX_RATIO * packed:
        times = f"{unpacked // packed:,} times its size"
        raise DamagedDocumentError(f"It would unpack to {unpacked // 2**20} MB, {times}; at most {MAX_RATIO} times are read.")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(declared) and _declares_type(archive, part):
            raise DamagedDocumentError(f"Its part {part.filename} declares XML entities, which no Office program does. Save it anew.")


def _declares_type(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        start = stream.read(PROLOGUE).replace(b"\0", b"")  # as ASCII, whether it is UTF-8 or UTF-16
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start
