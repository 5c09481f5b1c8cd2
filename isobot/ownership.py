"""Whose equipment is spoken of: a person's own, or the employer's. A rule on one of them does not answer for the other."""

from __future__ import annotations

import re

_OWN = r"own|private|personal|privately[\s-]owned|personally[\s-]owned"
_WORK = r"work|company|corporate|business|office|managed|(?:company|corporate)[\s-]owned|company['’]s|employer['’]s"
_DEVICE = (
    r"(?:(?:lap|desk)-?tops?|computers?|macs?|pcs?|macbooks?|chromebooks?|notebooks?|machines?|devices?"
    r"|(?:smart|tele)?phones?|iphones?|mobiles?|cells?|tablets?|ipads?|kit|equipment|usbs?)"
)
_OWNERS = {
    owner: re.compile(rf"\b(?:{words})\s+(?:(?:and|or)\s+)?(?:\w+\s+)?{_DEVICE}\b", re.IGNORECASE)
    for owner, words in (("self", _OWN), ("employer", _WORK))
}


def owners(text: str) -> frozenset[str]:
    """Of "self" and "employer" those whose computers and telephones a text names as theirs."""
    return frozenset(owner for owner, pattern in _OWNERS.items() if pattern.search(text))


def are_opposed(one: str, other: str) -> bool:
    """Whether one text speaks of a person's own equipment alone and the other of the employer's alone."""
    return {owners(one), owners(other)} == {frozenset({"self"}), frozenset({"employer"})}
