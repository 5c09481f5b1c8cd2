"""What a follow-up means: from the question before it to a complete question, or to something to tell of what was cited.

A pure function of the words. What one typed stays whole in the complete question, behind what it follows: "can i work from
spain? › who has to agree?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.analysis import QUESTION_WORDS, analyse
from indexer.references import question_references
from isobot.citation_request import CitationRequest, citation_request, plain
from isobot.lookup import section_named
from isobot.question import MAX_CHARACTERS

STEP = " › "
"""Between the parts of a complete question."""
LONGEST_FRAGMENT = 10  # words
MOST_NAMED = 3  # telling words of a sentence that leans on the one before; with more it says itself what it is about
LONGEST_LEANING = 10  # words

_LEADS = re.compile(
    r"(?:(?:and|but|or|so|also|ok|okay|no|well|hm+|plus|then)[\s,]+)*"
    r"(?P<lead>(?:what|how)\s(?:about|if|of)|same\s(?:for|with|in|at)|(?:is|does)\s(?:it|that|this)\s(?:the\ssame|also|apply)(?:\s(?:for|to|in|at|with))?"
    r"|i\smean[t]?|and|but|or|also|plus|so)\b"
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|can|could|may|must|do|does|did|is|are|was|will|would|should|shall|have|has|need)\b"
)
_POINTS = re.compile(r"\b(?:it|they|them|that|this|she|he|her|him)\b(?!\s(?:ok|okay|true|possible|allowed|fine|alright)\b)")
_MEASURES = frozenset(
    analyse(
        "long often early late soon fast quick quickly far much many big large high old ahead before beforehand after afterwards anyway"
        " again back maximum minimum most least cost pay time day hour week month year anybody anyone nobody somebody everybody"
        " always never ever still already right wrong case happen happened mean take last ask one ones same different other else new work"
        " first latest total altogether overall max min usually normally exactly roughly"
    )
)
"""Stems that ask for a measure or a circumstance, and name nothing that a clause could be about."""
_SECTION = re.compile(r"(?:(?:section|clause|paragraph|para|annex|appendix|§)\s?)?(\d{1,3}(?:\.\d{1,3}){0,5}(?:\([a-z0-9]{1,4}\))*)")
_COUNTED = re.compile(r"(?:the\s)?([a-z]{2,})[\s-]?(\d{1,4})")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A complete question. perhaps_new: whether the words may as well be a question of their own.

    named: what is new in it ("dog" of "what about my dog?"), and what an answer must speak of; "" where nothing is.
    """

    question: str
    perhaps_new: bool = False
    named: str = ""


def follow_up(text: str, earlier: str) -> FollowUp | CitationRequest | None:
    """What words mean behind an earlier complete question; None where they lean on nothing and are a question of their own."""
    words = plain(text)
    if not words:
        return None
    if request := citation_request(text):
        return request
    if replaced := _identifier_replaced(words, without_requests(earlier)):
        return FollowUp(replaced)
    named = _named(words)
    if _is_fragment(words):
        return _composed(earlier, text, named=" ".join(named))
    if not named or (len(named) <= MOST_NAMED and _supposes(words)):
        return _composed(earlier, text)
    return _composed(earlier, text, perhaps_new=True, named=" ".join(named)) if _leans(words, named) else None


def without_requests(question: str) -> str:
    """A complete question without the parts that only asked about its citations."""
    parts = question.split(STEP)
    return STEP.join([parts[0], *(part for part in parts[1:] if citation_request(part) is None)])


def behind(earlier: str, text: str) -> str:
    """The complete question: what one typed behind what it follows, of which the first and the last part are kept."""
    parts = without_requests(earlier).split(STEP)
    if len(parts) > 1 and _is_fragment(plain(parts[-1])) and _is_fragment(plain(text)):
        parts.pop()  # "and for contractors? › and for visitors?" asks for visitors
    kept = parts if len(parts) < 3 else [parts[0], parts[-1]]
    return STEP.join([*kept, text.strip()])


def _composed(earlier: str, text: str, perhaps_new: bool = False, named: str = "") -> FollowUp | None:
    question = behind(earlier, text)
    return FollowUp(question, perhaps_new, named) if len(question) <= MAX_CHARACTERS else None


def _is_fragment(words: str) -> bool:
    """Whether it is no sentence: "and for contractors", "what about my mailbox", "for how long"."""
    if len(words.split()) > LONGEST_FRAGMENT:
        return False
    lead = _LEADS.match(words)
    if lead:
        return not _supposes(words) and not _ASKS.search(words, lead.end())
    return not _named(words)


def _supposes(words: str) -> bool:
    """Whether it supposes another case of what was asked: "what if i work remotely"."""
    lead = _LEADS.match(words)
    return lead is not None and lead["lead"].endswith("if")


def _leans(words: str, named: Sequence[str]) -> bool:
    """Whether a sentence may lean on the one before: it begins with "and", points at something that it does not name itself, or
    asks with a single telling word ("who has to agree?").

    What has a comma, or many telling words, mostly names itself what it points at: "think my pc has a virus, should i turn it off".
    """
    if len(named) > MOST_NAMED or len(words.split()) > LONGEST_LEANING:
        return False
    bare = len(named) == 1 and bool(_ASKS.match(words))
    return bare or bool(_LEADS.match(words)) or ("," not in words and bool(_POINTS.search(words)))


def _named(words: str) -> list[str]:
    """The words that name something a clause may be about."""
    lead = _LEADS.match(words)
    rest = words[lead.end() :] if lead else words
    every = re.findall(r"[^\W_][\w.'/-]*", rest)
    return [word for word in every if "'" not in word and word not in QUESTION_WORDS and not set(analyse(word)) <= _MEASURES]


def _identifier_replaced(words: str, earlier: str) -> str | None:
    """The earlier question with another id, section or number where it had one: "and A.8.11?" behind "where is A.8.13 documented?"."""
    lead = _LEADS.match(words)
    bare = re.sub(r"^(?:for|in|on|to|the|is)\s", "", (words[lead.end() :] if lead else words).strip(" ,"))
    new, old = question_references(bare), question_references(earlier)
    if len(new) == 1 and old and new[0].text.strip(" ?") == bare:
        return earlier[: old[-1].start] + new[0].text.upper() + earlier[old[-1].end :]
    number = section_named(earlier)
    if number and not old and (section := _SECTION.fullmatch(bare)):
        return earlier.replace(number, section[1])
    counted = _COUNTED.fullmatch(bare)
    if counted:
        same = re.compile(rf"\b({counted[1]}[\s-]?)\d{{1,4}}\b", re.IGNORECASE)
        if same.search(earlier):
            return same.sub(rf"\g<1>{counted[2]}", earlier)
    return None
