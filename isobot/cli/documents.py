"""`isobot doctor --documents`: what each document says of itself, where it says so, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

WANTED = ("version", "owner", "audience", "review date")
"""What a document is expected to state; no audience means that every member may read it, no status that it is in force."""


def inspected(paths: Sequence[str], fetched: Path) -> list[dict[str, Any]]:
    """One record a document that `isobot index PATHS` would read: what was found, where, what is missing, and warnings.

    A document that cannot be read has a reason instead. Raises SourceError.
    """
    from indexer.sources import find
    from isobot.cli.progress import RichProgress

    sources = find(paths, fetched)
    with RichProgress() as progress:
        progress.stage("Reading documents", len(sources))
        records = []
        for source in sources:
            records.append(_record(source))
            progress.advance()
    return records


def _record(source: Any) -> dict[str, Any]:
    from corpus.errors import DocumentError
    from indexer.metadata import describe, found_in
    from indexer.statements import Fact

    try:
        reading = source.read()
    except DocumentError as problem:
        return {"path": source.path, "reason": str(problem)}
    document, places = found_in(source.path, "", reading)
    _, doubts = describe(source.path, "", reading)
    shown = {
        Fact.TITLE: document.title,
        Fact.VERSION: document.version,
        Fact.STATUS: document.status.value,
        Fact.OWNER: document.owner,
        Fact.AUDIENCE: ", ".join(sorted(document.audience)) if document.audience is not None else "every member",
        Fact.EFFECTIVE: document.effective and document.effective.isoformat(),
        Fact.REVIEW: document.review_by and document.review_by.isoformat(),
        Fact.EXPIRY: document.expires and document.expires.isoformat(),
        Fact.FRAMEWORK: document.framework,
        Fact.CONTROLS: ", ".join(control for _, control in document.controls) or None,
    }
    found = {fact.value: {"value": value, "from": places.get(fact, "default")} for fact, value in shown.items() if value}
    if Fact.TITLE not in places:
        found["title"]["from"] = "text"
    missing = [name for name in WANTED if name not in found or (found[name]["from"] == "default")]
    return {"path": source.path, "found": found, "missing": missing, "warnings": [*reading.warnings, *doubts]}


def print_documents(records: Sequence[dict[str, Any]]) -> None:
    """Each document with what was found and where, and at the end how many lack what."""
    from collections import Counter

    from rich.console import Console
    from rich.text import Text

    from isobot.cli.terminal import printable

    console = Console(highlight=False, emoji=False)
    for record in records:
        console.print(Text(printable(record["path"]), style="bold"), soft_wrap=True)
        if "reason" in record:
            console.print(Text(f"  not read: {printable(record['reason'])}", style="yellow"), soft_wrap=True)
            continue
        for name, fact in record["found"].items():
            console.print(Text(f"  {name}: {printable(fact['value'])}  ({fact['from']})"), soft_wrap=True)
        if record["missing"]:
            console.print(Text(f"  missing: {', '.join(record['missing'])}", style="yellow"), soft_wrap=True)
        for warning in record["warnings"]:
            console.print(Text(f"  ! {printable(warning)}", style="yellow"), soft_wrap=True)
    lacking = Counter(name for record in records for name in record.get("missing", ()))
    unread = sum("reason" in record for record in records)
    lines = [f"{count} without {name}" for name, count in lacking.items()] + ([f"{unread} not read"] if unread else [])
    console.print(Text(f"\n{len(records)} document{'s' * (len(records) != 1)}: {', '.join(lines) or 'nothing is missing'}."))
