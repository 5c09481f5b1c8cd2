"""`isobot control`: what a control asks, and where it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from corpus.control import Control
    from isobot.controls.locate import Location


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="A control or clause id: A.8.13, 9.2.1, AC-2(1), PR.AA-01, CC6.1.")],
    framework: Annotated[str | None, typer.Option("--framework", metavar="F", help="iso27001:2022, iso27001:2013, nist-csf:2.0, …")] = None,
    index: options.Index = None,
    user: options.AsUser = None,
    json: options.Json = False,
) -> None:
    """Show what a control asks, its equivalents, and the clauses that document it."""
    from corpus.clock import today
    from indexer.generation import Generation
    from isobot.controls.locate import locate
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    location = locate(Generation.current(settings.index), id, framework, settings.groups_of(user), today())
    if json:
        options.print_json(_record(location))
    else:
        _print(location)


def _facts(control: Control) -> dict[str, str]:
    return {"framework": control.framework, "id": control.id, "title": control.title, "asks": control.asks}


def _record(location: Location) -> dict[str, Any]:
    from isobot.citation import as_record

    return {
        "control": _facts(location.control),
        "alternatives": [_facts(control) for control in location.alternatives],
        "equivalents": [{"framework": f, "id": id, "relation": relation.value} for f, id, relation in location.equivalents],
        "clauses": [
            as_record(found.citation) | {"provenance": found.provenance.value, "probability": found.probability}
            for found in location.clauses
        ],
    }


def _print(location: Location) -> None:
    from rich.console import Console
    from rich.text import Text

    from corpus.clock import today
    from isobot.citation import NAMES, SAID
    from isobot.cli.terminal import print_citation

    console = Console(highlight=False, emoji=False)
    for control in (location.control, *location.alternatives):
        console.print(Text(f"{NAMES[control.framework]} {control.id} {control.title}", style="bold"))
        if control.asks:
            console.print(Text(f"  {control.asks}"))
    if location.equivalents:
        equivalents = ", ".join(f"{NAMES.get(f, f)} {id} ({r.value})" for f, id, r in location.equivalents)
        console.print(f"\nCorresponds to: {equivalents}", markup=False)
    console.print()
    if not location.clauses:
        console.print("No clause that you may read names it or is declared to document it.")
    for found in location.clauses:
        print_citation(console, found.citation, today(), controls=False)
        console.print(Text(f"  {SAID[found.provenance]}", style="dim"))
        console.print()
