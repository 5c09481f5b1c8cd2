"""Stray lines: those that stand alone above a paragraph as headings do and head nothing, as an address, a marking, a version or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.candidates import Candidate
from indexer.colophon import colophon

POSTCODE = re.compile(
    r"(?:\A|[\s,])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2} \d{5}(?:-\d{4})?)(?:,? (?:UK|USA|CANADA))?\Z"
)
"""At the end of a line: British, Canadian, and of the United States behind the state."""
STREET = re.compile(
    r"\d{1,5}[A-Z]?,? (?:[\w'’.-]+ ){1,3}(?:street|road|avenue|lane|drive|boulevard|square|terrace|crescent|highway|parkway|quay|court)"
    r"(?:,.*| (?:north|south|east|west))?|p\.? ?o\.? box \d+.*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S@\S|\bwww\.", re.IGNORECASE)  # of mail and of a site
NOTICE = re.compile(
    r"\W*(?:(?:this |the (?:rest|remainder) of this )?page (?:is |has been |was )?(?:intentionally |deliberately )?(?:left )?blank|"
    r"(?:intentionally|deliberately) (?:left )?blank|(?:the )?end(?: of (?:the |this )?(?:document|policy|standard|procedure|text|page))?|"
    r"(?:please )?(?:turn over|pto)|(?:document |copy |copies )?(?:is |are )?uncontrolled (?:copy )?(?:when|if|once) printed)\W*",
    re.IGNORECASE,
)
CALL = re.compile(r"(?:note|tip|hint|important|warning|caution|attention|remember|did you know)\W*", re.IGNORECASE)
"""What a box in the text is headed by, to call attention to it."""
LEVEL = "(?:official|unclassified|protected|restricted|confidential|internal|secret|sensitive|proprietary|public)"
MARKING = re.compile(
    r"\W*(?:(?:(?:company|business|commercial(?:ly)?|strictly|highly|top|private and|private &)\W+)?"
    rf"{LEVEL}(?:\W+(?:(?:and|or)\W+)?{LEVEL}){{0,2}}|"
    r"(?:for\W+)?(?:internal|official|company|business)\W+use\W+only|(?:commercial\W+)?in\W+confidence|"
    r"tlp\W{0,3}(?:red|amber(?:\+strict)?|green|clear|white))\W*",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"signed(?= (?:by|for|on|at|in|and)\b|\W*\Z).*|signatures?\W*|(?:for and )?on behalf of\b.*|yours (?:sincerely|faithfully|truly)\W*",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame)\.? )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}", re.IGNORECASE)
BLANK = re.compile(r"(?:(?:by|x|name|date|signature)\W*)?_{5,}[\W_]*(?:\(?(?:date|signature)\W*)?[\W_]*", re.IGNORECASE)  # to sign on
NEAR_SIGNATURE = 3  # lines below "Signed"


def stray_lines(candidates: Sequence[Candidate]) -> set[int]:
    """The lines without mark and number that head nothing, by their place among the candidates.

    A marking is one ("OFFICIAL") unless other markings stand so too, as in the levels of a classification; and what states the version
    ("Version 2, May 2026") unless another line does, as in a history.
    """
    bare = {at: candidate for at, candidate in enumerate(candidates) if not (candidate.mark or candidate.named or candidate.number)}
    markings = {at: words for at, candidate in bare.items() if MARKING.fullmatch(words := candidate.text.casefold().strip())}
    found = {at for at, candidate in bare.items() if _is_address(candidate) or _is_notice(candidate.text)}
    found |= set(markings) if len(set(markings.values())) == 1 else set()
    said = {at: dict(colophon(candidate.text)) for at, candidate in bare.items()}
    versions = {at for at, pairs in said.items() if "version" in pairs}
    found |= {at for at, pairs in said.items() if pairs and (at not in versions or len(versions) == 1)}
    signed = [at for at, candidate in enumerate(candidates) if SIGNED.fullmatch(candidate.text)]
    below = {at + further for at in signed for further in range(1, NEAR_SIGNATURE + 1)}
    blanks = [at for at, candidate in bare.items() if not candidate.text or BLANK.fullmatch(candidate.text)]
    below |= {at + beside for at in blanks for beside in (-1, 1)}
    return found | {at for at in below & set(bare) if NAME.fullmatch(candidates[at].text)}


def _is_notice(text: str) -> bool:
    return NOTICE.fullmatch(text) is not None or CALL.fullmatch(text) is not None


def _is_address(candidate: Candidate) -> bool:
    """Whether its last line is that of an address."""
    line = candidate.text.rsplit("\n", 1)[-1].rstrip(" .,")
    return any(form.search(line) for form in (POSTCODE, ADDRESS)) or STREET.fullmatch(line) is not None
