"""Of which kind of thing a question asks, where a clause on another kind is near in every other word."""

from __future__ import annotations

import re

from indexer.analysis import analyse
from indexer.named_standards import STANDARD

_VERB = r"(?:do|does|did|should|shall|can|could|may|must|is|are|was|were|has|have|had|will|would|we|you|to)"
_PRODUCT = r"products?|vendors?|brands?|makes?|models?|versions?|providers?|manufacturers?|apps?"
_BEFORE = rf"(?:(?!{_VERB}\b|(?:of|for|in|on|at|to|with|from)\b)[\w'’/-]+\s+){{0,3}}?"
_ASKS_PRODUCT = re.compile(
    rf"(?:\A|[.?!,;:–-]\s*|\b(?:and|so|but)\s+)(?:which|what)\s+(?P<matter>{_BEFORE})(?P<product>{_PRODUCT})\s+"
    rf"(?:of\s+(?P<of>[\w-]+)\s+)?{_VERB}\b",
    re.IGNORECASE,
)
_NUMBERED_KIND = re.compile(r"model|version", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.-])(?<!figure )(?<!table )(?<!section )(?<!clause )\d", re.IGNORECASE)
_NAMES = re.compile(r"\b[a-z][\w'’-]*[,;]? +\(?(?P<within>[A-Z][a-z]{2,}\w*(?: +[A-Z]\w*)*)|\b(?P<mixed>[A-Z][a-z]+[A-Z][a-z]\w*)")
"""Names: words with a capital behind one without, or with one inside. Names of letters alone (TLS) are mostly of no product."""
_OFFICES = re.compile(
    r"\b(?:officers?|directors?|managers?|masters?|head|chief|leads?|owners?|team|desk|office|department|board|committee|agency|staff|users?"
    r"|systems?|services?|management|operations?|cent(?:er|re)s?|security|information|data|policy|policies|standards?|procedures?|guides?|guidelines?"
    r"|acts?|lists?|registers?|programs?|internet|table|figure|section|clause|chapter|appendix|annex|confidential|restricted|internal|public|secret"
    r"|high|medium|low|moderate|critical|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
"""Words of names that texts write with a capital and that name no product."""
_NUMBERED = re.compile(r"\biso(?:\s?/\s?iec)?[\s-]?(?P<number>\d{4,5})\b", re.IGNORECASE)
_CERTIFIED = re.compile(r"\bcertif\w*|\bcomplian\w*|\baccredit\w*|\b(?:do|are)\s+we\b", re.IGNORECASE)
_LEAVES = (  # each line one kind, by its names
    "parental paternity maternity adoption mothers fathers birth",
    "sick sickness illness ill",
    "annual vacation holiday holidays pto",
    "bereavement compassionate funeral death",
    "jury",
    "military reservist",
    "sabbatical sabbaticals",
    "study exam",
)
_LEAVE = tuple(re.compile(rf"\b(?:{'|'.join(names.split())})\b", re.IGNORECASE) for names in _LEAVES)
_ASKS_LEAVE = re.compile(
    r"\bhow\s+(?:long|many|much)\b|\b(?:is|are)\s+there\b|\bdo\s+(?:i|we|you)\s+(?:get|have|offer)\b(?!\s+to\b)|\bcan\s+i\s+(?:take|get|have)\b",
    re.IGNORECASE,
)
_OFF = re.compile(r"\b(?:leave|time\s+off|days?\s+off|sabbaticals?)\b", re.IGNORECASE)
_ASKS_MOST = re.compile(r"\bmax(?:imum)?\b", re.IGNORECASE)
_LEAST = re.compile(r"\bmin(?:imum)?\b|\bat\s+least\b|\bno\s+(?:less|fewer)\b", re.IGNORECASE)
_MOST = re.compile(
    r"\bmax(?:imum)?\b|\bat\s+most\b|\blong(?:er|est)\b|\bno\s+more\b|\bmore\s+than\b|\bup\s+to\b|\bwithin\b|\blimit\w*"
    r"|\bceilings?\b|\bcap(?:s|ped)?\b|\bexceed\w*|\bless\s+than\b|\bunder\b|\bbetween\b|\bno\s+later\b|\bbefore\b|\bunlimited\b",
    re.IGNORECASE,
)


def lacks_kind(question: str, quote: str, shown: str) -> bool:
    """Whether it asks for a kind of thing that a citation does not speak of.

    quote: its words. shown: these with what is shown around them and where they stand, in which document.
    """
    return (
        _lacks_product(question, quote, shown)
        or _lacks_standard(question, shown)
        or _lacks_leave(question, shown)
        or _lacks_most(question, quote)
    )


def _lacks_product(question: str, quote: str, shown: str) -> bool:
    """ "Which VPN product do we use", where a clause speaks of a VPN and of no product: not by that word, a name or a version's number."""
    asked = _ASKS_PRODUCT.search(question)
    if asked is None:
        return False
    spoken = set(analyse(shown))
    if analyse(asked["product"])[0] in spoken:
        return False
    if not spoken.issuperset(analyse(f"{asked['matter']} {asked['of'] or ''}")):
        return True
    numbered = _NUMBERED_KIND.match(asked["product"]) and _NUMBER.search(quote)
    return not (numbered or _names_product(question, quote))


def _names_product(question: str, quote: str) -> bool:
    """Whether a quotation has a name that is not of an office, a document or a day, nor in the question."""
    names = (match["within"] or match["mixed"] for match in _NAMES.finditer(quote))
    return any(not _OFFICES.search(name) and name.casefold() not in question.casefold() for name in names)


def _lacks_standard(question: str, shown: str) -> bool:
    """ "Are we ISO 22301 certified", where a clause speaks of the certificate for another standard."""
    asked = _NUMBERED.search(question) if _CERTIFIED.search(question) else None
    return asked is not None and asked["number"] not in shown and STANDARD.search(shown) is not None


def _lacks_leave(question: str, shown: str) -> bool:
    """ "How long is parental leave", where a clause speaks of another leave."""
    if not (_OFF.search(question) and _ASKS_LEAVE.search(question)):
        return False
    spoken = {kind for kind in _LEAVE if kind.search(shown)}
    return bool(spoken) and any(kind.search(question) and kind not in spoken for kind in _LEAVE)


def _lacks_most(question: str, quote: str) -> bool:
    """ "What is the maximum length", where a quotation says the least."""
    return _ASKS_MOST.search(question) is not None and _LEAST.search(quote) is not None and not _MOST.search(quote)
