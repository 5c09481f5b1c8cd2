"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

Index = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="The index folder. Default: ISOBOT_INDEX, else .isobot here.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="Ask as this user of [users] in isobot.toml.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))
