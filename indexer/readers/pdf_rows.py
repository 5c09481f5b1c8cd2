"""Rows of a PDF's tables that go on over a page, made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.base import ROW_KINDS, BlockKind
from indexer.readers.pdf_furniture import Item
from indexer.readers.pdf_paragraphs import ENDS, Paragraph
from indexer.readers.pdf_tables import RowPart, TableRow

FEWEST_LABELLED = 3  # rows that all begin with a label, so that one without is none of them


def whole_rows(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with a row and its rest at the top of the next page as one.

    A header that the page repeats above the rest becomes furniture behind the table.
    """
    done: list[Paragraph] = []
    repeated: list[Paragraph] = []
    header = ""
    for place, paragraph in enumerate(paragraphs):
        if paragraph.kind not in ROW_KINDS:
            done += repeated
            repeated = []
        again = paragraph.kind is BlockKind.TABLE_HEADER and paragraph.first.text == header
        last, rest = _row(done, len(done) - 1), _row(paragraphs, place + 1 if again else place)
        turned = bool(done) and done[-1].pages[-1] + 1 == paragraph.pages[0]
        if last and rest and turned and _goes_on(last, rest, _others(paragraphs, place)):
            if again:
                repeated.append(replace(paragraph, kind=BlockKind.FURNITURE))
            else:
                done[-1] = replace(done[-1], lines=_joined(last, rest), pages=[*done[-1].pages, *paragraph.pages])
            continue
        header = paragraph.first.text if paragraph.kind is BlockKind.TABLE_HEADER else header
        done.append(paragraph)
    return done + repeated


def _row(paragraphs: Sequence[Paragraph], place: int) -> TableRow | None:
    """The row at a place, None where something else stands there or parts of a row that is joined already."""
    found = paragraphs[place] if 0 <= place < len(paragraphs) else None
    return found.first if found and found.kind is BlockKind.TABLE_ROW and isinstance(found.first, TableRow) else None


def _others(paragraphs: Sequence[Paragraph], place: int) -> list[TableRow]:
    """The rows of the table around a place that are not the first on their page."""
    first = last = place
    while first > 0 and paragraphs[first - 1].kind in ROW_KINDS:
        first -= 1
    while last + 1 < len(paragraphs) and paragraphs[last + 1].kind in ROW_KINDS:
        last += 1
    others = (at for at in range(first + 1, last + 1) if paragraphs[at].kind is paragraphs[at - 1].kind is BlockKind.TABLE_ROW)
    return [row for at in others if paragraphs[at - 1].pages[-1] == paragraphs[at].pages[0] and (row := _row(paragraphs, at))]


def _goes_on(row: TableRow, rest: TableRow, others: Sequence[TableRow]) -> bool:
    """Whether `rest` is the rest of `row`: it has no label, which no other row lacks, or its words go on in mid-sentence."""
    if len(row.cells) != len(rest.cells) or rest.cells[0] or not any(rest.cells):
        return False
    labelled = bool(row.cells[0]) and len(others) >= FEWEST_LABELLED and all(other.cells[0] for other in others)
    pairs = [(cell, more) for cell, more in zip(row.cells, rest.cells, strict=True) if more]
    return labelled or all(cell and not ENDS.search(cell) and more[0].islower() for cell, more in pairs)


def _joined(row: TableRow, rest: TableRow) -> list[Item | RowPart]:
    """The two parts of the whole row's text; the second begins where the first cell goes on that does."""
    at = next(place for place, more in enumerate(rest.cells) if more)
    later = (" ".join(filter(None, cells)) for cells in zip(row.cells[at + 1 :], rest.cells[at + 1 :], strict=True))
    begun = replace(row, cells=row.cells[: at + 1]).text.removesuffix("|").rstrip()
    ended = replace(rest, cells=(rest.cells[at], *later)).text.removeprefix("| ")
    return [RowPart(begun, row.top, row.bold, row.size), RowPart(ended, rest.top, rest.bold, rest.size)]
