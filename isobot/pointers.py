"""Sentences that only say where something is written, and so seldom answer: "See section 4.", "Further guidance is available in …"."""

from __future__ import annotations

import re

from indexer.sentences import sentences

_WHAT = r"(?:information|details?|guidance|advice|instructions|help|background|explanations?|discussion)"
_MORE = r"(?:more|further|additional|detailed|full|fuller|complete|specific|general)"
_PLACE = r"(?:section|sub-?section|clause|chapter|appendix|annex|table|figure|part|page|article|schedule)"
_TEXT = r"(?:document|guide|guidance|handbook|manual|leaflet|publication|policy|standard|procedure)"
_PART = rf"(?:{_PLACE}|{_TEXT}|file)"
_WRITTEN = r"(?:available|found|provided|given|described|in\ (?:the|section|appendix|annex|chapter))"
_TELLS = (
    r"(?:describes?|explains?|outlines?|discuss(?:es)?|presents?|introduces?|summari[sz]es?|details?|sets?\ out|provides?|gives?|lists?"
    r"|addresses|contains?|specif(?:y|ies)|establish(?:es)?|defines?)\b(?!\ that\b)"
)
_TOLD = (
    r"(?:described|explained|outlined|discussed|summari[sz]ed|detailed|set\ out|provided|given|listed|addressed|contained|covered|defined"
    r"|specified|found|documented|published)"
)
_RULES = r"[^.;]*\b(?:must|shall|should|may|required|below)\b"
_POINTS = re.compile(
    rf"""[^\w]*(?:note:\s+)?(?:
        (?:please\ )?(?:also\ )?(?:see|refer\ to)\b(?!\ (?:which|what|how|if|whether|that|why)\b)
        | (?:for|to\ (?:get|find|obtain))\ (?:{_MORE}\ )?(?:{_WHAT}|on\b|about\b)[^.;]*
            \b(?:see|refer\ to|read|consult|visit|go\ to|available|found)\b
        | (?:{_MORE}|some|other)\ (?:\w+\ )?{_WHAT}\b[^.;]*\b{_WRITTEN}\b
        | (?:this|these|the\ (?:next|following|present|previous|preceding|accompanying|attached|external))\ {_PART}s?\ (?:also\ )?{_TELLS}
        | (?:the\ )?{_PLACE}\ (?:\d[\d.]*|[A-Z](?:[\d.]*\d)?)\ (?:also\ )?{_TELLS}
        | the\ (?:[\w–-]+\ ){{0,6}}?{_TEXT}\ {_TELLS}
        | (?!{_RULES})[^.;:]{{3,160}}\ (?:is|are)\ (?:\w+ly\ |further\ |also\ )?{_TOLD}\ in\ (?:the\ |our\ )?(?:[\w–-]+\ ){{0,4}}?
            (?:{_PLACE}|{_TEXT})s?\b(?![^.;]{{80}})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(
    r"""\b(?:where
        | whom?\b.*\b(?:contact|tells?|explains?|describe[sd]?|advi[cs]e|help|ask|inform\w*)
        | find|found|read|documents?|documented|guides?|guidance|sections?|appendix|annex|chapter|pages?|publications?|links?|described?
        | (?:more|further)\ (?:information|details|about|on) | explains?|describe[sd]?|cover(?:s|ed)?|refers?|references?
        | purpose|objectives?|point\ of
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
POINTING = 0.7  # of the likeness of such a sentence counts beside one that states the rule


def points(words: str) -> bool:
    """Whether a sentence says no more than where something is written, or what is."""
    return _POINTS.match(words) is not None


def only_points(text: str) -> bool:
    """Whether every sentence of a text does, and every line: what a sentence leads to is said."""
    return points(text) and all(points(line[start:end]) for line in text.splitlines() for start, end in sentences(line, 0, len(line)))


def asks_where(question: str) -> bool:
    """Whether a question may be answered by such a sentence."""
    return _ASKED.search(question) is not None
