"""`isobot verify`: whether every clause and passage still is the slice that it claims to be."""

from __future__ import annotations

import typer

from isobot.cli import options


def run(index: options.Index = None, json: options.Json = False) -> None:
    """Re-slice every clause and passage of the served generation against the stored texts and their hashes.

    Exit code 1 says that something does not hold; what it is stands in the output.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from indexer.generation import Generation
    from indexer.verify import verify
    from isobot.cli.terminal import printable
    from isobot.settings import Settings

    generation = Generation.current(Settings.load(index=index).index)
    report = verify(generation)
    if json:
        options.print_json(
            {
                "generation": report.generation,
                "documents": report.documents,
                "clauses": report.clauses,
                "passages": report.passages,
                "problems": list(report.problems),
            }
        )
    else:
        shipped = generation.manifest.guidance.documents
        of_guidance = f" ({shipped} of guidance)" if shipped else ""
        counted = f"{report.documents:,} documents{of_guidance}, {report.clauses:,} clauses, {report.passages:,} passages"
        print(f"{report.generation}: {counted}: {'all hold' if not report.problems else f'{len(report.problems)} problems'}.")
        for problem in report.problems:
            print(f"  {printable(problem)}")
    raise typer.Exit(FOUND_NOTHING if report.problems else DONE)
