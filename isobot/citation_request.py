"""What somebody wants to be told of a citation that they were shown: its whole clause, its controls, where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 12  # words

_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "other": 1, "third": 2, "3rd": 2}
_THAT = r"(?:that|this|it|these|those|the\s(?:first|second|third|other|last)?\s?(?:one|quote|quotation|clause|rule|passage|answer)?)"
_PART = r"(?:clauses?|sections?|paragraphs?|passages?|articles?|text|rule|one|thing)"
_PAPER = r"(?:document|policy|standard|procedure|clause|section|paragraph|rule)"
_DOCUMENT = r"(?:that|this|the)\s(?:document|policy|standard|procedure)"  # "it" may be what the clause speaks of
_LEADS = re.compile(r"\A(?:(?:ok|okay|and|so|hm+|please|pls|can you|could you|can i|could i|may i|let me)[\s,]+)+")
_ENDS = re.compile(r"(?:[\s,]+(?:please|pls|thanks|then|again|exactly|actually|now))+\Z")


class Wanted(StrEnum):
    """What a follow-up wants to be told of a citation."""

    CLAUSE = "the whole clause"
    CONTROLS = "the controls that it documents"
    PLACE = "the document, clause and page that it is from"
    OWNER = "the owner of its document"
    APPROVER = "who approved its document"
    STANDING = "whether its document is in force, and its review"
    MORE = "what else was found"


_FORMS: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (wanted, re.compile(form))
    for wanted, form in (
        (
            Wanted.CLAUSE,
            r"(?:show|give|see|read|quote|print|have|get|open)?(?:\sme)?\s?(?:the\s|that\s|this\s)?(?:\w+\s)?"
            rf"(?:(?:whole|full|entire|complete|rest\sof\s(?:the|that|this))\s(?:of\s(?:the|that|this)\s)?(?:\w+\s)?{_PART}|{_PART}\sin\sfull)",
        ),
        (Wanted.CLAUSE, r"(?:show|read|open|see)(?:\sme)?\s(?:the|that|this)\s(?:\w+\s)?(?:clause|section|paragraph|passage)"),
        (
            Wanted.CONTROLS,
            rf"(?:which|what)(?:\s[\w/]+){{0,2}}\scontrols?(?:\s(?:is|are|does|do)\s{_THAT}(?:\s(?:for|about|document|cover|belong\sto|come\sunder|in|under))?)?",
        ),
        (
            Wanted.PLACE,
            rf"where\s(?:does\sit\ssay|do\sthey\ssay|is|does|was)\s{_THAT}(?:\s(?:say\sthat|written|stand|come\sfrom|from|said|say\sso))?"
            rf"|(?:which|what)\s(?:page|{_PAPER})(?:\sor\s\w+)?\s(?:is|was|does|says)\s{_THAT}(?:\s(?:from|in|on|come\sfrom|stand\sin|say\sthat))?"
            rf"|(?:which|what)\s(?:page|{_PAPER})|(?:what\sis\sthe\s)?source",
        ),
        (
            Wanted.OWNER,
            rf"who(?:\s(?:owns|wrote|maintains|keeps)|\sis\s(?:the\sowner\sof|responsible\sfor|in\scharge\sof))"
            rf"\s(?:that|this|it|these|the)(?:\s{_PAPER})?",
        ),
        (Wanted.APPROVER, rf"who(?:\shas)?\s(?:approved|approves|signed\soff|authori[sz]ed)\s(?:that|this|it|these|the)(?:\s{_PAPER})?"),
        (
            Wanted.STANDING,
            rf"(?:is|are)\s(?:that|this|it|these|those|the)(?:\s{_PAPER})?\s(?:still\s)?(?:current|valid|in\sforce|true|up\sto\sdate|the\slatest(?:\sversion)?)"
            rf"|when\swas\s(?:that|this|it|the)(?:\s{_PAPER})?\s(?:last\s)?(?:reviewed|updated|approved)|how\sold\sis\s(?:that|this|it)(?:\s{_PAPER})?"
            rf"|when\s(?:is|will|must|should|does)\s{_DOCUMENT}\s(?:be\s)?(?:due(?:\sfor\s(?:a\s)?review)?|up\sfor\sreview|reviewed(?:\snext)?|expire)"
            rf"|(?:which|what)\sversion\s(?:is|of)\s{_DOCUMENT}(?:\sis\s(?:that|this|it))?",
        ),
        (
            Wanted.MORE,
            r"(?:show\s|give\s)?(?:me\s)?(?:any\s)?more(?:\sresults)?|(?:is\sthere\s)?(?:anything|something)\s(?:else|more)|what\selse"
            r"|other\sresults",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class CitationRequest:
    """What is wanted, and of which of the citations, from 0."""

    wanted: Wanted
    position: int = 0


def citation_request(text: str) -> CitationRequest | None:
    """What some words want to be told of a citation, or None where they ask something else."""
    words = plain(text)
    if len(words.split()) > LONGEST:
        return None
    words = _ENDS.sub("", _LEADS.sub("", words))
    wanted = next((wanted for wanted, form in _FORMS if form.fullmatch(words)), None)
    if wanted is None:
        return None
    return CitationRequest(wanted, next((_ORDINALS[word] for word in words.split() if word in _ORDINALS), 0))


def plain(text: str) -> str:
    """Small letters, single spaces, contractions written out, nothing at the end that only ends a sentence."""
    words = " ".join(text.casefold().replace("’", "'").split())
    words = re.sub(r"\b(what|where|who|how|that|it)'?s\b(?=\s)", r"\1 is", words)
    return words.strip(" ?!.,;:…-")
