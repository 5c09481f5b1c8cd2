"""The second reader for PDF files that pdfium refuses: pypdf, plain lines without places."""

from __future__ import annotations

import logging
from pathlib import Path

from corpus.errors import DamagedDocumentError, EncryptedDocumentError
from indexer.readers.pdf_furniture import PdfPage
from indexer.readers.pdf_lines import Line

LINE_HEIGHT = 12.0  # points; stands for a size and a step that are not known
PAGE_HEIGHT = 792.0
LETTER = 6.0  # points; width that stands for one letter


def pages_by_pypdf(path: Path) -> list[PdfPage]:
    """The pages as pypdf reads them. Raises EncryptedDocumentError or DamagedDocumentError."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on odd files are no news to a reader
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise EncryptedDocumentError("is encrypted; remove the password and index it again")
        pages = [_page(number, page.extract_text()) for number, page in enumerate(reader.pages, start=1)]
    except DependencyError as error:
        raise EncryptedDocumentError(f"is encrypted ({error}); remove the password and index it again") from None
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, NotImplementedError) as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise DamagedDocumentError(f"is damaged or truncated: {reason}; open it in a PDF program and save it again") from None
    if not pages:
        raise DamagedDocumentError("is damaged or truncated: it has no pages; open it in a PDF program and save it again")
    return pages


def _page(number: int, text: str) -> PdfPage:
    texts = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    right = LETTER * max((len(line) for line in texts), default=0)
    step = min(LINE_HEIGHT * 1.2, PAGE_HEIGHT / (len(texts) + 1))
    lines = tuple(
        Line(line, 0.0, LETTER * len(line), PAGE_HEIGHT - step * (row + 1), LINE_HEIGHT, False, right, LETTER * len(line.split()[0]))
        for row, line in enumerate(texts)
    )
    return PdfPage(number, None, PAGE_HEIGHT, lines)
