"""The labels by which a person finds the pages of a PDF: what is printed on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.readers.pdf_furniture import PdfPage, page_numbers

LABEL = re.compile(r"[A-Z]{1,2}-\d+|\d+-\d+|\d+|\b[ivxlc]+\b")
COUNTING = re.compile(r"(.*?)(\d+)")


def with_printed_labels(pages: Sequence[PdfPage], furniture: Sequence[set[int]]) -> list[PdfPage]:
    """The pages, each labelled with the page number that it prints, when most pages print one.

    Labels of the file's own are kept where they are the printed ones; many files only count their pages. A page that prints none between
    two that do has the number that their counting leaves it.
    """
    printed = [_printed(page, aside) for page, aside in zip(pages, furniture, strict=True)]
    both = [page.label == label for page, label in zip(pages, printed, strict=True) if page.label and label]
    if 2 * sum(label is not None for label in printed) < len(pages) or (both and 2 * sum(both) >= len(both)):
        return list(pages)
    return [replace(page, label=label) for page, label in zip(pages, _counted_on(printed), strict=True)]


def _printed(page: PdfPage, aside: set[int]) -> str | None:
    for position in sorted(aside & page_numbers(page), reverse=True):
        number = LABEL.search(re.sub(r"(?i)page", "", page.items[position].text))
        if number:
            return number.group()
    return None


def _counted_on(labels: Sequence[str | None]) -> list[str | None]:
    counted = list(labels)
    for first, last in pairwise(at for at, label in enumerate(labels) if label is not None):
        begin, end = (COUNTING.fullmatch(labels[at] or "") for at in (first, last))
        if begin and end and begin[1] == end[1] and int(end[2]) - int(begin[2]) == last - first:
            counted[first:last] = [f"{begin[1]}{int(begin[2]) + step}" for step in range(last - first)]
    return counted
