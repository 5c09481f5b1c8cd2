"""What the report tells, to whom, and how often."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from indexer.generation import Generation
from isobot.report.figures import compiled
from isobot.report.likeness import distinct, grouped
from isobot.report.schedule import Weekly
from isobot.report.wording import lines
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.slack.audience import Refusal
from isobot.slack.limits import validate
from isobot.slack.report_post import Poster, blocks
from isobot.state.store import Store
from tests.organisation import HIDDEN, Command, Organisation
from tests.slack.examples import abstention, answer, cite

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
REPORTED = "within how many hours must a lost laptop be reported?"


def test_likes_come_together() -> None:
    """By the first of each group, the largest group first; the same words are told once."""
    rows = np.array([[1, 0], [0, 1], [0.8, 0.6], [0.28, 0.96]], dtype=np.float32)
    assert grouped(rows, 0.9) == [[1, 3], [0], [2]]
    assert grouped(rows, 0.7) == [[0, 2], [1, 3]]
    assert grouped(rows[:0], 0.9) == []
    assert distinct(["May I  fly?", "may i fly?", "and swim?"]) == ["May I  fly?", "and swim?"]


@pytest.mark.parametrize(
    ("now", "slot"),
    [("2026-09-07T09:00", "2026-09-07T09:00"), ("2026-09-07T08:59", "2026-08-31T09:00"), ("2026-09-13T23:00", "2026-09-07T09:00")],
)
def test_the_last_slot_of_a_week(now: str, slot: str) -> None:
    """Up to this minute, and not after."""
    at = Weekly.of("Mon 09:00").before(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(slot).replace(tzinfo=UTC)


@pytest.mark.parametrize("words", ["", "monday", "mon 24:00", "mon 9", "09:00", "mon ²:00"])
def test_what_is_no_time_of_a_week_is_refused(words: str) -> None:
    """With the form that it has to have."""
    with pytest.raises(ValueError, match="as in \"mon 09:00\""):
        Weekly.of(words)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    """A week: two of the same question open, one of another, one that names a control, one answered and one before it."""
    ticks = iter([8, 4, 3, 2, 1, 1])
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=lambda: MONDAY - timedelta(days=next(ticks, 0))) as opened:
        opened.record_answer(abstention(question="who feeds the office cat?"), "amira", "cli")
        opened.record_answer(abstention(question="may i bring my dog to the office?"), "amira", "cli")
        opened.record_answer(abstention(question="can i take my dog into the office"), "ben", "cli")
        opened.record_answer(abstention(question="what do we do for A.8.13?"), "ben", "cli")
        helped = opened.record_answer(answer(cite(path="laptop-standard.md")), "ben", "cli")
        opened.record_feedback(helped, "ben", helpful=True)
        yield opened


def test_a_week_in_figures(store: Store, organisation: Organisation) -> None:
    """Alike questions are one line; controls come from the words; of documents it tells those of the index."""
    generation = Generation.current(organisation.index)
    week = compiled(store, generation, MONDAY - timedelta(days=7), MONDAY, None, "iso27001:2022")
    assert (week.questions, week.abstained, week.people, week.helpful, week.not_helpful) == (4, 3, 2, 1, 0)
    dogs, other = week.open
    assert dogs.times == 2 and dogs.questions == ("may i bring my dog to the office?", "can i take my dog into the office")
    assert other.questions == ("what do we do for A.8.13?",) and dogs.owner == "Security Office"
    assert ("iso27001:2022 A.8.13", 1) in week.controls
    assert [(one.path, one.answers) for one in week.cited] == [("laptop-standard.md", 1)]
    assert "laptop-standard.md" not in week.never and len(week.never) > 1
    told = lines(week)
    assert told[0].startswith("Questions 2026-08-31 to 2026-09-07 (UTC): 4 by 2 people; 3 without an answer (75%); 1 helpful, 0 not.")
    assert any(line.startswith("  2× may i bring my dog") and line.endswith("→ Security Office") for line in told)


def test_a_reader_without_a_group_is_told_of_no_restricted_document(store: Store, organisation: Organisation) -> None:
    """Neither as cited nor as never cited."""
    generation = Generation.current(organisation.index)
    restricted = {one.path for one in map(generation.document, generation.catalogue.numbers()) if one.audience}
    assert restricted
    open_to_all = compiled(store, generation, MONDAY - timedelta(days=7), MONDAY, frozenset(), "iso27001:2022")
    every = compiled(store, generation, MONDAY - timedelta(days=7), MONDAY, None, "iso27001:2022")
    assert restricted <= {*every.never, *(one.path for one in every.cited)}
    assert not restricted & {*open_to_all.never, *(one.path for one in open_to_all.cited)}


def test_a_question_that_came_near_a_restricted_document_is_told_to_no_one_else(store: Store, organisation: Organisation) -> None:
    """Its words may give away what the document says; who may read the state sees it, and its owner."""
    generation = Generation.current(organisation.index)
    near = cite(path=HIDDEN, title="Falcon Ransomware Runbook")
    store.record_answer(abstention(near, question="who is on the falcon bridge at night?", owner="Zebedee Quillfeather"), "amira", "cli")
    until = MONDAY + timedelta(days=1)
    members, every = (compiled(store, generation, MONDAY - timedelta(days=6), until, who, "iso27001:2022") for who in (frozenset(), None))
    assert "falcon" not in "\n".join(lines(members)).casefold() and "Quillfeather" not in "\n".join(lines(members))
    assert any("falcon bridge" in line and "Quillfeather" in line for line in lines(every))


@pytest.mark.parametrize("line", ["a", "\U0001f600", "<!channel>", "\u202e"])
def test_the_longest_report_is_cut_to_what_slack_takes(line: str) -> None:
    """And says where the rest is."""
    told = blocks([line * 300, *(f"  {line * 300}" for _ in range(53))])
    validate(told, "")
    assert "`isobot report` prints the rest" in json.dumps(told)
    assert "prints the rest" not in json.dumps(blocks([line, f"  {line}"]))


class Outbox:
    def __init__(self) -> None:
        self.put_in: list[tuple[str, dict[str, Any]]] = []

    def put(self, channel: str, arguments: dict[str, Any]) -> Future[str]:
        validate(arguments["blocks"], arguments["text"])
        self.put_in.append((channel, arguments))
        return Future()


def poster(store: Store, organisation: Organisation, outbox: Outbox, readers: Any, now: Callable[[], datetime]) -> Poster:
    responder = SimpleNamespace(generation=Generation.current(organisation.index))
    audience = SimpleNamespace(of_channel=lambda channel: readers)
    settings = Settings(index=organisation.index, report_channel="C0REPORTS")
    return Poster(settings, cast(Responder, responder), store, cast(Any, audience), cast(Any, outbox), now)


def test_one_of_two_replicas_posts_it_once_a_week(store: Store, organisation: Organisation) -> None:
    """At its time, not again, not twelve hours later, and again a week on."""
    outbox, moment = Outbox(), [MONDAY]
    one, other = (poster(store, organisation, outbox, frozenset(), lambda: moment[0]) for _ in range(2))
    assert [one.post_when_due("C0REPORTS"), other.post_when_due("C0REPORTS"), one.post_when_due("C0REPORTS")] == [True, False, False]
    moment[0] = MONDAY + timedelta(days=7, hours=12)
    assert not one.post_when_due("C0REPORTS")
    moment[0] = MONDAY + timedelta(days=14, minutes=1)
    assert other.post_when_due("C0REPORTS")
    (channel, first), _ = outbox.put_in
    assert channel == "C0REPORTS" and first["text"].startswith("Questions 2026-08-31 to 2026-09-07")
    assert "may i bring my dog" in json.dumps(first["blocks"])


def test_a_channel_that_guests_read_gets_none(store: Store, organisation: Organisation) -> None:
    """It is said why, and nothing is posted."""
    outbox = Outbox()
    with pytest.raises(Exception, match="somebody reads it who is not served"):
        poster(store, organisation, outbox, Refusal("guests"), lambda: MONDAY).post_when_due("C0REPORTS")
    assert outbox.put_in == []


def test_the_command_prints_what_was_asked(
    isobot: Command, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In words and as JSON; of an empty state it says that nothing was asked."""
    shutil.copytree(organisation.index, tmp_path / "index")
    monkeypatch.setenv("ISOBOT_INDEX", str(tmp_path / "index"))
    assert ": 0 by 0 people; 0 without an answer; 0 helpful, 0 not." in isobot("report").out
    monkeypatch.setenv("ISOBOT_AUDIT_TERMINAL", "true")
    isobot("ask", REPORTED)
    told = json.loads(isobot("report", "--json").out)
    assert (told["questions"], told["abstained"]) == (1, 0)
    assert "laptop-standard.md" in {one["path"] for one in told["cited"]}
    for days in ("0", "36501"):
        assert isobot("report", "--days", days).code == 2
    assert isobot("report", "--days", "36500").code == 0
    monkeypatch.setenv("ISOBOT_REPORT_AT", "someday")
    assert 'must be a day and a time in UTC, as in "mon 09:00"' in isobot("report").err
