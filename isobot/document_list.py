"""Which documents are overdue or due for review, expire, or belong to somebody: asked of all documents at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from corpus.document import GUIDANCE, Document
from indexer.analysis import analyse
from indexer.dates import date_in
from indexer.generation import Generation, Mask
from indexer.labels import Fact
from isobot.citation import CITED, document_label
from isobot.document_facts import Told, told_of
from isobot.document_question import LONGEST, bare
from isobot.hit import Hit
from isobot.notice import Notice

NAMED = 10  # documents in the sentence that lists them
SOON = timedelta(days=30)  # what "due" means where no time is said
_KIND = r"(?P<kind>polic(?:y|ies)|standards?|procedures?|guidelines?|plans?|documents?|docs?|rules|papers)"
_GENERIC = frozenset(analyse("policy policies document documents doc docs rules papers"))
"""What every document is called; of the others only those are listed that are so by their title."""
_WHICH = (
    r"(?:(?:which|what|list|show|name|give me|show me|how many|any|are there|do we have)\s)+(?:(?:all|the|our|any|my|of)\s)*"
    rf"{_KIND}(?:\s(?:that|which))?"
)
_TIME = r"(?:\s(?P<time>soon|(?:this|next)\s(?:month|quarter|year)|(?:in|by|before|until)\s.+))"
_IS = r"(?:\s(?:are|is|will be|fall|falls|come|comes|be|still|now|already|there))*"
_REVIEW = r"(?:\sfor\s(?:a\s|their\s)?(?:review|revision))"
_OVERDUE = re.compile(
    rf"{_WHICH}(?:{_IS}\s(?:overdue|late|past (?:their|its|the) (?:review|due) date|past due){_REVIEW}?"
    r"|(?:\s(?:have|has))?\s(?:not been reviewed in time|missed (?:their|its) review(?: date)?)|\s(?:have|has|with)\san?\soverdue review)"
)
_DUE = re.compile(
    rf"{_WHICH}(?:{_IS}\s(?:due|up){_REVIEW}|\s(?:need|needs|(?:are|is)\sto\sbe)(?:\sto\sbe)?\s(?:a\s)?review(?:ed|ing)?){_TIME}?"
)
_OWNED = re.compile(
    rf"{_WHICH}\s(?:(?:does|do|did|is|are)\s(?:the\s)?(?P<owner>.+?)\s(?:own|owns|look after|maintain|responsible for|the owner of)"
    r"|(?:are|is)\s(?:owned|maintained|looked after)\sby\s(?:the\s)?(?P<by>.+)|belongs?\sto\s(?:the\s)?(?P<to>.+))"
)
_NEAR = re.compile(r"(?P<which>this|next)\s(?P<unit>month|quarter|year)")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The documents to list, in order, of which kind's they are chosen, the fact that puts each there, and how it is said."""

    documents: Sequence[int]
    among: Sequence[int]
    fact: Fact
    key: str
    names: dict[str, object]


def documents_listed(generation: Generation, question: str, allowed: Mask, today: date) -> Told | None:
    """The documents that a question asks for by a review date or an owner; None for a question of another kind.

    The first are cited by the row or line that states it, where one does, and a notice names them and says how many there are. Where
    none is due, the next one is told.
    """
    words = bare(question)
    if len(words) > LONGEST or not any(form.fullmatch(words) for form in (_OVERDUE, _DUE, _OWNED)):
        return None
    numbers = [number for number in np.flatnonzero(allowed).tolist() if generation.document(number).collection != GUIDANCE]
    asked = _reviewed(generation, words, numbers, today) or _owned(generation, words, numbers)
    if asked is None:
        return None
    remarks = [_sentence(generation, asked)]
    undated = sum(generation.document(number).review_by is None for number in asked.among) if asked.fact is Fact.REVIEW else 0
    if undated:
        remarks.append(Notice.of(f"notice.listed.undated.{'one' if undated == 1 else 'other'}", number=undated))
    shown = asked.documents[:CITED]
    if not shown:
        shown = _dated(generation, asked.among, today, date.max)[:1]
        remarks[1:1] = [Notice.of("notice.listed.next", documents=_label(generation.document(number), asked.fact)) for number in shown]
    told = [told_of(generation, number, asked.fact, today) for number in shown]
    hits: list[Hit] = [hit for one in told if one for hit in one.hits]
    return Told(hits, tuple(remarks)) if hits else Told([], missing=tuple(remarks))


def _sentence(generation: Generation, asked: _Asked) -> str:
    documents = [generation.document(number) for number in asked.documents]
    names = [_label(document, asked.fact) for document in documents[:NAMED]]
    listed = "; ".join([*names, *(["…"] if len(documents) > NAMED else [])])
    count = {0: "none", 1: "one"}.get(len(documents), "other")
    return Notice.of(f"notice.listed.{asked.key}.{count}", number=len(documents), documents=listed, **asked.names)


def _label(document: Document, fact: Fact) -> str:
    label = document_label(document)
    return f"{label} ({document.review_by})" if fact is Fact.REVIEW else label


def _reviewed(generation: Generation, words: str, numbers: Sequence[int], today: date) -> _Asked | None:
    if overdue := _OVERDUE.fullmatch(words):
        among = _of_kind(generation, overdue["kind"], numbers)
        return _Asked(_dated(generation, among, date.min, today - timedelta(days=1)), among, Fact.REVIEW, "overdue", {})
    if not (due := _DUE.fullmatch(words)):
        return None
    time = due["time"] or "soon"
    window = (date.min, today + SOON) if time == "soon" else _window(time, today)
    if window is None:
        return None
    start, end = window
    among = _of_kind(generation, due["kind"], numbers)
    documents = _dated(generation, among, start, end)
    if start == date.min:
        return _Asked(documents, among, Fact.REVIEW, "due", {"end": end.isoformat()})
    return _Asked(documents, among, Fact.REVIEW, "between", {"start": start.isoformat(), "end": end.isoformat()})


def _of_kind(generation: Generation, kind: str, numbers: Sequence[int]) -> list[int]:
    """Those that are of a kind: "standards" are called so by their titles, "documents" and "policies" are all of them."""
    stems = set(analyse(kind)) - _GENERIC
    return [number for number in numbers if stems <= set(analyse(generation.document(number).title))]


def _dated(generation: Generation, numbers: Sequence[int], start: date, end: date) -> list[int]:
    """The documents whose review falls due in a time, its last day included, the earliest first."""
    dated = ((generation.document(number).review_by, number) for number in numbers)
    return [number for day, number in sorted((day, number) for day, number in dated if day and start <= day <= end)]


def _window(time: str, today: date) -> tuple[date, date] | None:
    """First and last day of "next quarter", "in 2027", "by 31 March 2027"; None for a time that is not understood."""
    if near := _NEAR.fullmatch(time):
        length = _MONTHS[near["unit"]]
        first = _later(date(today.year, (today.month - 1) // length * length + 1, 1), length if near["which"] == "next" else 0)
        return first, _later(first, length) - timedelta(days=1)
    word, _, when = time.partition(" ")
    if year := re.fullmatch(r"(?:the\s)?(?:year\s)?([12]\d{3})", when):
        first, last = date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    elif re.search(r"\b[12]\d{3}\b", when) and (start := date_in(when)) and (end := date_in(when, month_ends=True)):
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


def _owned(generation: Generation, words: str, numbers: Sequence[int]) -> _Asked | None:
    """None where no document has that owner: then a clause may say what is theirs."""
    asked = _OWNED.fullmatch(words)
    if asked is None:
        return None
    name = set(analyse(asked["owner"] or asked["by"] or asked["to"]))
    among = _of_kind(generation, asked["kind"], numbers)
    found = {
        number: owner
        for number in among
        for owner in _owners(generation.document(number))
        if set(analyse(owner)) == name
    }
    return _Asked(list(found), among, Fact.OWNER, "owned", {"owner": next(iter(found.values()))}) if found else None


def _owners(document: Document) -> list[str]:
    """Each of those who own it together, without what stands in brackets: "Head of People (J. Doe) and Head of IT"."""
    return [owner.strip() for owner in re.split(r",|;|/|&|\band\b", re.sub(r"\([^()]*\)", "", document.owner or "")) if owner.strip()]
