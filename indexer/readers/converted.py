"""Documents of formats that LibreOffice reads and isobot does not: converted by that, where it is installed, and read as what comes out."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import DamagedDocumentError, EncryptedDocumentError, UnsupportedFormatError
from indexer.readers.base import Reader, Reading
from indexer.readers.docx import read_docx
from indexer.readers.libreoffice import NAME, TARGETS, Module, convert, has
from indexer.readers.locks import is_locked
from indexer.readers.passing import without_passing
from indexer.readers.pptx import read_pptx
from indexer.readers.sniff import Content, kind_of
from indexer.readers.xlsx import read_xlsx

READERS: dict[Module, Reader] = {Module.WRITER: read_docx, Module.CALC: read_xlsx, Module.IMPRESS: read_pptx}


@dataclass(frozen=True, slots=True)
class Form:
    """How LibreOffice is given a format. suffix, filter: by which it tells it from others; a filter where it would else read it as text."""

    module: Module
    suffix: str
    filter: str = ""


FORMS = {
    Content.DOC: Form(Module.WRITER, ".doc"),
    Content.RTF: Form(Module.WRITER, ".rtf"),
    Content.ODT: Form(Module.WRITER, ".odt"),
    Content.FODT: Form(Module.WRITER, ".fodt"),
    Content.WORD_XML: Form(Module.WRITER, ".xml"),
    Content.XLS: Form(Module.CALC, ".xls", "MS Excel 97"),
    Content.XLS_95: Form(Module.CALC, ".xls"),
    Content.XLSB: Form(Module.CALC, ".xlsb"),
    Content.ODS: Form(Module.CALC, ".ods"),
    Content.FODS: Form(Module.CALC, ".fods"),
    Content.EXCEL_XML: Form(Module.CALC, ".xml"),
    Content.PPT: Form(Module.IMPRESS, ".ppt"),
    Content.ODP: Form(Module.IMPRESS, ".odp"),
    Content.FODP: Form(Module.IMPRESS, ".fodp"),
}


def read_converted(path: Path) -> Reading:
    """Read a file of one of these formats, known by its content. Raises a DocumentError."""
    content = kind_of(path)
    form = FORMS[content]
    target, _ = TARGETS[form.module]
    if not has(form.module):
        package = f"libreoffice-{form.module.lower()}"
        raise UnsupportedFormatError(
            f"It is {content.named}, which is read with LibreOffice {form.module}. "
            f"Install that (Debian: {package}), or save it as .{target}."
        )
    with tempfile.TemporaryDirectory(prefix="isobot-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document{form.suffix}")  # not its own name: that may stand in its text, and the same bytes say the same
        shutil.copyfile(path, source)
        made = convert(source, form.module, Path(folder), form.filter)
        if made is None:
            if is_locked(path, content):
                raise EncryptedDocumentError("It is locked with a password. Save a copy without one.")
            failed = f"LibreOffice cannot open it as {content.named}, or not within the limit `read_memory_mb`."
            raise DamagedDocumentError(f"{failed} Open it, and save it as .{target}.")
        kind_of(made)  # raises for one that unpacks to too much
        return replace(READERS[form.module](without_passing(made)), converter=NAME)
