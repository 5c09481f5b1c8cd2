"""Questions for what a document says of itself."""

from __future__ import annotations

import time

import pytest

from indexer.labels import Fact
from isobot.document_question import DocumentQuestion, Past, document_questions


@pytest.mark.parametrize(
    ("question", "fact", "name"),
    [
        ("who owns HRB-07?", Fact.OWNER, "hrb-07"),
        ("Who is the owner of the harbour policy", Fact.OWNER, "harbour policy"),
        ("who's responsible for the harbour policy?", Fact.OWNER, "harbour policy"),
        ("whom do I ask about the harbour policy, please?", Fact.OWNER, "harbour policy"),
        ("harbour policy owner", Fact.OWNER, "harbour policy"),
        ("the harbour policy's owner", Fact.OWNER, "harbour policy"),
        ("who approved the harbour policy?", Fact.APPROVER, "harbour policy"),
        ("by whom was the harbour policy approved", Fact.APPROVER, "harbour policy"),
        ("which version of the harbour policy is current?", Fact.VERSION, "harbour policy"),
        ("what version is the harbour policy at", Fact.VERSION, "harbour policy"),
        ("version HRB-07", Fact.VERSION, "hrb-07"),
        ("is the harbour policy still in force?", Fact.STATUS, "harbour policy"),
        ("what status does our harbour policy have", Fact.STATUS, "harbour policy"),
        ("when is the harbour policy due for review?", Fact.REVIEW, "harbour policy"),
        ("when must the harbour policy be reviewed next", Fact.REVIEW, "harbour policy"),
        ("next review of the harbour policy", Fact.REVIEW, "harbour policy"),
        ("is the harbour policy overdue for review?", Fact.REVIEW, "harbour policy"),
        ("when does the harbour policy expire?", Fact.EXPIRY, "harbour policy"),
        ("until when is the harbour policy valid?", Fact.EXPIRY, "harbour policy"),
        ("when did the harbour policy come into force?", Fact.EFFECTIVE, "harbour policy"),
        ("since when has the harbour policy been in force", Fact.EFFECTIVE, "harbour policy"),
        ("what is the reference of the harbour policy?", Fact.REFERENCE, "harbour policy"),
        ("tell me, what is HRB-07?", Fact.TITLE, "hrb-07"),
    ],
)
def test_a_fact_of_a_document_is_asked_in_many_ways(question: str, fact: Fact, name: str) -> None:
    """The likeliest reading is that fact, of the document by the name that it is given."""
    likeliest = document_questions(question)[0]
    assert (likeliest.fact, likeliest.name) == (fact, name)


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("when was the harbour policy last reviewed?", Past.REVIEWED),
        ("last review date of the harbour policy", Past.REVIEWED),
        ("date of the last review of the harbour policy", Past.REVIEWED),
        ("when was the harbour policy updated last", Past.CHANGED),
        ("harbour policy last revised", Past.CHANGED),
        ("when did the harbour policy get amended?", Past.CHANGED),
        ("when was the harbour policy approved by whom", Past.APPROVED),
        ("approval date of the harbour policy", Past.APPROVED),
        ("when was the harbour policy issued", Past.ISSUED),
        ("the harbour policy's publication date", Past.ISSUED),
        ("what changed in the last version of the harbour policy?", Past.HISTORY),
        ("what has changed in the harbour policy", Past.HISTORY),
        ("what changed in the harbour policy since the last version", Past.HISTORY),
        ("what has changed recently in the harbour policy", Past.HISTORY),
        ("version history of the harbour policy", Past.HISTORY),
    ],
)
def test_the_past_of_a_document_is_asked_in_many_ways(question: str, past: Past) -> None:
    """What happened to it is told apart from the day of its next review."""
    assert (past, "harbour policy") in [(one.past, one.name) for one in document_questions(question) if one.fact is None]
    assert document_questions("review date of the harbour policy")[0].fact is Fact.REVIEW


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("which policy covers boats?", "boats"),
        ("what document is about the boats", "boats"),
        ("which rules apply to boats", "boats"),
        ("is there a policy on boats?", "boats"),
        ("do we have any written guidance about boats", "boats"),
        ("have we got a boat policy?", "boat"),
        ("do you have a procedure that covers boats", "boats"),
    ],
)
def test_the_documents_on_a_matter_are_asked_for(question: str, matter: str) -> None:
    """Nothing of them is asked but that there are some."""
    assert document_questions(question) == [DocumentQuestion(None, matter, about=True)]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("who is responsible for boat repair?", True),
        ("who approves boat repair", True),
        ("does boat repair apply?", True),
        ("when does boat repair end", True),
        ("what is the version of boat repair?", False),
        ("who is the owner of boat repair", False),
        ("boat repair's review date", False),
    ],
)
def test_a_sentence_that_is_asked_of_an_activity_too_is_told(question: str, topic: bool) -> None:
    """Only documents have versions, owners and review dates."""
    assert document_questions(question)[0].topic is topic


@pytest.mark.parametrize(
    "question",
    [
        "how often is the harbour policy reviewed?",
        "may I swim in the harbour?",
        "when was the harbour last dredged?",
        "does the harbour policy apply to visitors?",
        "who reviews access, and how often?",
        "who owns " + "the harbour " * 60,
        "owner of whom",
    ],
)
def test_other_questions_ask_no_fact_of_a_document(question: str) -> None:
    """What a rule says, and what no document keeps, is searched for."""
    assert document_questions(question) == []


def test_what_a_document_may_keep_under_a_word_of_its_own_is_asked_by_that_word() -> None:
    """Whether it keeps that is for others to say, and so is whether there is such a document."""
    asked = DocumentQuestion(None, "harbour policy", "classification")
    assert asked in document_questions("what is the classification of the harbour policy?")
    assert document_questions("what classification does the harbour policy have") == [asked]


def test_a_follow_up_asks_the_same_of_another_document() -> None:
    """What names a document alone leans on the question before it; what asks a fact itself leans on nothing."""
    assert document_questions("who owns the harbour policy? › and the ferry standard?") == [
        DocumentQuestion(Fact.OWNER, "ferry standard", topic=True)
    ]
    assert document_questions("may I swim? › what about PIE-01?") == []
    assert document_questions("may I swim? › who owns PIE-01?") == [DocumentQuestion(Fact.OWNER, "pie-01", topic=True)]


def test_a_long_line_is_soon_told_apart() -> None:
    """What somebody pastes costs no time."""
    began = time.process_time()
    assert document_questions("when is " + "the next review of " * 200) == []
    assert document_questions("version " + "a" * 3900) == []
    assert document_questions("who owns the harbour policy? › and " + "please now " * 350 + "x") == []
    assert time.process_time() - began < 1
