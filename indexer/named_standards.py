"""Which standards a text names, and where: what tells an edition, and whether a bare number belongs to a standard at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

ISO = "iso27001"
NIST_CONTROLS = "nist-800-53"
CSF = "nist-csf"
SOC2 = "soc2"
OTHER = "other"

NEAR = 300  # characters; a standard named further away in one sentence says nothing about a number
LONGEST_ROW = 1000  # characters of a table row that are looked at; its head row must begin within as many of the table's top
EDITIONS = {"2005": "2005", "2013": "2013", "2014": "2013", "2015": "2013", "2017": "2013", "2022": "2022", "2023": "2022", "2024": "2022"}
"""Year as printed to edition: the corrigenda of 2014 and 2015 and the EN of 2017 keep the text of 2013, the EN of 2023 that of 2022."""

STANDARD = re.compile(
    r"\b(?P<iso>ISO(?:\s?/\s?IEC)?|IEC)(?:[ \t\u00a0-]|\n)?(?P<number>\d{4,5})(?!\d)"
    r"(?:-\d{1,2}(?!\d))?(?:\s?[:-]\s?(?P<year>(?:19|20)\d\d)\b|\s?\((?P<year_in_brackets>20\d\d)\))?"
    r"|\b(?P<short>2700[12]):(?P<short_year>20\d\d)\b"
    r"|\b(?P<edition>2013|2022)\s(?:edition|version|revision|standard)\b"
    r"|\b(?P<controls>800-53[AB]?)(?!\d)"
    r"|\b(?P<csf>NIST\s(?:CSF|Cybersecurity\sFramework)|Cybersecurity\sFramework|CSF)(?:\s(?:version\s|v\s?)?(?P<csf_edition>1\.[01]|2\.0))?\b"
    r"|\b(?P<soc2>SOC\s?2\b|TSC\b|Trust\sServices?\s(?:Criteria|Principles)|CC\d\.\d\b)"
    r"|\b(?P<other>CIS\s(?:Critical\s)?(?:Security\s)?Controls?|PCI[\s-]?DSS|COBIT|HIPAA|GDPR|CCPA|HITRUST|TISAX|DORA|NIS\s?2|CMMC|800-\d{2,3})\b",
    re.IGNORECASE,
)
BARE_ISO = re.compile(
    r"\bISO(?:/IEC)?\b(?!\s?[-/]?\s?\d{3})|\bISO\s(?P<year>2013|2022)\b|\b2700(?:1|(?P<guide>2))\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s{1,8}(?=[A-Z(])|\n[ \t]*(?=[|#*•-])|\n[ \t]*(?=\n)")
PARAGRAPH_END = re.compile(r"\n[ \t]*(?=\n)")


@dataclass(frozen=True, slots=True)
class Named:
    """A standard named at `start:end`.

    edition: "2013", "2022" (ISO), "1.1", "2.0" (CSF) or None. guide: it is ISO/IEC 27002, whose clauses have the numbers of Annex A.
    """

    start: int
    end: int
    family: str
    edition: str | None = None
    guide: bool = False


class NamedStandards:
    """The standards that one text names, in order, with what stands nearest to a place. Every look-up takes logarithmic time."""

    def __init__(self, text: str, loose: bool = False) -> None:
        """loose: "ISO" alone names ISO/IEC 27001, as in a question."""
        self.text = text
        named = [_named(match) for match in STANDARD.finditer(text)]
        if loose:
            named = _with_bare_iso(text, named)
        self.all = tuple(named)

    @cached_property
    def starts(self) -> list[int]:
        return [named.start for named in self.all]

    @cached_property
    def _dated(self) -> tuple[list[int], list[Named]]:
        dated = [named for named in self.all if named.family == ISO and named.edition]
        return [named.start for named in dated], dated

    @cached_property
    def _sentences(self) -> list[int]:
        return [match.start() for match in SENTENCE_END.finditer(self.text)]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [match.start() for match in PARAGRAPH_END.finditer(self.text)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for named in self.all:
            places.setdefault(named.family, []).append(named.start)
        return places

    def names_iso(self) -> bool:
        return ISO in self._places

    def sentence(self, at: int) -> tuple[int, int]:
        return _around(self._sentences, at, len(self.text))

    def paragraph(self, at: int) -> tuple[int, int]:
        return _around(self._paragraphs, at, len(self.text))

    def nearest(self, start: int, end: int) -> Named | None:
        """The standard named nearest to `start:end` in the same sentence, of any family."""
        return _nearest(self.starts, self.all, start, end, self.sentence(start))

    def in_paragraph(self, family: str, at: int) -> bool:
        low, high = self.paragraph(at)
        places = self._places.get(family, [])
        return bisect_left(places, low) < bisect_left(places, high)

    def before(self, at: int) -> Named | None:
        """The last standard named before `at` in its paragraph."""
        found = bisect_left(self.starts, at) - 1
        return self.all[found] if found >= 0 and self.all[found].start >= self.paragraph(at)[0] else None

    def after(self, at: int) -> Named | None:
        """The first standard named at or after `at`, anywhere."""
        found = bisect_left(self.starts, at)
        return self.all[found] if found < len(self.all) else None

    def iso_edition(self, start: int, end: int) -> tuple[str | None, bool]:
        """Year of the ISO edition that `start:end` stands near to, and whether it is said right beside it.

        The nearest in the same sentence, else the head of the table column, else the last before it in the paragraph; None where
        none is named.
        """
        starts, dated = self._dated
        if not dated:
            return None, False
        near = _nearest(starts, dated, start, end, self.sentence(start))
        if near:
            return near.edition, _distance(near, start, end) <= 30
        above = self._column_head(start)
        if above:
            return above, True
        at = bisect_left(starts, start) - 1
        if at >= 0 and dated[at].start >= self.paragraph(start)[0]:
            return dated[at].edition, False
        return None, False

    def _column_head(self, at: int) -> str | None:
        """The ISO edition that the first row of the table names above this cell."""
        line = self.text.rfind("\n", max(0, at - LONGEST_ROW), at) + 1
        if at - line > LONGEST_ROW or not self.text.startswith("|", line):
            return None
        column = self.text.count("|", line, at)
        top = self.paragraph(at)[0]
        starts, dated = self._dated
        first = bisect_left(starts, top)
        while first < len(dated) and dated[first].start < min(line, top + LONGEST_ROW):
            head = self.text.rfind("\n", top, dated[first].start) + 1
            if self.text.count("|", head, dated[first].start) == column:
                return dated[first].edition
            first += 1
        return None


def _named(match: re.Match[str]) -> Named:
    start, end = match.span()
    if match["number"] or match["short"]:
        number, year = match["number"] or match["short"], match["year"] or match["year_in_brackets"] or match["short_year"]
        if number not in ("27001", "27002") or (year and year not in EDITIONS):
            return Named(start, end, OTHER)
        return Named(start, end, ISO, EDITIONS[year] if year else None, number == "27002")
    if match["edition"]:
        return Named(start, end, ISO, match["edition"])
    for family, group in ((NIST_CONTROLS, "controls"), (CSF, "csf"), (SOC2, "soc2")):
        if match[group]:
            return Named(start, end, family, match["csf_edition"])
    return Named(start, end, OTHER)


def _with_bare_iso(text: str, named: list[Named]) -> list[Named]:
    """With those that only a question names so: "iso", "27001", "iso 2013". One that overlaps a full name is no other."""
    taken = [n for n in named if n.family in (ISO, OTHER)]
    starts = [n.start for n in taken]
    result = list(named)
    for match in BARE_ISO.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if match["year"]:
            result = [n for n in result if n.start != match.start()]
        elif at >= 0 and taken[at].end > match.start():
            continue
        result.append(Named(match.start(), match.end(), ISO, match["year"], match["guide"] is not None))
    return sorted(result, key=lambda n: n.start)


def _around(ends: list[int], at: int, length: int) -> tuple[int, int]:
    found = bisect_right(ends, at)
    return (ends[found - 1] if found else 0), (ends[found] if found < len(ends) else length)


def _distance(named: Named, start: int, end: int) -> int:
    return max(start - named.end, named.start - end, 0)


def _nearest(starts: list[int], named: tuple[Named, ...] | list[Named], start: int, end: int, within: tuple[int, int]) -> Named | None:
    at = bisect_left(starts, start)
    beside = [n for n in named[max(at - 1, 0) : at + 1] if within[0] <= n.start < within[1] and _distance(n, start, end) <= NEAR]
    return min(beside, key=lambda n: _distance(n, start, end), default=None)
