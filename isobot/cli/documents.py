"""`isobot doctor --documents`: what each document says of itself, where it says so, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.reading_stage import Outcome
    from isobot.settings import Settings

WANTED = ("version", "owner", "audience", "review date")
"""What a document is expected to state; no audience means that every member may read it, no status that it is in force."""


def inspected(paths: Sequence[str], settings: Settings) -> list[dict[str, Any]]:
    """One record a document that `isobot index PATHS` would read: what was found, where, what is missing, and warnings.

    Each is read as a build reads it, within the same limits, and what builds have read is not read again. A document that cannot be
    read has a reason instead. Raises SourceError.
    """
    from contextlib import closing

    from indexer.making import readings_of
    from indexer.reading_stage import ReadingStage
    from indexer.sandbox.pool import Sandbox
    from indexer.sources import find
    from isobot.build_options import limits_from
    from isobot.cli.progress import RichProgress

    sources = find(paths, settings.index / "fetched")
    with RichProgress() as progress, closing(readings_of(settings.index)) as cache:
        progress.stage("Reading documents", len(sources))
        records = []
        for outcome in ReadingStage(Sandbox(limits_from(settings)), cache).outcomes(sources, {}):
            records.append(_record(outcome))
            progress.advance()
    return records


def _record(outcome: Outcome) -> dict[str, Any]:
    from indexer.labels import Fact
    from indexer.metadata import describe, found_in

    path, reading = outcome.item.path, outcome.reading
    if reading is None:
        return {"path": path, "reason": outcome.reason}
    document, places = found_in(path, "", reading)
    _, doubts = describe(path, "", reading)
    shown = {
        Fact.TITLE: document.title,
        Fact.REFERENCE: document.reference,
        Fact.VERSION: document.version,
        Fact.STATUS: document.status.value,
        Fact.OWNER: document.owner,
        Fact.APPROVER: document.approved_by,
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
    return {"path": path, "found": found, "missing": missing, "warnings": [*reading.warnings, *doubts]}


def print_documents(records: Sequence[dict[str, Any]]) -> None:
    """Each document with what was found and where, and at the end how many lack what."""
    from collections import Counter

    from rich.text import Text

    from isobot.cli.screen import Screen
    from isobot.cli.terminal import printable

    console = Screen()
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
