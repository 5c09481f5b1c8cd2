"""Layout: which rows of a table only place text on the page, so that their cells are read as text, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.numbering import Scheme, number_at

LONGEST_TITLE = 100  # characters of a bold line that may head a section
FEWEST_TITLES = 2  # bold lines over sentences in one cell
SENTENCE = re.compile(r"[.;:!?][\"'”’)\]]*$")
NUMBER = re.compile(r"(?:§ ?)?\d{1,2}(?:\.\d{1,2})*\.?")
LONGEST_NAME = 40  # characters of a column's name that nothing marks as one
FEWEST_ROWS = 2  # below such names
LANGUAGE = re.compile(
    r"(?:english|anglais|englisch|français|french|französisch|deutsch|german|allemand|español|spanish|italiano|italian|nederlands|dutch|"
    r"cymraeg|welsh|gaeilge|irish|polski|polish|português|portuguese)(?: (?:version|text|fassung))?(?: ?[(/].{2,20})?",
    re.IGNORECASE,
)
SHORTEST_TEXT = 60  # characters beside a title
STOP = re.compile(r"[.;:!?][\"'”’)\]]*(?:\s|$)")
SECTION = re.compile(
    r"(?:(?:policy|our) )?(?:purpose|scope|background|introduction|overview|applicability|aims?|objectives?|principles|definitions?|"
    r"(?:roles and )?responsibilit(?:y|ies)|statement|procedures?|process|guidelines?|requirements?|standards?|compliance|enforcement|"
    r"monitoring|exceptions?|exemptions?|references|review|training|reporting|records|consequences|legislation)(?: and .{3,20})?:?",
    re.IGNORECASE,
)
"""What the sections of a policy are called."""
FACT = re.compile(r"[^\W\d_]\s?: ?\S")  # "Version: 4", which is whole in its cell


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a cell, its words on one line. heading: whether it is marked as one; bold: whether all of it is."""

    text: str
    heading: bool = False
    bold: bool = False


Parts = Sequence[Part]


def is_section(cell: Parts) -> bool:
    """Whether a cell holds a headed part of a document: a heading with text, or bold lines with a sentence under each."""
    if any(part.heading for part in cell) and not all(part.heading for part in cell):
        return True
    titles = [above for above, below in pairwise(cell) if _is_title(above) and not below.bold and SENTENCE.search(below.text)]
    return len(titles) >= FEWEST_TITLES


def _is_title(part: Part) -> bool:
    return part.bold and len(part.text) <= LONGEST_TITLE and part.text[-1] not in ".,;:"


def placed(rows: Sequence[Sequence[Parts]]) -> list[bool]:
    """Of each row of a table that marks no names of columns, whether it only places text.

    Such a table has a single filled cell a row; or a section in a cell, or beside its number, and no bold names above: then a row of its
    own without a section stays a row unless a cell states a fact by itself. Below a heading alone in the first row, headings alone in
    theirs are headings.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) < 2 for row in filled):
        return [True] * len(rows)
    if names_what_follows(rows):
        return [False] * len(rows)
    if _is_headed(filled[0]):
        return [any(is_section(cell) for cell in row) or _is_headed(row) for row in filled]
    found = [any(is_section(cell) for cell in row) for row in filled]
    for others in ([_is_numbered_section(row) for row in filled], titled_rows(filled)):
        if sum(others) >= FEWEST_TITLES:
            found = [one or other for one, other in zip(found, others, strict=True)]
    if not any(found) or _names_columns(filled[0], filled[1:2]):
        return [False] * len(rows)
    return [found[at] or len(row) < 2 or _is_letterhead(found, at, row) for at, row in enumerate(filled)]


def names_what_follows(rows: Sequence[Sequence[Parts]]) -> bool:
    """Whether a first row in plain type names the columns: languages, or what rows tell that hold bold lines over sentences.

    Each cell of it is a short name, each row below has as many cells, and not all of those hold such sections: in one column at least
    stands what the others are about.
    """
    first, *below = [[cell for cell in row if cell] for row in rows]
    if len(first) < 2 or len(below) < FEWEST_ROWS or not all(len(cell) == 1 and _is_name(cell[0]) for cell in first):
        return False
    if all(LANGUAGE.fullmatch(cell[0].text) for cell in first):
        return True
    if any(len(row) != len(first) for row in below) or any(part.heading for row in below for cell in row for part in cell):
        return False
    sections = [[is_section(cell) for cell in row] for row in below]
    return any(map(any, sections)) and any(not any(column) for column in zip(*sections, strict=True))


def _is_name(part: Part) -> bool:
    words = part.text
    return not part.heading and len(words) <= LONGEST_NAME and words[:1].isalpha() and words[-1] not in ".,;:" and not FACT.search(words)


def _is_numbered_section(row: Sequence[Parts]) -> bool:
    """Whether a row is a clause's number beside its bold title with text below that."""
    if len(row) != 2 or len(row[0]) != 1 or len(row[1]) < 2 or not NUMBER.fullmatch(row[0][0].text):
        return False
    title, below = row[1][:2]
    return _is_title(title) and not below.bold and SENTENCE.search(below.text) is not None


def titled_rows(rows: Sequence[Sequence[Parts]]) -> list[bool]:
    """Of each row whether its first cell is the title of the text in its second, or a title above other rows.

    Such titles are bold, and all numbered, or two at least of a table known as what sections of policies are called.
    """
    found = [_is_titled_text(row) or (len(row) == 1 and _is_numbered_title(row[0])) for row in rows]
    titles = [row[0] for row, is_titled in zip(rows, found, strict=True) if is_titled]
    named = sum(SECTION.fullmatch(title[0].text) is not None for title in titles) >= FEWEST_TITLES
    known = named or all(map(_is_numbered_title, titles))
    return found if known else [False] * len(rows)


def _is_titled_text(row: Sequence[Parts]) -> bool:
    if len(row) != 2 or not _is_alone(row[0]):
        return False
    text = row[1]
    long = len(text) > 1 or len(text[0].text) >= SHORTEST_TEXT
    return long and not text[0].bold and any(STOP.search(part.text) for part in text)


def _is_alone(cell: Parts) -> bool:
    """Whether a cell holds nothing but a title."""
    return len(cell) == 1 and _is_title(replace(cell[0], text=cell[0].text.rstrip(":.") or ":"))


def _is_numbered_title(cell: Parts) -> bool:
    title = cell[0].text
    number = number_at(title) if _is_alone(cell) else None
    if number is None or number.measured:
        return False
    return number.scheme in (Scheme.DECIMAL, Scheme.NAMED) and any(map(str.isalpha, title[number.end :]))


def _is_headed(row: Sequence[Parts]) -> bool:
    """Whether a row is a heading and nothing else."""
    return len(row) == 1 and all(part.heading for part in row[0])


def _names_columns(first: Sequence[Parts], below: Sequence[Sequence[Parts]]) -> bool:
    """Whether a first row is bold above one of as many cells that is not."""
    bold = [all(part.bold for cell in row for part in cell) for row in (first, *below)]
    return bold == [True, False] and 1 < len(first) == len(below[0])


def _is_letterhead(found: Sequence[bool], at: int, row: Sequence[Parts]) -> bool:
    """Whether a row stands alone beside rows with sections and states a fact."""
    alone = all(found[max(at - 1, 0) : at]) and all(found[at + 1 : at + 2])
    return alone and any(FACT.search(part.text) for cell in row for part in cell)
