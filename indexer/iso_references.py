"""Controls and clauses of ISO/IEC 27001 that a text names, with their edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from corpus.library import controls_by_id
from indexer import reference_patterns as patterns
from indexer.named_standards import ISO, Named, NamedStandards
from indexer.reference import Reference

NEWER, OLDER = "iso27001:2022", "iso27001:2013"
FIRST = "iso27001:2005"
"""Gives Annex A's numbers other meanings. It does not ship, so that its ids are reported as unknown rather than taken for later ones."""
FIRST_EDITION_IDS = 5  # distinct ids that no later edition has, from which on a text is taken to follow the first
FIRST_EDITION_SHARE = 0.25  # and their share of its distinct annex ids
BESIDE = 30  # characters between an id and the standard it is said with
LAST_CLAUSE = 10
ANNEX_CHAPTERS = range(5, 19)


class _Says(Enum):
    """What the words around a bare number make of it."""

    CLAUSE = "clause"
    ANNEX = "annex"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class IsoReader:
    """Reads one text for references to ISO/IEC 27001.

    declared: the framework that the document declares, or None. default: what a two-part id means where nothing names an edition.
    loose: the forms of a question ("a8.13", "control 8.13") count too.
    """

    text: str
    named: NamedStandards
    declared: str | None
    default: str
    loose: bool = False

    def found(self) -> Iterator[Reference]:
        """References by kind of form; they may overlap, and where they do the first is meant."""
        annex = list(self._annex())
        yield from (_of_first_edition(annex) if _follows_first_edition(annex) else annex)
        yield from self._after_standards()
        yield from self._numbered()

    def _declares_iso(self) -> bool:
        return self.declared in (NEWER, OLDER)

    # Annex A's own ids

    def _annex(self) -> Iterator[Reference]:
        appendix_is_own = not self.named.names_iso() and not self._declares_iso() and patterns.OWN_APPENDIX.search(self.text) is not None
        end = 0
        for match in patterns.ANNEX.finditer(self.text):
            if match.start() < end:
                continue
            number = match["number"] or match["dotted"] or match["bare"] or match["spread"].removeprefix(".").strip()
            separator = match["separator"] if match["bare"] else "."
            if not match["word"] and (appendix_is_own or not self._is_annex_id(match.start(), match.end(), separator, number)):
                continue
            first = self._annex_reference(match.start(), match.end(), number)
            if first is None or (match["word"] and not first.known and "." not in number):
                continue
            end = match.end()
            yield first
            for following in self._list(end, _Says.ANNEX, near=first):
                end = following.end
                yield following

    def _annex_reference(self, start: int, end: int, number: str) -> Reference | None:
        return self._resolve(start, end, f"A.{_plain(number)}") if int(number.split(".")[0]) in ANNEX_CHAPTERS else None

    def _is_annex_id(self, start: int, end: int, separator: str, number: str) -> bool:
        """Whether "A.8.13", "A 8.13" or "A8.13" here is an id of the annex, and not a measure, a figure or an appendix of the document."""
        text = self.text
        if text[start] == "a" and not self.loose:
            return False
        before = text[max(0, start - 40) : start]
        nearest = self.named.nearest(start, end)
        beside_iso = nearest is not None and nearest.family == ISO and max(start - nearest.end, nearest.start - end) <= BESIDE
        if patterns.NOT_A_CONTROL.search(before) and not (beside_iso and "ersion" not in before):
            return False
        called = patterns.CONTROL_BEFORE.search(before) is not None
        if "." not in number:
            return separator == "." and (called or beside_iso or self.loose) and f"A.{_plain(number)}" in controls_by_id(OLDER)
        if separator == ".":
            return True
        known = f"A.{_plain(number)}" in controls_by_id(NEWER) or f"A.{_plain(number)}" in controls_by_id(OLDER)
        if called or beside_iso:
            return known or called
        if separator == "":
            return known and (self.loose or self._declares_iso() or self.named.in_paragraph(ISO, start))
        follows = text[end : end + 12].lstrip(" \t\u00a0\n")
        return known and not follows[:1].islower() and patterns.UNIT.match(text, end) is None

    # Numbers that only a standard's name makes into ids

    def _after_standards(self) -> Iterator[Reference]:
        """ "ISO 27002 8.13", "ISO/IEC 27001:2022, 9.2"."""
        for named in self.named.all:
            if named.family != ISO:
                continue
            match = patterns.AFTER_STANDARD.match(self.text, named.end)
            if match is None or patterns.UNIT.match(self.text, match.end()):
                continue
            says = _Says.ANNEX if named.guide else _Says.EITHER
            first = self._bare(match.start("number"), match.end(), match["number"], says)
            if first is not None and first.known:
                yield first
                yield from self._list(first.end, says, near=first)

    def _numbered(self) -> Iterator[Reference]:
        """ "clause 9.2 of ISO 27001", "ISO/IEC 27001 clause 6.1.3 d)", "control 8.13 of ISO/IEC 27001:2022"."""
        for match in patterns.NUMBERED.finditer(self.text):
            word = match["word"].lower()
            is_control = word.startswith(("control", "objective", "domain"))
            items = self._numbers(match.start("number"), match.end(), match["number"])
            standard, beside = self._standard_of(match.start(), match.end(), items[-1][1], word)
            if standard is None and not (is_control and self.loose and self.named.nearest(match.start(), match.end()) is None):
                continue
            says = _Says.ANNEX if is_control or (standard is not None and standard.guide) else _Says.CLAUSE
            if "." not in match["number"] and not beside:
                continue
            for position, (start, end, number) in enumerate(items):
                reference = self._bare(match.start() if position == 0 else start, end, number, says)
                if reference is None or (not reference.known and ("." not in number or position > 0)):
                    break
                yield reference

    def _standard_of(self, start: int, number_end: int, list_end: int, word: str) -> tuple[Named | None, bool]:
        """The mention of ISO/IEC 27001 or 27002 that a numbered part belongs to, and whether it is said right beside it."""
        before, after = self.named.before(start), self.named.after(list_end)
        if after is not None and after.start - list_end <= 60 and patterns.OF_STANDARD.match(self.text[list_end : after.start]):
            return (after, True) if after.family == ISO else (None, False)
        if before is not None and before.family == ISO:
            if start - before.end <= 12 and patterns.WORD_AFTER_STANDARD.match(self.text[before.end : start]):
                return before, True
            if patterns.OF_THE_STANDARD.match(self.text, list_end):
                return before, True
        is_own = any(patterns.OWN_PART.match(self.text, end) for end in (number_end, list_end))
        if is_own or word.startswith(("section", "chapter", "§")):
            return None, False
        nearest = self.named.nearest(start, list_end)
        return (nearest, False) if nearest is not None and nearest.family == ISO else (None, False)

    def _numbers(self, start: int, end: int, number: str) -> list[tuple[int, int, str]]:
        """The first number of a list and the bare ones that go on from it, as (start, end, number)."""
        items = [(start, end, number)]
        while match := patterns.NEXT_NUMBER.match(self.text, items[-1][1]):
            if patterns.UNIT.match(self.text, match.end()) or ("." in number) != ("." in match["number"]):
                break
            items.append((match.start("number"), match.end(), match["number"]))
        return items

    def _list(self, end: int, says: _Says, near: Reference) -> Iterator[Reference]:
        """Bare numbers that go on a list after `near` ("A.5.15, 5.16 and 5.18"): only such as the same edition has."""
        while match := patterns.NEXT_NUMBER.match(self.text, end):
            number = match["number"]
            same_depth = "." in number and number.count(".") == near.id.removeprefix("A.").count(".")
            if not same_depth or patterns.UNIT.match(self.text, match.end()):
                return
            annex = says is _Says.ANNEX or near.id.startswith("A.")
            id = f"A.{_plain(number)}" if annex else _plain(number)
            edition = next((edition for edition in (near.framework, NEWER, OLDER) if id in controls_by_id(edition)), None)
            if edition is None:
                return
            end = match.end()
            start = match.start("number")
            yield Reference(start, end, self.text[start:end], edition, id, ambiguous=near.ambiguous and edition == near.framework)

    def _bare(self, start: int, end: int, number: str, says: _Says) -> Reference | None:
        clause, annex = _plain(number), f"A.{_plain(number)}"
        is_clause = any(clause in controls_by_id(edition) for edition in (NEWER, OLDER))
        is_annex = any(annex in controls_by_id(edition) for edition in (NEWER, OLDER))
        if says is _Says.ANNEX or (is_annex and not is_clause):
            return self._annex_reference(start, end, number)
        if says is _Says.EITHER and is_annex:
            reference = self._resolve(start, end, clause)
            if not reference.known:
                return self._annex_reference(start, end, number)
            return replace(reference, ambiguous=reference.ambiguous or annex in controls_by_id(reference.framework))
        if not 4 <= int(number.split(".")[0]) <= LAST_CLAUSE:
            return None
        return self._resolve(start, end, clause)

    # Editions

    def _resolve(self, start: int, end: int, id: str) -> Reference:
        framework, known, ambiguous = self._edition(start, end, id)
        return Reference(start, end, self.text[start:end], framework, id, known, ambiguous)

    def _edition(self, start: int, end: int, id: str) -> tuple[str, bool, bool]:
        """(framework, whether it has the id, whether the choice is a default) for an id that stands at `start:end`."""
        holders = [edition for edition in (NEWER, OLDER) if id in controls_by_id(edition)]
        year, beside = self.named.iso_edition(start, end)
        if year == "2005":
            return FIRST, False, False
        if id.startswith("A.") and id.count(".") == 3:
            return OLDER, bool(holders), False
        if year is not None:
            named = f"iso27001:{year}"
            if named in holders or beside or not holders:
                return named, named in holders, False
            return holders[0], True, False
        preferred = self.declared if self._declares_iso() else self.default
        if preferred not in (NEWER, OLDER):
            preferred = NEWER
        if preferred in holders:
            return preferred, True, len(holders) == 2 and not self._declares_iso()
        return (holders[0], True, False) if holders else (preferred, False, False)


def _follows_first_edition(annex: list[Reference]) -> bool:
    """Whether so many of a text's annex ids exist in no later edition that all of them must be those of 2005."""
    ids = {reference.id for reference in annex}
    unknown = {reference.id for reference in annex if not reference.known}
    return len(unknown) >= FIRST_EDITION_IDS and len(unknown) >= FIRST_EDITION_SHARE * len(ids)


def _of_first_edition(annex: list[Reference]) -> list[Reference]:
    return [replace(reference, framework=FIRST, known=False, ambiguous=False) for reference in annex]


def _plain(number: str) -> str:
    """The number without zeros before its parts: "08.03" is "8.3"."""
    return ".".join(str(int(part)) for part in number.split("."))
