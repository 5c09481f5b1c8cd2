"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

Index = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="The index folder. Default: ISOBOT_INDEX, else .isobot here.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="Ask as this user, whose groups isobot.toml names under users.")]
Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATH]…", help="Folders, files or addresses. Default: this folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def print_json(value: Any) -> None:
    """One JSON document on standard output; in ASCII where its encoding cannot carry every character."""
    import json

    every = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not every, indent=2))


def as_typed(word: str) -> str:
    """An argument with a replacement mark for each byte that is no UTF-8."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def be_sure(question: str, yes: bool) -> None:
    """Ask a person whether something that cannot be undone is meant. Raises SettingsError where nobody can be asked or they say no."""
    from corpus.errors import SettingsError

    if yes:
        return
    if not sys.stdin.isatty():
        raise SettingsError("This cannot be undone, and nobody is there to be asked. Give --yes to do it.")
    if not typer.confirm(question):
        raise SettingsError("Nothing was done.")


def as_shown(path: str) -> str:
    """A document's path as isobot shows it, typed so or as its file is called."""
    from corpus.visible import visible

    return path if path.isprintable() else visible(path)
