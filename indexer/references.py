"""Controls and clauses of frameworks that a text names: found, resolved to an edition, or reported as unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.library import controls_by_id
from indexer import reference_patterns as patterns
from indexer.iso_references import IsoReader
from indexer.named_standards import CSF, NIST_CONTROLS, SOC2, NamedStandards
from indexer.reference import Reference

__all__ = ["Reference", "question_references", "references"]

NIST_FRAMEWORK = "nist-800-53:r5"
CSF_FRAMEWORK = "nist-csf:2.0"
OLD_CSF_FRAMEWORK = "nist-csf:1.1"
SOC2_FRAMEWORK = "soc2:2017"
PROCESSORS = {"IA-32", "IA-64"}  # names of architectures that have the form of a control
EVERYDAY_WORDS = {"MP-3", "MP-4", "AC-3", "AT-1", "PS-1", "PS-2", "PS-3", "PS-4", "PS-5"}
"""Controls that a question without the hyphen does not mean: "mp3" files, a "ps5", "AT1" capital."""
LONGEST_RANGE = 120  # controls; what looks like a longer range is two ids


def references(text: str, declared: str | None = None, default: str = "iso27001:2022") -> tuple[Reference, ...]:
    """The controls and clauses that `text` names, in order.

    declared: the framework that the document says its bare ids belong to. default: the ISO edition of a two-part id where nothing
    else tells it; the reference is then ambiguous if both editions have the id.
    A range ("A.5.15 to A.5.18") gives one reference for each control in it, all with the span of the whole range; apart from
    those, no two overlap. Part numbers of the document itself ("section 4.3"), versions, dates and standards' own names are none.
    """
    return _references(text, declared, default, loose=False)


def question_references(question: str, default: str = "iso27001:2022") -> tuple[Reference, ...]:
    """As `references`, for what a person types: "a8.13", "ac2(1)", "iso 8.13" and "control 8.13" count too."""
    return _references(question, None, default, loose=True)


def _references(text: str, declared: str | None, default: str, loose: bool) -> tuple[Reference, ...]:
    named = NamedStandards(text, loose)
    found: list[Reference] = []
    found += IsoReader(text, named, declared, default, loose).found()
    found += _nist_controls(text, named, loose)
    found += _csf(text, named, declared, loose)
    found += _criteria(text, named, declared, loose)
    links = [match.span() for match in patterns.URL.finditer(text)]
    return tuple(_with_ranges(text, _without_overlaps(found, links)))


def _nist_controls(text: str, named: NamedStandards, loose: bool) -> Iterator[Reference]:
    end = 0
    for match in (patterns.LOOSE_NIST_CONTROL if loose else patterns.NIST_CONTROL).finditer(text):
        known = controls_by_id(NIST_FRAMEWORK)  # here, so that a text without such an id does not load the catalogue
        base = f"{match['family'].upper()}-{int(match['number'])}"
        if match.start() < end or base in PROCESSORS or (match["family"].upper() == "PM" and _is_time(text, match.start())):
            continue
        enhancement = patterns.ENHANCEMENT.match(text, match.end())
        if loose and not match["separator"].strip() and not _is_meant(match, base in known, base, enhancement is not None, named):
            continue
        id, end = base, match.end()
        if enhancement is not None:
            whole = f"{base}({int(enhancement['number'])})"
            if whole in known or text[end] == "(":
                id, end = whole, enhancement.end()
        yield Reference(match.start(), end, text[match.start() : end], NIST_FRAMEWORK, id, id in known)
        while id != base and (following := patterns.NEXT_ENHANCEMENT.match(text, end)):
            id = f"{base}({int(following['number'])})"
            if id not in known:
                break
            end = following.end()
            yield Reference(following.start("shown"), end, following["shown"], NIST_FRAMEWORK, id)


def _is_time(text: str, at: int) -> bool:
    return patterns.CLOCK_BEFORE.search(text, max(0, at - 2), at) is not None


def _is_meant(match: re.Match[str], known: bool, base: str, enhanced: bool, named: NamedStandards) -> bool:
    """Whether a question's "ac2" or "AC 2", written without the hyphen, means the control."""
    if enhanced or named.in_paragraph(NIST_CONTROLS, match.start()):
        return known
    return known and base not in EVERYDAY_WORDS and (match["separator"] == "" or match["family"].isupper())


def _csf(text: str, named: NamedStandards, declared: str | None, loose: bool) -> Iterator[Reference]:
    pattern = patterns.LOOSE_CSF if loose else patterns.CSF
    for match in pattern.finditer(text):
        known = controls_by_id(CSF_FRAMEWORK)
        start, end, written = match.start(), match.end(), match[0]
        category = f"{match['function']}.{match['category']}".upper()
        edition = _csf_edition(named, start, end) or ("2.0" if declared == CSF_FRAMEWORK else None)
        if match["number"] is None:
            if edition != "1.1" and category in known:
                yield Reference(start, end, written, CSF_FRAMEWORK, category)
            continue
        id = f"{category}-{int(match['number']):02d}"
        as_written = f"{category}-{match['number']}"
        if edition == "1.1":
            yield Reference(start, end, written, OLD_CSF_FRAMEWORK, as_written, known=False)
        elif id in known:
            yield Reference(start, end, written, CSF_FRAMEWORK, id, ambiguous=edition is None and len(match["number"]) == 1)
        else:
            yield Reference(start, end, written, CSF_FRAMEWORK, as_written, known=False)


def _csf_edition(named: NamedStandards, start: int, end: int) -> str | None:
    """Edition of the framework named in the same sentence, or last before it in the paragraph."""
    for standard in (named.nearest(start, end), named.before(start)):
        if standard is not None and standard.family == CSF and standard.edition:
            return standard.edition
    return None


def _criteria(text: str, named: NamedStandards, declared: str | None, loose: bool) -> Iterator[Reference]:
    pattern = patterns.LOOSE_CRITERION if loose else patterns.CRITERION
    for match in pattern.finditer(text):
        known = controls_by_id(SOC2_FRAMEWORK)
        is_named = declared == SOC2_FRAMEWORK or named.in_paragraph(SOC2, match.start())
        id = match[0].upper()
        is_common = match["series"].upper() == "CC" and match["point"] is not None and match["point"].strip("0") != ""
        if (is_named and id in known) or is_common:
            yield Reference(match.start(), match.end(), match[0], SOC2_FRAMEWORK, id, id in known)


def _without_overlaps(found: Iterable[Reference], links: list[tuple[int, int]]) -> list[Reference]:
    """In order, the longest of those that begin together, and none that begins inside an earlier one or a link."""
    kept: list[Reference] = []
    link = 0
    for reference in sorted(found, key=lambda r: (r.start, -r.end)):
        if kept and reference.start < kept[-1].end:
            continue
        while link < len(links) and links[link][1] <= reference.start:
            link += 1
        if link < len(links) and links[link][0] <= reference.start:
            continue
        kept.append(reference)
    return kept


def _with_ranges(text: str, ordered: list[Reference]) -> Iterator[Reference]:
    """The references with each range replaced by all that it names."""
    at = 0
    while at < len(ordered):
        first = ordered[at]
        last = ordered[at + 1] if at + 1 < len(ordered) else None
        ids = _between(first, last) if last is not None and _joins(text, first, last) else ()
        if last is None or not ids:
            yield first
            at += 1
            continue
        span = text[first.start : last.end]
        for id in ids:
            yield Reference(first.start, last.end, span, first.framework, id, ambiguous=first.ambiguous)
        at += 2


def _joins(text: str, first: Reference, last: Reference) -> bool:
    return last.start - first.end <= 12 and patterns.RANGE.fullmatch(text, first.end, last.start) is not None


def _between(first: Reference, last: Reference) -> tuple[str, ...]:
    """Ids from the first to the last; () when they are no range."""
    is_range = first.framework == last.framework and first.known and last.known
    return _range(first.framework, first.id, last.id) if is_range else ()


@lru_cache(maxsize=1024)
def _range(framework: str, first: str, last: str) -> tuple[str, ...]:
    """Ids from `first` to `last` in the framework's order, of the same kind and depth, without withdrawn ones between them."""
    controls = controls_by_id(framework)
    order = list(controls)
    begin, end = order.index(first), order.index(last)
    shape = _shape(first)
    if end <= begin or _shape(last) != shape or controls[first].kind is not controls[last].kind:
        return ()
    inner = (id for id in order[begin + 1 : end] if _shape(id) == shape and not controls[id].withdrawn)
    ids = (first, *inner, last)
    return ids if len(ids) <= LONGEST_RANGE else ()


def _shape(id: str) -> tuple[bool, int, int]:
    return id[:1].isalpha(), id.count("."), id.count("(")
