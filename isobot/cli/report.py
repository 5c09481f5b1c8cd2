"""`isobot report`: what was asked, what stayed open, what answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from isobot.cli import options


def run(
    days: Annotated[int, typer.Option("--days", min=1, max=36_500, help="Of the last so many days.")] = 7,
    index: options.Index = None,
    json: options.Json = False,
) -> None:
    """Figures of a week, the questions without an answer, alike ones together and by control, and documents cited and never cited.

    It tells of every document, and so is for those who may read the state.
    """
    from dataclasses import asdict

    from indexer.generation import Generation
    from isobot.cli.terminal import printable
    from isobot.report.figures import compiled
    from isobot.report.wording import lines
    from isobot.settings import Settings
    from isobot.state.moments import utc_now
    from isobot.state.store import Store

    settings = Settings.load(index=index)
    generation, now = Generation.current(settings.index), utc_now()
    with Store.open(settings.state) as store:
        report = compiled(store, generation, now - timedelta(days=days), now, None, settings.default_framework)
    if json:
        options.print_json(asdict(report))
    else:
        print("\n".join(printable(line) for line in lines(report)))
