"""Which clauses of a document name which controls, and which controls the document declares."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.clause import Clause
from corpus.control import ControlLink, Provenance
from corpus.document import Document
from corpus.library import controls_by_id, framework_names
from indexer.references import Reference, references

WHOLE_DOCUMENT = 0
"""Position of the clause that carries what holds for the document as a whole."""


def control_links(
    text: str, clauses: Sequence[Clause], document: Document, default: str
) -> tuple[dict[int, tuple[ControlLink, ...]], tuple[Reference, ...]]:
    """The links of each clause by its position, and the references whose ids their framework does not have.

    A control named in the text belongs to the innermost clause that holds the reference, its heading included; each clause has one
    link to a control, at the first place that names it, and a place that names its edition before one that does not. What stands
    before the first clause, and the controls that the document declares, belong to the document's first clause.
    default: the ISO edition of ids for which neither text nor document tells one ("iso27001:2022").
    """
    found = references(text, document.framework, default)
    holder = _Innermost(clauses)
    links: dict[int, dict[tuple[str, str], ControlLink]] = {}
    for declared in _declared(document):
        links.setdefault(WHOLE_DOCUMENT, {})[declared.framework, declared.id] = declared
    for reference in found:
        if reference.known:
            _keep(links.setdefault(holder.at(reference.start), {}), reference)
    unknown = tuple(reference for reference in found if not reference.known) + _unknown_declared(document)
    return {position: tuple(links[position].values()) for position in sorted(links)}, unknown


def _keep(links: dict[tuple[str, str], ControlLink], reference: Reference) -> None:
    """Add the reference unless the clause has as good a link; where the document declares the same control, the text's word counts."""
    key = (reference.framework, reference.id)
    present = links.get(key)
    if present is None or present.provenance is Provenance.DECLARED or (present.ambiguous and not reference.ambiguous):
        links[key] = ControlLink(
            reference.framework, reference.id, Provenance.EXPLICIT, reference.ambiguous, reference.start, reference.end
        )


def _declared(document: Document) -> tuple[ControlLink, ...]:
    return tuple(ControlLink(framework, id, Provenance.DECLARED) for framework, id in document.controls if _exists(framework, id))


def _unknown_declared(document: Document) -> tuple[Reference, ...]:
    """What the document declares in vain, as references without a place in the text."""
    return tuple(Reference(0, 0, id, framework, id, known=False) for framework, id in document.controls if not _exists(framework, id))


def _exists(framework: str, id: str) -> bool:
    """Whether the framework has the id; one that does not ship is taken at the document's word."""
    return framework not in framework_names() or id in controls_by_id(framework)


class _Innermost:
    """Finds the innermost clause that holds a place. Clauses are a tree in the order of the text."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        self._order = sorted(range(len(clauses)), key=lambda position: (clauses[position].start, -clauses[position].end, position))
        self._starts = [clauses[position].start for position in self._order]

    def at(self, place: int) -> int:
        """Position of the clause, or of the document's first one where none holds the place."""
        found = bisect_right(self._starts, place) - 1
        position = self._order[found] if found >= 0 else None
        while position is not None and self._clauses[position].end <= place:
            position = self._clauses[position].parent
        return WHOLE_DOCUMENT if position is None else position
