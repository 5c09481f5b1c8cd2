"""What whoever runs the bot sees of it: its log, its health, its figures."""

from __future__ import annotations

import json
import logging
import random
import re
import socket
import struct
import sys
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from corpus.errors import SettingsError
from isobot.addresses import host_and_port
from tests.organisation import TODAY, Organisation
from tests.slack.conftest import SETTINGS, BotProcess
from tests.slack.stand_in import WAIT, StandInSlack


def free_port() -> int:
    """A port that nobody is given before the bot takes it: those that the system hands out of itself begin at 32768."""
    for port in random.sample(range(20_000, 32_768), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port that was tried is taken")


def fetched(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=WAIT) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_health_and_figures_of_a_running_bot(
    slack: StandInSlack, start: Callable[..., BotProcess], environ: dict[str, str], organisation: Organisation
) -> None:
    """One question answered and one not: the figures say so, and name the generation; no line of the log holds a question."""
    Path(environ["ISOBOT_SETTINGS"]).write_text(SETTINGS, encoding="utf-8")
    port = free_port()
    at = {"ISOBOT_INDEX": str(organisation.index), "ISOBOT_CACHE": str(organisation.cache), "ISOBOT_TODAY": TODAY}
    bot = start((sys.executable, "-m", "isobot", "slack", "run"), ISOBOT_MONITOR=f"127.0.0.1:{port}", **at)
    assert bot.first_line, bot.errors()
    assert fetched(port, "/healthz") == (200, "ok\n")
    status, said = fetched(port, "/readyz")
    assert (status, json.loads(said)) == (200, {"ready": True, "problems": []})
    slack.mention("within how many hours must a lost laptop be reported?")
    slack.wait_for_posts(1)
    slack.mention("who won the football championship of 1998?")
    slack.wait_for_posts(2)
    status, page = fetched(port, "/metrics")
    assert status == 200
    figures = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    surface = ("surface", "slack:channel")
    assert figures[("isobot_questions_total", surface)] == 2 and figures[("isobot_abstentions_total", surface)] == 1
    assert [figures[("isobot_stage_seconds_count", ("stage", stage))] for stage in ("answer", "record", "reply")] == [2, 2, 2]
    assert figures[("isobot_outbox_waiting",)] in (0, 1) and figures[("isobot_slack_connected",)] == 1
    assert [name for name in figures if name[0] == "isobot_index_generation"] and figures[("isobot_index_age_seconds",)] > 0
    assert fetched(port, "/nothing")[0] == 404
    told = [line for line in bot.lines() if line["event"] in ("answered", "abstained")]
    assert [line["event"] for line in told] == ["answered", "abstained"] and all(line["answer"] for line in told)
    assert "lost laptop" not in bot.errors() and "football" not in bot.errors()
    assert bot.end() == 0


def test_the_log_is_json_with_the_reference_and_questions_where_that_is_set(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """The reference that the person was told stands in a field of its own, beside the cause."""
    bot = start(ISOBOT_LOG_QUESTIONS="true")
    slack.mention("laptops")
    slack.wait_for_posts(1)
    slack.failures["chat.postMessage"] = deque(["invalid_blocks"])
    slack.mention("phones")
    (_, post) = slack.wait_for_posts(2)
    (failed,) = [line for line in bot.lines() if "reference" in line]
    assert str(failed["reference"]) in json.dumps(post) and failed["level"] == "error" and "invalid_blocks" in str(failed["exception"])
    assert [line["question"] for line in bot.lines() if line["event"] == "answered"] == ["laptops", "phones"]


def test_whatever_fails_inside_readiness_names_a_reference_and_figures_tell_the_rest(start: Callable[..., BotProcess]) -> None:
    """An index that fails in a way that nobody foresaw: 503 with a sentence whose reference leads to the cause, and the queue's figures."""
    port = free_port()
    bot = start(ISOBOT_MONITOR=f"127.0.0.1:{port}", NO_INDEX="1")
    assert bot.first_line, bot.errors()
    status, said = fetched(port, "/readyz")
    assert status == 503
    (problem,) = json.loads(said)["problems"]
    assert re.fullmatch(r"The index could not be looked at \(reference [0-9a-f]{8}\)\.", problem)
    status, page = fetched(port, "/metrics")
    assert status == 200
    assert "isobot_outbox_waiting 0.0" in page and "isobot_slack_connected 1.0" in page and "isobot_index_generation" not in page
    first, second = [line for line in bot.lines() if "reference" in line]
    assert str(first["reference"]) in problem and first["reference"] != second["reference"]
    assert all("secret/path/of/the/server" in str(line["exception"]) for line in (first, second))
    assert "secret" not in said + page


def test_who_hangs_up_before_the_page_came_leaves_the_log_as_it_is(start: Callable[..., BotProcess]) -> None:
    """A probe that gave up is no failure, and what is written of it is a line of JSON like every other."""
    port = free_port()
    bot = start(ISOBOT_MONITOR=f"127.0.0.1:{port}")
    assert bot.first_line, bot.errors()
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as impatient:
            impatient.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closed with a reset
            impatient.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
    assert fetched(port, "/healthz")[0] == 200
    assert bot.end() == 0
    assert [line for line in bot.lines() if line["level"] == "error"] == []


def test_health_stands_beside_the_events_in_http_mode(start: Callable[..., BotProcess]) -> None:
    """Figures do not: whoever is on the internet reaches that address."""
    port = free_port()
    bot = start(LISTEN=f"127.0.0.1:{port}", SLACK_SIGNING_SECRET="of the tests")
    assert bot.first_line, bot.errors()
    assert fetched(port, "/healthz") == (200, "ok\n")
    assert fetched(port, "/metrics")[0] == 404


def test_an_address_that_is_none_or_is_taken_is_explained(start: Callable[..., BotProcess]) -> None:
    """Before the bot says that it is ready."""
    with pytest.raises(SettingsError, match="The setting monitor is 'nine', which is no address"):
        host_and_port("nine", "The setting monitor", "127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bot = start(ISOBOT_MONITOR=f"127.0.0.1:{taken.getsockname()[1]}")
        assert bot.process.wait(WAIT) == 2 and "which cannot be listened on" in bot.errors()


def test_logging_that_was_set_up_before_is_left_alone() -> None:
    """Whoever embeds the bot keeps their own."""
    from isobot.slack.logs import set_up_logging

    before = list(logging.getLogger().handlers)
    set_up_logging()
    assert before and logging.getLogger().handlers == before
