"""What is told of a citation to who asks for it: its controls, its place, its document's owner and standing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.citation import Citation
from corpus.control import ControlLink, Provenance
from corpus.library import framework
from isobot.citation import NAMES, SAID, citation_line, document_label, marks, reference_label, short_place
from isobot.citation_request import Wanted

MOST_CONTROLS = 8


def told(citation: Citation, wanted: Wanted, today: date) -> str:
    """The sentence for what is wanted of a citation; "" for its clause, which is shown itself. `today` decides what is overdue."""
    match wanted:
        case Wanted.CONTROLS:
            return _controls(citation)
        case Wanted.PLACE:
            refers = "; ".join(map(reference_label, citation.refers))
            return f"It stands in {citation_line(citation)} ({citation.document.path}){f', and refers to {refers}' if refers else ''}."
        case Wanted.OWNER:
            label, owner = document_label(citation.document), citation.document.owner
            return f"{label} is owned by {owner}." if owner else f"{label} names no owner."
        case Wanted.STANDING:
            return _standing(citation, today)
        case _:
            return ""


def _controls(citation: Citation) -> str:
    if own := _documented(citation.controls):
        return f"{short_place(citation)} documents {own}."
    for referred in citation.refers:
        if there := _documented(referred.controls):
            return f"{short_place(citation)} refers to {reference_label(referred)}, which documents {there}."
    declared = [_control(*name) for name in citation.document.controls]
    if declared:
        return f"{short_place(citation)} names no control; its document declares {_listed(declared)}."
    return f"{short_place(citation)} names no control, and nor does its document."


def _documented(links: Iterable[ControlLink]) -> str:
    kept = [link for link in links if link.provenance is not Provenance.REJECTED]
    return _listed(dict.fromkeys(_control(link.framework, link.id, SAID[link.provenance]) for link in kept))


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
