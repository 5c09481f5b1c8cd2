"""The numbers that documents give their clauses, as they stand at the head of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    DECIMAL = "decimal"  # 4, 4.2, A.8.13, C.1
    NAMED = "named"  # Annex A, Article 7, Section 3, Principle 2
    CODE = "code"  # POL.ITR.012
    CONTROL = "control"  # AC-2, IR-2(1)
    LETTER = "letter"  # (a), b), (iv), 5(1)(a)
    QUESTION = "question"  # Q1, Q:


@dataclass(frozen=True, slots=True)
class Number:
    """A clause number as printed, and what it says of the clause's place.

    printed: without the full stop after it ("4.2", "Appendix B", "(a)"). parts: its components, figures as integers, letters upper case.
    name: "annex", "section"… of a NAMED one. end: where the text after the number begins, code points. closed: printed with a stop behind.
    measured: whether it reads like an amount or the address of a machine, as in "2 Euro payments" and "10.0.1.2 Keys".
    """

    scheme: Scheme
    printed: str
    parts: tuple[int | str, ...]
    end: int
    name: str = ""
    closed: bool = False
    measured: bool = False

    @property
    def depth(self) -> int:
        return len(self.parts)

    @property
    def may_be_range(self) -> bool:
        """Whether a dash parts its figures and no stop ends them, as in "2–1", which in running text is a range or a page."""
        return self.scheme is Scheme.DECIMAL and not self.closed and self.dashed

    @property
    def dashed(self) -> bool:
        """Whether a dash parts its figures."""
        return self.scheme in (Scheme.DECIMAL, Scheme.NAMED) and ("-" in self.printed or "–" in self.printed)

    @property
    def places(self) -> frozenset[int]:
        """Where it may stand in its row: a letter by the alphabet or as a Roman figure."""
        return frozenset({_ordinal(self.parts[-1]), self.as_roman or _ordinal(self.parts[-1])})

    @property
    def kind(self) -> str:
        """What it counts in: its name, as "roman" and "part", or its scheme and "figure" or "letter"."""
        return self.name or f"{self.scheme.value} {'figure' if isinstance(self.parts[-1], int) else 'letter'}"

    def follows(self, last: Number) -> bool:
        """Whether it is the next number of its row, or the one after it (a number may be missing), under the same parent."""
        if self.depth != last.depth or self.parts[:-1] != last.parts[:-1]:
            return False
        if isinstance(self.parts[-1], int) is not isinstance(last.parts[-1], int):
            return False
        step = _ordinal(self.parts[-1]) - _ordinal(last.parts[-1])
        return 1 <= step <= 3

    def is_next_to(self, last: Number) -> bool:
        """Whether no number can stand between them."""
        return _ordinal(self.parts[-1]) == _ordinal(last.parts[-1]) + 1

    def rises_above(self, last: Number) -> bool:
        """Whether it is any later number of a row, under the same parent."""
        alike = self.parts[:-1] == last.parts[:-1] and isinstance(self.parts[-1], int) is isinstance(last.parts[-1], int)
        return alike and _ordinal(self.parts[-1]) > _ordinal(last.parts[-1])

    @property
    def as_roman(self) -> int | None:
        """Its last component as a Roman figure, "(iv)" as 4; None for what is none."""
        last = self.parts[-1]
        return roman(last) if isinstance(last, str) else None

    @property
    def begins(self) -> bool:
        """Whether it may be the first of its row."""
        return _ordinal(self.parts[-1]) <= 1

    def under(self, parent: Number) -> bool:
        """Whether `parent` holds it: "4.2" is under "4", "A.1" under "Annex A", "IR-2(1)" under "IR-2"."""
        return self.depth > parent.depth and self.parts[: parent.depth] == parent.parts


APPENDICES = ("annex", "appendix", "attachment", "schedule", "exhibit")
NAMES = (
    *APPENDICES, "article", "section", "principle", "chapter", "part", "clause", "rule", "requirement", "control", "step", "objective",
    "standard", "division", "subpart", "phase", "policy",
)  # fmt: skip
ELSEWHERE = {
    "annexe": "annex", "anlage": "annex", "anhang": "annex", "anexo": "annex", "artikel": "article", "artículo": "article",
    "kapitel": "chapter", "chapitre": "chapter", "capítulo": "chapter", "abschnitt": "section", "sección": "section", "teil": "part",
    "partie": "part", "parte": "part", "titre": "title", "título": "title", "art.": "article", "articolo": "article", "artigo": "article",
    "sec.": "section", "capo": "chapter", "titolo": "title",
}  # fmt: skip
"""The same in other languages, and shortened; a title holds chapters."""
FIRST = re.compile(r"(?P<roman>i)(?:er|re|ère)|(?:premi(?:er|ère)|1(?:er|re|ère))", re.IGNORECASE)
TAIL = r"(?=[\s:*_—–-]|$)"
DASH = r"\s*[:.)—–-]?\s*"
TITLED = r"(?:\s+-\s+|\s*[—–]\s*)(?=[^\W\d_])"  # a dash between a number and a title
GLUED = r"(?:(?<=\.)|(?<=\.\d)|(?<=\.\d\d))(?=[A-Z][a-z]{2})"  # no space before the title: "1.Purpose" and "1.1Purpose"
AMOUNT = re.compile(
    r"(?i:million|billion|trillion|per ?cent|euros?|dollars?|litres?|liters?|tonnes?|kilometres?|kilograms?|(?:mega|giga|tera)bytes?)\b"
    r"|(?:[kMG]?Hz|[KMGT]i?B|[kMG]bps|kg|km|cm|mm|kWh?)\b"
)
"""What a figure before it may count."""
ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}\b")  # of a machine, where a part of it is zero
DECIMAL = re.compile(rf"(?:§+\s*)?((?:[A-Z]\.)?\d{{1,3}}(?:\.\d{{1,3}}){{0,5}})([.):]?)(?:{TITLED}|\s+|$|(?=[—–](?!\d))|{GLUED})")
DASHED = re.compile(r"(\d{1,2}(?:[–-]\d{1,3}){1,2})\.?\s+(?=[\"“]?[A-Z])")  # "2–1. Keys"
INITIALLED = re.compile(r"([A-Z]\d{1,2}(?:\.\d{1,2}){1,3}|[A-PR-Z]\d{1,2}(?=[.:]))[.:]?\s+(?=[\"“]?[A-Z])")  # "B2. Keys" and "B2.1 Keys"
LETTERED = re.compile(r"([A-HJ-UWYZ])\.\s+(?=\S)")
PARAGRAPH_SIGN = "§ "
ROMAN = "roman"
"""The `name` of "II." before a heading, which counts the outermost parts."""
FIGURES = re.compile(r"(X{0,3}(?:IX|IV|V?I{0,3}))")
ROMAN_HEAD = re.compile(r"([IVX]{1,6})\.\s+(?=\S)")
NAMED = re.compile(
    rf"({'|'.join(map(re.escape, (*NAMES, *ELSEWHERE)))})\s+"
    rf"({FIRST.pattern}|(?:[A-Z]\d{{0,2}}(?:\.\d{{1,2}})*|\d{{1,3}}(?:[.–-]\d{{1,3}})*(?:\(\d+\))?|[IVX]{{1,6}}))\b{DASH}",
    re.IGNORECASE,
)
CODE = re.compile(rf"([A-Z]{{2,6}}(?:[.-][A-Z]{{2,6}})+[.-]\d{{1,4}}(?:\.\d{{1,3}})*){TAIL}{DASH}")
CONTROL = re.compile(rf"([A-Z]{{2,3}}-\d{{1,3}}(?:\s?\(\d{{1,2}}\))?){TAIL}{DASH}")
LETTER = re.compile(r"((?:\d{1,3})?(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,3})\))+|(?:[a-z]|[ivx]{1,5})\)|[a-z](?=\.\s+[A-Z]))\.?\s+")
QUESTION = re.compile(r"(Q(?:uestion)?\s?\d{0,3})\s?[.:)]\s+")


def number_at(text: str) -> Number | None:
    """The clause number that `text` begins with, or None."""
    for read in (_code, _control, _named, _roman, _asked, _decimal, _letter, _question):
        number = read(text)
        if number is not None:
            return number
    return None


def _code(text: str) -> Number | None:
    match = CODE.match(text)
    if match is None:
        return None
    return Number(Scheme.CODE, match[1], _parts(re.split(r"[.-]", match[1])), match.end())


def _control(text: str) -> Number | None:
    match = CONTROL.match(text)
    if match is None:
        return None
    return Number(Scheme.CONTROL, match[1].replace(" ", ""), _parts(re.findall(r"[A-Z]+|\d+", match[1])), match.end())


def _named(text: str) -> Number | None:
    match = NAMED.match(text)
    if match is None or not match[1][0].isupper():
        return None
    name = ELSEWHERE.get(match[1].casefold(), match[1].casefold())
    first = FIRST.fullmatch(match[2])
    parts = _parts([first["roman"] or "1"] if first else re.findall(r"[A-Za-z]+|\d+", match[2]))
    if name in APPENDICES and not match[2][0].isupper() and not match[2][0].isdigit():
        return None
    return Number(Scheme.NAMED, f"{match[1]} {match[2]}", parts, match.end(), name)


def roman(letters: str) -> int | None:
    """The value of a Roman figure up to XXXIX; None for other letters."""
    if not letters or not FIGURES.fullmatch(letters):
        return None
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _roman(text: str) -> Number | None:
    match = ROMAN_HEAD.match(text)
    value = roman(match[1]) if match else None
    return None if match is None or value is None else Number(Scheme.NAMED, match[1], (value,), match.end(), ROMAN)


def _decimal(text: str) -> Number | None:
    match = DECIMAL.match(text)
    if match is not None:
        measured = AMOUNT.match(text, match.end()) is not None or (ADDRESS.fullmatch(match[1]) is not None and ".0" in match[1])
        if match[1].isdecimal() and (int(match[1]) > 199 or match[2] == ")"):
            return None if match[2] != ")" else Number(Scheme.LETTER, f"{match[1]})", (int(match[1]),), match.end(), measured=measured)
        sign = PARAGRAPH_SIGN if text.startswith("§") else ""
        printed, closed = sign + match[1], match[2] == "."
        return Number(Scheme.DECIMAL, printed, _parts(match[1].split(".")), match.end(), closed=closed, measured=measured)
    match = LETTERED.match(text)
    if match is not None:
        return Number(Scheme.DECIMAL, match[1], (match[1],), match.end(), closed=True)
    match = DASHED.match(text) or INITIALLED.match(text)
    if match is None:
        return None
    parts, closed = _parts(re.findall(r"[A-Z]|\d+", match[1])), text[match.end(1)] == "."
    return Number(Scheme.DECIMAL, match[1], parts, match.end(), closed=closed)


def _letter(text: str) -> Number | None:
    match = LETTER.match(text)
    return None if match is None else Number(Scheme.LETTER, match[1], _parts(re.findall(r"[a-z]+|\d+", match[1])), match.end())


def _asked(text: str) -> Number | None:
    """Of "Q. Who rings?", which is no paragraph between P and R."""
    return _question(text) if "?" in text.split("\n", 1)[0] else None


def _question(text: str) -> Number | None:
    match = QUESTION.match(text)
    if match is None:
        return None
    return Number(Scheme.QUESTION, re.sub(r"\AQ\s", "Q", match[1]), _parts(re.findall(r"\d+", match[1]) or ["0"]), match.end())


def _parts(parts: list[str]) -> tuple[int | str, ...]:
    return tuple(int(part) if part.isdecimal() else part.upper() for part in parts)


def _ordinal(part: int | str) -> int:
    """A figure's value; of a letter its place in the alphabet, from 1."""
    if isinstance(part, int):
        return part
    return ord(part[0]) - ord("A") + 1 if len(part) == 1 else 100 + sum(map(ord, part))


BEFORE = re.compile(
    r"\A(?:section|annex|appendix|attachment|schedule|exhibit|article|clause|principle|chapter|part|"
    rf"{'|'.join(map(re.escape, ELSEWHERE))})\s+"
)


def bare_number(number: str) -> str:
    """A number as it is compared: case, punctuation at its end and the word before it aside. "a.1" of "Annex A.1"."""
    bare = BEFORE.sub("", number.casefold().strip(" .:§"), count=1)
    first = FIRST.fullmatch(bare)
    return bare if first is None else first["roman"] or "1"


CROSS_REFERENCE = re.compile(
    r"(?:of|in|and|or|to|above|below|is|are|was|has|have|shall|must|may|for|with|from|through|describes?|provides?|covers?|applies|apply|lists?|"
    r"contains?|explains?|discusses|presents|requires?|states?|sets?|does|do|on|by|which|that)\b",
)


STANDING = re.compile(r"\((?:non-?)?(?:normative|informative|mandatory|informational|optional)\)", re.IGNORECASE)
"""Behind the number of an annex: whether it binds."""


def is_cross_reference(number: Number, rest: str) -> bool:
    """Whether the words after a number make it a mention of another clause: "4.3 of the policy", "Section 4 and 5"."""
    rest = rest.lstrip()
    if number.name in APPENDICES and STANDING.match(rest):
        return False
    if rest[:1] in {",", ";", ")", "("} and number.scheme is not Scheme.CONTROL:
        return True
    return bool(CROSS_REFERENCE.match(rest)) or (number.scheme is Scheme.NAMED and rest[:1].islower())
