"""Which documents are overdue or due for review, expire, or belong to somebody: asked of all documents at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from corpus.document import Document
from indexer.analysis import analyse
from indexer.dates import date_in
from indexer.generation import Generation, Mask
from indexer.labels import Fact
from isobot.citation import document_label
from isobot.document_facts import Told, told_of
from isobot.document_question import LONGEST, bare
from isobot.hit import Hit
from isobot.notice import Notice

CITED = 5
NAMED = 10  # documents in the sentence that lists them
SOON = timedelta(days=30)  # what "due" means where no time is said
_KIND = r"(?:polic(?:y|ies)|standards?|procedures?|guidelines?|plans?|documents?|docs?|rules|papers)"
_WHICH = (
    r"(?:(?:which|what|list|show|name|give me|show me|how many|any|are there|do we have)\s)+(?:(?:all|the|our|any|my|of)\s)*"
    rf"{_KIND}"
    r"(?:\s(?:that|which))?"
)
_TIME = r"(?:\s(?P<time>soon|(?:this|next)\s(?:month|quarter|year)|(?:in|by|before|until)\s.+))?"
_IS = r"(?:\s(?:are|is|will be|fall|falls|come|comes|be|still|now|already|there))*"
_OVERDUE = re.compile(
    rf"{_WHICH}{_IS}\s(?:overdue|late|past (?:their|its|the) (?:review|due) date|past due)(?:\sfor\s(?:a\s)?(?:review|revision))?"
    rf"|{_WHICH}(?:\s(?:have|has))?\s(?:not been reviewed in time|missed (?:their|its) review(?: date)?)"
    rf"|{_WHICH}\s(?:have|has|with)\san?\soverdue review"
)
_DUE = re.compile(
    rf"{_WHICH}(?:{_IS}\s(?:due|up)\sfor\s(?:a\s)?(?:review|revision)|{_IS}\sdue"
    rf"|\s(?:need|needs|have|has|must|should|are|is)(?:\sto)?(?:\sbe)?\s(?:review|reviewed|reviewing|a review)){_TIME}"
)
_OWNED = re.compile(
    rf"{_WHICH}\s(?:(?:does|do|did|is|are)\s(?:the\s)?(?P<owner>.+?)\s(?:own|owns|look after|maintain|responsible for|the owner of)"
    r"|(?:are|is)\s(?:owned|maintained|looked after)\sby\s(?:the\s)?(?P<by>.+)|belongs?\sto\s(?:the\s)?(?P<to>.+))"
)
_OF_DOCUMENTS = re.compile(rf"\b{_KIND}\b")
_NEAR = re.compile(r"(?P<which>this|next)\s(?P<unit>month|quarter|year)")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The documents to list, in order, the fact that puts each there, and how it is said."""

    documents: Sequence[int]
    fact: Fact
    key: str
    names: dict[str, object]


def documents_listed(generation: Generation, question: str, allowed: Mask, today: date) -> Told | None:
    """The documents that a question asks for by a review date or an owner, each by its row or line that states it; None for a question
    of another kind. The first are cited, and a notice names more of them and says how many there are."""
    words = bare(question)
    if len(words) > LONGEST or not _OF_DOCUMENTS.search(words):
        return None
    asked = _reviewed(generation, words, allowed, today) or _owned(generation, words, allowed)
    if asked is None:
        return None
    if not asked.documents:
        return Told([], missing=(Notice.of(f"notice.listed.{asked.key}.none", **asked.names),))
    told = [told_of(generation, number, asked.fact, today) for number in asked.documents[:CITED]]
    hits: list[Hit] = [hit for one in told if one for hit in one.hits]
    return Told(hits, (_sentence(generation, asked),))


def _sentence(generation: Generation, asked: _Asked) -> str:
    documents = [generation.document(number) for number in asked.documents]
    names = [_label(document, asked.fact) for document in documents[:NAMED]]
    listed = "; ".join([*names, *(["…"] if len(documents) > NAMED else [])])
    count = "one" if len(documents) == 1 else "other"
    return Notice.of(f"notice.listed.{asked.key}.{count}", number=len(documents), documents=listed, **asked.names)


def _label(document: Document, fact: Fact) -> str:
    label = document_label(document)
    return f"{label} ({document.review_by})" if fact is Fact.REVIEW else label


def _reviewed(generation: Generation, words: str, allowed: Mask, today: date) -> _Asked | None:
    if _OVERDUE.fullmatch(words):
        return _Asked(_due(generation, allowed, date.min, today - timedelta(days=1)), Fact.REVIEW, "overdue", {})
    if not (due := _DUE.fullmatch(words)):
        return None
    time = due["time"]
    window = _window(time, today) if time and time != "soon" else (date.min, today + SOON)
    if window is None:
        return None
    start, end = window
    documents = _due(generation, allowed, start, end)
    if start == date.min:
        return _Asked(documents, Fact.REVIEW, "due", {"end": end.isoformat()})
    return _Asked(documents, Fact.REVIEW, "between", {"start": start.isoformat(), "end": end.isoformat()})


def _due(generation: Generation, allowed: Mask, start: date, end: date) -> list[int]:
    """The documents whose review falls due in a time, its last day included, the earliest first."""
    dated = ((generation.document(number).review_by, number) for number in np.flatnonzero(allowed).tolist())
    return [number for day, number in sorted((day, number) for day, number in dated if day and start <= day <= end)]


def _window(time: str, today: date) -> tuple[date, date] | None:
    """First and last day of "next quarter", "in 2027", "by 31 March 2027"; None for a time that is not understood."""
    if near := _NEAR.fullmatch(time):
        length = _MONTHS[near["unit"]]
        first = _later(date(today.year, (today.month - 1) // length * length + 1, 1), length if near["which"] == "next" else 0)
        return first, _later(first, length) - timedelta(days=1)
    word, _, when = time.partition(" ")
    if year := re.fullmatch(r"(?:the\s)?(?:year\s)?(\d{4})", when):
        first, last = date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    elif (start := date_in(when)) and (end := date_in(when, month_ends=True)):
        first, last = start, end
    else:
        return None
    if word == "in":
        return first, last
    return date.min, last if word in ("by", "until") else first - timedelta(days=1)


def _later(day: date, months: int) -> date:
    """The first of the month that comes so many later."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _owned(generation: Generation, words: str, allowed: Mask) -> _Asked | None:
    """None where no document has that owner: then a clause may say what is theirs."""
    asked = _OWNED.fullmatch(words)
    if asked is None:
        return None
    name = set(analyse(asked["owner"] or asked["by"] or asked["to"]))
    owners = ((generation.document(number).owner or "", number) for number in np.flatnonzero(allowed).tolist())
    found = [(owner, number) for owner, number in owners if owner and set(analyse(owner)) == name]
    return _Asked([number for _, number in found], Fact.OWNER, "owned", {"owner": found[0][0]}) if found else None
