"""Clauses as read against the bookmarks that a document's author made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.clause import Clause
from corpus.errors import DatasetError
from indexer.numbering import Scheme, number_at
from indexer.outline import outline
from indexer.readers.base import Reading
from indexer.readers.pdf import read_pdf

LISTED = (Scheme.CONTROL, Scheme.CODE, Scheme.LETTER)  # of these many authors bookmark none
LOOK = 400  # characters of a clause without a heading that may hold a bookmark's words


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of the author's outline. page: physical, from 1. level: from 1."""

    title: str
    number: str | None
    page: int
    level: int


def score_outlines(folder: Path) -> dict[str, Any]:
    """Recall of bookmarks and share of wrong numbered clauses, for each document and over all of them.

    folder: PDFs, each with a JSON of the same name ({"outline": [{"title","number","page","level"}…]}) beside it.
    A bookmark is recalled when a clause begins on its page with its title (case, white space and numbers aside).
    Wrong is a numbered clause, no deeper than the author's numbers, whose number the author does not have; documents
    whose bookmarks have no numbers count none, and control ids and letters count only where the author bookmarks some.
    Returns {"recall", "wrong", "bookmarks", "numbered", "documents": {name: {… and "missed", "unknown"}}}.
    Raises DatasetError when the folder holds no such pair.
    """
    pairs = [(path, path.with_suffix(".pdf")) for path in sorted(folder.glob("*.json")) if path.with_suffix(".pdf").exists()]
    if not pairs:
        raise DatasetError(f"{folder} holds no PDF with a JSON of its bookmarks beside it. Name a folder such as data/outlines/pdf.")
    documents = {pdf.name: _score(pdf, _bookmarks(path)) for path, pdf in pairs}
    return {**_totals(documents.values()), "documents": documents}


def _bookmarks(path: Path) -> list[Bookmark]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["outline"]
        return [Bookmark(entry["title"], entry["number"], entry["page"], entry["level"]) for entry in entries]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DatasetError(f"{path.name} is no outline ({error!r}). It needs title, number, page and level for each entry.") from None


def _score(pdf: Path, bookmarks: Sequence[Bookmark]) -> dict[str, Any]:
    reading = read_pdf(pdf)
    clauses = outline(reading)
    missed = [f"{mark.title[:80]} (page {mark.page})" for mark in bookmarks if not _is_recalled(mark, reading, clauses)]
    known = {_folded(mark.number) for mark in bookmarks if mark.number}
    deepest = max((_depth(mark.number) for mark in bookmarks if mark.number), default=0)
    lists = any(_scheme(mark.number) in LISTED for mark in bookmarks if mark.number)
    numbered = [
        clause
        for clause in clauses
        if clause.number and known and _depth(clause.number) <= deepest and (lists or _scheme(clause.number) not in LISTED)
    ]
    unknown = [f"{clause.label[:80]} (page {_page(reading, clause)})" for clause in numbered if _folded(clause.number or "") not in known]
    return {
        "bookmarks": len(bookmarks), "recall": 1 - len(missed) / len(bookmarks) if bookmarks else None, "numbered": len(numbered),
        "wrong": len(unknown) / len(numbered) if numbered else None, "missed": missed, "unknown": unknown,
    }  # fmt: skip


def _totals(documents: Any) -> dict[str, Any]:
    bookmarks, numbered = sum(d["bookmarks"] for d in documents), sum(d["numbered"] for d in documents)
    missed, unknown = sum(len(d["missed"]) for d in documents), sum(len(d["unknown"]) for d in documents)
    return {
        "recall": 1 - missed / bookmarks if bookmarks else None, "wrong": unknown / numbered if numbered else None,
        "bookmarks": bookmarks, "numbered": numbered,
    }  # fmt: skip


def _is_recalled(mark: Bookmark, reading: Reading, clauses: Sequence[Clause]) -> bool:
    wanted = title_of(mark.title)
    for clause in clauses:
        if _page(reading, clause) != mark.page:
            continue
        if clause.heading:
            if title_of(clause.heading) == wanted or _folded(clause.heading) == _folded(mark.title):
                return True
        elif clause.number and wanted and title_of(reading.text.characters[clause.body : clause.body + LOOK]).startswith(wanted):
            return True
    return False


def _page(reading: Reading, clause: Clause) -> int | None:
    pages = reading.text.pages_of(clause.start, clause.start + 1)
    return pages[0].number if pages else None


def title_of(title: str) -> str:
    """A title without its number, in lower case, only its letters and figures."""
    number = number_at(title.strip())
    return _folded(title.strip()[number.end :] if number else title)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.removesuffix("...").casefold()).strip()


def _scheme(number: str) -> Scheme | None:
    found = number_at(f"{number} ")
    return found.scheme if found else None


def _depth(number: str) -> int:
    return len(re.findall(r"\d+|[A-Z]\b", number)) if not number[:2].isalpha() else 1


def shown(score: Mapping[str, Any]) -> str:
    """The score as lines for a person."""
    rows = [("all", score), *score["documents"].items()]
    return "\n".join(
        f"{name:48} recall {_share(row['recall'])} of {row['bookmarks']:4}   wrong {_share(row['wrong'])} of {row['numbered']:4}"
        for name, row in rows
    )


def _share(value: float | None) -> str:
    return "    –" if value is None else f"{value:5.3f}"
