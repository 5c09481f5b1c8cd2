"""`isobot control`: what a control asks, and where it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.control import Control
    from isobot.controls.equivalents import Equivalent
    from isobot.controls.locate import Located, Location


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="A control or clause id: A.8.13, 9.2.1, AC-2(1), PR.AA-01, CC6.1.")],
    framework: Annotated[str | None, typer.Option("--framework", metavar="F", help="iso27001:2022, iso27001:2013, nist-csf:2.0, …")] = None,
    index: options.Index = None,
    user: options.AsUser = None,
    json: options.Json = False,
) -> None:
    """Show what a control asks, its equivalents, and the clauses that document it."""
    from corpus.clock import today
    from corpus.errors import NoGenerationError
    from indexer.generation import Generation
    from isobot.controls.locate import locate
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    try:
        generation = Generation.current(settings.index)
    except NoGenerationError:
        generation = None  # what a control asks is known without any document
    location = locate(generation, id, framework, settings.groups_of(user), today(), settings.default_framework)
    if json:
        options.print_json(_record(location))
    else:
        _print(location, settings.index)


def _facts(control: Control) -> dict[str, Any]:
    return {
        "framework": control.framework,
        "id": control.id,
        "title": control.title,
        "asks": control.asks,
        "kind": control.kind.value,
        "evidence": control.evidence,
        "attributes": {name: list(values) for name, values in control.attributes.items()},
        "withdrawn": control.withdrawn,
        "replaced_by": list(control.replaced_by),
    }


def _equivalent(found: Equivalent) -> dict[str, Any]:
    via = {"framework": found.via[0], "id": found.via[1]} if found.via else None
    return {"framework": found.framework, "id": found.id, "relation": found.relation.value, "title": found.control.title, "via": via}


def _record(location: Location) -> dict[str, Any]:
    return {
        "control": _facts(location.control),
        "alternatives": [_facts(control) for control in location.alternatives],
        "equivalents": [_equivalent(found) for found in location.equivalents],
        "controls": [{"framework": control.framework, "id": control.id, "title": control.title} for control in location.members],
        "searched": location.searched,
        "clauses": list(map(_clause, location.clauses)),
        "standing_in": list(map(_equivalent, location.standing_in)),
        "instead": list(map(_clause, location.instead)),
    }


def _clause(found: Located) -> dict[str, Any]:
    from isobot.citation import as_record

    return as_record(found.citation) | {"provenance": found.provenance.value, "probability": found.probability}


def _print(location: Location, index: Path) -> None:
    from rich.text import Text

    from corpus.clock import today
    from isobot.citation import ENGLISH, SAID
    from isobot.cli.screen import Screen
    from isobot.cli.terminal import print_citation
    from isobot.controls.summary import correspondences, headline, listing, named_together, sentences

    console = Screen()
    for control in (location.control, *location.alternatives):
        console.print(Text(headline(control), style="bold"))
        for sentence in sentences(control):
            console.print_indented(sentence)
    for heading, lines in (("It gathers:", listing(location.members)), ("Corresponds to:", correspondences(location.equivalents))):
        if lines:
            console.print(f"\n{heading}")
        for line in lines:
            console.print_indented(line)
    console.print()
    if not location.searched:
        console.print(Text(f"There is no index in {index} to look for clauses in. Build one with `isobot index PATH --index {index}`."))
    elif not location.clauses:
        console.print(ENGLISH.say("control.nowhere"))
        if location.standing_in:
            console.print(Text(ENGLISH.say("control.instead", others=named_together(location.standing_in)), style="yellow"))
            console.print()
    for found in location.clauses or location.instead:
        print_citation(console, found.citation, today(), controls=False)
        console.print(Text(f"  {SAID[found.provenance]}", style="dim"))
        console.print()
