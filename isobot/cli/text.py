"""`isobot text`: the canonical text of an indexed document."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from isobot.cli import options


def run(
    path: Annotated[str, typer.Argument(metavar="PATH", help="The document's path in the index, as citations show it.")],
    index: options.Index = None,
    user: options.AsUser = None,
) -> None:
    """Print the canonical text of an indexed document, exactly: the text of which every quotation is a slice."""
    from isobot.catalogue import readable_document
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    text = readable_document(settings, options.as_shown(path), settings.groups_of(user))
    sys.stdout.buffer.write(text.characters.encode("utf-8"))
