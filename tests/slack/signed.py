"""Slack's signed requests to a bot in HTTP mode, and how Slack sends again what was not acknowledged."""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.signature import SignatureVerifier

from tests.slack.conftest import BotProcess
from tests.slack.stand_in import TEAM

SECRET = "stand-in-signing-secret"
BEHIND = {"LISTEN": "127.0.0.1:0", "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": ""}
AGAIN_AFTER = (0.0, 0.5, 2.0, 5.0)  # seconds before each try; Slack's own are at once, after a minute, and after five
ACKNOWLEDGED_WITHIN = 3.0  # seconds
UP_WITHIN = 120.0  # seconds that a try waits for a replica to be up: Slack's tries reach over six minutes, and a start takes less


def post(bot: BotProcess, body: bytes, secret: str = SECRET, age: int = 0, patience: float = 10.0, **headers: str) -> int:
    """The status with which a request signed `age` seconds ago is answered. Raises OSError when nobody answers."""
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    given = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, **headers}
    address = bot.first_line.rpartition("(")[2].rstrip(")")
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, given), timeout=patience) as response:
            return int(response.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def enveloped(event_id: str, event: dict[str, Any]) -> bytes:
    whole = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event, "is_ext_shared_channel": False}
    return json.dumps(whole).encode()


class Balancer:
    """One address before several replicas, which Slack's requests go to in turn. replicas: those that are up now."""

    def __init__(self, replicas: Callable[[], Sequence[BotProcess]]) -> None:
        self._replicas = replicas
        self._turn = itertools.count()

    def send(self, event_id: str, event: dict[str, Any]) -> bool:
        """Send an event until it is acknowledged, as often as Slack does. Whether it was."""
        for number, pause in enumerate(AGAIN_AFTER):
            time.sleep(pause)
            headers = {"X-Slack-Retry-Num": str(number)} if number else {}
            try:
                if post(self._next(), enveloped(event_id, event), patience=ACKNOWLEDGED_WITHIN, **headers) == 200:
                    return True
            except OSError:
                continue
        return False

    def _next(self) -> BotProcess:
        """The replica whose turn it is, of those that are up. Raises TimeoutError where none is for long."""
        deadline = time.monotonic() + UP_WITHIN
        while not (up := self._replicas()):
            if time.monotonic() > deadline:
                raise TimeoutError("No replica came up.")
            time.sleep(0.05)
        return up[next(self._turn) % len(up)]
