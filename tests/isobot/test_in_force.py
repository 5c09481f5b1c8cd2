"""Invariant 3: only what is in force is cited; the rest is found by its name alone, and marked."""

from __future__ import annotations

import warnings
from datetime import date

import pytest

from corpus.answer import Answer
from isobot.citation import marks
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import DOCUMENTS, Organisation

DAY = date(2026, 9, 15)
NOT_IN_FORCE = {"laptop-standard-1.0.md", "wiki/clean-desk-rules.md", "wiki/guest-wifi-notice.md", "badge-standard.md"}


def shown(answer: Answer) -> list[str]:
    return [citation.document.path for citation in answer.citations or answer.nearest]


def asked(organisation: Organisation, question: str, day: date = DAY) -> Answer:
    return Responder(organisation.settings, lambda: day).answer(Question(question))


@pytest.mark.parametrize(
    "question",
    [
        "must paper with customer names be locked away every evening?",
        "how long does a wireless voucher for a guest last?",
        "where do I wear my badge?",
        "within how many working days must a lost laptop be reported?",
        "two working days",
    ],
)
def test_what_is_not_in_force_is_neither_cited_nor_near(question, organisation):
    """Draft, superseded, expired and not yet effective documents answer no ordinary question, however well they would."""
    assert not NOT_IN_FORCE & set(shown(asked(organisation, question)))


@pytest.mark.parametrize(
    ("question", "path", "mark"),
    [
        ("what do the Clean Desk Rules say about paper?", "wiki/clean-desk-rules.md", "draft, not in force"),
        ("what does the guest wifi notice say about vouchers?", "wiki/guest-wifi-notice.md", "expired on 2026-01-31"),
        ("how is a badge worn by the Badge Standard?", "badge-standard.md", "not in force until 2027-01-01"),
        ("what did version 1.0 of the laptop standard say about loss?", "laptop-standard-1.0.md", "superseded, not in force"),
        ("what did the old laptop standard say about a lost laptop?", "laptop-standard-1.0.md", "superseded, not in force"),
    ],
)
def test_what_is_not_in_force_is_found_by_its_name_and_marked(question, path, mark, organisation):
    """Whoever asks for it gets it, and reads what it is."""
    answer = asked(organisation, question)
    assert shown(answer)[0] == path
    assert mark in marks((answer.citations or answer.nearest)[0], DAY)


def test_where_nothing_can_be_cited_the_question_stays_open(organisation):
    """Without a warning of arithmetic: where a clock stands wrong no document may be in force, and a channel's collection may hold none."""
    responder = Responder(organisation.settings, lambda: DAY)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert responder.answer(Question("must a lost laptop be reported?", collections=frozenset({"none"}))).abstained


def test_an_overdue_document_is_cited_and_marked(organisation):
    """Past its review date it still binds."""
    answer = asked(organisation, "within how many hours must a lost laptop be reported?")
    assert answer.citations[0].document.path == "laptop-standard.md"
    assert answer.citations[0].quote == "A lost laptop must be reported to the Service Desk within four hours."
    assert marks(answer.citations[0], DAY) == ["review overdue since 2026-03-31"]
    assert marks(answer.citations[0], date(2026, 3, 31)) == []


@pytest.mark.parametrize(
    ("question", "path", "last"),
    [
        ("how long does a wireless voucher for a guest last?", "wiki/guest-wifi-notice.md", date(2026, 1, 31)),
        ("is a badge worn above the waist?", "badge-standard.md", None),
    ],
)
def test_one_clock_decides_on_the_day(question, path, last, organisation):
    """A document counts on its first and its last day; the same index, asked on another day, answers otherwise."""
    if last:
        assert shown(asked(organisation, question, last))[0] == path
        assert path not in shown(asked(organisation, question, date(2026, 2, 1)))
    else:
        assert path not in shown(asked(organisation, question, date(2026, 12, 31)))
        assert shown(asked(organisation, question, date(2027, 1, 1)))[0] == path


def test_the_command_reads_the_clock_that_is_set(isobot, organisation, monkeypatch):
    """ISOBOT_TODAY moves every rule about dates; what is no date is refused by name."""
    monkeypatch.setenv("ISOBOT_INDEX", str(organisation.index))
    question = "within how many hours must a lost laptop be reported?"
    assert "! review overdue since 2026-03-31" in isobot("ask", question).out
    monkeypatch.setenv("ISOBOT_TODAY", "2026-03-01")
    assert "overdue" not in isobot("ask", question).out
    monkeypatch.setenv("ISOBOT_TODAY", "soon")
    ended = isobot("ask", question)
    assert (ended.code, ended.err) == (2, "isobot: ISOBOT_TODAY is 'soon', which is no date. Write it as YYYY-MM-DD, or unset it.\n")
    assert len(DOCUMENTS) == 8
