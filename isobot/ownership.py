"""Whose equipment is spoken of: a person's own, or the employer's. A rule on one of them does not answer for the other."""

from __future__ import annotations

import re

_POSSESSIVE = r"(?:my|your|their|his|her|one['’]s|(?:employee|user|worker)(?:['’]s|s['’]))"
_OWN = rf"{_POSSESSIVE}\s+own|my\s+personal|private|personal(?!\s+computers?\b)|(?:privately|personally)[\s-]owned"
_FIRM = r"(?:company|corporate|employer|organi[sz]ation|business)"
_WORK = rf"work|{_FIRM}|{_FIRM}['’]s\s+own|our\s+own|office|managed|(?:company|corporate)[\s-]owned|{_FIRM}['’]s"
_DEVICE = (
    r"(?:(?:lap|desk)-?tops?|computers?|macs?|pcs?|macbooks?|chromebooks?|notebooks?|machines?|devices?"
    r"|(?:smart|tele)?phones?|iphones?|mobiles?|cells?|tablets?|ipads?|kit|equipment|usbs?)"
)
_PREPOSITION = r"(?:with|for|on|in|to|of|from|by|at|via|hours)\b"
_OWNERS = {
    owner: re.compile(rf"(?<!non-)(?<!not a )\b(?:{words})\s+(?:(?:and|or)\s+)?(?:(?!{_PREPOSITION})\w+\s+)?{_DEVICE}\b", re.IGNORECASE)
    for owner, words in (("self", _OWN), ("employer", _WORK))
}


def owners(text: str) -> frozenset[str]:
    """Of "self" and "employer" those whose computers and telephones a text names as theirs."""
    return frozenset(owner for owner, pattern in _OWNERS.items() if pattern.search(text))


def are_opposed(one: str, other: str) -> bool:
    """Whether one text speaks of a person's own equipment alone and the other of the employer's alone."""
    return {owners(one), owners(other)} == {frozenset({"self"}), frozenset({"employer"})}
