"""What is told of a citation to who asks for it: its controls, its place, its document's owner, approver and standing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from corpus.citation import Citation
from corpus.control import ControlLink, Provenance
from corpus.library import framework
from isobot.citation import NAMES, SAID, citation_line, document_label, marks, short_place
from isobot.citation_request import Wanted
from isobot.notice import Notice

MOST_CONTROLS = 8


def with_its_rule(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The first of some citations, and behind it the next where that is what it refers to: an answer of an FAQ comes from a rule."""
    first, second = citations[:1], citations[1:2]
    refers = [(one.document.path, one.clause) for citation in first for one in citation.refers]
    return (*first, *(one for one in second if (one.document.path, one.clause) in refers))


def told(citations: Sequence[Citation], wanted: Wanted, today: date) -> tuple[str, ...]:
    """The sentences for what is wanted of a citation and its rule; none for its clause, which is shown itself.

    `today` decides what is overdue. Controls are told of those that name some, if any does.
    """
    if wanted is Wanted.CONTROLS:
        citations = [one for one in citations if _documented(one)] or citations[:1]
    return tuple(filter(None, (_told(citation, wanted, today) for citation in citations)))


def _told(citation: Citation, wanted: Wanted, today: date) -> str:
    match wanted:
        case Wanted.CONTROLS:
            return _controls(citation)
        case Wanted.PLACE:
            return Notice.of("notice.place", place=citation_line(citation), path=citation.document.path)
        case Wanted.OWNER:
            label, owner = document_label(citation.document), citation.document.owner
            return Notice.of("notice.owner", document=label, owner=owner) if owner else Notice.of("notice.no_owner", document=label)
        case Wanted.APPROVER:
            label, name = document_label(citation.document), citation.document.approved_by
            return Notice.of("notice.approver", document=label, approver=name) if name else Notice.of("notice.no_approver", document=label)
        case Wanted.STANDING:
            return _standing(citation, today)
        case _:
            return ""


def _controls(citation: Citation) -> str:
    if links := _documented(citation):
        known = [_control(link.framework, link.id, SAID[link.provenance]) for link in links]
        return f"{short_place(citation)} documents {_listed(dict.fromkeys(known))}."
    declared = [_control(*name) for name in citation.document.controls]
    if declared:
        return f"{short_place(citation)} names no control; its document declares {_listed(declared)}."
    return f"{short_place(citation)} names no control, and nor does its document."


def _documented(citation: Citation) -> list[ControlLink]:
    return [link for link in citation.controls if link.provenance is not Provenance.REJECTED]


def _control(name: str, id: str, known_by: str = "") -> str:
    """ "ISO/IEC 27001:2022 A.8.13 Information backup (named in the clause)"."""
    control = framework(name).get(id) if name in NAMES else None
    title = f" {control.title}" if control else ""
    return f"{NAMES.get(name, name)} {id}{title}{f' ({known_by})' if known_by else ''}"


def _listed(parts: Iterable[str]) -> str:
    every = list(parts)
    more = f", and {len(every) - MOST_CONTROLS} more" if len(every) > MOST_CONTROLS else ""
    return f"{', '.join(every[:MOST_CONTROLS])}{more}"


def _standing(citation: Citation, today: date) -> str:
    document, minded = citation.document, marks(citation, today)
    facts = [document.status.value] if not minded or document.status.value not in minded[0] else []
    facts += [f"effective since {document.effective.isoformat()}"] if document.effective and document.effective <= today else []
    facts += minded
    if document.review_by and not document.is_overdue(today):
        facts.append(f"next review {document.review_by.isoformat()}")
    return f"{document_label(document)}: {', '.join(facts)}."
