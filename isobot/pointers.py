"""Sentences that only say where something is written, and so seldom answer: "See section 4.", "Further guidance is available in …"."""

from __future__ import annotations

import re

_WHAT = r"(?:information|details?|guidance|advice|instructions|help|background|explanations?|discussion)"
_MORE = r"(?:more|further|additional|detailed|full|fuller|complete|specific|general)"
_PART = (
    r"(?:section|sub-?section|clause|chapter|appendix|annex|table|figure|part|page|article|document|guide|guidance|publication|policy"
    r"|standard)"
)
_WRITTEN = r"(?:available|found|provided|given|described|in\ (?:the|section|appendix|annex|chapter))"
_TELLS = (
    r"(?:describes?|explains?|outlines?|discuss(?:es)?|presents?|introduces?|summari[sz]es?|details?|sets?\ out|provides?|gives?|lists?"
    r"|addresses)"
)
_POINTS = re.compile(
    rf"""[^\w]*(?:note:\s+)?(?:
        (?:please\ )?(?:also\ )?(?:see|refer\ to)\b(?!\ (?:which|what|how|if|whether|that|why)\b)
        | (?:for|to\ (?:get|find|obtain))\ (?:{_MORE}\ )?(?:{_WHAT}|on\b|about\b)[^.;]*
            \b(?:see|refer\ to|read|consult|visit|go\ to|available|found)\b
        | (?:{_MORE}|some|other)\ (?:\w+\ )?{_WHAT}\b[^.;]*\b{_WRITTEN}\b
        | (?:this|the\ (?:next|following|present))\ {_PART}s?\ (?:also\ )?{_TELLS}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(
    r"\b(?:where|whom?|contact|find|found|read|documents?|documented|guides?|guidance|sections?|appendix|annex|chapter|publications?|links?"
    r"|more|details|information|purpose|describe[sd]?|cover(?:s|ed)?|refers?|references?)\b",
    re.IGNORECASE,
)
POINTING = 0.7  # of the likeness of such a sentence counts beside one that states the rule


def points(words: str) -> bool:
    """Whether a sentence says no more than where something is written, or what is."""
    return _POINTS.match(words) is not None


def asks_where(question: str) -> bool:
    """Whether a question may be answered by such a sentence."""
    return _ASKED.search(question) is not None
