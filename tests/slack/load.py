"""Many mentions at once, and many in a row: `python -m tests.slack.load`, which `python -m evals bench slack` runs.

The bot is one of its own process, named by ISOBOT_INDEX and the other variables; questions come on stdin, one a line. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.benchmarks.folders import resident
from tests.slack.conftest import BotProcess, variables
from tests.slack.stand_in import StandInSlack, person

SEED = 20260915
MENTIONS, CHANNELS, THREADS = 200, 20, 3  # at once; each channel's mentions stand in so many threads
AGAIN, LIMITED = 0.05, 0.10  # shares of events that come twice, and of posts that get a 429
WAIT = 1  # seconds that a 429 asks for
ROW, AT_ONCE, ROOMS = 5000, 64, 400  # questions in a row, of which so many wait for their answer at a time; in so many channels
SAMPLE = 500  # questions between two looks at the bot's memory
INTERVAL = 1.0  # seconds between two messages of one channel, as Slack's rate limits have it
PATIENCE = 300.0


@dataclass
class Throttle:
    """A 429 for a share of all posts. ends: by channel, when each was over. impatient: posts that came before that."""

    chance: random.Random
    limited: int = 0
    impatient: int = 0
    ends: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, method: str, given: dict[str, Any]) -> float | None:
        if method != "chat.postMessage":
            return None
        now, channel = time.monotonic(), given["channel"]
        self.impatient += now < max(self.ends.get(channel, ()), default=0.0)
        if self.chance.random() >= LIMITED:
            return None
        self.limited += 1
        self.ends.setdefault(channel, []).append(now + WAIT)
        return WAIT


def people(slack: StandInSlack, count: int) -> list[str]:
    names = [f"U0P{number:03d}" for number in range(count)]
    slack.users |= {name: person(name) for name in names}
    return names


def channels(slack: StandInSlack, prefix: str, count: int, members: list[str]) -> list[str]:
    names = [f"{prefix}{number:03d}" for number in range(count)]
    slack.channels |= {name: {"id": name, "is_ext_shared": False, "members": members} for name in names}
    return names


def at_once(slack: StandInSlack, questions: list[str], mentions: int = MENTIONS, count: int = CHANNELS) -> dict[str, Any]:
    """Every mention is sent before the first answer is waited for. count: of the channels."""
    chance = random.Random(SEED)
    members = people(slack, 40)
    rooms = channels(slack, "C0L", count, members)
    slack.throttle = throttle = Throttle(chance)
    before, sent = len(slack.posts), []
    for number in range(mentions):
        room = rooms[number % count]
        thread = f"1780000000.{number // count % THREADS:06d}"
        began = time.monotonic()
        event = slack.mention(questions[number % len(questions)], user=chance.choice(members), channel=room, thread_ts=thread)
        sent.append((event, began))
    again = chance.sample(sent, round(mentions * AGAIN))
    for event, _ in again:
        slack.deliver_again(event)
    slack.wait_for_posts(before + mentions, PATIENCE)
    time.sleep(2 * INTERVAL)  # a second reply would come now
    found = slack.posts[before:]
    slack.throttle = lambda method, given: None
    return {
        "mentions": mentions,
        "channels": count,
        "again": len(again),
        "limited": throttle.limited,
        "impatient": throttle.impatient,
        **counted(sent, found),
        **delays(sent, found, throttle.ends),
    }


def counted(sent: list[tuple[dict[str, Any], float]], found: list[dict[str, Any]]) -> dict[str, int]:
    """How many were answered once, and how many threads have their answers in the order of their questions."""
    replies = Counter(event_of(post) for post in found)
    ids = [event["payload"]["event_id"] for event, _ in sent]
    threads: dict[tuple[str, str], list[str]] = {}
    for event, _ in sent:
        asked = event["payload"]["event"]
        threads.setdefault((asked["channel"], asked["thread_ts"]), []).append(event["payload"]["event_id"])
    told: dict[tuple[str, str], list[str]] = {}
    for post in found:
        told.setdefault((post["channel"], post["thread_ts"]), []).append(event_of(post))
    return {
        "once": sum(replies[id] == 1 for id in ids),
        "posts": len(found),
        "failed": sum("Something went wrong" in post["text"] for post in found),
        "threads": len(threads),
        "in_order": sum(told.get(name) == asked for name, asked in threads.items()),
    }


def delays(sent: list[tuple[dict[str, Any], float]], found: list[dict[str, Any]], ends: dict[str, list[float]]) -> dict[str, float]:
    """Milliseconds from event to post; and what of it is the bot's own: from when Slack would have taken the message at the earliest.

    That is when the event came, or an interval after the channel's message before, or the end of a 429, whichever was last.
    """
    began = {event["payload"]["event_id"]: at for event, at in sent}
    last: dict[str, float] = {}
    whole, own = [], []
    for post in found:
        id, channel = event_of(post), post["channel"]
        limited = max((end for end in ends.get(channel, ()) if end <= post["at"]), default=0.0)
        earliest = max(began[id], last.get(channel, 0.0), limited)
        whole.append(post["at"] - began[id])
        own.append(post["at"] - earliest)
        last[channel] = post["at"] + INTERVAL
    return {f"{name}_p{share}": percentile(times, share) for name, times in (("post", whole), ("own", own)) for share in (50, 95)}


def percentile(seconds: list[float], share: int) -> float:
    """The nearest-rank percentile, in milliseconds."""
    ordered = sorted(seconds)
    return round(1000 * ordered[max(0, -(-share * len(ordered) // 100) - 1)], 1)


def event_of(post: dict[str, Any]) -> str:
    return str(post["metadata"]["event_payload"]["event_id"])


def in_a_row(slack: StandInSlack, questions: list[str], bot: BotProcess) -> dict[str, Any]:
    """The bot's memory while it answers many questions, AT_ONCE of them under way."""
    members = people(slack, 40)
    rooms = channels(slack, "C0R", ROOMS, members[:5])
    before, memory, began = len(slack.posts), [], time.monotonic()
    for number in range(ROW):
        least = before + number - AT_ONCE
        slack.wait(lambda least=least: len(slack.posts) >= least, "answers", PATIENCE)
        text = f"{questions[number % len(questions)]} ({number})"
        slack.mention(text, user=members[number % len(members)], channel=rooms[number % ROOMS])
        if number and number % SAMPLE == 0:
            memory.append(megabytes(bot))
    slack.wait_for_posts(before + ROW, PATIENCE)
    seconds = time.monotonic() - began
    time.sleep(INTERVAL)
    memory.append(megabytes(bot))
    replies = Counter(map(event_of, slack.posts[before:]))
    return {"questions": ROW, "once": sum(count == 1 for count in replies.values()), "memory_mb": memory, "seconds": round(seconds, 1)}


def megabytes(bot: BotProcess) -> float:
    return round(resident(bot.process.pid) / 1024, 1)


def started(slack: StandInSlack, folder: Path) -> BotProcess:
    """The real bot, on the index that the variables name and on a state of its own."""
    served = {name: os.environ[name] for name in ("ISOBOT_INDEX", "ISOBOT_TODAY")}
    served |= {"ISOBOT_ASKS_PER_MINUTE": "100000", "ISOBOT_WORKSPACE_ASKS_PER_MINUTE": "100000"}
    environ = {**variables(slack, folder, f"sqlite:///{folder / 'state.db'}"), **served}
    bot = BotProcess((sys.executable, "-m", "isobot", "slack", "run"), environ, folder)
    if not bot.first_line:
        raise SystemExit(bot.errors())
    return bot


def main() -> None:
    questions = [line.strip() for line in sys.stdin if line.strip()]
    with tempfile.TemporaryDirectory() as folder, StandInSlack() as slack:
        bot = started(slack, Path(folder))
        try:
            burst = at_once(slack, questions)
            row = in_a_row(slack, questions, bot)
        finally:
            code = bot.end()
        print(json.dumps({"at_once": burst, "in_a_row": row, "exit": code}))


if __name__ == "__main__":
    main()
