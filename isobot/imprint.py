"""Imprints and title lines, which are near every question that speaks of "the publication" and answer hardly any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.analysis import fold
from indexer.generation import Generation
from isobot.hit import Hit

LOOKED_AT = 5  # best clauses: as many as are cited
FRONT = 6000  # characters from the beginning of a document in which its imprint stands
LONGEST_LINE = 160  # characters of a line of a title
_IMPRINT = re.compile(
    r"\b(?:CODEN|IS[BS]N|\d+ pages? \(|all rights reserved|copyright \d{4})|©|^reprinted\b|^printed (?:in|by|and bound)\b"
    r"|^(?:first )?published (?:in|by)\b|^this (?:publication|document|report) is available\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:pages?|coden|is[bs]n|(?:re)?print\w*|publish\w*|publisher|issued|dated?|titles?|called|authors?|wrote|written|copyright|rights|versions?"
    r"|revisions?|editions?|available|download\w*|free|buy)\b",
    re.IGNORECASE,
)


def behind_what_is_said(generation: Generation, hits: Sequence[Hit], question: str) -> list[Hit]:
    """The hits, those of the best that hold an imprint or titles alone behind all others, unless the question asks for what they say."""
    fronts = [] if _ASKED.search(question) else [hit for hit in hits[:LOOKED_AT] if hit.start < FRONT and _is_front(generation, hit)]
    return [*(hit for hit in hits if hit not in fronts), *fronts] if fronts else list(hits)


def _is_front(generation: Generation, hit: Hit) -> bool:
    document = generation.document(hit.document)
    lines = generation.text(hit.document).characters[hit.start : hit.end].splitlines()
    return is_front(map(str.strip, lines), [name for name in (document.title, document.reference) if name])


def is_front(lines: Iterable[str], names: Sequence[str]) -> bool:
    """Whether all lines are of an imprint or of a title, and one is surely so. names: the document's own."""
    known = {fold(name) for name in names}
    surely = False
    for line in filter(None, lines):
        if _IMPRINT.search(line) or fold(line) in known:
            surely = True
        elif not _is_title(line):
            return False
    return surely


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_LINE and line[-1].isalnum() and line[0].isalnum()
