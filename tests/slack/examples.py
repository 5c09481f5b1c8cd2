"""Small answers of our own, for whatever shows or keeps them."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clause import Clause
from corpus.control import ControlLink, Provenance
from corpus.document import Document
from corpus.text import CanonicalText, Page

TODAY = date(2026, 9, 1)
LAPTOPS = "A personal laptop may be used for work once its disk is encrypted."
CONTROL = ControlLink("iso27001:2022", "A.8.1", Provenance.EXPLICIT)


def cite(quote: str = LAPTOPS, controls: tuple[ControlLink, ...] = (CONTROL,), heading: str = "Laptops", **facts: Any) -> Citation:
    """A citation of a document whose one clause is "3.2" with the quotation, on the page that is printed "4". At most 1,200 characters."""
    title = f"3.2 {heading}\n"
    text = CanonicalText(title + quote, (Page(6, 0, len(title + quote), "4"),))
    start, end = len(title), len(text.characters)
    stated: dict[str, Any] = {"path": "byod.md", "title": "BYOD Standard", "version": "2.1", **facts}
    document = Document(sha256="a" * 64, text_sha256=text.sha256, **stated)
    return Citation(document, text, (Clause("3.2", heading, 1, 0, end, start),), 0, start, end, start, end, controls)


def answer(*citations: Citation, **facts: Any) -> Answer:
    stated: dict[str, Any] = {"question": "can i use my own laptop?", "nearest": (), "confidence": 0.75, "owner": "Security Office"}
    return Answer(**{**stated, "citations": citations, "generation": "g-0001", "milliseconds": 4.0, **facts})


def abstention(*nearest: Citation, **facts: Any) -> Answer:
    return answer(nearest=nearest, confidence=0.1, **facts)
