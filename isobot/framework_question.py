"""Whether a question is about what ISO/IEC 27001 itself asks, and not about the organisation's own rules. Decided by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indexer.references import Reference

NAMED = re.compile(
    r"\b(?:iso|iec)(?:\s?/\s?iec)?(?:[\s-]?(?:iec[\s-]?)?2700[12])?(?:\s?[:-]\s?20\d\d|\s20(?:13|22))?(?!\s?[-:]?\s?\d)(?:\s(?:standard|norm))?\b"
    r"|(?<![\w.])2700[12](?:\s?[:-]\s?20\d\d|\s20(?:13|22))?\b(?:\sstandard\b)?"
    r"|\bannex(?:ure)?\sa\b(?!\.\d)"
)
"""ISO/IEC 27001 or 27002, the word "ISO" alone, and Annex A; other standards of ISO are none of these."""

STANDARD = re.compile(
    r"\bthe\s(?:international\s|iso\s)?standard(?=\s*(?:[?.!,;:]|$)"
    r"|\s(?:ask|want|requires?\b|demand|expect|need|mean|say|call|cover|tell|prescrib|mandat|actually|really|itself|also|even|have|talk|mention"
    r"|speak|state|specif|deal|about|on|for|that|to|and|or|when|in)\w*\b)"
)
"""Said without its name. "The standard notice period" and "the remote working standard" are something else."""

OWN_DOCUMENT = (
    r"(?:polic(?:y|ies)|procedures?|standards?|handbook|runbooks?|registers?|schedule|guidelines?|plans?|agreements?|contracts?|manual"
    r"|statement|soa|faq|notice|documents?|documentation|isms)"
)
OWN = (
    r"\bhow\s(?:do|does|did|can|will|well|far)\s(?:we|our|i)\b",
    r"\b(?:do|did|are|have|can|could|were|will)\swe\b(?!\s(?:\w+\s)?(?:have\sto|need|required|obliged|expected|supposed|got\sto))",
    rf"\b(?:our|my)\s(?:[\w-]+\s){{0,4}}(?:{OWN_DOCUMENT}|certificat\w+|scope|implementation|evidence|status|gaps?|auditors?)\s(?:\w+\s)?"
    r"(?:say|state|tell|document|cover|mention|define|expire|end|show|require|ask|mean|want|for|on|about)",
    rf"\b{OWN_DOCUMENT}\s(?:\w+\s)?(?:say|state|tell|document|cover|mention|define|implement|address)s?\b",
    rf"\bF\s(?:of|in|to)\s(?:the|our|this)\s(?:[\w-]+\s){{0,4}}{OWN_DOCUMENT}\b",
    rf"\bwhich\s(?:\w+\s)?{OWN_DOCUMENT}\b(?!\s(?:\w+\s)?(?:do|does|must|should|is|are|would)\b)",
    r"\bdocumented\b(?!\sinformation)",
)
"""What speaks of the organisation's own rules, in a question where F stands for the framework."""

ASK = (
    r"(?:ask|want|require|demand|expect|need|mean|say|call|cover|involve|entail|tell|prescribe|mandate|stand|imply|recommend|suggest|look|specify"
    r"|state|include|contain|deal|talk|speak|mention|address|allow|permit|forbid|prohibit|oblige|concern|describe|define|aim|have|apply|exist|care)"
)
ASKS = r"(?:asks|wants|requires|demands|expects|needs|means|says|calls\sfor|entails|prescribes|mandates|recommends|allows|forbids)"
SURELY = r"(?:\s(?:also|actually|really|itself|even|exactly|specifically|ever|then|all|now|explicitly|still))*"
LINK = (
    r"(?:the|me|us|to|of|in|on|for|behind|under|what|is|meaning|purpose|intent|requirements?|gist|idea|plain|simple|english|words|terms"
    r"|briefly|please|by|about)"
)
NOUN = (
    r"(?:meaning|purpose|intent|intention|point|aim|goal|objective|gist|requirements?|summary|explanation|interpretation|definition|idea"
    r"|essence)"
)
ASKED = (
    r"(?:required|demanded|asked|expected|mandated|mandatory|needed|wanted|necessary|obligatory|compulsory|prescribed|enough|meant|allowed"
    r"|forbidden|said|recommended|requirement|must|understood)"
)
PLAINLY = (
    r"(?:in\s(?:plain|simple|normal|everyday|a\snutshell|short|brief|other|english|practice|human)|explained|meaning|definition|summary"
    r"|for\sdummies)"
)
DEALS = r"(?:is|are|deals?|covers?|talks?|asks?|speaks?|requires?|says?|mentions?|concerns?|address(?:es)?|wants?|about|handles?|on|for)"

ABOUT = (
    rf"\b(?:do|does|did|would|will|could|can|might|should)\s(?:the\s)?F(?:\sand\sF)?{SURELY}\s{ASK}\b",
    rf"\bF(?:\sand\sF)?{SURELY}\s{ASKS}\b",
    r"\bwhat(?:\sexactly)?\s(?:is|are|was)\s(?:the\s)?F"
    r"(?=\s*(?:[?.!,;]|$)|\s(?:all|about|for|asking|really|actually|on|and|exactly|then|again|please)\b)",
    rf"\bF{SURELY}\s{PLAINLY}\b",
    rf"\b(?:explain|describe|summari[sz]e|interpret|clarify|define|paraphrase|walk\sme\sthrough|tell\sme|understand)\s(?:{LINK}\s)*F",
    rf"\b{NOUN}\s(?:of|in|under|from|behind|for|by)\s(?:the\s)?F",
    r"\bF\s(?:requirements?|meaning|definition|purpose)\s*(?:[?.!]|$|on\b|for\b|about\b)",
    rf"\b{ASKED}\s(?:{LINK}\s){{0,2}}(?:by|under|in|per|for|according\sto|to\s(?:meet|satisfy|fulfil|comply\swith|conform\sto|pass))\s(?:the\s)?F",
    r"\baccording\sto\s(?:the\s)?F",
    r"\bdifference\s(?:between|of)\s(?:the\s)?F|\bis\s(?:the\s)?F\sabout\b",
    r"\b(?:must|should|need|have\sto|need\sto|has\sto)\b.{0,60}\b(?:for|under|by|to\s(?:meet|satisfy|fulfil|comply\swith|conform\sto|pass))\s(?:the\s)?F",
    rf"\b(?:auditors?|assessors?|certification\sbody)\s(?:\w+\s){{0,2}}{ASK}s?\b(?!\swhere).{{0,40}}F|\bF.{{0,20}}\bauditors?\s(?:\w+\s){{0,2}}(?:{ASK}|see|check)",
    r"\b(?:evidence|proof)\b.{0,30}\b(?:needed|required|expected|wanted|typical|enough)\b.{0,20}F",
    rf"\b(?:which|what)\s(?:of\sthe\s)?F\s(?:controls?|clauses?|requirements?|ones?)\s{DEALS}\b",
    rf"\b(?:which|what)\s(?:controls?|clauses?|requirements?|parts?)\s(?:of|in|from|under)\s(?:the\s)?F\s{DEALS}\b",
    r"\b(?:anything|something|controls?|clauses?|requirements?)\s(?:(?:on|about|for)\s.{1,30}\s)?(?:in|of|from|under)\s(?:the\s)?F",
    r"\bwhy\s(?:does|do|is|would)\s(?:the\s)?F",
    rf"\bF.*\bwhat\s(?:does|do|did)\s(?:it|this|that|they)\s(?:\w+\s)?{ASK}\b",
)
"""What asks for the meaning of F. One of them is enough."""

CLAUSE = re.compile(r"\b(?:clause|section|requirement|chapter|control)\s(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})(?![\w.]*\d)")
JOINED = re.compile(
    r"F(?:\s?[,(:–-]?\s?(?:(?:of|in|from|under|the|by|an|and\sits)\s)*(?:(?:controls?|clauses?|sections?|requirements?)\s)?F\)?)+"
)
BEFORE = re.compile(r"\b(?:the\s)?(?:controls?|clauses?|requirements?|annex)\sF")


EVIDENCE = re.compile(r"\b(?:auditors?|assessors?|certification\sbody|evidence|proof|prove)\b")
FOR_STAFF = re.compile(
    r"\b(?:for|from|of)\s(?:the\s|our\s|all\s|my\s)?(?:staff|employees?|colleagues?|users?|everyone|everybody|me|team|job|work)\b"
)

ASKING = re.compile(
    rf"\b(?:what|which|does|do|did|would|is|are|there|anything|something|according|to|us|me|we|have|must|should|the|an?|in|by|of|on|about|for"
    rf"|explain|tell|describe|summari[sz]e|controls?|clauses?|requirements?|{ASK}|{ASKS}|{ASKED})\b|[^\w\s'-]"
)
"""Words of a question that ask, and say nothing of its topic."""


class Aspect(StrEnum):
    """What of a control is asked about: what it asks, what proves it, or what it means for everybody at work."""

    ASKS = "asks"
    EVIDENCE = "evidence"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class FrameworkQuestion:
    """A question about what ISO/IEC 27001 asks.

    topic: its words without the name of the standard and without those that ask. edition: "2013" or "2022" where it says one.
    clause: the number of a clause that it names in words alone ("clause 9.2 of the standard"). where: it also asks where the
    organisation documents that. aspect: what of it is asked about.
    """

    topic: str
    edition: str | None = None
    clause: str | None = None
    where: bool = False
    aspect: Aspect = Aspect.ASKS


def framework_question(text: str, references: Iterable[Reference]) -> FrameworkQuestion | None:
    """What a question asks of the framework that it names, or None where it names none or asks something else.

    references: the controls that it names; only those of ISO/IEC 27001 count as naming the framework.
    """
    plain, topic = _marked(text, references)
    if "F" not in plain:
        return None
    clause = CLAUSE.search(plain)
    shaped = BEFORE.sub("F", JOINED.sub("F", CLAUSE.sub("F", plain)))
    asks = any(re.search(pattern, shaped) for pattern in ABOUT)
    where = re.search(r"\bwhere\b", shaped) is not None
    if not asks or (not where and any(re.search(pattern, shaped) for pattern in OWN)):
        return None
    edition = re.search(r"\b20(?:13|22)\b", text)
    return FrameworkQuestion(topic, edition[0] if edition else None, clause["number"] if clause else None, where, _aspect(shaped))


def _aspect(shaped: str) -> Aspect:
    if EVIDENCE.search(shaped):
        return Aspect.EVIDENCE
    return Aspect.STAFF if FOR_STAFF.search(shaped) else Aspect.ASKS


def _marked(text: str, references: Iterable[Reference]) -> tuple[str, str]:
    """The question in small letters with F for each mention of the framework; and the words that say what it is about."""
    plain = text
    spans = {(r.start, r.end) for r in references if r.framework.startswith("iso27001:")}
    for start, end in sorted(spans, reverse=True):
        plain = f"{plain[:start]}\0{plain[end:]}"
    plain = " ".join(plain.casefold().replace("’", "'").split())
    plain = re.sub(r"\b(what|where)'?s\b", r"\1 is", plain)
    plain = STANDARD.sub("\0", NAMED.sub("\0", plain))
    without = plain.replace("\0", " ")
    topic = " ".join(ASKING.sub(" ", without).split()) or " ".join(without.split())
    return plain.replace("\0", "F"), topic
