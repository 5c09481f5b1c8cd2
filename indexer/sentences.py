"""Where sentences begin and end inside one block of text."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\[\w{1,3}\])*(?=\s)")  # "shut.[1]" too, with the mark of a note
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|incl|no|nos|fig|figs|sec|sect|art|arts|para|paras|ch|vol|ed|eds|pp|p|rev|ver|dept|"
    r"mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co|corp|u\.s|u\.k|a\.m|p\.m)|\b[A-Za-z]|^\s*(?:\d{1,3}|[ivxlc]{1,5}))\.$",
    re.IGNORECASE,
)
_STARTS_A_SENTENCE = re.compile(r"\s+[\"'“‘(\[]*[^\sa-z]")


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Spans of the sentences in `text[start:end]`, in order, without the white space between them.

    A full stop after an abbreviation, an initial or a list marker ends nothing, nor does one that a small letter follows.
    Spans are code points into `text`, end exclusive; their words together are all the words of the range.
    """
    spans: list[Span] = []
    begin = _skip_space(text, start, end)
    for mark in _END.finditer(text, begin, end):
        if _ends_here(text, begin, mark, end):
            spans.append((begin, mark.end()))
            begin = _skip_space(text, mark.end(), end)
    last = end
    while last > begin and text[last - 1].isspace():
        last -= 1
    if begin < last:
        spans.append((begin, last))
    return spans


def _ends_here(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    if not _STARTS_A_SENTENCE.match(text, mark.end(), end):
        return False
    return mark.group()[0] != "." or not _ABBREVIATION.search(text[max(begin, mark.start() - 12) : mark.start() + 1])


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
