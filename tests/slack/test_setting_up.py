"""The manifest that is pasted into Slack, and the check of what was set up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from isobot.slack.manifest import EVENTS, SCOPES, manifest
from tests.slack.conftest import ROOT
from tests.slack.stand_in import StandInSlack

README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(environ: dict[str, str], *words: str) -> tuple[int, str]:
    done = subprocess.run(
        (sys.executable, "-m", "isobot", "slack", *words), env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_every_scope_and_event_is_explained_in_the_readme() -> None:
    """Whoever approves the app reads there why."""
    for name, why in (SCOPES | EVENTS).items():
        assert f"| `{name}` | {why} |" in README


def test_the_manifest_is_of_the_mode_that_was_chosen(environ: dict[str, str]) -> None:
    """Socket Mode needs no address; HTTP has it in all three places, and is refused without one."""
    code, printed = run(environ, "manifest")
    assert code == 0 and json.loads(printed) == manifest("socket") and "url" not in printed
    url = "https://isobot.example.org/slack/events"
    http = manifest("http", url)
    assert http["settings"]["event_subscriptions"]["request_url"] == http["settings"]["interactivity"]["request_url"] == url
    assert http["features"]["slash_commands"][0]["url"] == url and not http["settings"]["socket_mode_enabled"]
    plain = manifest("socket", agent_view=False)
    assert "agent_view" not in plain["features"] and "assistant:write" not in plain["oauth_config"]["scopes"]["bot"]
    assert json.loads(run(environ, "manifest", "--no-agent-view")[1]) == plain
    with pytest.raises(SettingsError, match="Add --url"):
        manifest("http")


def test_a_check_says_what_is_missing_and_what_mends_it(slack: StandInSlack, environ: dict[str, str]) -> None:
    """A scope that is missing, one too many, an owner who cannot be reached, no index: a line each, and exit code 1."""
    slack.scopes = ",".join({*SCOPES, "files:read"} - {"groups:read", "assistant:write"})
    Path(environ["ISOBOT_SETTINGS"]).write_text('report_channel = "C0LEFT"\n[owners]\n"Head of Finance" = "C0GONE"\n', encoding="utf-8")
    code, printed = run(environ, "check")
    lines = printed.splitlines()
    assert code == 1
    assert lines[0] == "ok    SLACK_BOT_TOKEN is that of @isobot in Example."
    assert lines[1].startswith("mend  The scope groups:read is missing; isobot needs it to see who reads a private channel")
    assert lines[3].startswith("mend  The app has scopes that isobot does not need: files:read.")
    assert lines[2].startswith("ok    The app has no agent view (scope assistant:write)")
    assert lines[4].startswith("mend  Questions for 'head of finance' do not reach C0GONE (channel_not_found).")
    assert lines[5].startswith("mend  Weekly reports do not reach C0LEFT (channel_not_found). Mend `report_channel`")
    assert lines[6] == "ok    SLACK_APP_TOKEN opens Socket Mode."
    assert lines[7].startswith("mend  There is no index in ")


def test_a_check_explains_a_refused_token(environ: dict[str, str]) -> None:
    """As the bot's start would, and the rest is looked at all the same."""
    code, printed = run(environ | {"SLACK_BOT_TOKEN": "xoxb-wrong"}, "check", "--json")
    findings = json.loads(printed)
    assert code == 1 and findings[0]["says"].startswith("SLACK_BOT_TOKEN was refused: Slack does not know it")
    assert findings[1] == {"good": True, "says": "SLACK_APP_TOKEN opens Socket Mode."}
