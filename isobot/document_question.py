"""What a question asks of a document itself: its owner, its version, whether it is in force, when it is reviewed or was last changed.

A pure function of the words. "who owns the backup standard?" asks the owner of "backup standard"; whether a document has that name is
for others to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from indexer.labels import Fact
from isobot.citation_request import plain
from isobot.follow_up import STEP

LONGEST = 200  # characters


class Past(StrEnum):
    """What has happened to a document, on a day that is asked for; HISTORY is what happened, in its last version."""

    REVIEWED = "reviewed"
    CHANGED = "changed"
    APPROVED = "approved"
    ISSUED = "issued"
    HISTORY = "history"


# Taken away once, so that no form need have them: short patterns are compiled in half the time, which a first question waits for.
_LEADS = re.compile(
    r"\A(?:(?:hi|hello|hey|please|pls|so|ok|okay|and|can you tell me|could you tell me|tell me|do you know|i need to know)[\s,]+)+"
)
_ENDS = re.compile(r"(?:[\s,]+(?:please|pls|thanks|right now|now|today|currently|at the moment|exactly|again|next|yet))+\Z")
_NAME = r"(?:the\s|our\s|your\s)?(?P<name>.+?)"
_TOPIC = _NAME.replace("<name>", "<topic>")  # where the sentence is asked of an activity too
_WHAT = r"(?:(?:what|which)\s(?:is|was)\s|give me\s|show me\s|i need\s)?(?:the\s|its\s)?"
_OF = r"\s(?:(?:of|for|from)\s)?"
_PEOPLE = r"(?:i|we|one|you|people|staff|somebody|someone)"
_EDITION = r"(?:version|edition|revision)(?:\snumber)?"
_CURRENT = r"(?:in force|in effect|effective|valid|current|latest|newest|binding|up to date|active|approved)"
_OLD = r"(?:a draft|draft|superseded|withdrawn|obsolete|retired|out of date)"
_MANNER = r"(?:\s(?:still|currently|already|now|actually|really))?"


def _keyed(key: str) -> str:
    """ "owner of X", "X's owner", "owner X"."""
    return rf"{_WHAT}{key}{_OF}{_NAME}|{_WHAT}(?P<possessive>.+?)(?:'s|')?\s{key}"


_FORMS = {
    Fact.OWNER: (
        rf"(?:who|which \w+){_MANNER}\s(?:owns|maintains|keeps|looks after|manages)\s{_TOPIC}",
        rf"(?:who|whom)\sis\s(?:the\s)?(?:(?:document|policy|content)\s)?owner\s(?:of|for)\s{_NAME}",
        rf"who\sis\s(?:responsible|accountable|answerable|in charge)\s(?:for|of)\s{_TOPIC}",
        rf"(?:who|whom)\s(?:(?:do|can|should|must|may|could)\s{_PEOPLE}|to)\s(?:ask|contact|talk to|speak to|turn to|go to|write to|call)"
        rf"\s(?:about|for|with|regarding|on)\s(?:questions\s(?:about|on)\s)?{_TOPIC}",
        _keyed(r"(?:document\s)?owner"),
    ),
    Fact.APPROVER: (
        rf"(?:who|which \w+)(?:\shas)?\s(?:approved|approves|authori[sz]ed|signed off)\s{_TOPIC}",
        rf"who(?:m)?\sis\s(?:the\s)?approver\sof\s{_NAME}",
        rf"by\swhom\s(?:is|was|has)\s{_TOPIC}\s(?:been\s)?approved",
        _keyed("approver"),
    ),
    Fact.VERSION: (
        rf"(?:which|what)\s{_EDITION}\sof\s{_NAME}(?:\s(?:is|are|applies|counts|do we (?:use|have))(?:\sthe)?(?:\s{_CURRENT})?)?",
        rf"(?:which|what)\s{_EDITION}\s(?:is|has|does)\s{_NAME}(?:\s(?:at|in|on|have))?",
        _keyed(rf"(?:(?:current|latest|newest)\s)?{_EDITION}"),
    ),
    Fact.STATUS: (
        rf"is\s{_TOPIC}{_MANNER}\s(?:{_CURRENT}|{_OLD})",
        rf"does\s{_TOPIC}{_MANNER}\s(?:apply|bind|count|hold)",
        rf"(?:what|which)\sstatus\s(?:is|has|does)\s{_NAME}(?:\s(?:in|have))?",
        _keyed("status"),
    ),
    Fact.REVIEW: (
        rf"(?:by\s)?when\s(?:is|will|must|should|does|has)\s{_TOPIC}(?:\s(?:be|been|get|have to be|has to be|next|to be|due|for|up))*"
        r"\s(?:reviewed|review|due)",
        rf"when\sis\s{_TOPIC}(?:'s)?\snext\sreview(?:\sdue)?",
        rf"when\sis\s(?:the\s)?(?:next\s)?(?:scheduled\s)?review\s(?:of|for)\s{_TOPIC}(?:\sdue)?",
        rf"is\s{_TOPIC}\soverdue(?:\sfor\s(?:a\s)?review)?",
        _keyed(r"(?:(?:next\sreview|review)\sdate|next\sreview|date\sof\sthe\snext\sreview)"),
    ),
    Fact.EXPIRY: (
        rf"when\s(?:does|will|do|did|is)\s{_TOPIC}\s(?:expire|expiring|expired|run out|lapse|end)",
        rf"(?:until|till)\swhen\s(?:is|does)\s{_TOPIC}\s(?:valid|in force|apply|last)",
        rf"how\slong\s(?:is|does)\s{_TOPIC}{_MANNER}\s(?:valid|in force)",
        rf"(?:has|is|does|did)\s{_TOPIC}{_MANNER}\sexpired?",
        _keyed(r"(?:expiry|expiration)(?:\sdate)?"),
    ),
    Fact.EFFECTIVE: (
        rf"when\s(?:did|does|will|has|is|was)\s{_TOPIC}\s(?:(?:come|came|go|went|enter|entered|been put|put)\s(?:in|into)\s(?:force|effect)"
        r"|take effect|become (?:effective|valid|binding)|effective|valid from|in force from|start(?:\sto apply)?)",
        rf"(?:since|from)\swhen\s(?:is|has|does)\s{_TOPIC}\s(?:been\s)?(?:in force|in effect|effective|valid|apply|applied)",
        rf"how\slong\shas\s{_TOPIC}\sbeen\s(?:in force|in effect|valid)",
        _keyed(r"effective\s(?:date|from)"),
    ),
    Fact.REFERENCE: (
        rf"(?:what|which)\sreference(?:\snumber)?\s(?:does|has)\s{_NAME}(?:\shave)?",
        _keyed(r"(?:document\s)?(?:reference|ref|id|identifier)(?:\s(?:number|code|id))?"),
    ),
    Fact.TITLE: (
        rf"(?:what|which\s(?:document|policy|standard|procedure))\sis\s{_NAME}(?:\scalled)?",
        _keyed(r"(?:full\s)?(?:title|name)"),
        r"(?P<name>[a-z]\S*\d\S*)",
    ),
}
_HAPPENED = {
    Past.REVIEWED: (r"reviewed", r"review"),
    Past.CHANGED: (r"(?:updated|revised|changed|amended|modified)", r"(?:update|revision|change|amendment)"),
    Past.APPROVED: (r"(?:approved|authori[sz]ed|signed off|adopted)", r"(?:approval|sign-off|adoption)"),
    Past.ISSUED: (r"(?:issued|published|released|written)", r"(?:issue|publication|release)"),
}
"""How a question says what happened, as a verb and as a noun."""
_LAST = r"(?:last|latest|most recent)\s"


def _past(past: Past, verb: str, noun: str) -> tuple[str, ...]:
    """The forms in which one asks for the day; the "review date" of a document is that of its next one, and no form of the past."""
    dated = rf"|(?:{noun})\sdate|date\sof\s(?:the\s)?{noun}" if past is not Past.REVIEWED else ""
    return (
        rf"when\s(?:was|were|has|have|did)\s{_TOPIC}\s(?:been\s|get\s)?(?:last\s|first\s|most recently\s)?{verb}(?:\s(?:last|by \w+))?",
        _keyed(rf"(?:{_LAST}(?:{noun}|{verb})(?:\sdate)?|date\sof\s(?:the\s)?{_LAST}{noun}{dated})"),
    )


_FORMS_OF_THE_PAST = {past: _past(past, *said) for past, said in _HAPPENED.items()} | {
    Past.HISTORY: (
        rf"what(?:'s|\sis|\shas|\swas)?\s(?:changed|new|been changed|different)(?:\s(?:recently|lately))?"
        rf"\s(?:in|with|about)\s(?:the\s(?:last|latest|current|newest|new)\s{_EDITION}\sof\s)?{_NAME}"
        rf"(?:\s(?:recently|lately|(?:since|from|over|against)\sthe\s(?:last|previous|old|former)\s{_EDITION}))?",
        rf"(?:show me\s)?(?:the\s)?(?:revision|version|change|document)\s(?:history|log)\s(?:of|for)\s{_NAME}",
    )
}
_KIND = r"(?:polic(?:y|ies)|standards?|procedures?|guidelines?|guidance|plans?|documents?|rules|process(?:es)?|handbooks?)"
_ON = r"(?:on|for|about|covering|regarding|concerning|that\s(?:covers?|is about|deals? with))"
_ABOUT = tuple(
    re.compile(form)
    for form in (
        rf"(?:which|what)\s(?:\w+\s)?{_KIND}\s(?:covers?|(?:is|are)\s(?:about|on|for)|deals?\swith|appl(?:y|ies)\sto|governs?|describes?"
        rf"|addresse?s?|handles?|regulates?)\s{_NAME}",
        rf"(?:is|are)\sthere\s(?:an?|any|some)\s(?:\w+\s)?{_KIND}\s{_ON}\s{_NAME}",
        rf"(?:do\s(?:we|you)\shave|have\s(?:we|you)\sgot)\s(?:an?|any|some)\s(?:\w+\s)?{_KIND}\s{_ON}\s{_NAME}",
        rf"(?:do\s(?:we|you)\shave|have\s(?:we|you)\sgot|is\sthere)\s(?:an?|any)\s(?P<name>.+?)\s{_KIND}",
    )
)
"""In which forms one asks for the documents about something, or whether there are any."""
_COMPILED_PAST = tuple((past, re.compile(form)) for past, forms in _FORMS_OF_THE_PAST.items() for form in forms)
_OF_THE_PAST = re.compile(rf"\b(?:{'|'.join(words for said in _HAPPENED.values() for words in said)}|new|different|history|log)\b")
_OF_DOCUMENTS = re.compile(rf"\b{_KIND}\b")
"""What stands in every such question: looked for first, since most questions have none of it."""
_COMPILED = tuple((fact, re.compile(form)) for fact, forms in _FORMS.items() for form in forms)
_LABEL = r"(?P<label>[a-z]+(?:\s[a-z]+)?)"
_LABELLED = tuple(
    re.compile(form)
    for form in (
        rf"(?:(?:what|which|who)\sis\s)?(?:the\s)?{_LABEL}\s(?:of|for)\s{_NAME}",
        rf"(?:what|which)\s{_LABEL}\s(?:does|has|is)\s{_NAME}(?:\shave)?",
    )
)
"""For what a document may keep under a word of its own ("the classification of the harbour policy")."""
_OTHER = re.compile(rf"(?:(?:and|but|so|ok|okay)[\s,]+)*(?:(?:what|how)\sabout\s|same\sfor\s|for\s|of\s)?{_NAME}")
_ASKING = re.compile(r"(?:who|whom|whose|what|which|when|where|why|how|can|may|must|do|does|is|are)\b")


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """The fact that is asked, and the name that the document is given, in small letters; whether one has it is not known.

    fact: None for what is no fact that is kept of documents; `past` is what happened to it then, or `label` the word for what is asked.
    about: that the documents on that matter are asked for, and nothing of them.
    topic: that the name may be that of an activity too: "who is responsible for backups", where "the owner of backups" is a document's.
    """

    fact: Fact | None
    name: str
    label: str = ""
    topic: bool = False
    past: Past | None = None
    about: bool = False


def document_questions(question: str) -> list[DocumentQuestion]:
    """What the words may ask of a document, the likeliest reading first; none where they ask something else.

    Of a complete question the last part counts, and where that only names something ("and the ferry standard?") it is asked as the
    document of the part before it was.
    """
    *before, last = map(bare, question.split(STEP))
    if (asked := _questions(last)) or not before or len(last) > LONGEST:
        return asked
    other = _OTHER.fullmatch(last)
    return [replace(one, name=other["name"]) for one in _questions(before[-1])] if other else []


def bare(part: str) -> str:
    """Its words without what only leads to a question or ends it; what is too long to be one stays as it is."""
    words = plain(part)
    if len(words) > LONGEST:
        return words
    return _ENDS.sub("", _LEADS.sub("", words, count=1))


def _questions(words: str) -> list[DocumentQuestion]:
    if len(words) > LONGEST:
        return []
    forms = _ABOUT if _OF_DOCUMENTS.search(words) else ()
    if about := next(filter(None, (form.fullmatch(words) for form in forms)), None):
        return [DocumentQuestion(None, about["name"], about=True)]
    facts = ((fact, None, match.groupdict()) for fact, form in _COMPILED if (match := form.fullmatch(words)))
    happened = _COMPILED_PAST if _OF_THE_PAST.search(words) else ()
    past = ((None, past, match.groupdict()) for past, form in happened if (match := form.fullmatch(words)))
    labels = ((None, None, match.groupdict()) for form in _LABELLED if (match := form.fullmatch(words)))
    return [
        DocumentQuestion(fact, name, parts.get("label", ""), bool(parts.get("topic")), past)
        for fact, past, parts in chain(facts, past, labels)
        if (name := parts.get("topic") or parts.get("name") or parts.get("possessive") or "") and not _ASKING.match(name)
    ]
