"""Listed matter: numbered paragraphs that are a list, however long: the works of a bibliography, the steps of an instruction."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 0.6  # of the paragraphs that show it
_YEAR = r"\b(?:1[89]|20)\d\d[a-z]?\b"
_NAME = r"[^\W\d_][\w'’-]+"
WORK = re.compile(
    rf"(?:{_NAME},? (?:[A-Z]\.[ -]?){{1,3}}|(?:[A-Z]\.[ -]?){{1,3}}{_NAME}(?:,| and | & | et al)).*{_YEAR}|.{{3,120}}? \({_YEAR}\)[.:]\s",
    re.DOTALL,
)
"""The beginning of one, and its year: "Smith, J. …", "J. Smith, …", "International Society (2018). …"."""
ACTION = re.compile(
    r"(?:(?:now|then|next|first|finally|again),? )?(?:click|double-click|press|select|open|choose|enter|type|tap|log|sign|go|navigate|"
    r"download|install|insert|remove|turn|switch|wait|print|scroll|fill|dial|unplug|plug|connect|disconnect|restart|reboot|save|close|put|place|take|"
    r"push|pull|hold|attach|copy|paste|drag|run|start|call|ring|send|wash|rinse|dry|lift|lower|walk)\b",
    re.IGNORECASE,
)
HOW = re.compile(
    r"how (?:to|do i|do you)\b.*|steps? (?:to|for)\b.*|instructions? (?:for|on|to)\b.*|.*\b(?:instructions|step by step|checklist)",
    re.IGNORECASE,
)
RULES = re.compile(r"\b(?:rules|polic(?:y|ies)|principles|duties|regulations|obligations|code of \w+)\b", re.IGNORECASE)


def are_works(paragraphs: Sequence[str]) -> bool:
    """Whether they are the works of a bibliography, each begun with an author and dated."""
    return _most([WORK.match(text) is not None for text in paragraphs])


def are_steps(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether they are the steps of one thing to do: their title says so, or they tell what to press, to open or to take and it does not
    say that they are rules."""
    told = not RULES.search(title) and _most([ACTION.match(text) is not None for text in paragraphs])
    return told or HOW.fullmatch(title.strip()) is not None


def _most(shown: Sequence[bool]) -> bool:
    return sum(shown) >= MOST * len(shown)
