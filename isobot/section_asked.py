"""The section of a document that a question asks for: "section 4.3 of the access policy", "AUP-02 7.3", "4.5 of SP 800-63B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from indexer.analysis import analyse
from indexer.title_words import TitleWords
from isobot.called import calling_words, documents_by_part, documents_called, section_beside
from isobot.item_asked import Marks, items_asked
from isobot.lookup import (
    GENERIC,
    Named,
    asks_section_alone,
    documents_meant,
    documents_named,
    naming_words,
    number_asked,
    of_one_title,
    section_named,
)

_AT_END = re.compile(r"(?P<name>.*?\w)[\s,:–-]+(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})[\s?.!]*$", re.DOTALL)
_ITEM_AT_END = re.compile(r"(?P<name>.*?\w)[\s,:–-]+(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})[\s?.!]*$", re.DOTALL)  # a version has no items
_OF = re.compile(r"(?<![\w.])\d[\w.]{0,20}\s+(?:of|in|from|under)\s+(?:(?:the|our)\s+)?(?P<name>\D+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """A number, and the document whose section it is, in all editions that may be cited; none where the question names none.

    items: of that section, the marks of each in small letters, the outermost first; none for the section itself. said: whether the
    question calls it a section, or it only stands beside the document's name. alone: whether nothing else is asked.
    """

    number: str
    named: list[Named]
    said: bool
    alone: bool
    items: tuple[Marks, ...] = ()

    def printed(self, item: Marks) -> str:
        """An item as one would write it: "5.3(c)(ii)"."""
        return self.number + "".join(f"({mark})" for mark in item)


def documents_near(names: TitleWords, question: str) -> list[int]:
    """Numbers of the documents among which `section_asked` finds what it finds among all of them, ascending."""
    of_items = items_asked(question)
    by_items = _near(names, of_items.question, _ITEM_AT_END) if of_items else []
    return sorted({*_near(names, question, _AT_END), *by_items})


def _near(names: TitleWords, question: str, at_end: re.Pattern[str]) -> list[int]:
    """As `documents_near`, for a question as it is. at_end: how it may end in a number behind a name."""
    called = names.called(calling_words(question))
    by_title = section_named(question) or at_end.match(question)
    return sorted({*called, *names.sharing(naming_words(question))}) if by_title else called


def section_asked(question: str, documents: Sequence[tuple[int, Document]]) -> SectionAsked | None:
    """documents: those that may be cited, by number. None for a question without the number of a section."""
    if of_items := items_asked(question):
        whole = of_items.question
        asked = _asked(whole, documents) or _behind_title(_ITEM_AT_END.match(whole), documents)
        if asked and asked.number == of_items.number:
            return replace(asked, items=of_items.items)
    return _asked(question, documents)


def _asked(question: str, documents: Sequence[tuple[int, Document]]) -> SectionAsked | None:
    """As `section_asked`, for a question without the marks of items."""
    called = documents_called(question, documents)
    number = number_asked(question)
    if number is not None:
        by_title = documents_named(question, documents) or documents_meant(question, documents)
        named = by_title or [one.named for one in called] or documents_by_part(question, documents) or _of_titled(question, documents)
        return SectionAsked(number, of_one_title(named), True, asks_section_alone(question, number))
    for one in called:
        if beside := section_beside(question, one):
            rest = question[: one.start] + question[one.end :]
            named = [other.named for other in called if other.start == one.start]
            return SectionAsked(beside, of_one_title(named), False, asks_section_alone(rest, beside))
    return _behind_title(_AT_END.match(question), documents)


def _of_titled(question: str, documents: Sequence[tuple[int, Document]]) -> list[Named]:
    """Of "article 7.2 of the bylaws": the document in whose title every word behind "of" stands, one of them telling, and no other's."""
    match = _OF.search(question)
    words = set(analyse(match["name"], question=True)) if match else set()
    if not words - GENERIC:
        return []
    found = [Named(number, document, whole=False) for number, document in documents if words <= set(analyse(document.title))]
    return found if len({one.document.title for one in found}) == 1 else []


def _behind_title(match: re.Match[str] | None, documents: Sequence[tuple[int, Document]]) -> SectionAsked | None:
    """Of "Access Control Policy 4.3": a number that ends a question which else is a document's name. It may be that of a version."""
    if match is None:
        return None
    name = match["name"]
    named = documents_named(name, documents) or documents_meant(name, documents) or documents_by_part(name, documents)
    bare = [one for one in of_one_title(named) if one.document.version != match["number"]]
    is_name = bool(bare) and set(analyse(name, question=True)) <= set(analyse(bare[0].document.title))
    return SectionAsked(match["number"], bare, said=False, alone=False) if is_name else None
