"""What documents say of themselves, to who asks for a fact of one by its name ("who owns the backup standard?")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corpus.document import Document, Status
from indexer.analysis import analyse
from indexer.generation import Generation, Mask
from indexer.labels import Fact
from indexer.metadata import known, stated_at
from indexer.passages import UNQUOTED, WHOLE
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from indexer.sentences import sentences
from indexer.statements import NEAR_CHARACTERS
from isobot import lookup
from isobot.called import calling_words, documents_called, documents_sharing
from isobot.citation import SHOWN, document_label
from isobot.document_past import past_told
from isobot.document_question import DocumentQuestion, Past, document_questions
from isobot.hit import Hit, followed, found_at
from isobot.layout import MAX_QUOTE
from isobot.notice import Notice
from isobot.silent_rows import is_own_table

_KEYS = {
    Fact.TITLE: "title",
    Fact.REFERENCE: "reference",
    Fact.VERSION: "version",
    Fact.OWNER: "owner",
    Fact.APPROVER: "approver",
    Fact.EFFECTIVE: "effective",
    Fact.REVIEW: "review",
    Fact.EXPIRY: "expiry",
}
"""What the catalogue of sentences calls each fact: "notice.KEY", and "notice.no_KEY" where a document does not state it."""
_KIND = rf"(?:{'|'.join(lookup.KINDS.split())}|guidelines|statement|method|directive|document|version)\b"
_THIS = rf"\bthis\s(?:[\w-]+\s){{0,3}}?{_KIND}"
_ITSELF = rf"(?:{_THIS}|\A\W*(?:[\d.]+\s)?the\s{_KIND})"  # "the policy" that somebody maintains may be another one
"""How a document calls itself at the beginning of what it says of itself, in small letters."""
_STATES = {
    Fact.STATUS: (
        rf"{_ITSELF}\s(?:is|was|has been|will be)\s[^.]{{0,60}}?\b(?:in force|legacy|superseded|withdrawn|obsolete|deprecated|draft)\b"
    ),
    Fact.OWNER: (
        rf"\b(?:owns?|maintains?|owners? of|responsible for(?: maintaining| the maintenance of)?)\s{_THIS}"
        rf"|{_ITSELF}\sis\s(?:owned|maintained)\s(?:and \w+ )?by\b"
    ),
    Fact.APPROVER: rf"\b(?:approves|approved)\s{_THIS}|{_ITSELF}\s(?:is|was|has been)\sapproved\sby\b",
    Fact.VERSION: rf"{_ITSELF}\sis\s(?:\w+\s)?(?:version|revision|edition)\s\d",
    Fact.EFFECTIVE: (
        rf"{_ITSELF}\s(?:takes? effect|comes? into (?:force|effect)|becomes? effective"
        r"|is (?:in force|in effect|effective|valid) (?:from|since|as of))\b"
    ),
    Fact.REVIEW: rf"{_ITSELF}\s(?:is|will be|shall be|must be|should be)\s(?:\w+\s)?reviewed\b|\breviews\s{_THIS}",
    Fact.EXPIRY: rf"{_ITSELF}\s(?:expires?|lapses?|is valid until)\b",
}
"""What a row or a sentence says, in small letters, that states a fact of the document that it is in."""
_NEAR = {
    Fact.OWNER: r"\b(?:owns|owned|owners?|maintain(?:s|ed)?|responsible)\b",
    Fact.APPROVER: r"\bapprov(?:es?|ed|al)\b",
    Fact.VERSION: r"\b(?:version|revision|edition)\s\d",
    Fact.EFFECTIVE: r"\b(?:takes? effect|in(?:to)? (?:force|effect)|effective)\b",
    Fact.REVIEW: r"\breview(?:s|ed)?\b",
    Fact.EXPIRY: r"\b(?:expir(?:es?|ed|y)|valid until)\b",
}
"""By which words a sentence that names the document may state a fact of it in other ways."""
_A_DOCUMENT = rf"\b(?:rules|handbook|manual|charter|notice|code of (?:conduct|practice|ethics))\b|\b{_KIND}"
"""What tells the name of a document from that of the activity that it is about."""
_LOG = re.compile(
    r"\b(?:change|revision|version|amendment|document)s?\s(?:log|history|record)\b|\b(?:summary|list) of changes\b"
    r"|\bchanges (?:since|from|in|to|against|made)\b|\bwhat(?:['’]s| is| has)? (?:new|changed)\b",
    re.IGNORECASE,
)
"""How a section is headed in which a document tells of its changes."""
_CALLED = re.compile(rf"\b(?:this|the)\s(?:[\w-]+\s){{0,3}}?{_KIND}", re.IGNORECASE)
_OF_ANY = frozenset(analyse("business company corporate enterprise organisation organization general internal"))
"""Words that fit every matter of an organisation and are none alone: a business plan is no Business Continuity Plan."""
_EDITIONS = "version edition revision current latest old previous former draft superseded document"
"""What may stand beside a document's name and names no other thing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is cited of the documents and said beside it. missing: that nothing is known, where that is all there is to say."""

    hits: list[Hit]
    remarks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def facts_asked(generation: Generation, question: str, allowed: Mask, today: date) -> Told | None:
    """What is known of a fact of the documents that a question names, and of nothing else; None for a question of another kind, and
    where the documents may tell what is not known of them.

    The row or line that states it is cited; for what stands in no text, the document's first clause, and a notice says it.
    """
    for asked in document_questions(question):
        if documents := (_about if asked.about else _named)(generation, asked, allowed):
            tellers = [_Teller(generation, number, today) for number in documents]
            every = [_answer(one, asked) for one in tellers]
            told = [one for one in every if one is not None]
            return _together(told) if len(told) == len(every) and any(one.hits for one in told) else None
        if asked.about and set(analyse(asked.name, question=True)) <= _OF_ANY:
            return Told([], missing=(Notice.of("notice.no_matter", matter=asked.name),))
    return None


def told_of(generation: Generation, document: int, fact: Fact, today: date) -> Told | None:
    """What a document tells of one fact; None where nothing is known and its text may tell it."""
    return _Teller(generation, document, today).told(fact)


def _answer(teller: _Teller, asked: DocumentQuestion) -> Told | None:
    if asked.about:
        return teller.opening()
    if asked.past:
        return teller.happened(asked.past)
    return teller.told(asked.fact) if asked.fact else teller.labelled(asked.label)


def _together(told: Sequence[Told]) -> Told:
    answering = [one for one in told if not one.missing]
    hits = [hit for one in answering or told for hit in one.hits]
    missing = tuple(notice for one in told for notice in one.missing)
    remarks = tuple(remark for one in told for remark in one.remarks)
    return Told(hits, (*remarks, *missing)) if answering else Told(hits, missing=missing)


def _named(generation: Generation, asked: DocumentQuestion, allowed: Mask) -> list[int]:
    """The documents, of one title, that a name names and of which it leaves nothing over; those that share it where it is a short name.

    By short names alone where the title is asked for, and where the name may be that of an activity and no word tells a document.
    """
    near = generation.title_words.sharing(lookup.naming_words(asked.name) | calling_words(asked.name))
    documents = [(document, generation.document(document)) for document in near if allowed[document]]
    name = asked.name.upper() if asked.name.isascii() else asked.name  # all of it is a name
    if sharing := documents_sharing(name, documents):
        return [one.number for one in sharing] if len(sharing) <= SHOWN else []
    called = documents_called(name, documents)
    short = {one.named.number: analyse(" ".join([asked.name[one.start : one.end], *one.named.document.designations])) for one in called}
    words = set(analyse(asked.name, question=True)).difference
    if asked.fact is Fact.TITLE:
        fitting = [one.named for one in called if not words(short[one.named.number])]
    else:
        titled = not asked.topic or re.search(_A_DOCUMENT, asked.name)
        documents = [one for one in documents if not (asked.topic and _is_on(asked.name, one[1].title))]
        named = titled and (lookup.documents_named(asked.name, documents) or lookup.documents_meant(asked.name, documents))
        every = {one.number: one for one in [*(named or ()), *(one.named for one in called)]}
        fitting = [one for number, one in every.items() if not words(short.get(number, ()), _words(one.document))]
    return [one.number for one in lookup.of_one_title(fitting)]


def _about(generation: Generation, asked: DocumentQuestion, allowed: Mask) -> list[int]:
    """The documents whose titles have every word of a matter; none where those are more than are shown, and so are chosen by search.

    One word has to be the first of the title: the Change Management Procedure is on change, and not on management.
    """
    matter = set(analyse(asked.name, question=True))
    near = (number for number in generation.title_words.sharing(matter) if allowed[number])
    found = [number for number in near if _says(generation.document(number).title, matter)] if matter else []
    return found if len(found) <= SHOWN else []


def _says(title: str, matter: set[str]) -> bool:
    words = [word for word in analyse(title) if word not in lookup.GENERIC]
    return matter <= set(words) and (matter == set(words) if matter <= _OF_ANY else len(matter) > 1 or words[0] in matter)


def _is_on(name: str, title: str) -> bool:
    """Whether a name says what a title has as an activity: the "Contingency Planning Procedure" is not "the contingency plan"."""
    kinds = set(analyse(" ".join(re.findall(_KIND, name))))
    return any(word.endswith("ing") and kinds.intersection(analyse(word)) for word in re.findall(r"\w+", title.casefold()))


def _words(document: Document) -> list[str]:
    """The stems of a document's title and version, and those that may stand beside its name."""
    version = (document.version or "").lstrip("vV")
    return analyse(f"{document.title} v{version} {version} {_EDITIONS}")


class _Teller:
    """Tells the facts of one document."""

    def __init__(self, generation: Generation, number: int, today: date) -> None:
        self._generation = generation
        self._number = number
        self._today = today
        self._document = generation.document(number)
        self._text = generation.text(number).characters

    def told(self, fact: Fact) -> Told | None:
        """What there is to tell; None where nothing is known and the document's text may tell it."""
        value = known(self._document, fact)
        if fact is Fact.STATUS:
            return self._standing()
        if value is not None:
            place = self._place(fact) or self._spoken(fact, value)
            told = self._cited(place, () if place else (self._told(fact, value),))
            # What a document is about tells more of it than its title.
            return replace(told, hits=followed(told.hits, self._cited(None).hits)) if fact is Fact.TITLE else told
        if place := self._spoken(fact):
            return self._cited(place)
        if self._near(fact):
            return None
        missing = self._said(f"no_{_KEYS[fact]}")
        if fact is Fact.EXPIRY and (review := self.told(Fact.REVIEW)) and not review.missing:
            return Told(review.hits, (missing, *review.remarks))
        return Told(self._cited(None).hits, missing=(missing,))

    def happened(self, past: Past) -> Told | None:
        """When it was, or what was changed; where nothing says so, that, and from when the document is in force. None where a section on
        its changes may tell it."""
        if place := past_told(self._text, self._generation.catalogue.blocks(self._number), past, self._document.version):
            return self._cited(place)
        if past is Past.HISTORY and self._has_log():
            return None
        missing = self._said(f"not_{past.value}")
        since = self.told(Fact.EFFECTIVE)
        if since and not since.missing:
            return Told(since.hits, (missing, *since.remarks))
        return Told(self._cited(None).hits, missing=(missing,))

    def _has_log(self) -> bool:
        return any(_LOG.search(clause.heading) for clause in self._generation.catalogue.clauses(self._number))

    def opening(self) -> Told:
        """What tells what the document is about."""
        return self._cited(None)

    def labelled(self, label: str) -> Told | None:
        """The row of the document's own table with this label; None where it has none."""
        blocks = self._generation.catalogue.blocks(self._number)
        near = takewhile(lambda at: blocks[at].start < NEAR_CHARACTERS, range(len(blocks)))
        rows = (at for at in near if blocks[at].kind is BlockKind.TABLE_ROW and is_own_table(self._text, blocks, at))
        for at in rows:
            first, *rest = cells_of(self._text[blocks[at].start : blocks[at].end])
            if len(rest) == 1 and analyse(first) == analyse(label):
                return self._cited(blocks[at])
        return None

    def _standing(self) -> Told:
        """Whether the document is in force, by its status and its dates."""
        document = self._document
        place = self._place(Fact.STATUS) or self._spoken(Fact.STATUS)
        if document.status is not Status.IN_FORCE:
            return self._cited(place, () if place else (self._said(document.status.value),))
        if document.expires and document.expires < self._today:
            return self._cited(self._place(Fact.EXPIRY) or place, (self._said("expired", document.expires),))
        if document.effective and document.effective > self._today:
            return self._cited(self._place(Fact.EFFECTIVE) or place, (self._said("not_yet", document.effective),))
        overdue = (self._said("overdue", document.review_by),) if document.review_by and document.is_overdue(self._today) else ()
        return self._cited(place or self._place(Fact.EFFECTIVE), (*(() if place else (self._said("in_force"),)), *overdue))

    def _told(self, fact: Fact, value: str | date) -> str:
        """The sentence that tells a fact; a day that has passed is told as passed."""
        passed = isinstance(value, date) and value < self._today
        return self._said({Fact.REVIEW: "overdue", Fact.EXPIRY: "expired"}.get(fact, _KEYS[fact]) if passed else _KEYS[fact], value)

    def _said(self, key: str, value: str | date = "") -> str:
        """A sentence of the catalogue, with the value under the name that its sentence has for it."""
        document = self._document
        label = document.title if key == _KEYS[Fact.VERSION] else document_label(document)
        short = next(filter(None, (document.reference, *document.designations)), None)
        names = {"date": value.isoformat()} if isinstance(value, date) else {key: value, "reference": short}
        return Notice.of(f"notice.{key}", **{**names, "document": label})

    def _place(self, fact: Fact) -> Block | None:
        return stated_at(self._document, self._text, self._generation.catalogue.blocks(self._number), fact)

    def _spoken(self, fact: Fact, value: str | date | None = None) -> Block | None:
        """The first row or sentence in which the document states a fact of itself; with the value, where there is one."""
        if fact not in _STATES:
            return None
        for place, said in self._sentences(NEAR_CHARACTERS if fact is Fact.STATUS else len(self._text)):
            if re.search(_STATES[fact], said) and (value is None or any(wording in said for wording in _wordings(value))):
                return place
        return None

    def _near(self, fact: Fact) -> bool:
        """Whether a sentence that names the document has a word for a fact."""
        return fact in _NEAR and any(re.search(_NEAR[fact], said) for _, said in self._sentences(len(self._text)))

    def _sentences(self, end: int) -> Iterator[tuple[Block, str]]:
        """Rows and sentences up to an end in which the document may speak of itself, each as a block, with its words in small letters."""
        for block in takewhile(lambda block: block.start < end, self._generation.catalogue.blocks(self._number)):
            if block.kind in UNQUOTED or not _CALLED.search(self._text, block.start, block.end):
                continue
            whole = block.kind in WHOLE
            for low, high in [(block.start, block.end)] if whole else sentences(self._text, block.start, block.end):
                said = " ".join(self._text[low:high].lower().split())
                if _CALLED.search(said):
                    yield Block(block.kind, low, high), said

    def _cited(self, place: Block | None, remarks: tuple[str, ...] = ()) -> Told:
        if place:
            hit = found_at(self._generation, self._number, place.start, place.end)
            body = self._generation.catalogue.clauses(self._number)[hit.clause].body  # behind its number
            start = body if hit.start < body < hit.end else hit.start
            return Told([replace(hit, start=start, alone=hit.end - start <= MAX_QUOTE)], remarks)
        first = self._first_clause()
        return Told([first] if first else [], remarks)

    def _first_clause(self) -> Hit | None:
        """The first passage that is no table and ends as a sentence does; the first of all where none does."""
        passages = self._generation.passages
        own = passages[passages["document"] == self._number]
        rows = {block.start for block in self._generation.catalogue.blocks(self._number) if block.kind is BlockKind.TABLE_ROW}
        if not len(own):
            return None
        places = zip(own["start"].tolist(), own["end"].tolist(), strict=True)
        first = next((at for at, (start, end) in enumerate(places) if start not in rows and self._text[end - 1] in ".!?"), 0)
        _, clause, start, end, _ = own[first].item()
        return Hit(self._number, clause, start, end, 1.0, whole=True)


def _wordings(value: str | date) -> tuple[str, ...]:
    if not isinstance(value, date):
        return (value.casefold(),)
    month = f"{value:%B}".casefold()
    return value.isoformat(), f"{value.day} {month} {value.year}", f"{month} {value.day}, {value.year}"
