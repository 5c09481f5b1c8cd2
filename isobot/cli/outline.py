"""`isobot outline`: the clause tree of a file, as read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from isobot.cli import options


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document; it need not be indexed.")],
    json: options.Json = False,
) -> None:
    """Show the clauses of a file as isobot reads them: number, heading and page."""
    import hashlib

    from corpus.errors import DocumentError, SourceError
    from corpus.visible import visible
    from indexer.metadata import document_from
    from indexer.outline import outline
    from indexer.sandbox.pool import Sandbox
    from isobot.build_options import limits_from
    from isobot.settings import Settings

    if not file.is_file():
        raise SourceError(f"There is no file {visible(str(file))}. Name a document to outline.")
    try:
        with Sandbox(limits_from(Settings.load()), workers=1) as sandbox:
            reading = sandbox.read(file)
    except DocumentError as problem:
        raise SourceError(f"{visible(str(file))}: {problem}") from None
    document = document_from(visible(file.name), hashlib.sha256(file.read_bytes()).hexdigest(), reading)
    clauses = outline(reading, document.title)
    pages = [reading.text.pages_of(clause.start, max(clause.body, clause.start + 1)) for clause in clauses]
    if json:
        facts = {"path": document.path, "title": document.title, "version": document.version, "status": document.status.value}
        facts |= {"sha256": document.sha256, "text_sha256": document.text_sha256}
        rows: list[dict[str, Any]] = [
            {
                "number": clause.number,
                "heading": clause.heading,
                "level": clause.level,
                "start": clause.start,
                "end": clause.end,
                "page": where[0].number if where else None,
                "parent": clause.parent,
            }
            for clause, where in zip(clauses, pages, strict=True)
        ]
        options.print_json({"document": facts, "clauses": rows})
        return
    from isobot.cli.terminal import printable

    for clause, where in zip(clauses, pages, strict=True):
        names = reading.text.names_of(where[:1])
        page = f"  (p. {names[0]})" if names else ""
        print(printable(f"{'  ' * (clause.level - 1)}{clause.label or '(no heading)'}{page}"))
