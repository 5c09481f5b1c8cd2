"""`isobot slack`: the bot."""

from __future__ import annotations

import typer

from isobot.cli import options

app = typer.Typer(help="The Slack bot.", no_args_is_help=True)


@app.callback()
def _slack() -> None:
    """The Slack bot."""


@app.command()
def run(index: options.Index = None) -> None:
    """Answer mentions and direct messages in Slack (Socket Mode) until stopped.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN must be set.
    """
    from isobot.responder import Responder
    from isobot.settings import Settings
    from isobot.slack.run import run as serve

    settings = Settings.load(index=index)
    serve(settings, Responder(settings))
