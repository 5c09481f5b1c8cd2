"""The role whose holder a question asks for ("who is the harbour master"), and whether a text names it."""

from __future__ import annotations

import re

from indexer.analysis import analyse

LONGEST = 4  # words of a role
KIN = 6  # characters that two words of one kin begin with
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
_NO_OFFICE = frozenset(
    analyse("audience admin sysadmin user staff team crew group people public customer client supplier vendor provider processor")
    + analyse("controller employee contractor visitor guest reader member party recipient participant subject regulator authority")
    + analyse("auditor company board")
)
"""Stems of words, at the end of a name, that name nobody who is appointed: a text says under other words who they are."""
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*(?:\s+(?:of\s+|and\s+|for\s+|the\s+)?[A-Z][\w'’-]*)+")
_WORD = re.compile(r"[a-z]+")
_SMALL = frozenset({"of", "and", "for", "the"})
_OFFICER = re.compile(r"(?:officer|director|manager|master|executive|chief|head|lead|leader|owner|president|chair|guardian|counsel)s?")


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
    return not (_has_words(role, text) or _is_initials(role, text) or _has_initials(role, text))


def _role(question: str) -> str | None:
    words = " ".join(_NOW.sub(" ", question).split()).rstrip(" ?.!")
    match = _ASKS.fullmatch(words)
    role = match["role"] if match else ""
    stems = analyse(role)
    named = 0 < len(role.split()) <= LONGEST and stems and _NO_ROLE.isdisjoint(stems) and stems[-1] not in _NO_OFFICE
    return role if named else None


def _has_words(role: str, text: str) -> bool:
    """Whether the words of a role stand in the text; of a role in a word ("receptionist") a word of its kin will do ("reception")."""
    asked, said = set(analyse(role)), set(analyse(text))
    return asked <= said or (len(asked) == 1 and any(len(stem) >= KIN and one.startswith(stem) for one in asked for stem in said))


def _is_initials(role: str, text: str) -> bool:
    """Whether it is what a name in the text is shortened to: "DPO" where there is a data protection officer."""
    names = (re.findall(r"\b[A-Z]", match.group()) for match in _CAPITALISED.finditer(text))
    return any(role.upper() in "".join(letters) for letters in names) or _heads_office(role.lower(), text.lower())


def _heads_office(initials: str, text: str) -> bool:
    """Whether words in a row begin with these letters and end with what somebody in office is called; a chief executive is a CEO, too."""
    words = [word for word in _WORD.findall(text) if word not in _SMALL]
    letters = "".join(word[0] for word in words)
    ends = [at + 1 for at, word in enumerate(words) if _OFFICER.fullmatch(word)]
    return any(letters[:end].endswith(said) for said in {initials, initials.removesuffix("o")} if len(said) > 1 for end in ends)


def _has_initials(role: str, text: str) -> bool:
    """Whether the text has it shortened: "DPO" where it asks for the data protection officer."""
    words = role.split()
    return len(words) > 1 and re.search(rf"\b{''.join(re.escape(word[0]) for word in words).upper()}\b", text) is not None
