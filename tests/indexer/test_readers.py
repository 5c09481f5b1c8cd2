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
from indexer.readers import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


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
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocumentError, "password"),
    "old.docx": (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, "Word 97-2003"),
    "old.xlsx": (OLE + "Workbook".encode("utf-16-le"), UnsupportedFormatError, "Excel 97-2003"),
    "photos.docx": (archive({"a.jpg": b"x"}), DamagedDocumentError, "zip archive"),
    "cut.docx": (word()[:-500], DamagedDocumentError, "cut short"),
    "cut.xlsx": (excel()[:2000], DamagedDocumentError, "cut short"),
    "page.docx": (b"<html>hello</html>", DamagedDocumentError, "no Word document"),
    "broken.docx": (with_part(word(), "word/document.xml", b"<w:doc"), DamagedDocumentError, "Word's parts"),
    "styleless.docx": (with_part(word(), "word/styles.xml", b""), DamagedDocumentError, "Word's parts"),
    "broken.xlsx": (with_part(excel(), "xl/worksheets/sheet1.xml", b"<work"), DamagedDocumentError, "Excel's parts"),
    "old.pptx": (OLE + "PowerPoint Document".encode("utf-16-le"), UnsupportedFormatError, "PowerPoint 97-2003"),
    "cut.pptx": (powerpoint()[:-500], DamagedDocumentError, "cut short"),
    "page.pptx": (b"<html>hello</html>", DamagedDocumentError, "no PowerPoint presentation"),
    "broken.pptx": (with_part(powerpoint(), "ppt/slides/slide1.xml", b"<p:sld"), DamagedDocumentError, "PowerPoint's parts"),
    "rich.docx": (b"{\\rtf1 hello}", UnsupportedFormatError, "RTF"),
    "open.docx": (archive({"mimetype": b"x", "content.xml": b"x"}), UnsupportedFormatError, "OpenDocument"),
    "letter.doc": (b"hello", UnsupportedFormatError, r"\.docx"),
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
