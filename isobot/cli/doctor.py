"""`isobot doctor`: the settings in force and where each came from, programs that read more formats, and the state of the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from isobot.cli import options

MISSING = {
    "scanned pages": "not read; tesseract is not installed (Debian: tesseract-ocr)",
    "older formats": "not read; LibreOffice is not installed (Debian: libreoffice-writer, -calc and -impress)",
}
Documents = Annotated[bool, typer.Option("--documents", help="Show instead what each document of PATH says of itself, and where.")]


def run(paths: options.Paths = None, documents: Documents = False, index: options.Index = None, json: options.Json = False) -> None:
    """Show every setting with where it came from (secrets masked), which programs help to read, and whether the index can serve.

    Exit code 1 says that the index cannot, or that a setting is no address; with --documents, that a document could not be read or
    lacks a version, an owner, an audience or a review date.
    """
    from corpus.errors import DONE, FOUND_NOTHING, IsobotError
    from isobot.responder import Responder
    from isobot.settings import KNOWN, Settings, unknown_variables

    settings = Settings.load(index=index)
    if documents or paths:
        from isobot.cli.documents import inspected, print_documents

        records = inspected(paths or ["."], settings)
        options.print_json({"documents": records}) if json else print_documents(records)
        raise typer.Exit(FOUND_NOTHING if any(record.get("missing", True) for record in records) else DONE)
    rows = {key: {"value": _shown(settings, key), "from": settings.origins.get(key, "default")} for key in KNOWN}
    unknown = unknown_variables()
    try:
        manifest = Responder(settings).generation.manifest
        health: dict[str, Any] = {
            "generation": manifest.name,
            "built_at": manifest.built_at,
            "documents": manifest.documents - manifest.guidance.documents,
            "guidance": manifest.guidance.controls,
            "skipped": len(manifest.skipped),
            "model": manifest.encoder["model"],
            **({"reranker": reranker} if (reranker := manifest.settings.get("reranker")) else {}),
        }
    except IsobotError as problem:
        health = {"problem": str(problem)}
    wrong = _wrong_addresses(settings)
    programs = _programs()
    if json:
        found = {"settings": rows, "programs": programs, "index": health, "unknown_variables": unknown, "wrong_addresses": wrong}
        options.print_json(found)
    else:
        _print(rows, {name: version or MISSING[name] for name, version in programs.items()} | health, [*map(_no_variable, unknown), *wrong])
    raise typer.Exit(FOUND_NOTHING if wrong or "problem" in health else DONE)


def _wrong_addresses(settings: Any) -> list[str]:
    """A sentence for each setting that `isobot slack run` would refuse as no address."""
    from corpus.errors import SettingsError
    from isobot.addresses import host_and_port
    from isobot.state.database import parsed

    wrong = []
    checks: list[Callable[[], object]] = [lambda: parsed(settings.state)]
    checks += [lambda: host_and_port(settings.monitor, "The setting monitor", "127.0.0.1")] if settings.monitor else []
    for check in checks:
        try:
            check()
        except SettingsError as problem:
            wrong.append(str(problem))
    return wrong


def _programs() -> dict[str, str | None]:
    """What is installed of the programs that read what isobot does not read itself, by what each is for."""
    from indexer.readers import libreoffice, tesseract

    return {"scanned pages": tesseract.version() or None, "older formats": libreoffice.version() or None}


def _shown(settings: Any, key: str) -> str | None:
    from isobot.settings import KNOWN

    value = getattr(settings, key)
    if value is None:
        return None
    if KNOWN[key].secret and key in settings.origins:
        return "•••••"
    if key == "users":
        return f"{len(value)} users"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or None
    if isinstance(value, Mapping):
        named = {name: ", ".join(sorted(one)) if isinstance(one, frozenset) else one for name, one in value.items()}
        return "; ".join(f"{name}: {one}" for name, one in named.items()) or None
    return str(value)


def _print(rows: dict[str, dict[str, str | None]], health: dict[str, Any], remarks: Sequence[str]) -> None:
    from rich.table import Column, Table
    from rich.text import Text

    from isobot.cli.screen import Screen
    from isobot.cli.terminal import printable

    console = Screen()
    table = Table(Column("Setting", no_wrap=True, min_width=max(map(len, rows))), "Value", "From", box=None, padding=(0, 2, 0, 0))
    for key, row in rows.items():
        value = "not set" if row["value"] is None else row["value"] or "empty"
        table.add_row(key, Text(printable(value), overflow="fold"), Text(printable(row["from"] or "")))
    console.print(table)
    console.print()
    for sentence in remarks:
        console.print(printable(sentence), markup=False, soft_wrap=True)
    for name, value in health.items():
        console.print(f"{name}: {printable(str(value))}", markup=False, soft_wrap=True)


def _no_variable(name: str) -> str:
    return f"{name} is no variable of isobot and has no effect."
