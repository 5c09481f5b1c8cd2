"""The words of a source file, read apart from the readers that the index was built with."""

from __future__ import annotations

import html
import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

from corpus.errors import DatasetError

# White space, what a format or a typesetter adds to words, and line-end hyphens (pdfium marks them U+FFFE).
_ADDED = re.compile(r"[\s*_`#>|\[\]()~\\<•▪◦●○■□–—‐‑\-\u00ad\u200b-\u200d\ufeff\ufffe\u0000-\u001f\uf000-\uf0ff]+")
_LINK_TARGET = re.compile(r"\]\s?(?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

Pages = tuple[str, ...]
"""A text page by page; one of a format without pages is one page."""


def bare(text: str) -> str:
    """The text without white space, markup, bullets and hyphens, in compatibility form (a ligature becomes its letters).

    Letters, figures and the rest of punctuation stay: "15" is not "1.5".
    """
    return _ADDED.sub("", unicodedata.normalize("NFKC", text))


def source_texts(path: Path) -> Iterator[Pages]:
    """Readings of a file, each bare and page by page, the plainest first; for as long as they are asked for.

    Raises DatasetError when the file cannot be read at all.
    """
    try:
        for reading in _READINGS.get(path.suffix.lower(), (_plain, _without_markup)):
            yield tuple(bare(page) for page in reading(path))
    except Exception as problem:  # each library raises its own
        raise DatasetError(f"{path} cannot be read to check quotations against it ({type(problem).__name__}: {problem}).") from None


def _plain(path: Path) -> Iterator[str]:
    yield _decoded(path)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _without_markup(path: Path) -> Iterator[str]:
    """Text without link targets, tags, backslashes and entities."""
    yield html.unescape(_TAG.sub("", _LINK_TARGET.sub("]", _decoded(path))))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _web_page(path: Path) -> Iterator[str]:
    parser = _Words()
    parser.feed(_decoded(path))
    yield "".join(parser.words)


def _word_document(path: Path) -> Iterator[str]:
    """Every run of text, in the order of the file; of two forms of the same drawing, the first."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", name)]
        roots = [ElementTree.fromstring(archive.read(name)) for name in sorted(names)]
    yield "\n".join("".join(_runs(root)) for root in roots)


def _runs(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag == f"{_WORD}noBreakHyphen":
            yield "-"
        elif child.tag != _FALLBACK:
            yield from _runs(child)


def _presentation(path: Path) -> Iterator[str]:
    """Each slide's paragraphs and table cells, then what its notes say."""
    with zipfile.ZipFile(path) as archive:
        numbers = (match[1] for name in archive.namelist() if (match := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name)))
        for number in sorted(numbers, key=int):
            relations = f"ppt/slides/_rels/slide{number}.xml.rels"
            targets = re.findall(r"notesSlides/notesSlide\d+\.xml", archive.read(relations).decode("utf-8"))
            parts = [f"ppt/slides/slide{number}.xml", *(f"ppt/{target}" for target in targets)]
            yield "\n".join(run.text or "" for part in parts for run in ElementTree.fromstring(archive.read(part)).iter(f"{_DRAWING}t"))


def _workbook(path: Path) -> Iterator[str]:
    book = import_module("openpyxl").load_workbook(path, read_only=True, data_only=True)
    try:
        cells = (str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
        yield "\n".join(cells)
    finally:
        book.close()


def _pdfium(path: Path) -> Iterator[str]:
    document = import_module("pypdfium2").PdfDocument(path)
    try:
        for page in document:
            yield page.get_textpage().get_text_bounded()
    finally:
        document.close()


def _pypdf(path: Path) -> Iterator[str]:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of what it mends
    for page in import_module("pypdf").PdfReader(path).pages:
        yield page.extract_text()


_READINGS: dict[str, tuple[Callable[[Path], Iterable[str]], ...]] = {
    ".pdf": (_pdfium, _pypdf),
    ".docx": (_word_document,),
    ".pptx": (_presentation,),
    ".xlsx": (_workbook,),
    ".html": (_web_page,),
    ".htm": (_web_page,),
}
