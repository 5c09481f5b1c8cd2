"""Designations: the series and number that a document has in it, "SP 800-61" or "FIPS 200", as its title and its first page give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from indexer.named_standards import OTHER, NamedStandards
from indexer.readers.base import Reading

FIRST_BLOCKS = 8  # of a document without pages
MOST = 4
PARTS = re.compile(r"[,:;|]\s+|\s+[-–—|]\s+")
"""What parts a title: "FIPS 200, Minimum Security Requirements"."""
LONGEST = 90  # characters
WORD = r"(?:[A-Z][A-Za-z]{0,14}(?:/[A-Z]{2,6})?|#)"
DESIGNATION = re.compile(
    rf"(?P<series>{WORD}(?:\s{WORD}){{0,5}})[\s-]?(?P<number>\d{{2,5}}(?:[.-][A-Z\d]{{1,6}}){{1,4}}|\d{{2,5}})"
    r"(?:,?\s(?:Rev(?:ision|\.)?|Version|Edition|r|v)\s?\d{1,2}|r\d{1,2})?"
)
YEAR_OR_CODE = re.compile(r"(?:19|20)\d\d|\d{5}-\d{4}")
INITIALS = re.compile(r"[A-Z]{2,}")
KINDS = frozenset({"policy", "plan", "standard", "procedure", "guideline", "guide", "framework", "handbook", "runbook", "charter"})
"""The last words of the titles whose initials are said as a name."""
SMALL = frozenset({"and", "or", "of", "for", "the", "a", "an", "to", "in", "on", "with"})
OTHERWISE = re.compile(
    r"\b(?:version|page|room|suite|box|table|figure|chapter|section|part|annex|appendix|phase|issue|edition|revision|level|floor|tel|phone|fax|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
"""Words whose number is of something else."""


def parts_of(title: str) -> list[str]:
    """What stands before, between and after the commas, colons and dashes of a title."""
    return PARTS.split(title)


def initials(title: str) -> str | None:
    """What staff make of the title of a policy or a plan: "AUP" of "Acceptable Use Policy", "BCP" of "Business Continuity Plan".

    None where that would be no name: of fewer than three words, or more than five, or of another kind of document.
    """
    words = [word for word in re.findall(r"[\w'’]+", title) if word.casefold() not in SMALL]
    plain = all(word.isalpha() and not word.isupper() for word in words)
    named = 3 <= len(words) <= 5 and plain and words[-1].casefold() in KINDS
    return "".join(word[0] for word in words).upper() if named else None


def designations(title: str, reading: Reading) -> tuple[str, ...]:
    """The designations that are a part of the title or a line of the first page by themselves, each once ("NIST SP 800-92").

    The name of a standard that isobot has as a framework is none: many documents show whose rules they follow.
    """
    found = (" ".join((match["series"], match["number"])) for line in (*parts_of(title), *_lines(reading)) if (match := _designation(line)))
    return tuple(islice(dict.fromkeys(" ".join(one.split()) for one in found), MOST))


def _designation(line: str) -> re.Match[str] | None:
    words = " ".join(line.split())
    match = DESIGNATION.fullmatch(words) if len(words) <= LONGEST else None
    if match is None or OTHERWISE.search(match["series"]) or YEAR_OR_CODE.fullmatch(match["number"]):
        return None
    if match["number"].isdecimal() and not INITIALS.search(match["series"]):
        return None
    of_frameworks = any(named.family != OTHER for named in NamedStandards(line, loose=True).all)
    return None if of_frameworks else match


def _lines(reading: Reading) -> Iterator[str]:
    text, pages = reading.text.characters, reading.text.pages
    blocks = takewhile(lambda block: block.start < pages[0].end, reading.blocks) if pages else reading.blocks[:FIRST_BLOCKS]
    for block in blocks:
        yield from text[block.start : block.end].splitlines()
