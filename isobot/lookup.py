"""What a question names: documents, sections of them, and controls. These are looked up, not searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.clause import Clause
from corpus.document import Document, Status
from indexer.analysis import QUESTION_WORDS, analyse
from indexer.catalogue import Catalogue
from indexer.generation import Mask
from indexer.numbering import APPENDICES, ELSEWHERE, bare_number

_ELSEWHERE = "|".join(name.rstrip(".") for name, ours in ELSEWHERE.items() if ours in ("article", "annex", "section"))
_SECTION = re.compile(
    rf"(?:\b(?:sections?|clauses?|paragraphs?|para|sec|article|annex|appendix|{_ELSEWHERE})(?![a-z])\.?\s*|§\s*)"
    r"(?P<number>[A-Z]{0,4}[.\-]?\d{1,3}(?:\.\d{1,3}){0,5}(?:\([a-z0-9]{1,4}\))*|[A-Z](?![\w])|premi(?:er|ère)\b)",
    re.IGNORECASE,
)
_APPENDICES = frozenset((*APPENDICES, *(name for name, ours in ELSEWHERE.items() if ours == "annex")))
INSIDE = ", "  # between the number of an appendix and one within it
_APPENDIX = rf"\b(?P<word>{'|'.join(_APPENDICES)})\s+(?P<outer>[A-Z]|\d{{1,2}})(?!\w)"
_INNER = r"(?P<inner>\d{1,3}(?:\.\d{1,3}){0,4})"
_COUNTED_APPENDIX = re.compile(rf"\b(?:{'|'.join(_APPENDICES)})\s+(?P<number>\d{{1,3}})(?![\w.]*\d)", re.IGNORECASE)
_PART = r"(?:questions?|items?|sections?|clauses?|paragraphs?|points?|number|no\.?|§)"
_BEHIND_APPENDIX = re.compile(rf"{_APPENDIX}[\s,:–-]+(?:{_PART}\s*)?{_INNER}(?![\w.]*\d)", re.IGNORECASE)
_BEFORE_APPENDIX = re.compile(rf"(?<![\w.])(?:{_PART}\s*)?{_INNER}\s+(?:of|in|from)\s+(?:the\s+)?{_APPENDIX}", re.IGNORECASE)
_BARE_SECTION = re.compile(r"(?<![\w.])(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})(?![\w.]*\d)\s+(?:of|in|from)\s+(?:the|our)\b", re.IGNORECASE)
_CLAUSE_ID = re.compile(r"(?<![\w.])[A-Z]{2,12}(?:[.\-][A-Z]{2,12}){1,3}[.\-]\d{1,4}(?:\.\d{1,3})*(?![\w])", re.IGNORECASE)
GENERIC = frozenset(analyse("policy standard procedure guideline guidance guide document plan the a of and for"))
KINDS = "policy standard procedure guideline guidance guide plan process schedule runbook register"
"""What documents are called for what they are."""
_KINDS = frozenset(analyse(KINDS))
_SECTION_WORDS = frozenset(analyse(f"section clause paragraph para sec article annex appendix {_ELSEWHERE.replace('|', ' ')}"))
_BEFORE_A_NAME = frozenset(analyse(" ".join(QUESTION_WORDS))) | _SECTION_WORDS
_STATUS_WORDS = {
    Status.DRAFT: frozenset(analyse("draft proposed")),
    Status.SUPERSEDED: frozenset(analyse("superseded old previous former withdrawn archived earlier")),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a question names; `whole` says that every word of its title stands there, "policy" and the like included."""

    number: int
    document: Document
    whole: bool


def section_named(question: str) -> str | None:
    """The number of the section that a question names ("section 4.3", "§ 3.2", "4.3 of the …", "Annex A"), as typed, or None."""
    match = _SECTION.search(question) or _BARE_SECTION.search(question)
    return match["number"] if match else None


def number_asked(question: str) -> str | None:
    """As `section_named`, with the number inside an appendix behind that of the appendix: "F, 11" of "question 11 of appendix F".

    A figure of an appendix stands behind the word, "Annex 2" and "Schedule 1, 2", since it may count paragraphs as well.
    """
    number = section_named(question)
    match = (_BEHIND_APPENDIX.search(question) or _BEFORE_APPENDIX.search(question)) if number else None
    if match:
        outer = f"{match['word']} {match['outer']}" if match["outer"].isdigit() else match["outer"]
        return f"{outer}{INSIDE}{match['inner']}"
    counted = _COUNTED_APPENDIX.search(question)
    return counted.group() if counted and counted["number"] == number else number


def clause_ids_named(question: str) -> list[str]:
    """The clause ids of the kind that stands by itself ("POL.ITR.012"), in capitals, each once, as they come."""
    return list(dict.fromkeys(match.group().upper() for match in _CLAUSE_ID.finditer(question)))


def family_of(id: str) -> str:
    """What all ids of its kind begin with: "POL.ITR." of "POL.ITR.012"."""
    return re.sub(r"[\d.]*\d$", "", id)


def naming_words(question: str) -> set[str]:
    """The stems by which a question can name a document: neither `documents_named` nor `documents_meant` finds one without any of them."""
    return set(analyse(question)) - GENERIC


def documents_named(question: str, documents: Iterable[tuple[int, Document]]) -> list[Named]:
    """The documents whose titles a question holds, those with the most words of title first.

    A title is held when all its telling words stand in the question; one with fewer than two such words ("Passwords")
    only when the question also holds its "policy" or "standard", since the word alone is a topic and no name.
    """
    asked = set(analyse(question))
    found: list[tuple[int, Named]] = []
    for number, document in documents:
        title = _stems(document.title)
        telling = title - GENERIC
        whole = title <= asked
        if telling and telling <= asked and ((whole and len(title) > 1) or len(telling) > 1):
            found.append((len(title & asked), Named(number, document, whole)))
    found.sort(key=lambda pair: -pair[0])
    return [named for _, named in found]


def of_one_title(named: Sequence[Named]) -> list[Named]:
    """The first document, in all its editions that are named."""
    return [one for one in named if one.document.title == named[0].document.title]


def documents_meant(question: str, documents: Iterable[tuple[int, Document]]) -> list[Named]:
    """The document that a question means by its short name ("PAS-04") or by a part of its title ("the wireless policy"), in all editions.

    A part of a title is the words right before "policy", "standard" and their like, one of them telling, and that word. None where no
    title holds them all, or more than one does.
    """
    tokens = analyse(question)
    parts = _parts_of_titles(tokens)
    meant = [
        Named(number, document, whole=False)
        for number, document in documents
        if (document.reference or "").casefold() in tokens or any(part <= _stems(document.title) for part in parts)
    ]
    return meant if len({named.document.title for named in meant}) == 1 else []


@lru_cache(maxsize=16_384)  # titles are looked through for each question about a section
def _stems(title: str) -> frozenset[str]:
    return frozenset(analyse(title))


def _parts_of_titles(tokens: Sequence[str]) -> list[set[str]]:
    parts = []
    for end, token in enumerate(tokens):
        if token in _KINDS:
            begin = end
            while begin and not (tokens[begin - 1] in _BEFORE_A_NAME or tokens[begin - 1][0].isdigit()):
                begin -= 1
            parts.append(set(tokens[begin : end + 1]))
    return [part for part in parts if part - GENERIC]


def words_of_section(document: Document) -> frozenset[str]:
    """The stems with which one asks for a section of a document: its name and reference, and "section"."""
    return _SECTION_WORDS | _stems(document.title) | _stems(document.reference or "")


def asks_section_alone(question: str, number: str) -> bool:
    """Whether a question asks for nothing but a section: "what does appendix K say", "appendix F, question 3"."""
    return set(analyse(question, question=True)) <= _SECTION_WORDS | set(analyse(f"{number} question item point number"))


def asked_for_by_name(question: str, named: Named, in_force_titles: frozenset[str]) -> bool:
    """Whether a document that is not in force is asked for by its own name.

    Where an edition in force has the same title, the question must also give the edition.
    """
    document = named.document
    return named.whole and (document.title.casefold() not in in_force_titles or gives_edition(question, document))


def gives_edition(question: str, document: Document) -> bool:
    """Whether a question gives the version of a document that is not in force, or says that it means the old or the draft one."""
    by_status = not _STATUS_WORDS.get(document.status, frozenset()).isdisjoint(analyse(question))
    version = (document.version or "").lstrip("vV")
    by_version = bool(version) and re.search(rf"\bv?{re.escape(version)}(?![\w.])", question, re.IGNORECASE) is not None
    return by_status or by_version


def question_answered(catalogue: Catalogue, question: str, allowed: Mask) -> list[tuple[int, int]]:
    """(document, position) of the clauses whose heading is the question, word for word: the answers of a list of questions."""
    words = " ".join(question.split()).rstrip(" ?!.")
    return [place for place in catalogue.clauses_headed(f"{words}?") if allowed[place[0]]] if words else []


def clauses_numbered(clauses: Sequence[Clause], number: str) -> list[int]:
    """Position of the clause with this number, whatever the case and the punctuation at its end; "F, 11" is 11 within Appendix F.

    Where several have it (an appendix counts from 1 again), the outermost is meant, and of those the first; a figure alone is rather a
    clause's than an appendix's, and "Annex 2" an appendix's. Where none has it, but clauses are numbered under it (5.2.1, 5.2.2), it is
    there all the same, and these are it. Empty where neither is.
    """
    outer, _, inner = number.rpartition(INSIDE)
    holders = [clauses[position] for position in clauses_numbered(clauses, outer)] if outer else []
    wanted = {bare_number(inner), bare_number(f"{outer}.{inner}")}
    counted = _is_appendix(inner)
    told = counted or inner[:1].isdigit()
    bare = [
        ((told and _is_appendix(clause.number) is not counted, clause.level), position, bare_number(clause.number))
        for position, clause in enumerate(clauses)
        if clause.number and (not outer or any(one.start < clause.start < one.end for one in holders))
    ]
    if found := [(place, position) for place, position, one in bare if one in wanted]:
        return [min(found)[1]]
    under = [(place, position) for place, position, one in bare if one.startswith(tuple(f"{one}." for one in wanted))]
    return [position for place, position in under if place == min(under)[0]]


def _is_appendix(number: str) -> bool:
    """Whether a number is printed with the word of an appendix before it."""
    return number.partition(" ")[0].casefold() in _APPENDICES
