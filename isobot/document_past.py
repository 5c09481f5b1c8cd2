"""What a document says of its own past: when it was last reviewed, changed, approved or issued, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from indexer.dates import date_in
from indexer.passages import UNQUOTED
from indexer.readers.base import ROW_KINDS, Block, BlockKind
from indexer.readers.run_together import cells_of
from indexer.sentences import sentences
from indexer.statements import NEAR_CHARACTERS
from isobot.document_question import Past
from isobot.layout import MAX_QUOTE
from isobot.row_span import FEW_ROWS
from isobot.tables import table_at

_NOT_YET = r"(?<!be )(?<!is )(?<!are )(?<!until )(?<!next )(?<!not )"
_SAID = {
    Past.REVIEWED: rf"\blast review(?:ed)?\b|{_NOT_YET}\breviewed\b|\bdate of (?:last )?review\b",
    Past.CHANGED: rf"\blast (?:update|revision|change|amendment)\b|{_NOT_YET}\b(?:updated|revised|amended|modified|changed)\b",
    Past.APPROVED: rf"{_NOT_YET}\b(?:approved|authori[sz]ed|adopted|signed off)\b|\bapproval date\b|\bdate (?:of approval|approved)\b",
    Past.ISSUED: (
        rf"{_NOT_YET}\b(?:issued|published|released)\b|\b(?:issue|publication|release) date\b|\bdate (?:of issue|issued|published)\b"
    ),
}
"""Behind which words, in small letters, a document states the day."""
_OTHER_DAY = re.compile(r"\b(?:next|due|again|until|expires?|effective|in force|valid)\b")
_OF_ANOTHER = re.compile(
    r"(?!.*\b(?:polic|standard|procedure|guid|plan|process|schedule|runbook|register|statement|method|directive|document|version|edition"
    r"|revision|issue|page|text|rules|handbook|manual|charter|code|notice|framework|it\b|they\b)).+"
    r"\s(?:was|were|is|are|(?:has|have|had) been)\s(?:\w+ly\s|last\s|first\s)*"
)
"""What stands before the words where they are said of something that is no document: "The roof was last"."""
_FAR = 80  # characters behind the words within which the day stands, and before them what they are said of
_DAY = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9},? \d{4}\b"
    r"|\b[a-z]{3,9} (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}\b"
)
_HISTORY = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\b(?:version|revision|edition|issue|rev)\b",
        r"\bdate\b|\b(?:issued|approved on)\b",
        r"\b(?:changes?|amendments?|description|summary|comments?|author|editor|by)\b",
    )
)
"""What the columns of a document's versions are called: which it is, its day, and what was changed or by whom."""
_NUMBERED = re.compile(r"(?:v|version|rev(?:ision|\.)?|issue|edition)?\s*(\d+)(?:\.\d+)*[a-z]?(?:\s*\(.*\))?", re.IGNORECASE)


def past_told(text: str, blocks: Sequence[Block], past: Past, version: str | None) -> Block | None:
    """The line or row that tells when it happened; for what was changed, the history of versions. None where nothing does.

    version: the document's own, whose row of the history counts; without it, the row with the latest day.
    """
    if past is Past.HISTORY:
        return _history(text, blocks, version, whole=True)
    near = (line for line in _lines(text, blocks) if _is_dated(text[line.start : line.end], _SAID[past]))
    return next(near, None) or (_history(text, blocks, version) if past is Past.CHANGED else None)


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Rows and sentences near the start, where a document speaks of itself."""
    for block in takewhile(lambda block: block.start < NEAR_CHARACTERS, blocks):
        if block.kind in ROW_KINDS:
            yield block
        elif block.kind not in UNQUOTED:
            lines = (found.span() for found in re.finditer(r"[^\n]+", text[block.start : block.end]))
            spans = (span for low, high in lines for span in sentences(text, block.start + low, block.start + high))
            yield from (Block(block.kind, low, high) for low, high in spans)


def _is_dated(line: str, words: str) -> bool:
    """Whether a day stands behind the words, and before any that tell another day, and a document is what they are said of."""
    said = " ".join(line.lower().split())
    for found in re.finditer(words, said):
        before, behind = said[max(0, found.start() - _FAR) : found.start()], said[found.end() : found.end() + _FAR]
        other = _OTHER_DAY.search(behind)
        if _days(behind[: other.start()] if other else behind) and not _OF_ANOTHER.fullmatch(before):
            return True
    return False


def _days(words: str) -> list[date]:
    return [day for found in _DAY.findall(words) if (day := date_in(found))]


def _history(text: str, blocks: Sequence[Block], version: str | None, whole: bool = False) -> Block | None:
    """The row for the newest version in the table of a document's versions; the table, where it is asked for whole and small."""
    for at, block in enumerate(blocks):
        starts = block.kind in ROW_KINDS and (at == 0 or blocks[at - 1].kind not in ROW_KINDS or block.kind is BlockKind.TABLE_HEADER)
        if not starts or not _is_history(cells_of(text[block.start : block.end])):
            continue
        table = table_at(blocks, at + 1) if at + 1 < len(blocks) and blocks[at + 1].kind is BlockKind.TABLE_ROW else ()
        rows = [row for row in table[1:] if _days(text[row.start : row.end].lower())]
        if rows and _has_edition_of(text, rows, version):
            if whole and len(rows) <= FEW_ROWS and rows[-1].end - block.start <= MAX_QUOTE:
                return Block(block.kind, block.start, rows[-1].end)
            return max(rows, key=lambda row: (_is_of(text[row.start : row.end], version), max(_days(text[row.start : row.end].lower()))))
    return None


def _is_history(header: Sequence[str]) -> bool:
    names = [cell for cell in header if len(cell.split()) <= 4]
    return len(names) >= 3 and all(any(words.search(name) for name in names) for words in _HISTORY)


def _has_edition_of(text: str, rows: Sequence[Block], version: str | None) -> bool:
    """Whether a row may be a version of the document, as one before it is; those of a program that it speaks of are numbered otherwise."""
    told = {found[1] for row in rows for cell in cells_of(text[row.start : row.end]) if (found := _NUMBERED.fullmatch(cell))}
    own = _NUMBERED.fullmatch(version or "")
    return own is None or not told or own[1] in told


def _is_of(row: str, version: str | None) -> bool:
    return version is not None and cells_of(row)[0].casefold().lstrip("v ") == version.casefold().lstrip("v ")
