"""`isobot slack`: the bot."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from isobot.cli import options

app = typer.Typer(help="The Slack bot.", no_args_is_help=True)


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


@app.callback()
def _slack() -> None:
    """The Slack bot."""


@app.command()
def run(
    index: options.Index = None,
    http: Annotated[str | None, typer.Option("--http", metavar="HOST:PORT", help="Take Slack's requests here, not by Socket Mode.")] = None,
) -> None:
    """Answer mentions and direct messages in Slack until stopped.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN must be set; with --http, SLACK_SIGNING_SECRET in place of the latter.
    """
    from isobot.responder import Responder
    from isobot.settings import Settings
    from isobot.slack.run import run as serve

    settings = Settings.load(index=index)
    serve(settings, Responder(settings), http)


@app.command()
def manifest(
    mode: Annotated[Mode, typer.Option("--mode", help="socket needs no open port; http needs an https address.")] = Mode.SOCKET,
    url: Annotated[str | None, typer.Option("--url", help="Where Slack sends requests to, with --mode http.")] = None,
    plain: Annotated[bool, typer.Option("--no-agent-view", help="Leave Slack's agent view out, which not every plan has.")] = False,
) -> None:
    """Print the app manifest, to be pasted into Slack when the app is made."""
    from isobot.slack.manifest import manifest as made

    options.print_json(made(mode.value, url, agent_view=not plain))


@app.command()
def check(index: options.Index = None, json: options.Json = False) -> None:
    """Say what is wrong with tokens, scopes and settings, and what mends it."""
    from dataclasses import asdict

    from isobot.settings import Settings
    from isobot.slack.check import check as look

    found = list(look(Settings.load(index=index)))
    if json:
        options.print_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            typer.echo(f"{'ok  ' if finding.good else 'mend'}  {finding.says}")
    if not all(finding.good for finding in found):
        raise typer.Exit(1)
