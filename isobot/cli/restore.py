"""`isobot restore`: a backup put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from isobot.cli import options


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `isobot backup` wrote.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Put aside what stands there already.")] = False,
    index: options.Index = None,
    json: options.Json = False,
) -> None:
    """Check a backup to the letter, then put its index and its state where the settings say. Stop running bots first."""
    from isobot.backup.put_back import restore
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    contents, aside = restore(settings, file, force)
    if json:
        options.print_json({"generation": contents.generation, "made_at": contents.made_at, "aside": [str(path) for path in aside]})
        return
    print(f"{settings.index} is as it was at {contents.made_at}: generation {contents.generation}, every hash as it was.")
    for path in aside:
        print(f"What stood there is now {path}.")
