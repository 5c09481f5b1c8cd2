"""Headings as read from a PDF against the heading styles of the Word document that the PDF was made from."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from corpus.clause import Clause
from corpus.errors import DatasetError, SourceError
from evals.outlines import title_of
from indexer.outline import outline
from indexer.readers.base import Reading
from indexer.readers.pdf import read_pdf

TITLES = ("title", "subtitle")
HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNMARKED = {"ExportBookmarks": False, "UseTaggedPDF": False}  # so that only type and numbers say what a heading is
OFFICES = ("soffice", "libreoffice")
LONGEST = 300  # seconds that one conversion may take


def score_docx(folders: Sequence[Path]) -> dict[str, Any]:
    """Agreement of the headings read from each document's PDF with its heading styles, for each document and over all.

    folders: searched for *.docx with everything below them. LibreOffice makes the PDFs, without bookmarks and tags; mammoth reads the
    styles.
    A heading is right when its words are those of a styled heading, numbers, case and white space aside, each as often as it stands
    there. Numbered paragraphs without a heading of their own line, which no style can mark, and what is styled as a title, are on
    neither side.
    Returns {"f1", "precision", "recall", "styled", "read", "documents": {name: {… and "missed", "extra"}}}.
    Raises DatasetError when there is no such document, SourceError when LibreOffice is missing or converts one not.
    """
    files = sorted(path for folder in folders for path in folder.rglob("*.docx") if not path.name.startswith("~$"))
    if not files:
        raise DatasetError(f"There is no .docx file in {', '.join(map(str, folders))}. Name folders that hold Word documents.")
    with tempfile.TemporaryDirectory() as work:
        documents = {str(path.relative_to(_holder(path, folders))): _score(path, Path(work)) for path in files}
    return {**_totals(documents.values()), "documents": documents}


def _holder(path: Path, folders: Sequence[Path]) -> Path:
    """The folder that was named, one up, so that two folders' files of one name stay apart."""
    return next(folder.parent for folder in folders if path.is_relative_to(folder))


def _score(path: Path, work: Path) -> dict[str, Any]:
    headings, titles = styled_headings(path)
    read = _headings_read(as_pdf(path, work))
    expected = Counter(map(title_of, headings)) - Counter({"": len(headings)})
    found = Counter(title for title in read if title and title not in titles - expected.keys())
    right = expected & found
    return {
        **_figures(right.total(), expected.total(), found.total()), "right": right.total(),
        "missed": sorted((expected - found).elements()), "extra": sorted((found - expected).elements()),
    }  # fmt: skip


def styled_headings(path: Path) -> tuple[list[str], set[str]]:
    """The paragraphs of a Word document in a heading style or one based on it, in order; and the words (folded) of its titles."""
    import mammoth
    from selectolax.lexbor import LexborHTMLParser

    with path.open("rb") as file:
        tree = LexborHTMLParser(mammoth.convert_to_html(file, style_map=_style_map(path)).value)
    for reference in tree.css("sup"):
        reference.decompose()  # a footnote's figure is no word of the heading
    headings = [node.text(separator="") for node in tree.css("h1, h2, h3, h4, h5, h6")]
    return headings, {title_of(node.text(separator="")) for node in tree.css("p.title")}


def _style_map(path: Path) -> str:
    """For mammoth: each paragraph style that is a heading or a title, or is based on one, with the element it becomes."""
    with zipfile.ZipFile(path) as package:
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
    named: dict[str, tuple[str, str | None]] = {}
    for style in styles.iter(f"{WORD}style"):
        name, base = style.find(f"{WORD}name"), style.find(f"{WORD}basedOn")
        if style.get(f"{WORD}type") == "paragraph" and name is not None:
            named[style.get(f"{WORD}styleId", "")] = (name.get(f"{WORD}val", ""), None if base is None else base.get(f"{WORD}val"))
    elements = ((named[identifier][0], _element(named, identifier)) for identifier in named)
    return "\n".join(f"p[style-name='{name}'] => {element}:fresh" for name, element in elements if element and "'" not in name)


def _element(named: Mapping[str, tuple[str, str | None]], identifier: str | None) -> str | None:
    for _ in named:
        if identifier is None or identifier not in named:
            return None
        name, identifier = named[identifier]
        if heading := HEADING.fullmatch(name):
            return f"h{heading[1]}"
        if name.casefold() in TITLES:
            return "p.title"
    return None


def as_pdf(path: Path, work: Path) -> Path:
    """A Word document printed to a PDF without bookmarks and tags, by LibreOffice."""
    office = next((found for name in OFFICES if (found := shutil.which(name))), None)
    if office is None:
        raise SourceError("LibreOffice is needed to make PDFs of Word documents. Install it (Debian: libreoffice-writer), then run this.")
    options = json.dumps({name: {"type": "boolean", "value": str(value).lower()} for name, value in UNMARKED.items()})
    target = work / f"{len(list(work.iterdir()))}"
    target.mkdir()
    command = [
        office, "--headless", "--norestore", f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(target), str(path),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(f"LibreOffice did not convert {path} within {LONGEST} s. Open it there to see what keeps it.") from None
    pdf = target / f"{path.stem}.pdf"
    if not pdf.exists():
        raise SourceError(f"LibreOffice did not convert {path}: {done.stderr.strip()[-300:] or 'it gave no reason'}.")
    return pdf


def _headings_read(pdf: Path) -> list[str]:
    reading = read_pdf(pdf)
    return [title_of(clause.heading) for clause in outline(reading) if clause.heading and not _shares_line(clause, reading)]


def _shares_line(clause: Clause, reading: Reading) -> bool:
    """Whether a heading is part of the paragraph that it heads."""
    return clause.body < clause.end and "\n" not in reading.text.characters[clause.start : clause.body]


def _totals(documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    rows = list(documents)
    return _figures(*(sum(row[name] for row in rows) for name in ("right", "styled", "read")))


def _figures(right: int, styled: int, read: int) -> dict[str, Any]:
    return {
        "f1": 2 * right / (styled + read) if styled + read else None, "precision": right / read if read else None,
        "recall": right / styled if styled else None, "styled": styled, "read": read,
    }  # fmt: skip


def shown(score: Mapping[str, Any]) -> str:
    """The score as lines for a person."""
    rows = [("all", score), *score["documents"].items()]
    return "\n".join(
        f"{name:72} F1 {_share(row['f1'])}   recall {_share(row['recall'])} of {row['styled']:4}   precision {_share(row['precision'])} "
        f"of {row['read']:4}"
        for name, row in rows
    )


def _share(value: float | None) -> str:
    return "    –" if value is None else f"{value:5.3f}"
