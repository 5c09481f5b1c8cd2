"""Choosing a reader, and what cannot be read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from corpus.errors import DamagedDocumentError, DocumentError, EmptyDocumentError, EncryptedDocumentError, UnsupportedFormatError
from indexer.readers import libreoffice, read
from indexer.readers.locks import is_locked
from indexer.readers.sniff import Content, kind_of
from tests.indexer.compound import compound


def word() -> bytes:
    document, target = docx.Document(), BytesIO()
    document.add_paragraph("All laptops are encrypted.")
    document.save(target)
    return target.getvalue()


def excel() -> bytes:
    book, target = openpyxl.Workbook(), BytesIO()
    book.active.append(["Laptops", "encrypted"])
    book.save(target)
    return target.getvalue()


def powerpoint() -> bytes:
    deck, target = pptx.Presentation(), BytesIO()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Laptops are encrypted"
    deck.save(target)
    return target.getvalue()


def archive(names: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in names.items():
            made.writestr(name, content)
    return target.getvalue()


def with_part(content: bytes, part: str, instead: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as old:
        return archive({name: instead if name == part else old.read(name) for name in old.namelist()})


REFUSED = {
    "empty.docx": (b"", EmptyDocumentError, "0 bytes"),
    "empty.md": (b"", EmptyDocumentError, "0 bytes"),
    "locked.docx": (compound({"EncryptedPackage": b"x"}), EncryptedDocumentError, "password"),
    "mail.doc": (compound({"__properties_version1.0": b"x"}), UnsupportedFormatError, "old Office or Outlook"),
    "cut.doc": (compound({"WordDocument": b"x"})[:900], DamagedDocumentError, "cut short"),
    "ring.xls": (compound({"Workbook": b"x"})[:48] + b"\1" * 600, DamagedDocumentError, "cut short"),
    "photos.docx": (archive({"a.jpg": b"x"}), DamagedDocumentError, "zip archive"),
    "cut.docx": (word()[:-500], DamagedDocumentError, "cut short"),
    "cut.xlsx": (excel()[:2000], DamagedDocumentError, "cut short"),
    "page.docx": (b"<html>hello</html>", DamagedDocumentError, "no Word document"),
    "broken.docx": (with_part(word(), "word/document.xml", b"<w:doc"), DamagedDocumentError, "Word's parts"),
    "styleless.docx": (with_part(word(), "word/styles.xml", b""), DamagedDocumentError, "Word's parts"),
    "broken.xlsx": (with_part(excel(), "xl/worksheets/sheet1.xml", b"<work"), DamagedDocumentError, "Excel's parts"),
    "cut.pptx": (powerpoint()[:-500], DamagedDocumentError, "cut short"),
    "page.pptx": (b"<html>hello</html>", DamagedDocumentError, "no PowerPoint presentation"),
    "broken.pptx": (with_part(powerpoint(), "ppt/slides/slide1.xml", b"<p:sld"), DamagedDocumentError, "PowerPoint's parts"),
    "words.ppt": (b"hello", DamagedDocumentError, "no presentation"),
    "noise.doc": (b"\x01\x02\x03" * 99, DamagedDocumentError, "binary"),
    "open.docx": (archive({"mimetype": b"x", "content.xml": b"x"}), UnsupportedFormatError, "OpenDocument"),
    "letter.wpd": (b"hello", UnsupportedFormatError, r"\.docx"),
    "noise.md": (b"\x01\x02\x03" * 99, DamagedDocumentError, "binary"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, name: str):
    """Each bad file gets the error that fits it, and a message that names what is wrong, on one line."""
    content, error, reason = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=reason) as refused:
        read(tmp_path / name)
    assert "\n" not in str(refused.value) and "Traceback" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", word(), False), ("a.md", word(), True), ("a.xlsx", excel(), False), ("b.docx", excel(), True),
        ("a.pptx", powerpoint(), False), ("b.md", powerpoint(), True),
    ],
)
def test_content_outweighs_the_name(tmp_path: Path, name: str, content: bytes, told: bool):
    """A Word document named .md is read as one, and the person is told when name and content differ."""
    (tmp_path / name).write_bytes(content)
    reading = read(tmp_path / name)
    assert "encrypted" in reading.text.characters
    assert bool(reading.warnings) is told


OPEN_TEXT, TEMPLATE = (
    archive({"mimetype": b"application/vnd.oasis.opendocument." + kind, "content.xml": b"x"}) for kind in (b"text", b"text-template")
)
FLAT = b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.%s'/>"
TO_CONVERT = {
    "a.doc": (compound({"WordDocument": b"x"}), "a Word 97-2003 document", "Writer", "writer), or save it as .docx"),
    "a.docx": (compound({"WordDocument": b"x"}), "a Word 97-2003 document", "Writer", "writer), or save it as .docx"),
    "b.doc": (b"{\\rtf1 hello}", "a rich text (RTF) file", "Writer", "writer), or save it as .docx"),
    "a.odt": (OPEN_TEXT, "an OpenDocument text", "Writer", "writer), or save it as .docx"),
    "a.ott": (TEMPLATE, "an OpenDocument text", "Writer", "writer), or save it as .docx"),
    "a.fodt": (FLAT % b"text", "a flat OpenDocument text", "Writer", "writer), or save it as .docx"),
    "c.doc": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "a Word 2003 XML document", "Writer", "save it as .docx"),
    "a.xls": (compound({"Workbook": b"x"}), "an Excel 97-2003 workbook", "Calc", "calc), or save it as .xlsx"),
    "b.xls": (compound({"Book": b"x"}), "an Excel 95 workbook", "Calc", "calc), or save it as .xlsx"),
    "c.xls": (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "an Excel 2003 XML workbook", "Calc", "save it as .xlsx"),
    "a.fods": (FLAT % b"spreadsheet", "a flat OpenDocument spreadsheet", "Calc", "calc), or save it as .xlsx"),
    "a.xlsb": (archive({"xl/workbook.bin": b"x"}), "a binary Excel workbook", "Calc", "calc), or save it as .xlsx"),
    "a.ppt": (compound({"PowerPoint Document": b"x"}), "a PowerPoint 97-2003 presentation", "Impress", "impress), or save it as .pptx"),
    "a.fodp": (FLAT % b"presentation", "a flat OpenDocument presentation", "Impress", "impress), or save it as .pptx"),
}


@pytest.mark.parametrize("name", sorted(TO_CONVERT))
def test_what_only_libreoffice_reads_is_named_where_that_is_missing(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    """By its content, whatever it is called: what it is, which part of LibreOffice reads it, and what else would do."""
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    content, what, module, better = TO_CONVERT[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnsupportedFormatError) as refused:
        read(tmp_path / name)
    assert str(refused.value).startswith(f"It is {what}, which is read with LibreOffice {module}. Install that (Debian: libreoffice-")
    assert str(refused.value).endswith(f"{better}.")


def test_a_workbook_in_which_a_document_is_embedded_is_a_workbook(tmp_path: Path):
    """What counts are the streams at the top of the file."""
    made = compound({"Workbook": b"x"}) + "WordDocument".encode("utf-16-le")
    (tmp_path / "a.xls").write_bytes(made)
    assert kind_of(tmp_path / "a.xls") is Content.XLS


PAGE = b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><th>Gate<th>Lock<tr><td>North<td>yes</table>"


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.xls", PAGE, "| Gate | Lock |\n| North | yes |"),
        ("a.doc", b"\xef\xbb\xbf <!-- made --> <h1>Gates</h1><p>Lock them.</p>", "Gates\n\nLock them."),
        ("b.xls", "Gate\tLock\nNorth\tyes\n".encode("utf-16"), "B\n\n| Gate | Lock |\n| North | yes |"),
        ("b.doc", b"Lock all doors.", "Lock all doors."),
    ],
)
def test_pages_and_tables_under_the_names_of_old_formats_are_read_as_what_they_are(tmp_path: Path, name: str, content: bytes, text: str):
    """Many programs export HTML as .xls and text as .doc, since Office opens them; no other program is needed for these."""
    (tmp_path / name).write_bytes(content)
    assert read(tmp_path / name).text.characters == text


def record(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content


BEGIN, FILEPASS = record(0x0809, b"\0" * 16), record(0x002F, b"\0" * 6)


@pytest.mark.parametrize(
    ("content", "kind", "locked"),
    [
        (compound({"WordDocument": b"\xec\xa5" + b"\0" * 9 + b"\x01"}), Content.DOC, True),
        (compound({"WordDocument": b"\xec\xa5" + b"\0" * 9 + b"\x02"}), Content.DOC, False),
        (compound({"Workbook": BEGIN + FILEPASS}), Content.XLS, True),
        (compound({"Workbook": BEGIN + record(0x00E1, b"\x2f\0")}), Content.XLS, False),
        (compound({"PowerPoint Document": b"x", "EncryptedSummary": b"x"}), Content.PPT, True),
        (archive({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), Content.ODT, True),
        (archive({"META-INF/manifest.xml": b"<manifest:file-entry/>"}), Content.ODT, False),
        (archive({"content.xml": b"x"}), Content.ODT, False),
        (b"{\\rtf1}", Content.RTF, False),
    ],
)
def test_a_password_is_known_by_its_mark(tmp_path: Path, content: bytes, kind: Content, locked: bool):
    """A flag of the first block, a record, a stream, or a word of the manifest."""
    (tmp_path / "file").write_bytes(content)
    assert is_locked(tmp_path / "file", kind) is locked


def test_an_archive_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A few kilobytes that unpack to more than the limit are not opened."""
    monkeypatch.setattr("indexer.readers.archive_bounds.MAX_UNPACKED", 2 * 2**20)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(3 * 2**20))
    with pytest.raises(DamagedDocumentError, match="would unpack to 3 MB"):
        read(tmp_path / "bomb.docx")


def test_a_missing_file_is_a_document_error(tmp_path: Path):
    """A file that vanished between listing and reading is one document's problem."""
    with pytest.raises(DocumentError, match="cannot be opened"):
        read(tmp_path / "gone.md")
