"""The colophon: a line or a sentence that says which version a document is and from when on, without names for what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.dates import date_in

LONGEST = 120  # characters of a line
MOST_PARTS = 8
REVIEW_ALONE = "review"
PART = re.compile(
    r"\s*[;|·•/]\s+|\s+[–—-]\s+|,\s+(?!\d{4}\b)|\s*[()\[\]]\s*|\.\s+(?=[A-Z])|(?<=\d)\s+(?=[A-Z][a-z]+(?: [a-z]+){0,2}:\s)"
)
NUMBERED = re.compile(
    r"(?:(?:document|policy|this is) )?(?:version|revision|issue|edition|rev\.?|fassung|ausgabe|v\.?)\s?(?:no\.?\s?|number )?"
    r"(?P<number>\d{1,3}(?:\.\d{1,4}){0,3}[a-z]?)(?:,? (?P<rest>.+))?",
    re.IGNORECASE,
)
_DAY = r"(?P<day>\S.*)"
_ON = r"(?:(?:on|in|of|as of|as at|from|since|by|vom|am|du|le|:) ?)*"
EFFECTIVE = re.compile(
    rf"(?:effective|valid|applicable|(?:in|comes? into|entered into) (?:force|effect)|takes effect)\s+{_ON}{_DAY}", re.IGNORECASE
)
UNTIL = re.compile(r"(?P<day>.+?) (?:until|to|through|till) (?P<end>.+)", re.IGNORECASE)
REVIEW = re.compile(
    r"(?P<name>(?:is |to be |will be )?(?:next |due to be )?reviewed(?: again)?(?: by| before| in)|"
    rf"(?:next |scheduled )*review(?: date| due)?|(?:is )?due for review)\s+{_ON}{_DAY}",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?:approved|adopted|endorsed|authori[sz]ed|ratified|agreed|signed off) by (?:the |our )?(?P<whom>[^\d,.;:]{2,60}?)"
    r"(?:\s+(?:(?:on|in|at its meeting (?:on|of))\s+)?(?P<day>(?=\S*\d|[^\W\d_]+\.? \d).+))?",
    re.IGNORECASE,
)
TELLING = re.compile(
    r"(?:(?:first|last|date|originally|freigegeben|stand) )?(?:approved|adopted|endorsed|authori[sz]ed|ratified|agreed|issued|published|"
    rf"released|revised|reviewed|updated|amended|modified|dated|created|printed|of|vom|am|du|le|stand|as of)\s+{_ON}{_DAY}",
    re.IGNORECASE,
)
PERIOD = re.compile(r"reviewed (?:annually|yearly|every .{2,20}|once a year|at least .{2,30})", re.IGNORECASE)
SUBJECT = re.compile(
    r"(?:this|the present) (?:[\w-]+ ){0,3}?(?:policy|document|standard|procedure|guideline|plan|code|charter)\s+", re.IGNORECASE
)
_WRITTEN_DAY = (
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"[A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?![\w/])(?:,? and (?:it )?)?"
)
PREDICATES = {
    "effective from": re.compile(
        r"(?:takes effect|comes into (?:force|effect)|(?:is|has been) (?:effective|in force|in effect|valid)|applies)"
        rf"(?: on| from| as of| since)+ {_WRITTEN_DAY}"
    ),
    "next review": re.compile(
        r"(?:(?:will|shall|must|is to) be (?:next )?(?:formally )?reviewed(?: again)?|is (?:next )?due (?:for review|to be reviewed))"
        rf"(?: on| by| in| before| no later than)+ {_WRITTEN_DAY}"
    ),
}

Pair = tuple[str, str]


def colophon(line: str) -> tuple[Pair, ...]:
    """The names and values of what a line says of its document: "Version 2.0 – approved 12 March 2026", or a sentence that begins "This
    policy takes effect on".

    Empty where a part of the line says anything else, or where it states no day. "Review" alone is the next one behind another day.
    """
    words = " ".join(line.split()).rstrip(".")
    if subject := SUBJECT.match(words):
        return tuple(_predicates(words[subject.end() :]))
    parts = [part for part in PART.split(words) if part] if len(words) <= LONGEST else []
    told = [_told(part.replace(": ", " ")) for part in parts[:MOST_PARTS]]
    days = sum(map(_is_dated, parts))
    if len(parts) > MOST_PARTS or not days or any(pairs is None for pairs in told):
        return ()
    said = [pair for pairs in told for pair in pairs or ()]
    return tuple(("next review" if name == REVIEW_ALONE else name, value) for name, value in said if name != REVIEW_ALONE or days > 1)


def _predicates(words: str) -> Iterator[Pair]:
    """What the first words of a sentence's predicate say, and what those after "and" do."""
    for _ in PREDICATES:
        for name, form in PREDICATES.items():
            if (found := form.match(words)) and date_in(found["day"]):
                yield name, found["day"]
                words = words[found.end() :]


def _is_dated(part: str) -> bool:
    """Whether a part ends with a day; a version by itself is read elsewhere."""
    words = part.split()
    return any(date_in(" ".join(words[at:])) for at in range(len(words)))


def _told(part: str) -> tuple[Pair, ...] | None:
    """What one part says, which may be nothing of interest ("last revised May 2026"); None where it is something else."""
    if date_in(part) or PERIOD.fullmatch(part):
        return ()
    if found := NUMBERED.fullmatch(part):
        rest = _told(found["rest"]) if found["rest"] else ()
        return None if rest is None else (("version", found["number"]), *rest)
    if (found := REVIEW.fullmatch(part)) and date_in(found["day"]):
        return ((REVIEW_ALONE if found["name"].lower() == REVIEW_ALONE else "next review", found["day"]),)
    if found := EFFECTIVE.fullmatch(part):
        return _period(found["day"])
    if (found := BY.fullmatch(part)) and (not found["day"] or date_in(found["day"])):
        return (("approved by", found["whom"].strip()),)
    found = TELLING.fullmatch(part)
    return () if found and date_in(found["day"]) else None


def _period(days: str) -> tuple[Pair, ...] | None:
    if date_in(days):
        return (("effective from", days),)
    found = UNTIL.fullmatch(days)
    if found and date_in(found["day"]) and date_in(found["end"]):
        return ("effective from", found["day"]), ("valid until", found["end"])
    return None
