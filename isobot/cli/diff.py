"""`isobot diff`: what changed between two generations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.clause_map import Side, Told
    from indexer.generation_diff import ClauseChange, GenerationDiff

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[GENERATION]…", help="Two generations, or one to compare with the served one. Default: the one before it."),
]
SHOWN = 300  # characters of a clause's text that a line shows


def run(generations: Names = None, index: options.Index = None, user: options.AsUser = None, json: options.Json = False) -> None:
    """Show which documents and clauses were added, removed, reworded, renumbered and moved from one generation to another.

    Clauses are matched by what they say, so that a renumbering is no rewrite. A generation's name may be shortened to what it begins
    with. How many stay on disk is the setting generations_kept.
    """
    from indexer.generation_diff import difference
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    before, after = _chosen(settings.index, generations or [])
    groups = settings.groups_of(user)
    sides = _side(settings.index, before, groups), _side(settings.index, after, groups)
    found = difference(*sides)
    if json:
        options.print_json({"before": before, "after": after, **_record(found, *sides)})
    else:
        _print(found, before, after, *sides)


def _chosen(index: Path, given: list[str]) -> tuple[str, str]:
    """Full names of the generation before and the one after. Raises an InputError for a name that fits none or several."""
    from corpus.errors import SettingsError
    from indexer.generation import current_name, names

    known, served = names(index), current_name(index)
    if len(given) > 2:
        raise SettingsError(f"{len(given)} generations were named. Name two at most, the older one first.")
    chosen = []
    for name in given:
        fitting = [one for one in known if one.startswith(name)] if name else []
        if len(fitting) != 1:
            what = "names no generation" if not fitting else f"is the beginning of {len(fitting)} generations"
            raise SettingsError(f"{name!r} {what} in {index}. There are: {', '.join(known)}.")
        chosen += fitting
    if not chosen:
        earlier = [name for name in known if name < served]
        if not earlier:
            raise SettingsError(f"{index} holds no generation before {served}, so there is nothing to compare it with.")
        chosen = [earlier[-1]]
    return chosen[0], chosen[1] if len(chosen) == 2 else served


def _side(index: Path, name: str, groups: frozenset[str]) -> Side:
    """The organisation's documents of a generation that members of the groups may read."""
    from corpus.clock import today
    from indexer.clause_map import side_of
    from indexer.generation import Generation

    generation = Generation(index, name)
    try:
        mask = generation.permitted(groups, today(), generation.own_collections(), in_force_only=False)
        return side_of(generation, frozenset(int(number) for number in mask.nonzero()[0]))
    finally:
        generation.close()


def _record(found: GenerationDiff, before: Side, after: Side) -> dict[str, Any]:
    return {
        "documents": {
            "added": list(found.added),
            "removed": list(found.removed),
            "renamed": [{"before": old, "after": new} for old, new in found.renamed],
        },
        "clauses": [
            {
                "changes": [change.value for change in entry.changes],
                "before": _clause(entry.before, before),
                "after": _clause(entry.after, after),
            }
            for entry in found.clauses
        ],
    }


def _clause(told: Told | None, side: Side) -> dict[str, Any] | None:
    if told is None:
        return None
    return {"document": side.documents[told.place[0]].path, "number": told.number, "heading": told.heading, "text": told.content}


def _print(found: GenerationDiff, before: str, after: str, old: Side, new: Side) -> None:
    from rich.text import Text

    from isobot.cli.screen import Screen
    from isobot.cli.terminal import printable

    console = Screen()

    def line(words: str, style: str = "") -> None:
        console.print(Text(printable(words), style=style), soft_wrap=True)

    line(f"From {before} to {after}:")
    if found.empty:
        line("Nothing changed.")
    for verb, paths in (("added", found.added), ("removed", found.removed)):
        for path in paths:
            line(f"{path}: {verb}", "bold")
    for before_path, path in found.renamed:
        line(f"{path}: renamed from {before_path}", "bold")
    shown = None
    for entry in found.clauses:
        path = _path(entry, old, new)
        if path != shown:
            line(f"\n{path}", "bold")
        shown = path
        line(f"  {_said(entry, old, new)}")
        if entry.before and entry.before.content != (entry.after and entry.after.content):
            line(f"    − {_shortened(entry.before.content)}", "red")
        if entry.after and entry.after.content != (entry.before and entry.before.content):
            line(f"    + {_shortened(entry.after.content)}", "green")


def _path(entry: ClauseChange, old: Side, new: Side) -> str:
    told, side = (entry.after, new) if entry.after else (entry.before, old)
    return side.documents[told.place[0]].path if told else ""


def _said(entry: ClauseChange, old: Side, new: Side) -> str:
    """"§4.2 Keys: reworded, renumbered from 4.1"."""
    told = entry.after or entry.before
    name = " ".join(part for part in (told.number, told.heading) if part) if told else ""
    words = []
    for change in entry.changes:
        word = change.value
        if change.value == "renumbered" and entry.before:
            word += f" from {entry.before.number or 'no number'}"
        elif change.value == "moved" and entry.before and entry.after:
            source = old.documents[entry.before.place[0]].path
            word += f" from {source}" if source != new.documents[entry.after.place[0]].path else ""
        words.append(word)
    return f"{name or 'a clause without a name'}: {', '.join(words)}"


def _shortened(content: str) -> str:
    return content if len(content) <= SHOWN else f"{content[: SHOWN - 1].rstrip()}…"
