"""A new index while people ask: the running bot goes over to it, and nobody notices but by the answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from indexer.generation import CURRENT, current_name
from isobot.state.store import Store
from tests.organisation import TODAY, Organisation, index_of, write_documents
from tests.slack.conftest import ROOT, BotProcess
from tests.slack.stand_in import StandInSlack

LOST = "within how many hours must a lost laptop be reported?"
PAUSE = 0.1  # seconds between two questions
WITHIN = 60.0  # seconds after which the new index is answered from even on a crowded machine


@dataclass
class Asking:
    """Somebody who asks without a pause, each time in a channel of its own, since Slack takes one message a second in each."""

    slack: StandInSlack
    asked: dict[str, float] = field(default_factory=dict)  # event_id → when, on the monotonic clock
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Asking:
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._stop.wait(PAUSE):
            channel = f"C0A{len(self.asked):04d}"
            self.slack.channels[channel] = {"id": channel, "is_ext_shared": False}
            began = time.monotonic()
            self.asked[self.slack.mention(LOST, channel=channel)["payload"]["event_id"]] = began


@pytest.fixture
def own(organisation: Organisation, tmp_path: Path, cache: Path) -> Organisation:
    """A copy of the organisation, to be changed."""
    shutil.copytree(organisation.documents, tmp_path / "documents")
    shutil.copytree(organisation.index, tmp_path / "index")
    return Organisation(tmp_path / "documents", tmp_path / "index", cache)


@pytest.fixture
def variables(environ: dict[str, str], own: Organisation) -> dict[str, str]:
    """Those of a bot on that index, and of whoever builds it anew."""
    changed = {"ISOBOT_INDEX": str(own.index), "ISOBOT_CACHE": str(own.cache), "ISOBOT_TODAY": TODAY, "ISOBOT_GUIDANCE": "false"}
    return {**environ, **changed, "ISOBOT_ASKS_PER_MINUTE": "10000", "ISOBOT_WORKSPACE_ASKS_PER_MINUTE": "10000"}


@pytest.fixture
def started(start: Callable[..., BotProcess], variables: dict[str, str]) -> BotProcess:
    bot = start((sys.executable, "-m", "isobot", "slack", "run"), **variables)
    assert bot.first_line, bot.errors()
    return bot


def index_anew(own: Organisation, environ: dict[str, str]) -> float:
    """Change a rule and have `isobot index` take it up. Returns when it was published, on the monotonic clock."""
    file = own.documents / "laptop-standard.md"
    file.write_text(file.read_text().replace("within four hours", "within nine hours"))
    before = (own.index / CURRENT).read_text()
    command = [sys.executable, "-m", "isobot", "index", str(own.documents)]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL) as build:
        while (own.index / CURRENT).read_text() == before:
            assert build.poll() in (None, 0)
            time.sleep(0.01)
        published = time.monotonic()
    assert build.returncode == 0
    return published


def test_a_new_index_is_answered_from_within_seconds_and_no_question_is_lost(
    slack: StandInSlack, started: BotProcess, variables: dict[str, str], own: Organisation
) -> None:
    """Each question gets one answer, whole of one generation; once the new one has answered, the old one does no more."""
    said = {current_name(own.index): "within four hours"}
    with Asking(slack) as asking:
        slack.wait_for_posts(3)
        published = index_anew(own, variables)
        said[current_name(own.index)] = "within nine hours"
        slack.wait(lambda: any("within nine hours" in post["text"] for post in list(slack.posts)), "the new rule", WITHIN)
        behind = len(asking.asked) + 2  # of which one at least is asked after that answer
        slack.wait(lambda: len(asking.asked) >= behind, "questions after the new rule", WITHIN)
    slack.wait_for_posts(len(asking.asked))
    assert started.end() == 0
    told = {post["metadata"]["event_payload"]["event_id"]: post for post in slack.posts}
    assert told.keys() == asking.asked.keys() and len(slack.posts) == len(told)
    with Store.open(variables["ISOBOT_STATE"]) as store:
        recorded = {id: store.answer(post["metadata"]["event_payload"]["answer_id"]) for id, post in told.items()}
        assert store.events.unfinished() == ()
    old, new = said
    for id, record in recorded.items():
        assert record is not None and said[record.generation] in told[id]["text"]
    switched = min(told[id]["at"] for id, record in recorded.items() if record and record.generation == new)
    assert switched - published < WITHIN
    later = {record.generation for id, record in recorded.items() if record and asking.asked[id] > switched}
    assert later == {new} and old in {record.generation for record in recorded.values() if record}
    assert all(line["level"] == "info" for line in started.lines())


def test_a_bot_that_nobody_asks_goes_over_as_well(started: BotProcess, own: Organisation, slack: StandInSlack) -> None:
    """So that the first question after a build does not wait for the index to be opened."""
    write_documents(own.documents, **{"extra.md": "# Extra\n\n## 1 More\n\nMore words.\n"})
    published = index_of(own.documents, own.index, own.cache).generation
    slack.wait(lambda: f"answering from {published} now" in started.errors(), "the log to tell", WITHIN)
    assert started.end() == 0 and slack.posts == []
    assert all(line["level"] == "info" for line in started.lines())
