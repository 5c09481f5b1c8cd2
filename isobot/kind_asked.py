"""Of which kind of thing a question asks, where a clause on another kind is near in every other word."""

from __future__ import annotations

import re

from indexer.analysis import analyse
from indexer.named_standards import STANDARD

_VERB = r"(?:do|does|did|should|shall|can|could|may|must|is|are|was|were|has|have|had|will|would|we|you|to)"
_PRODUCT = r"products?|vendors?|brands?|makes?|models?|versions?|providers?|airlines?|banks?|manufacturers?|apps?"
_BEFORE = rf"(?:(?!{_VERB}\b|(?:of|for|in|on|at|to|with|from)\b)[\w'’/-]+\s+){{0,3}}?"
_ASKS_PRODUCT = re.compile(
    rf"(?:\A|[.?!,;:–-]\s*|\b(?:and|so|but)\s+)(?:which|what)\s+{_BEFORE}(?P<product>{_PRODUCT})\s+(?:of\s+[\w-]+\s+)?{_VERB}\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\biso(?:\s?/\s?iec)?[\s-]?(?P<number>\d{4,5})\b", re.IGNORECASE)
_CERTIFIED = re.compile(r"\bcertif\w*|\bcomplian\w*|\baccredit\w*|\b(?:do|are)\s+we\b", re.IGNORECASE)
_LEAVES = (  # each line one kind, by its names
    "parental paternity maternity adoption",
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
    r"|\bexceed\w*|\bless\s+than\b|\bunder\b|\bbetween\b|\bno\s+later\b|\bbefore\b|\bunlimited\b",
    re.IGNORECASE,
)


def lacks_kind(question: str, quote: str, shown: str) -> bool:
    """Whether it asks for a kind of thing that a citation does not speak of.

    quote: its words. shown: these with what is shown around them and where they stand.
    """
    return any(lacks(question, shown) for lacks in (_lacks_product, _lacks_standard, _lacks_leave)) or _lacks_most(question, quote)


def _lacks_product(question: str, shown: str) -> bool:
    """"Which VPN product do we use", where a clause speaks of a VPN and of no product."""
    asked = _ASKS_PRODUCT.search(question)
    return asked is not None and analyse(asked["product"])[0] not in analyse(shown)


def _lacks_standard(question: str, shown: str) -> bool:
    """"Are we ISO 22301 certified", where a clause speaks of the certificate for another standard."""
    asked = _NUMBERED.search(question) if _CERTIFIED.search(question) else None
    return asked is not None and asked["number"] not in shown and STANDARD.search(shown) is not None


def _lacks_leave(question: str, shown: str) -> bool:
    """"How long is parental leave", where a clause speaks of another leave."""
    if not (_OFF.search(question) and _ASKS_LEAVE.search(question)):
        return False
    return any(kind.search(question) and not kind.search(shown) for kind in _LEAVE)


def _lacks_most(question: str, quote: str) -> bool:
    """"What is the maximum length", where a quotation says the least."""
    return _ASKS_MOST.search(question) is not None and _LEAST.search(quote) is not None and not _MOST.search(quote)
