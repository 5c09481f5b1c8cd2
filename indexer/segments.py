"""Segments: the parts of one line that each state a fact ("Version 2.1 | Owner: CISO", "Version 4, owned by the Registrar")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.dates import date_in
from indexer.labels import DATES, FACTS, Fact, fact_of

SEPARATOR = re.compile(r"\s*[|·•▪]\s*|\t+|\s+-{2,}\s+")
ASSIGNED = re.compile(r"(?P<key>[^\W\d_][\w ./'’-]{0,40}?)\s*(?::|=)\s*(?P<value>\S.*)")
VERSION = re.compile(
    r"(?:document |policy )?(?:version|revision|issue|edition|rev\.?|v)\s?(?:no\.?\s?)?"
    r"(?P<value>\d{1,3}(?:\.\d{1,4}){0,3}[a-z]?(?:\s*\(?(?:draft|entwurf|projet)\)?)?)(?P<more>,\s\D.{0,60})?",
    re.IGNORECASE,
)
OWNED = re.compile(r"owned by (?:the )?(?P<value>.+)", re.IGNORECASE)
DATED = re.compile(
    r"(?P<key>[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,3}?)\s+(?P<by>(?:on|by|in|before|no later than|not later than)\s+)?"
    r"(?P<value>(?:\d|(?!from |since )[^\W\d_]{3,9}\.? \d).*)",
    re.IGNORECASE,
)
TO_REVIEW = re.compile(r"(?:(?:is )?to be reviewed|(?:next )?review|due for review)", re.IGNORECASE)
INNER = (Fact.VERSION, Fact.STATUS, Fact.OWNER, Fact.APPROVER, Fact.EFFECTIVE, Fact.REVIEW, Fact.EXPIRY, Fact.AUDIENCE)
NOT_INNER = frozenset({"state", "access", "readers"})  # that a value may end with
OTHERS = (
    "last reviewed|last review|review|last updated|date of issue|issue date|issued|date|author|prepared by|classification|department|"
    "approved"
)
"""Labels of what is no fact here, but ends the value before it."""
_INNER_NAMES = [name for name, fact in FACTS.items() if fact in INNER and name not in NOT_INNER]
_NAMES = "|".join(sorted([*_INNER_NAMES, *OTHERS.split("|")], key=len, reverse=True))
_DAY = r"(?:\d|[^\W\d_]{3,9}\.? \d)"
_BEGINS = re.compile(
    rf"(?<![^\W_])(?:(?:{_NAMES})\s?(?:no\.?|\.)?\s*:|(?:document |policy )?(?:version|revision|issue|edition|rev\.?) \d|v\d|owned by\s"
    rf"|(?:(?:is )?to be reviewed|(?:next )?review)\s(?:on|by|in|before|no later than|not later than)\s{_DAY}|last reviewed\s{_DAY})",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"(?:[.;,]|\s[–—-])\s+\Z")
LONGEST_PAUSE = 8  # characters
_SENTENCE = re.compile(r"(?:(?<=[a-z]{3})|(?<=\d))\.\s+(?=[A-Z])")


def pairs_in(line: str) -> Iterator[tuple[str, str]]:
    """The names and values of a line's parts, whether the names are known or not."""
    parts = [part for part in SEPARATOR.split(line.strip()) if part]
    for part in parts:
        pieces = _pieces(part)
        several = len(parts) + len(pieces) > 2
        for piece in pieces:
            pair = _pair(piece, several)
            if pair:
                yield pair


def states_facts(line: str) -> bool:
    """Whether a line states two facts or more, and so is neither a heading nor a sentence."""
    return sum(fact_of(name) is not None for name, _ in pairs_in(line)) > 1


def _pieces(part: str) -> list[str]:
    """A part cut where names begin, if there are two or more: anywhere where it begins with one, else after a pause."""
    cuts: list[int] = []
    for found in _BEGINS.finditer(part):
        at = found.start()
        pause = bool(_PAUSE.search(part, max(0, at - LONGEST_PAUSE), at))
        if at == 0 or pause or (cuts[:1] == [0] and part[at].isupper() and part[at - 1].isspace()):
            cuts.append(at)
    if len(cuts) < 2:
        return [part]
    pieces = [part[start:end] for start, end in zip(cuts, [*cuts[1:], len(part)], strict=True)]
    return [_SENTENCE.split(piece, maxsplit=1)[0].strip().rstrip(".;,–—- ") for piece in pieces]


def _pair(piece: str, several: bool) -> tuple[str, str] | None:
    """The name and the value of one part; a line of nothing else may say less clearly that it states something."""
    version = VERSION.fullmatch(piece)
    if version and (several or not version["more"]):
        return "version", version["value"]
    if found := ASSIGNED.fullmatch(piece):
        due = several and found["key"].lower() == "review" and date_in(found["value"])  # alone it may be the last one
        return "next review" if due else found["key"], found["value"]
    if several and (found := OWNED.fullmatch(piece)):
        return "owner", found["value"]
    found = DATED.fullmatch(piece)
    if not found or not date_in(found["value"]):
        return None
    if fact_of(found["key"]) in DATES:
        return found["key"], found["value"]
    return ("next review", found["value"]) if found["by"] and TO_REVIEW.fullmatch(found["key"]) else None
