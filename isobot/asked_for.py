"""The clauses that a question asks for: by their numbers, by their ids, and by the controls that they document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from corpus.control import Provenance
from corpus.library import framework
from indexer.generation import Generation, Mask
from indexer.links import WHOLE_DOCUMENT
from indexer.numbering import bare_number
from indexer.reference import Reference
from isobot import lookup
from isobot.citation import NAMES, document_label
from isobot.controls.equivalents import closest
from isobot.controls.lists import lists_controls
from isobot.controls.summary import named_together
from isobot.guidance import ControlName
from isobot.hit import Hit, items_in, ranked_clauses, speaking, whole_clauses
from isobot.item_asked import Marks
from isobot.labelled import Labels, rows_numbered
from isobot.notice import Notice
from isobot.ranking import Ranking
from isobot.section_asked import SectionAsked, documents_near, section_asked

CORRESPONDS = 0.6  # confidence in a clause on what a control corresponds to, which may ask only a part of it
STOOD_IN = 10  # controls in one question, up to which others stand in for those that no clause names


def numbered(generation: Generation, text: str, references: Sequence[Reference], allowed: Mask) -> tuple[list[Hit], list[str]]:
    """The clauses and rows whose numbers or ids the question gives, the clauses of the document that it names; and a sentence for each
    that there is none of. references: what it names of frameworks; what these know is looked up by its links, not here."""
    unknown = [one for one in references if not one.known]
    if len(unknown) < len(references):
        return [], list(map(_no_such_control, unknown))
    if not references and (ids := lookup.clause_ids_named(text)):
        return _by_ids(generation, ids, allowed)
    hits, missing = _of_sections(generation, text, allowed) if not references else ([], [])
    if hits:
        return hits, missing
    labels = Labels(generation, text, allowed)
    if labelled := labels.found():
        return [hit for hits in labelled.values() for hit in hits], [_no_such_control(one) for one in unknown if one.id not in labelled]
    if missing or unknown or labels.matter:
        return [], [*missing, *map(_no_such_control, unknown)]
    return _by_ids(generation, labels.ids, allowed)


def _of_sections(generation: Generation, text: str, allowed: Mask) -> tuple[list[Hit], list[str]]:
    """As `numbered`, for "section 4.3 of the …" and "AUP-02 7.3"."""
    near = documents_near(generation.title_words, text)
    asked = section_asked(text, [(document, generation.document(document)) for document in near if allowed[document]])
    if asked is None:
        return [], []
    if not asked.named and not asked.alone:
        return [], []
    if not asked.named:
        having = _documents_with(generation, asked.number, allowed)
        found = _section_of(generation, having[0], asked) if len(having) == 1 else []
        return found, [Notice.of("notice.no_clause", id=_all_printed(asked))] if not (found or having[1:]) else []
    found = [hit for one in asked.named for hit in _section_of(generation, one.number, asked)]
    if found or not (asked.alone or asked.said):
        return found, []
    return [], [Notice.of("notice.no_section", document=document_label(asked.named[0].document), number=_all_printed(asked))]


def _section_of(generation: Generation, document: int, asked: SectionAsked) -> list[Hit]:
    """What a document has under the number that is asked for: clauses or an item, else rows, else an item of a list in a document that
    numbers nothing else; empty where it has nothing."""
    clauses = generation.catalogue.clauses(document)
    if asked.items:
        return [hit for item in asked.items for hit in _item_of(generation, document, asked, item)]
    if holding := lookup.clauses_numbered(clauses, asked.number):
        return [hit for position in holding for hit in whole_clauses(generation, document, position)]
    if rows := rows_numbered(generation, document, asked.number):
        return rows
    listed = () if any(clause.number for clause in clauses) else range(len(clauses))
    items = [hit for position in listed for hit in items_in(generation, document, position, (asked.number,))]
    return items if len(items) == 1 else []


def _item_of(generation: Generation, document: int, asked: SectionAsked, item: Marks) -> list[Hit]:
    """A clause that has the marks in its number, "5(1)(a)", else what is marked so in the section."""
    clauses = generation.catalogue.clauses(document)
    if whole := lookup.clauses_numbered(clauses, asked.printed(item)):
        return [hit for position in whole for hit in whole_clauses(generation, document, position)]
    holding = lookup.clauses_numbered(clauses, asked.number)
    return [hit for position in holding for hit in items_in(generation, document, position, item)]


def _all_printed(asked: SectionAsked) -> str:
    return ", ".join(map(asked.printed, asked.items)) or asked.number


def _documents_with(generation: Generation, number: str, allowed: Mask) -> list[int]:
    """Numbers of the documents of which a clause has the number."""
    catalogue = generation.catalogue
    inner = bare_number(number.rpartition(lookup.INSIDE)[2])
    near = {document for document, _ in catalogue.clauses_numbered(f"%{inner}%") if allowed[document]}
    return [document for document in sorted(near) if lookup.clauses_numbered(catalogue.clauses(document), number)]


def _by_ids(generation: Generation, ids: Iterable[str], allowed: Mask) -> tuple[list[Hit], list[str]]:
    """As `numbered`, for ids that stand by themselves. One of a family that no readable document has is an ordinary word."""
    catalogue = generation.catalogue
    hits: list[Hit] = []
    missing: list[str] = []
    for id in ids:
        places = [place for place in catalogue.clauses_numbered(id) if allowed[place[0]]]
        hits += [hit for document, position in places for hit in whole_clauses(generation, document, position)]
        if not places and any(allowed[document] for document, _ in catalogue.clauses_numbered(lookup.family_of(id) + "%")):
            missing.append(Notice.of("notice.no_clause", id=id))
    return hits, missing


def _no_such_control(reference: Reference) -> str:
    return Notice.of("notice.no_control", id=reference.id, framework=NAMES.get(reference.framework, reference.framework))


def documenting(generation: Generation, controls: Sequence[ControlName], allowed: Mask, home: str) -> tuple[list[Hit], list[str]]:
    """Clauses that document these controls, and for each that none does, those that document what it corresponds to, with a sentence
    that says so. home: the framework that the organisation works by; "" for no more than what clauses name, as of very many controls.
    """
    if not home or len(controls) > STOOD_IN:
        return linked(generation, controls, allowed), []
    found: dict[tuple[int, int], Hit] = {}
    remarks: list[str] = []
    for name in controls:
        hits = linked(generation, [name], allowed)
        if not hits and (control := framework(name[0]).get(name[1])):
            theirs = {one: linked(generation, [one.key], allowed) for one in closest(control, home)}
            others = [one for one, documented in theirs.items() if documented]
            hits = list(chain.from_iterable(theirs.values()))
            if others:
                name_of = f"{NAMES.get(control.framework, control.framework)} {control.id} {control.title}"
                remarks.append(Notice.of("notice.corresponds", control=name_of, others=named_together(others)))
        for hit in hits:
            found.setdefault((hit.document, hit.clause), hit)
    return list(found.values()), remarks


def linked(generation: Generation, controls: Iterable[ControlName], allowed: Mask) -> list[Hit]:
    """Clauses that name, or are declared to document, these controls."""
    catalogue = generation.catalogue
    hits: dict[tuple[int, int], Hit] = {}
    for name in controls:
        for document, position, link in catalogue.clauses_for(*name):
            if not allowed[document] or link.provenance is Provenance.REJECTED:
                continue
            clauses = catalogue.clauses(document)
            clause = clauses[position]
            # What a document-control table names, the document declares as a whole; its clauses say where.
            declared = name in generation.document(document).controls and position == WHOLE_DOCUMENT
            start, end = (clause.start, clause.end) if link.start is None or link.end is None else (link.start, link.end)
            whole = declared or link.start is None or lists_controls(catalogue.links(document, position))
            telling = speaking(generation, document, position)
            for at in telling[:1] if position == WHOLE_DOCUMENT else telling:
                span = (start, end) if at == position else (clauses[at].start, clauses[at].end)
                hits.setdefault((document, at), Hit(document, at, *span, 0.5 if whole else 1.0))
    return list(hits.values())


def by_relevance(generation: Generation, hits: Iterable[Hit], ranking: Ranking) -> list[Hit]:
    """Linked clauses as the search ranks them; the clauses that name the control before lists and declarations."""
    place = {(hit.document, hit.clause): number for number, hit in enumerate(ranked_clauses(generation, ranking))}
    return sorted(hits, key=lambda hit: (-hit.score, place.get((hit.document, hit.clause), len(place))))
