"""What a follow-up in Slack inherits from the answer before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from isobot.question import Question
from isobot.responder import Responder
from isobot.slack.thread import earlier_for, goes_on
from isobot.state.records import AnswerRecord
from isobot.state.store import Store
from tests.organisation import Organisation

SECURITY = frozenset({"security"})


@pytest.fixture(scope="module")
def responder(organisation: Organisation) -> Responder:
    return Responder(organisation.settings, lambda: date(2026, 9, 15))


def recorded(responder: Responder, url: str, asked_at: datetime) -> AnswerRecord:
    answer = responder.answer(Question("whom to call when ransomware is suspected?", SECURITY))
    with Store.open(url, lambda: asked_at) as store:
        record = store.answer(store.record_answer(answer, "slack:T1:U1", "slack:channel"))
    assert record is not None
    return record


def test_only_what_may_be_read_is_inherited(responder: Responder, tmp_path) -> None:
    """Of what was cited to the group, somebody else gets what they may read alone; a channel what its collections hold alone."""
    record = recorded(responder, f"sqlite:///{tmp_path}/state.db", datetime.now(UTC))
    whole = earlier_for(record, responder.generation, Question("and at night?", SECURITY))
    assert "extension 7788" in whole.citations[0].quote
    rest = earlier_for(record, responder.generation, Question("and at night?"))
    assert [one.document.path for one in rest.citations] == [one.path for one in record.citations if "falcon" not in one.path]
    assert len(rest.citations) < len(whole.citations)
    assert earlier_for(record, responder.generation, Question("and?", SECURITY, frozenset({"other"}))).citations == ()


def test_a_direct_conversation_goes_on_for_half_an_hour(responder: Responder, tmp_path) -> None:
    """What was asked in the morning does not colour the question of the afternoon."""
    now = datetime.now(UTC)
    assert goes_on(recorded(responder, f"sqlite:///{tmp_path}/a.db", now - timedelta(minutes=29)))
    assert not goes_on(recorded(responder, f"sqlite:///{tmp_path}/b.db", now - timedelta(minutes=31)))
