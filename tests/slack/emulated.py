"""Slack as the npm package `emulate` is it: an independent Web API, in a process of its own on 127.0.0.1."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from slack_sdk import WebClient

from isobot.slack.manifest import SCOPES
from tests.programs import INSTALLED
from tests.slack.stand_in import WAIT

BOT_TOKEN, BOT_USER, TEAM = "xoxb-emulate", "U0ISOBOT", "T000000001"
PEOPLE = ("amira", "ben")
SERVE = Path(__file__).parent / "emulate" / "serve.mjs"
PAUSE = 0.05  # seconds between two looks

APP = {"app_id": "A0ISOBOT", "bot_id": "B0ISOBOT", "bot_user_id": BOT_USER}
SEED = {
    "team": {"name": "Merrowline"},
    "users": [{"name": name, "email": f"{name}@example.org"} for name in PEOPLE],
    "oauth_apps": [{**APP, "client_id": "1.1", "client_secret": "s", "name": "isobot", "redirect_uris": [], "scopes": list(SCOPES)}],
    "tokens": [
        {"token": BOT_TOKEN, "type": "bot", "user_id": BOT_USER, "client_id": "1.1", **APP, "scopes": list(SCOPES)},
        *({"token": f"xoxp-{name}", "type": "user", "user": name} for name in PEOPLE),
    ],
    "strict_scopes": True,
}
"""The app has the scopes of the manifest, and a call that wants another one is refused."""


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Answered:
    """A call of the Web API. given: its arguments. error: that came back, "" for none; a method that `emulate` has not is a 404."""

    given: dict[str, Any]
    error: str


class Emulate:
    """The server, from `with` to its end. api_url: where the bot and people reach it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told = folder / "emulate.jsonl"

    def __enter__(self) -> Self:
        seed = self._folder / "seed.json"
        seed.write_text(json.dumps({"slack": SEED}))
        with self._told.open("w") as told, (self._folder / "emulate.log").open("w") as log:
            command = (str(INSTALLED["emulate"]), str(SERVE), str(seed))
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told, stderr=log)
        try:
            self.api_url = until(lambda: self._lines()[:1], "the address of emulate")[0].strip()
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def person(self, name: str) -> WebClient:
        """Slack's own client, as one of PEOPLE uses it."""
        return WebClient(token=f"xoxp-{name}", base_url=self.api_url)

    def id_of(self, name: str) -> str:
        return next(str(one["id"]) for one in self.person(name).users_list()["members"] if one["name"] == name)

    def calls(self, method: str) -> list[Answered]:
        """The bot's calls of a method, in order."""
        calls = [json.loads(line) for line in self._lines()[1:]]
        ours = [one for one in calls if one["token"] == BOT_TOKEN and one["method"] == method]
        return [Answered(one["given"], one["error"]) for one in ours]

    def _lines(self) -> list[str]:
        return [line for line in self._told.read_text().splitlines(keepends=True) if line.endswith("\n")]


def until(look: Callable[[], Found], what: str) -> Found:
    """What is found, as soon as there is something. Fails after WAIT."""
    deadline = time.monotonic() + WAIT
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {WAIT} s for {what}"
        time.sleep(PAUSE)
    return found
