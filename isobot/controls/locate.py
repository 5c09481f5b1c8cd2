"""Where a control is documented, how that is known, and what corresponds to it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from corpus import library
from corpus.citation import Citation
from corpus.control import Control, ControlKind, ControlLink, Provenance
from corpus.errors import FrameworkError
from corpus.library import controls_near, find_control, framework_names
from indexer.generation import Generation
from isobot.controls.equivalents import Equivalent, closest, equivalents
from isobot.controls.lists import lists_controls, tags_of
from isobot.hit import speaking
from isobot.items import item_quoted
from isobot.quotation import clause_units, context_span, opening_span, quote_span, within

CERTAIN = {Provenance.EXPLICIT: 1.0, Provenance.DECLARED: 1.0, Provenance.CONFIRMED: 1.0}


@dataclass(frozen=True, slots=True)
class Located:
    """A clause that documents a control. probability: 0 to 1, that a reader would agree."""

    citation: Citation
    provenance: Provenance
    probability: float


@dataclass(frozen=True, slots=True)
class Location:
    """A control with the clauses that document it.

    alternatives: other editions that have the same id. equivalents: what it corresponds to, by the crosswalks that ship.
    members: what it gathers, in the framework's order. searched: whether there was an index to look for clauses in.
    standing_in: where no clause documents it, the equivalents that clauses document, and `instead` those clauses.
    """

    control: Control
    alternatives: tuple[Control, ...]
    equivalents: tuple[Equivalent, ...]
    members: tuple[Control, ...]
    clauses: tuple[Located, ...]
    searched: bool = True
    standing_in: tuple[Equivalent, ...] = ()
    instead: tuple[Located, ...] = ()


def locate(
    generation: Generation | None, id: str, framework: str | None, groups: frozenset[str], today: date, home: str = ""
) -> Location:
    """Find a control and the clauses that name it or are declared to document it.

    generation: where to look for clauses; None finds the control alone. home: the framework that the organisation works by, whose
    equivalent stands in for a control that no clause documents; "" for none. A theme, domain or objective gathers what its controls have;
    guidance documents nothing. Raises FrameworkError when no known framework has the id.
    """
    found = find_control(id, framework)
    if not found:
        raise FrameworkError(_no_control(id, framework, home))
    control = found[0]
    if generation is None:
        return Location(control, found[1:], equivalents(control), members(control), (), searched=False)
    clauses = _clauses(generation, control, groups, today)
    others = {one: _clauses(generation, one.control, groups, today) for one in (closest(control, home) if home and not clauses else ())}
    return Location(
        control,
        found[1:],
        equivalents(control),
        members(control),
        clauses,
        standing_in=tuple(one for one, theirs in others.items() if theirs),
        instead=tuple(chain.from_iterable(others.values())),
    )


def _no_control(id: str, framework: str | None, home: str) -> str:
    where = framework or f"any known framework ({', '.join(framework_names())})"
    preferred = [framework] if framework else dict.fromkeys(filter(None, (home, *framework_names())))
    near = ", ".join(f"{one.id} {one.title}" for one in controls_near(id, tuple(preferred)))
    advice = f"Nearest are: {near}." if near else "Check the id; A.8.13 and AC-2(1) are examples."
    return f"{id!r} is not a control or clause of {where}. {advice}"


def _clauses(generation: Generation, control: Control, groups: frozenset[str], today: date) -> tuple[Located, ...]:
    allowed = generation.permitted(groups, today, generation.own_collections())
    links: dict[tuple[int, int], ControlLink] = {}
    for member in _gathered(control):
        for document, position, link in generation.catalogue.clauses_for(member.framework, member.id):
            if allowed[document] and link.provenance is not Provenance.REJECTED:
                links.setdefault((document, position), link)
    clauses = [
        Located(citation, link.provenance, CERTAIN[link.provenance])
        for (document, position), link in links.items()
        if (citation := cite(generation, document, position, link)) is not None
    ]
    clauses.sort(key=lambda located: located.provenance is Provenance.DECLARED or _is_of_list(generation, located.citation))
    return tuple(clauses)


def cite(generation: Generation, document: int, position: int, link: ControlLink) -> Citation | None:
    """The clause quoted where it names the control, else from its beginning; None for a clause without words.

    A clause that only gathers others, its heading naming the control, is quoted by the first of them that says something.
    """
    catalogue = generation.catalogue
    clauses, blocks, text = catalogue.clauses(document), catalogue.blocks(document), generation.text(document)
    linked, position = position, speaking(generation, document, position)[0]
    units = clause_units(text.characters, clauses, position, blocks)
    if not units:
        return None
    named = within(units, link.start, link.end) if link.start is not None and link.end is not None else []
    chosen = {named[0]: 1.0} if named else {}
    start, end = quote_span(text.characters, units, chosen, blocks) if chosen else opening_span(text.characters, units)
    context = context_span(text.characters, clauses, position, units, (start, end))
    controls = tags_of(catalogue.links(document, linked), start, end)
    marks, leads = item_quoted(text.characters, clauses, position, blocks, (start, end), start) if chosen else ((), ())
    return Citation(generation.document(document), text, clauses, position, start, end, *context, controls, item=marks, leads=leads)


def _is_of_list(generation: Generation, citation: Citation) -> bool:
    number = generation.catalogue.number_of(citation.document.path)
    return number is not None and lists_controls(generation.catalogue.links(number, citation.position))


def _gathered(control: Control) -> list[Control]:
    """The control, and all that stands below it."""
    book = library.framework(control.framework)
    gathered = [control]
    for member in gathered:
        gathered.extend(book.children_of(member.id))
    return gathered


def members(control: Control) -> tuple[Control, ...]:
    """What a theme, domain, objective or clause gathers, down to its controls; of a control, its enhancements."""
    found: list[Control] = []
    for child in library.framework(control.framework).children_of(control.id):
        found.append(child)
        if child.kind is not ControlKind.CONTROL:
            found.extend(members(child))
    return tuple(found)
