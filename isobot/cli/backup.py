"""`isobot backup`: what would be needed after a fire."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from isobot.cli import options


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The tar to write; what stands there is replaced.", show_default=False)],
    index: options.Index = None,
    json: options.Json = False,
) -> None:
    """Copy the served index, the texts that recorded answers point at, and the state into one file, while bot and build go on.

    A state in PostgreSQL is left to pg_dump. The file says who asked what: you alone may read it.
    """
    from dataclasses import asdict

    from isobot.backup.make import back_up, kept_elsewhere
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    made = back_up(settings, file)
    if json:
        options.print_json({**asdict(made), "files": len(made.files), "bytes": file.stat().st_size})
        return
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, generation {made.generation}, {'with' if made.revision else 'without'} the state")
    if elsewhere := kept_elsewhere(settings):
        print(f"The state is in {elsewhere} and not in this file. Back it up with pg_dump, at about the same time.")
