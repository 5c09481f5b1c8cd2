"""Audience: who may read a document, from the words of its author."""

from __future__ import annotations

import re

EVERYONE = frozenset(
    {
        "all", "everyone", "everybody", "anyone", "anybody", "public", "internal", "internal use", "internal use only", "general", "open",
        "unrestricted", "staff", "employees", "personnel", "colleagues", "workforce", "organisation", "organization", "company",
        "whole organisation", "whole organization", "entire organisation", "entire organization", "whole company", "entire company",
        "company wide", "organisation wide", "organization wide", "all hands", "no restriction", "no restrictions",
    }
)  # fmt: skip
ALL = re.compile(
    r"(?:all|every|any)(?: (?:our|of our|permanent|internal|company|organisation|organization))*"
    r" (?:members? of )?(?:the )?(?:staff|employees?|personnel|colleagues?|members?|users?|workers?|workforce|people|departments?|teams?|"
    r"functions|organisation|organization|company)(?: members?)?"
)
APART = re.compile(r"\s*(?:[,;/&\n]|\band\b|\bor\b)\s*")
BEFORE = re.compile(
    r"(?:this (?:document|policy|standard|procedure|guide) (?:is |applies )(?:intended |aimed )?(?:for|to|at)|"
    r"restricted to|limited to|only|the|for|members of)\s+"
)
AFTER = re.compile(r"\s+only\Z")


def audience_of(value: str) -> frozenset[str] | None:
    """The groups that `value` names, in small letters, any of which may read; None when it means every member.

    What is neither is taken for a group that nobody may belong to: words that cannot be understood never open a document.
    """
    names = [_name(part) for part in APART.split(value.lower())]
    groups = [name for name in names if name]
    if not groups or any(_is_everyone(name) for name in groups):
        return None if groups else frozenset({value.lower().strip()})
    return frozenset(groups)


def _name(part: str) -> str:
    """The group without the words around it: "restricted to the HR team only" is "hr team"."""
    name = " ".join(part.split()).strip(" .'\"“”‘’[]()")
    while (shorter := AFTER.sub("", BEFORE.sub("", name, count=1) if BEFORE.match(name) else name)) != name:
        name = shorter
    return name


def _is_everyone(name: str) -> bool:
    plain = name.replace("-", " ")
    return plain in EVERYONE or ALL.fullmatch(plain) is not None
