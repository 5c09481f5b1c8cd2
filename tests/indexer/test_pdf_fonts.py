"""Bold type is known by what a font says of itself: its weight, its name, or the program within it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.readers.pdf import read_pdf

FONTS = (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf"), ("VeraIt", "VeraIt.ttf"))  # faces that reportlab brings
PRINTED = {"Vera": "CIDFont+F1", "VeraBd": "CIDFont+F2"}
TEX = {"Vera": "ABCDEF+CMR10", "VeraBd": "ABCDEF+CMBX10"}


SLANTED = {"Vera": "ABCDEF+Vera", "VeraIt": "ABCDEF+Vera-Oblique"}


def printed(path: Path, names: dict[str, str], stems: tuple[int, int], keep_programs: bool = True) -> Path:
    """A PDF of a heading and its text, the text's font first; the fonts have the names and the widths of stem that a program gave them."""
    for name, file in FONTS:
        pdfmetrics.registerFont(TTFont(name, file))
    canvas = Canvas(str(path), pagesize=A4)
    for y, font, words in ((700, list(names)[1], "Visitors at the gate"), (680, "Vera", "The warden meets every visitor at the gate.")):
        canvas.setFont(font, 10)
        canvas.drawString(72, y, words)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(path))
    for page in writer.pages:
        for font in map(_resolved, _resolved(page["/Resources"])["/Font"].values()):
            if "/FontDescriptor" in font:
                name, stem = list(zip(names.values(), stems, strict=True))["-Roman" not in str(font["/BaseFont"])]
                measures = _resolved(font["/FontDescriptor"])
                font[NameObject("/BaseFont")] = measures[NameObject("/FontName")] = NameObject(f"/{name}")
                measures[NameObject("/StemV")] = NumberObject(stem)
                if not keep_programs:
                    del measures["/FontFile2"]
    writer.write(path)
    return path


def _resolved(held: object) -> DictionaryObject:
    found = held.get_object() if hasattr(held, "get_object") else held
    assert isinstance(found, DictionaryObject)
    return found


@pytest.mark.parametrize(("names", "stems", "keep"), [(PRINTED, (940, 940), True), (PRINTED, (0, 0), True), (TEX, (114, 114), False)])
def test_bold_type_is_known(tmp_path, names, stems, keep):
    """Where Windows printed a file, fonts have lost name and measures, and their programs say which is bold; TeX has names of its own."""
    reading = read_pdf(printed(tmp_path / "gate.pdf", names, stems, keep))
    assert [(reading.text.characters[block.start : block.end], block.bold) for block in reading.blocks] == [
        ("Visitors at the gate", True),
        ("The warden meets every visitor at the gate.", False),
    ]


def test_slanted_stems_are_not_bold(tmp_path):
    """A browser measures the stem of an italic face across its slant, wide as a bold one's; the program says that it is not."""
    reading = read_pdf(printed(tmp_path / "gate.pdf", SLANTED, (90, 122)))
    assert [block.bold for block in reading.blocks] == [False, False]
