"""The role whose holder a question asks for ("who is the harbour master"), and whether a text names it."""

from __future__ import annotations

import re

from indexer.analysis import analyse

LONGEST = 4  # words of a role
_NOW = re.compile(
    r"\b(?:current(?:ly)?|present(?:ly)?|acting|new|by\s+name|at\s+the\s+moment|(?:right\s+)?now|these\s+days)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"who(?:['’]?s|\s+is|\s+are)\s+(?:the|our|my|your)\s+"
    r"(?P<role>[\w&'’/-]+(?:\s+[\w&'’/-]+)*?)(?:\s+(?:of|for|at|in|on)\s[^,]*)?(?:,.*)?",
    re.IGNORECASE,
)
_NO_ROLE = frozenset(
    analyse("person people one someone man guy contact boss head lead leader owner right best responsible charge point")
    + analyse("who that to for by with from about allowed")
)
"""Stems of words by which staff mean whoever it is, under whatever title, and of those that make another question of it."""
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*(?:\s+(?:of\s+|and\s+|for\s+|the\s+)?[A-Z][\w'’-]*)+")


def asks_role(question: str) -> bool:
    """Whether it asks who has a role: words that only name it do not say so."""
    return _role(question) is not None


def lacks_role(question: str, text: str) -> bool:
    """Whether it asks who has a role that a text does not name: "who is the pilot", where a harbour master is spoken of.

    Words that are no title ("the right person", "the boss") ask for no role.
    """
    role = _role(question)
    if role is None:
        return False
    stems = set(analyse(role))
    return not (stems <= set(analyse(text)) or _is_initials(role, text) or _has_initials(role, text))


def _role(question: str) -> str | None:
    words = " ".join(_NOW.sub(" ", question).split()).rstrip(" ?.!")
    match = _ASKS.fullmatch(words)
    role = match["role"] if match else ""
    return role if 0 < len(role.split()) <= LONGEST and _NO_ROLE.isdisjoint(analyse(role)) else None


def _is_initials(role: str, text: str) -> bool:
    """Whether it is what a name in the text is shortened to: "DPO" where there is a Data Protection Officer."""
    names = (re.findall(r"\b[A-Z]", match.group()) for match in _CAPITALISED.finditer(text))
    return any(role.upper() in "".join(letters) for letters in names)


def _has_initials(role: str, text: str) -> bool:
    """Whether the text has it shortened: "DPO" where it asks for the data protection officer."""
    words = role.split()
    return len(words) > 1 and re.search(rf"\b{''.join(re.escape(word[0]) for word in words).upper()}\b", text) is not None
