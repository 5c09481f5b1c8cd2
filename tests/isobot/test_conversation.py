"""Conversations on the tiny organisation's index."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import QuestionError
from isobot.conversation import Conversation, Earlier, continued
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from tests.organisation import HIDDEN_WORDS, Organisation

LOSS = "A lost laptop must be reported to the Service Desk within four hours."


@pytest.fixture(scope="module")
def responder(organisation: Organisation) -> Responder:
    return Responder(organisation.settings, lambda: date(2026, 9, 15))


@pytest.fixture
def talk(responder: Responder) -> Conversation:
    return Conversation(responder)


def test_a_follow_up_is_answered_behind_its_question(talk):
    """Alone it names nothing that could be searched for; the answer says for which question it was taken, and keeps what was typed."""
    talk.answer("how long are payroll records kept?")
    answer = talk.answer("and the door camera footage?")
    assert "| Door camera footage | thirty days | site safety |" in answer.citations[0].quote
    assert answer.question == "and the door camera footage?"
    assert answer.understood == "how long are payroll records kept? › and the door camera footage?"
    assert answer_record(answer)["understood"] == answer.understood


def test_a_question_of_its_own_is_answered_as_if_it_were_the_first(talk, responder):
    """Byte for byte, but for the time it took."""
    talk.answer("how long are payroll records kept?")
    question = "when must a lost laptop be reported?"
    answer, alone = answer_record(talk.answer(question)), answer_record(responder.answer(Question(question)))
    assert {**answer, "milliseconds": 0} == {**alone, "milliseconds": 0}


def test_what_the_cited_clauses_do_not_speak_of_is_no_answer(talk):
    """Clauses on laptops do not answer for a pony, however near the two questions are."""
    assert not talk.answer("when must a lost laptop be reported?").abstained
    answer = talk.answer("what about my pony?")
    assert answer.abstained and answer.nearest
    assert answer.confidence < 0.22


def test_the_whole_clause_is_shown_from_its_number_to_its_end(talk):
    """The quotation stays what it was; the clause comes beside it, a slice as well."""
    talk.answer("may I leave my laptop in a parked car?")
    answer = talk.answer("show me the whole clause")
    clause = answer.citations[0].whole_clause
    assert answer.whole
    assert clause.startswith("3.3 Duties") and clause.endswith("connect it to a charger that you found.")
    assert answer_record(answer)["whole_clause"] == clause


def test_controls_are_told_with_their_titles(talk):
    """Those that the clause names; where it names none, those that its document declares."""
    talk.answer("must the disk of a laptop be encrypted?")
    assert talk.answer("which control is that?").notices == (
        "Laptop Standard v2.0 §3.1 documents ISO/IEC 27001:2022 A.8.1 User end point devices (named in the clause).",
    )
    talk.answer("what happens to the account of a leaver?")
    assert talk.answer("which control is that?").notices == (
        "Access Control Policy v2.1 §4.2 names no control; its document declares ISO/IEC 27001:2022 A.5.15 Access control, "
        "ISO/IEC 27001:2022 A.5.18 Access rights.",
    )
    talk.answer("how long are payroll records kept?")
    assert talk.answer("which control is that?").notices == ("Retention Schedule §2 names no control, and nor does its document.",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("where does it say that?", "It stands in Laptop Standard v2.0 · §3.2 Loss (laptop-standard.md)."),
        ("who owns that policy?", "Laptop Standard v2.0 is owned by Service Desk."),
        ("who approved it?", "Laptop Standard v2.0 does not say who approved it."),
        ("is that still current?", "Laptop Standard v2.0: in force, review overdue since 2026-03-31."),
    ],
)
def test_place_owner_and_standing_are_told_with_the_citation(talk, asked, told):
    """Each with the quotation that it is about."""
    talk.answer("when must a lost laptop be reported?")
    answer = talk.answer(asked)
    assert answer.notices == (told,)
    assert LOSS in answer.citations[0].quote


def test_requests_go_on_from_the_citation_that_was_picked(talk):
    """After "the second one in full", "who owns that" means the second; a follow-up goes on from the question."""
    first = talk.answer("when must a lost laptop be reported?")
    second = talk.answer("show me the second one in full").citations[0]
    assert second == first.citations[1]
    assert talk.answer("where does it say that?").citations == (second,)
    assert talk.answer("for how long?").understood == "when must a lost laptop be reported? › for how long?"


def test_what_else_was_found_is_new(talk):
    """Nothing that was shown comes again."""
    first = talk.answer("when must a lost laptop be reported?")
    more = talk.answer("anything else?")
    shown = {(one.document.path, one.start) for one in first.citations[:3]}
    assert more.citations
    assert shown.isdisjoint((one.document.path, one.start) for one in more.citations)


def test_a_request_without_a_citation_says_so(talk):
    """There is no seventh quotation, and before the first question it is a question like any other."""
    talk.answer("when must a lost laptop be reported?")
    talk.answer("show me the whole clause")
    with pytest.raises(QuestionError, match="There is no quotation"):
        talk.answer("show me the second one in full")
    assert talk.answer("which control is that?").citations


def test_a_request_as_first_words_is_a_question(talk):
    """There is nothing yet that it could be about."""
    assert talk.answer("which control is that?").understood == ""


def test_nobody_inherits_what_they_may_not_read(responder):
    """Behind a question that was answered to the group, everybody else gets what they would get from the words alone."""
    asked = responder.answer(Question("whom to call when ransomware is suspected?", frozenset({"security"})))
    assert "extension 7788" in asked.citations[0].quote
    behind = Earlier(asked.question, ())  # a surface leaves out what may not be read; see isobot.slack.thread
    with pytest.raises(QuestionError, match="There is no quotation"):
        continued(responder, Question("show me the whole clause"), behind)
    answer = continued(responder, Question("and at night?"), behind)
    said = str(answer_record(answer))
    assert not any(word in said for word in HIDDEN_WORDS)
