"""`isobot replay`: an answer as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from isobot.audit.replay import Replay


def run(
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="The number of a recorded answer, from the audit log.")],
    index: options.Index = None,
    json: options.Json = False,
) -> None:
    """Show a recorded answer to the letter, from the state and the stored texts, and say which documents changed since.

    It shows what was cited to whoever asked, and so is for those who may read the state. Exit code 1 says that the record was changed,
    or that a text is lost.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from isobot.audit.replay import replay
    from isobot.settings import Settings
    from isobot.state.store import Store

    settings = Settings.load(index=index)
    with Store.open(settings.state) as store:
        found = replay(store, settings, options.as_typed(answer).strip())
    options.print_json(_record(found)) if json else _print(found)
    raise typer.Exit(DONE if found.whole else FOUND_NOTHING)


def _record(found: Replay) -> dict[str, Any]:
    record = found.record
    kept = {key: value for key, value in record.as_exported().items() if key not in ("citations", "nearest", "asker_ref")}
    quotations = [
        {**one.cited.as_hashed(), "quote": one.quote, "standing": one.standing.name.lower(), "problem": one.problem or None}
        for one in found.quotations
    ]
    return kept | {"asker": found.asker, "intact": found.intact, "quotations": quotations}


def _print(found: Replay) -> None:
    from rich.text import Text

    from isobot.audit.export import place
    from isobot.cli.screen import Screen
    from isobot.cli.terminal import printable

    console, record = Screen(), found.record
    who = found.asker or "somebody who was erased"
    for line in (
        f"Asked     {record.asked_at[:19].replace('T', ' ')} UTC by {who} ({record.surface})",
        f"Question  {record.question}",
        f"Answered  from {record.generation}, confidence {record.confidence:.2f}"
        + (f"; it abstained, and named {record.owner or 'nobody'}" if record.abstained else ""),
        f"Record    {'as it was recorded' if found.intact else 'WAS CHANGED after it was recorded'}",
    ):
        console.print(Text(printable(line)), soft_wrap=True)
    for notice in record.notices:
        console.print(Text(printable(notice), style="yellow"))
    if record.abstained and found.quotations:
        console.print(Text("\nNot an answer, but near:", style="dim"))
    for one in found.quotations:
        console.print()
        if one.quote is None:
            console.print(Text(f"  The words are lost: {one.problem}", style="red"), soft_wrap=True)
        else:
            console.print_indented(f"“{printable(one.quote)}”", "bold")
        console.print(Text(f"  {printable(one.cited.line or place(one.cited))}", style="cyan"), soft_wrap=True)
        console.print(Text(f"  {one.standing.value}", style="dim"))
