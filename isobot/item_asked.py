"""The items of a section that a question asks for: "5.3(b)", "paragraph (b) of section 5.3", "5.3 (b) and (c)", "section 4, item 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase

from indexer.numbering import roman

Marks = tuple[str, ...]

MOST = 5  # marks of one item, and items of one question
_DOUBLED = "|".join(2 * letter for letter in ascii_lowercase)
LETTERS = rf"[ivx]{{1,6}}|{_DOUBLED}|[a-z]"
"""What marks an item: two letters only doubled, since "(HR)" and "(kg)" are remarks."""
_ONE = rf"(?:{LETTERS}|\d{{1,2}})(?!\w)"
_ROUND = rf"\(\s?{_ONE}\s?\)"
_MARKS = rf"{_ROUND}(?:\s?{_ROUND}){{0,{MOST - 1}}}"
_MORE = rf"(?:\s?(?:,|&|/|(?<=\s)and|(?<=\s)or|(?<=\s)und|(?<=\s)oder)\s?{_MARKS}){{0,{MOST - 1}}}"
_WORD = (
    r"(?:(?:sub-?)?(?:paragraphs?|paras?|clauses?|sections?)|items?|points?|bullets?|letters?|lit\.?|steps?|rules?|buchstaben?|absatz|abs\.?|"
    r"nummer|nr\.?|punkt|ziffer|satz)"
)
_NUMBER = r"(?<![\w.])(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})"
_BEHIND = re.compile(
    rf"{_NUMBER}(?:,?\s?(?P<marks>{_MARKS}{_MORE})|,?\s(?P<half>(?:{LETTERS})\))|,?\s{_WORD}\s(?P<word>{_MARKS}{_MORE}|{_ONE}))(?!\w)",
    re.IGNORECASE,
)
_NAME = r"sections?|sec\.?|clauses?|paragraphs?|paras?|article|§|abschnitt|ziffer|artikel"
_SECTION = rf"(?:the\s)?(?:(?:{_NAME})\s?|(?=\d{{1,3}}\.\d)){_NUMBER}"
_OF = r"\s(?:of|in|under|from|von|in|aus)\s"
_BEFORE = re.compile(
    rf"(?:(?<!\w){_WORD}\s(?P<word>{_ONE})|(?:(?<!\w){_WORD}\s)?(?:(?P<marks>{_MARKS}{_MORE})|(?<![\w(])(?P<half>(?:{LETTERS})\)))){_OF}(?={_SECTION})",
    re.IGNORECASE,
)
_MARK = re.compile(rf"{LETTERS}|\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """question: without the items. number: that of the section beside which they stand. items: the marks of each in small letters, the
    outermost first: ("c", "ii")."""

    question: str
    number: str
    items: tuple[Marks, ...]


def items_asked(question: str) -> ItemsAsked | None:
    """None for a question that asks for no item."""
    question = " ".join(question.split())
    match = _BEFORE.search(question) or _BEHIND.search(question)
    if match is None:
        return None
    begin = match.end("number") if match.re is _BEHIND else match.start()
    typed = match["marks"] or match["half"] or match["word"]
    marked = re.findall(rf"(?:{_ROUND}\s?)+", typed, re.IGNORECASE) or [typed]
    first, *others = (tuple(mark.casefold() for mark in _MARK.findall(marks)) for marks in marked)
    items = (first, *(_beside(first, other) for other in others))
    return ItemsAsked(question[:begin] + question[match.end() :], match["number"], items)


def _beside(first: Marks, other: Marks) -> Marks:
    """ "(c)" behind "(b)", "(ii)" behind "(b)(i)", which leaves out what both are under."""
    alike = len(other) == 1 and len(first) > 1 and bool(roman(other[0].upper())) == bool(roman(first[-1].upper()))
    return (*first[:-1], *other) if alike else other
