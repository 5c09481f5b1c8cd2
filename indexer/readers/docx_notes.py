"""Foot- and endnotes of a Word document: their marks, counted as they are referred to, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from indexer.readers.docx_runs import words_of
from indexer.readers.docx_styles import W, on
from indexer.readers.numerals import numeral

NOTE_NUMERALS = {"footnote": "decimal", "endnote": "lowerRoman"}
"""How Word counts each kind of note where nothing else is set."""


class Notes:
    """The notes of one document.

    marks: what is printed for each, by (kind, id): "[1]", "[i]", or "" for one whose author typed a mark behind the reference.
    """

    def __init__(self, body: Any, roots: Mapping[str, Any]) -> None:
        self.marks: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], list[str]] = {}
        for kind, root in roots.items():
            for note in () if root is None else root.findall(f"{W}{kind}"):
                paragraphs = [text for paragraph in note.iter(f"{W}p") if (text := words_of(paragraph).text.strip())]
                if paragraphs and note.get(f"{W}type") in (None, "normal"):
                    self._words[kind, note.get(f"{W}id", "")] = paragraphs
            self._count(body, kind)

    def texts(self, notes: Iterable[tuple[str, str]]) -> list[str]:
        """The paragraphs that stand at the foot of the page for these notes, the first of each begun with its mark."""
        found = [(self.marks[note], *self._words[note]) for note in notes if note in self.marks]
        return [text for mark, first, *more in found for text in (f"{mark} {first}".strip(), *more)]

    def _count(self, body: Any, kind: str) -> None:
        number = 0
        for reference in body.iter(f"{W}{kind}Reference"):
            note = (kind, reference.get(f"{W}id", ""))
            if note not in self._words or note in self.marks or next(reference.iterancestors(f"{W}del"), None) is not None:
                continue
            own = reference.get(f"{W}customMarkFollows")
            number += own is None or not on(own)
            self.marks[note] = f"[{numeral(number, NOTE_NUMERALS[kind])}]" if own is None or not on(own) else ""
