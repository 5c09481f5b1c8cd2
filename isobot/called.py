"""Documents that a question calls by a short name: a reference ("PAS-04"), a designation ("SP 800-61"), initials ("AUP"), a part of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Document
from indexer.analysis import analyse
from indexer.designations import initials, parts_of
from indexer.sentences import Span
from isobot.lookup import GENERIC, Named

_SERIAL = re.compile(r"\d{2,5}(?:[.-](?:[A-QS-Z\d]{1,6}))+", re.IGNORECASE)  # without an edition behind it: "800-61" of "800-61r2"
_INITIALS = re.compile(r"(?<![\w.-])[A-Za-z]{3,5}(?![\w-])")
_EDITION = r"(?:[\s,]?\s?(?:r|rev\.?|revision)\s?\d{1,2})?"
_PUBLICATION = r"(?:[\s-]*(?:pub|publication|no|number|#)\b\.?)?"
_BEHIND = re.compile(r"[\s,:–-]*§?\s*(?P<number>\d{1,3}(?:\.\d{1,3}){1,5}(?![\w.]*\d)|\d{1,3}(?=\s*[?.!]*\s*$))")
_BEFORE = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})\s+(?:of|in|from|under)\s+(?:(?:the|our)\s+)?(?:[a-z/]+\s+){0,4}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Called:
    """A document that is called so at `start:end` of the question."""

    named: Named
    start: int
    end: int


def calling_words(question: str) -> set[str]:
    """The tokens by which a question can call a document: `documents_called` finds none without any of them ("800-61" in "SP800-61r2").

    What may be the initials of a title is in capitals.
    """
    tokens = {token for token in analyse(question) if any(map(str.isdigit, token))}
    serials = {match.group().casefold() for match in _SERIAL.finditer(question)}
    return tokens | serials | {word.upper() for word in _INITIALS.findall(question)}


def documents_called(question: str, documents: Iterable[tuple[int, Document]]) -> list[Called]:
    """The documents whose reference, designation or initials stand in the question, in its order; none of those that share one there.

    Initials count in capitals, in small letters only where the reference begins with them.
    """
    alone = [(span, every) for span, every in _places(question, documents) if len({named.document.title for named in every}) == 1]
    return [Called(named, *span) for span, every in alone for named in every]


def documents_sharing(name: str, documents: Iterable[tuple[int, Document]]) -> list[Named]:
    """The documents of several titles for which a short name may stand ("ISP" for two policies); none where it names one, or is more."""
    whole = [every for span, every in _places(name, documents) if span == (0, len(name))]
    return [named for every in whole if len({named.document.title for named in every}) > 1 for named in every]


def _places(question: str, documents: Iterable[tuple[int, Document]]) -> list[tuple[Span, list[Named]]]:
    """Where short names stand in the question, in its order, and the documents that are called so there."""
    folded = question.casefold()
    found: defaultdict[Span, list[Named]] = defaultdict(list)
    for number, document in documents:
        places = [match.span() for name in _names(document, folded) if (match := name.search(question))]
        if places:
            found[min(places)].append(Named(number, document, whole=False))
    return sorted(found.items(), key=lambda one: one[0])


def is_called_at(question: str, document: Document, start: int, end: int) -> bool:
    """Whether a document's reference or designation stands in `start:end` of the question, or over a part of it."""
    matches = (name.search(question) for name in _names(document, question.casefold()))
    return any(match.start() < end and start < match.end() for match in matches if match)


def _names(document: Document, folded: str) -> Iterator[re.Pattern[str]]:
    """What finds the short names of a document; only of those that may stand in a question of these letters."""
    if document.reference and document.reference.casefold() in folded:
        yield re.compile(rf"(?<![\w.-]){re.escape(document.reference)}(?![\w-]|\.\d)", re.IGNORECASE)
    if (short := initials(document.title)) and short.casefold() in folded:
        known = (document.reference or "").upper().startswith(short)
        yield re.compile(rf"(?<![\w.-]){short}(?![\w-])", re.IGNORECASE if known else re.NOFLAG)
    for designation in document.designations:
        *series, number = designation.split()
        if number.casefold() in folded:
            before = "" if _SERIAL.fullmatch(number) else rf"(?<!\w)(?:{'|'.join(map(re.escape, series))}){_PUBLICATION}[\s-]*"
            yield re.compile(rf"{before}(?<![\d.-]){re.escape(number)}{_EDITION}(?![\w-]|\.\d)", re.IGNORECASE)


def section_beside(question: str, called: Called) -> str | None:
    """The number right behind a document's short name ("AUP-02 7.3"), or right before it ("7.3 of AUP-02"); no version of it."""
    match = _BEHIND.match(question, called.end) or _BEFORE.search(question[: called.start])
    return match["number"] if match and match["number"] != called.named.document.version else None


def documents_by_part(question: str, documents: Iterable[tuple[int, Document]]) -> list[Named]:
    """The document of whose title the question holds one part, between its commas and colons, with two telling words at least.

    Of several the one of which most words are held; none where two titles hold as many.
    """
    asked = set(analyse(question))
    held = [(_words_held(document.title, asked), number, document) for number, document in documents]
    most = max((words for words, _, _ in held), default=0)
    found = [Named(number, document, whole=False) for words, number, document in held if words == most > 1]
    return found if len({named.document.title for named in found}) == 1 else []


def _words_held(title: str, asked: set[str]) -> int:
    parts = [set(analyse(part)) - GENERIC for part in parts_of(title)]
    return max((len([word for word in part if word.isalpha()]) for part in parts if part <= asked), default=0)
