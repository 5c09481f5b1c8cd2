"""Replicas killed at chosen moments of a conversation: `python -m tests.slack.kills`, which `python -m evals bench slack-kill` runs.

Two bots in HTTP mode on one PostgreSQL. What counts is what stands in Slack afterwards: each question answered, none twice. Prints JSON.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from isobot.state.store import Store
from tests.postgresql import PostgresServer
from tests.slack.conftest import SCRIPTED, BotProcess, variables
from tests.slack.signed import BEHIND, Balancer
from tests.slack.stand_in import BOT_USER, PERSON, Call, StandInSlack

LEASE = 3.0  # seconds; what runs for 30 in a bot that people use
PAUSE = 0.04  # seconds between two questions
PATIENCE = 60.0  # seconds that something is waited for which comes in a few where the machine is not crowded
SETTLED = 1.0  # seconds after the last event was closed, in which a second reply would come
POST, MEMBERS, LOOK = "chat.postMessage", "conversations.members", "conversations.replies"


@dataclass(frozen=True)
class Moment:
    """When a replica is killed: at the `number`-th call of `method` in the conversation, the one that makes it.

    done: after Slack did what was asked and before it says so; else before, and Slack does it all the same, `late` seconds after.
    seconds: with no method, so long after the conversation began. then: the next call of this method kills its replica too.
    """

    method: str = ""
    number: int = 1
    done: bool = False
    late: float = 0.0
    seconds: float = 0.0
    then: str = ""

    def __str__(self) -> str:
        if not self.method:
            return f"{self.seconds:.2f} s after the first question"
        when = "after Slack did it" if self.done else f"{self.late:.1f} s before Slack did it" if self.late else "before Slack did it"
        return f"{self.method} number {self.number}, {when}" + (f"; and at the next {self.then} the other one" if self.then else "")


MOMENTS = (
    *(Moment(POST, number) for number in (1, 3, 5)),
    *(Moment(POST, number, done=True) for number in (1, 2, 4, 6)),
    *(Moment(POST, number, late=0.5) for number in (2, 5)),
    *(Moment(MEMBERS, number) for number in (1, 2)),
    *(Moment(POST, number, done=True, then=LOOK) for number in (1, 3)),
    Moment(MEMBERS, then=POST),
    *(Moment(seconds=seconds) for seconds in (0.0, 0.03, 0.08, 0.3, 1.2, 1.8)),
)


class Killer:
    """The witness of the stand-in's calls that kills at one moment."""

    def __init__(self, moment: Moment, replicas: Replicas) -> None:
        self._moment, self._replicas = moment, replicas
        self._seen = 0
        self.killed: list[str] = []

    def __call__(self, call: Call) -> float | None:
        moment = self._moment
        if self.killed:
            if moment.then and call.method == moment.then and not call.done and len(self.killed) == 1:
                self._kill(call.caller)
            return None
        if call.method != moment.method or call.done != moment.done:
            return None
        self._seen += 1
        if self._seen != moment.number:
            return None
        self._kill(call.caller)
        return moment.late or None

    def at_its_time(self, name: str) -> None:
        threading.Timer(self._moment.seconds, self._kill, (name,)).start()

    def _kill(self, name: str) -> None:
        self._replicas.kill(name)
        self.killed.append(name)  # now, because who waits for it starts whatever is not there


class Replicas:
    """Two bots, "r0" and "r1", in HTTP mode on one state."""

    def __init__(self, slack: StandInSlack, folder: Path, state: str) -> None:
        self._environ = {**variables(slack, folder, state), **BEHIND, "LEASE_SECONDS": str(LEASE), "ISOBOT_ASKS_PER_MINUTE": "1000"}
        self._slack, self._folder = slack, folder
        self._bots: dict[str, BotProcess] = {}

    def __enter__(self) -> Self:
        self.start_missing()
        return self

    def __exit__(self, *_: object) -> None:
        self.codes = [bot.end() if bot.process.poll() is None else bot.process.returncode for bot in self._bots.values()]

    def start_missing(self) -> None:
        for name in ("r0", "r1"):
            if name not in self._bots or self._bots[name].process.poll() is not None:
                environ = {**self._environ, "SLACK_API_URL": self._slack.api_url_of(name)}
                self._bots[name] = BotProcess(SCRIPTED, environ, self._folder)
                if not self._bots[name].first_line:
                    raise SystemExit(self._bots[name].errors())

    def up(self) -> Sequence[BotProcess]:
        return [bot for bot in self._bots.values() if bot.process.poll() is None]

    def kill(self, name: str) -> None:
        self._bots[name].process.kill()
        self._bots[name].process.wait()


def conversation(slack: StandInSlack, turn: int) -> list[tuple[str, dict[str, Any]]]:
    """Six questions: in two channels, two of them in the thread of another, one directly; one that is slow, one that fails."""
    first, second, direct = (f"{kind}{turn:04d}" for kind in ("C0A", "C0B", "D0"))
    for channel in (first, second, direct):
        slack.channels[channel] = {"id": channel, "is_ext_shared": False}
    stamps = [slack.next_ts() for _ in range(6)]
    mention = {"type": "app_mention", "user": PERSON}
    said = [
        mention | {"channel": first, "text": f"<@{BOT_USER}> laptops"},
        mention | {"channel": first, "text": f"<@{BOT_USER}> keys", "thread_ts": stamps[0]},
        mention | {"channel": second, "text": f"<@{BOT_USER}> slowly"},
        {"type": "message", "channel_type": "im", "user": PERSON, "channel": direct, "text": "laptops"},
        mention | {"channel": second, "text": f"<@{BOT_USER}> the moon"},
        mention | {"channel": first, "text": f"<@{BOT_USER}> explode", "thread_ts": stamps[0]},
    ]
    return [(f"Ev{turn:04d}{number}", {**event, "ts": stamps[number]}) for number, event in enumerate(said)]


def killed_at(moment: Moment, turn: int, slack: StandInSlack, replicas: Replicas, store: Store) -> dict[str, Any]:
    """Have a conversation with a killing in it, and count the replies."""
    events, balancer = conversation(slack, turn), Balancer(replicas.up)
    killer = Killer(moment, replicas)
    slack.witness = killer
    with ThreadPoolExecutor(len(events)) as senders:
        if not moment.method:
            killer.at_its_time(f"r{turn % 2}")
        sent = []
        for id, event in events:
            sent.append(senders.submit(balancer.send, id, event))
            time.sleep(PAUSE)
        until(lambda: len(killer.killed) == 1 + bool(moment.then), PATIENCE)
        replicas.start_missing()
        acknowledged = sum(one.result() for one in sent)
    ids = [id for id, _ in events]
    until(lambda: set(ids) <= set(replied(slack)) and store.events.unfinished() == (), PATIENCE)
    time.sleep(SETTLED)
    slack.witness = lambda call: None
    replies = replied(slack)
    return {
        "moment": str(moment),
        "killed": len(killer.killed),
        "questions": len(ids),
        "acknowledged": acknowledged,
        "once": sum(replies[id] == 1 for id in ids),
        "doubled": sum(replies[id] > 1 for id in ids),
        "lost": sum(replies[id] == 0 for id in ids),
        "unfinished": len(store.events.unfinished()),
    }


def replied(slack: StandInSlack) -> Counter[str]:
    return Counter(post["metadata"]["event_payload"]["event_id"] for post in list(slack.posts))


def until(condition: Any, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


def run(moments: Sequence[Moment], slack: StandInSlack, folder: Path, state: str) -> dict[str, Any]:
    with Replicas(slack, folder, state) as replicas, Store.open(state) as store:
        found = [killed_at(moment, turn, slack, replicas, store) for turn, moment in enumerate(moments)]
        chain = store.verify_chain().holds
    return {"moments": found, "chain": chain, "exits": replicas.codes}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, PostgresServer() as server, StandInSlack() as slack:
        print(json.dumps(run(MOMENTS, slack, Path(folder), server.database("isobot"))))


if __name__ == "__main__":
    main()
