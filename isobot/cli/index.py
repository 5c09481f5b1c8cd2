"""`isobot index`: build the index or bring it up to date."""

from __future__ import annotations

from dataclasses import asdict, replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isobot.cli import options
from isobot.cli.watch import summary
from isobot.cli.watch import watch as follow

if TYPE_CHECKING:
    from indexer.build import BuildReport

Watch = Annotated[bool, typer.Option("--watch", help="Go on, and build again whenever a document changes.")]
Dask = Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="Read and embed on the Dask cluster whose scheduler is there.")]
KEYS = ("generation", "documents", "clauses", "passages", "guidance", "seconds", "skipped")


def run(
    paths: options.Paths = None,
    index: options.Index = None,
    watch: Watch = False,
    dask: Dask = None,
    json: options.Json = False,
) -> None:
    """Build the index from folders, files and addresses, or bring it up to date.

    A folder that holds a documents.toml is indexed as that says. An address is any that fsspec knows: zip://, https://, s3://, sftp://.

    With --watch it goes on until Ctrl-C or SIGTERM, builds again whenever a document changes, and prints a line for each build.

    With --dask ADDRESS (tcp://10.0.0.5:8786) documents are sent to the workers of that cluster, which need the same isobot and its extra
    dask; the generation is the same.

    Exit code 1 says that a document was skipped, 2 that none could be read.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from indexer.build import build
    from indexer.guidance import guidance
    from indexer.sources import find
    from isobot.build_options import options_from
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    chosen = paths or ["."]

    def once() -> BuildReport:
        sources = find(chosen, settings.index / "fetched")
        with RichProgress() as progress:
            shipped = guidance({source.path for source in sources}) if settings.guidance else []
            return build(sources, settings.index, replace(options_from(settings), dask=dask), progress, shipped)

    if watch:
        follow(chosen, once, _tell_record if json else _tell, settings.index)
        return
    report = once()
    if json:
        options.print_json(_record(report))
    else:
        _print(report, settings.index)
    raise typer.Exit(FOUND_NOTHING if report.skipped else DONE)


def _record(report: BuildReport) -> dict[str, Any]:
    return {key: asdict(report)[key] for key in KEYS}


def _tell_record(report: BuildReport) -> None:
    print(dumps(_record(report)), flush=True)


def _tell(report: BuildReport) -> None:
    print(summary(report, _changes(report)), flush=True)


def _changes(report: BuildReport) -> str:
    """"1 changed, 2 removed; 1 file read"; nothing for a first build and one that found nothing to do."""
    counted = [(name, len(getattr(report.changes, name))) for name in ("added", "changed", "removed", "renamed")]
    said = ", ".join(f"{count:,} {name}" for name, count in counted if count)
    return f"{said}; {report.read:,} file{'s' * (report.read != 1)} read" if said else ""


def _print(report: BuildReport, index: Path) -> None:
    from rich.table import Table
    from rich.text import Text

    from isobot.cli.screen import Screen
    from isobot.cli.terminal import printable

    console = Screen()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in (
        ("Documents", f"{report.documents:,}" + (f", and guidance on {report.guidance:,} controls" if report.guidance else "")),
        ("Clauses", f"{report.clauses:,}"),
        ("Passages", f"{report.passages:,}"),
        ("Took", f"{report.seconds:.1f} s"),
        *([("Changes", changes)] if (changes := _changes(report)) else []),
        ("Generation", report.generation + (" (nothing had changed)" if report.unchanged else "")),
        ("Index", str(index)),
    ):
        table.add_row(name, Text(printable(value)))
    console.print(table)
    if report.changes.renamed:
        console.print("\nRenamed, and not read again:", style="bold")
    for old, new in report.changes.renamed:
        console.print(f"  {printable(old)} → {printable(new)}", markup=False, soft_wrap=True)
    for title, entries in (("Not indexed", report.skipped), ("Worth a look", report.warnings)):
        if entries:
            console.print(f"\n{title}:", style="bold")
        for entry in entries:
            console.print(f"  {printable(entry.path)}: {printable(entry.reason)}", markup=False, soft_wrap=True)
    unknown: dict[str, dict[str, None]] = {}
    for entry in report.unknown_references:
        unknown.setdefault(entry.path, {})[entry.reason] = None
    if unknown:
        console.print("\nIds that no known framework has:", style="bold")
    for path, ids in unknown.items():
        console.print(f"  {printable(path)}: {printable(', '.join(ids))}", markup=False, soft_wrap=True)
