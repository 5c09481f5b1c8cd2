"""The encoding of a text file: bytes into characters."""

from __future__ import annotations

import codecs
from pathlib import Path

from corpus.errors import DamagedDocumentError, DocumentError, EmptyDocumentError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 4096  # bytes or characters that are looked at to tell text from other data
MAX_CONTROLS = 0.02  # share of control characters above which a file is no text
MAX_BYTES = 64 * 1024 * 1024  # the longest text file read whole; far beyond any policy


def content_of(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes. Raises a DocumentError when it cannot be opened, is empty or is longer than `limit` bytes."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise DamagedDocumentError(f"It is {size // 2**20} MB long; at most {limit // 2**20} MB are read. Split it.")
        content = path.read_bytes()
    except OSError as problem:
        raise DocumentError(f"It cannot be opened: {problem.strerror or problem}.") from None
    if not content:
        raise EmptyDocumentError("The file is empty (0 bytes).")
    return content


def decoded(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file, and warnings where its encoding was guessed.

    declared: the encoding that the file names itself, tried after its byte order mark.
    Raises DamagedDocumentError for what is no text.
    """
    text, warnings = _decoded(content, declared)
    sample = text[:SAMPLE]
    controls = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or "\x7f" <= c < "\x85")
    if controls > MAX_CONTROLS * len(sample):
        raise DamagedDocumentError("It holds binary data, not text. Is its name right?")
    return text, warnings


def _decoded(content: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _marked(content, encoding)
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return content.decode(unmarked, errors="replace"), ("It was read as UTF-16 although no byte order mark says so.",)
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return content.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return content.decode("cp1252"), ("It is not UTF-8; it was read as Windows-1252. Check accents and quotation marks.",)
    except UnicodeDecodeError:
        return content.decode("latin-1"), ("It is not UTF-8; it was read as Latin-1. Check accents and quotation marks.",)


def _marked(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
        return text, (f"Some bytes are no {encoding.removesuffix('-sig').upper()} and were replaced. The file may be cut short.",)


def _utf16_without_mark(content: bytes) -> str | None:
    """The byte order of Latin text in UTF-16, told by the zero bytes in every second place; None for anything else."""
    sample = content[:SAMPLE]
    if len(sample) < 4 or len(content) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None
