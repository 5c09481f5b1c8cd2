"""Curated answers: an FAQ answers the question that stands in it, whatever else is near."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.document import Document
from indexer.build import BuildOptions, build
from indexer.curated import is_curated
from indexer.sources import find
from isobot.confidence import SILENT
from isobot.conversation import Conversation
from isobot.curated import confidence_in
from isobot.hit import Hit
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from isobot.settings import Settings
from tests.indexer.readings import reading

POLICY = """# Travel Policy

## 1 Laptops

A laptop that travels stays in the hand luggage, and the owner of the laptop answers for it.

## 2 Parking

Cars are parked in the yard. A laptop in a parked car is a loss waiting to happen.
"""
FAQ = """---
title: Questions of the month
kind: FAQ
---

# Questions of the month

## May I leave my laptop in the car while I go shopping?

No. It comes with you.

## Who mends the coffee machine?

Facilities does.
"""
HIDDEN = FAQ.replace("title: Questions of the month", "title: Questions of the board\naudience: board")
ASKED = "ok to leave my laptop in the car when i go shopping?"


@pytest.fixture
def responder_of(tmp_path, cache):
    def made(**files: str) -> Responder:
        folder = tmp_path / "-".join(files)
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.md").write_text(content, encoding="utf-8")
        index = tmp_path / f"index-{folder.name}"
        build(find([folder]), index, BuildOptions(cache / "encoders"))
        return Responder(Settings(index=index, cache=cache), lambda: date(2026, 9, 15))

    return made


def test_the_question_of_an_faq_asked_in_other_words_is_answered_from_it(responder_of):
    """It stands before what the policies say, with the confidence of a curated answer."""
    answer = responder_of(policy=POLICY, faq=FAQ).answer(Question(ASKED))
    assert answer.citations[0].quote == "No. It comes with you."
    assert answer.citations[0].clause.heading == "May I leave my laptop in the car while I go shopping?"
    assert answer.confidence >= 0.9
    assert len({citation.clause.start for citation in answer.citations}) == len(answer.citations)


def test_another_question_is_not_answered_by_a_heading_that_is_only_near(responder_of):
    """The policy's own sentence stands first."""
    answer = responder_of(policy=POLICY, faq=FAQ).answer(Question("where are cars parked?"))
    first = (answer.citations or answer.nearest)[0]
    assert first.document.path == "policy.md"
    assert first.quote.startswith("Cars are parked in the yard.")


def test_a_heading_that_asks_for_another_kind_of_thing_is_another_question(responder_of):
    """How long it takes does not say who does it, however alike the two questions are."""
    timed = FAQ.replace("Who mends", "How long does it take to mend").replace("Facilities does.", "Two days.")
    asked = Question("who mends the coffee machine")
    first = responder_of(faq=FAQ).answer(asked)
    assert (first.citations[0].quote, first.confidence >= 0.9) == ("Facilities does.", True)
    assert responder_of(policy=POLICY, timed=timed).answer(asked).confidence < 0.9


def test_how_long_is_not_how_often(responder_of):
    """What says how often a password is changed does not say how long it has to be, and is not given for it with confidence."""
    faq = FAQ.replace("Who mends the coffee machine?", "How often do I have to change my password?").replace("Facilities does.", "Never.")
    assert responder_of(faq=faq).answer(Question("how often must i change my password")).citations[0].quote == "Never."
    assert responder_of(policy=POLICY, again=faq).answer(Question("how long does my password need to be")).confidence < 0.8


OWN = """# Devices

## 3 Private devices

### 3.2 Laptops

Your own laptop may be used for work through the virtual desktop only.
"""


def test_what_holds_for_the_works_laptop_does_not_answer_for_ones_own(responder_of):
    """The two questions share nearly all of their words and are opposites."""
    faq = FAQ.replace("Who mends the coffee machine?", "May I use my work laptop privately?").replace("Facilities does.", "A little.")
    responder = responder_of(policy=POLICY, faq=faq, own=OWN)
    assert responder.answer(Question("can i use my work laptop privately")).citations[0].quote == "A little."
    answer = responder.answer(Question("can i use my own laptop for work?"))
    assert (answer.citations or answer.nearest)[0].document.path == "own.md"


def test_what_which_asks_to_be_told_stands_in_the_answer(responder_of):
    """Which scanner is used is not told by which varnish is, though nothing else is as near."""
    faq = FAQ.replace("Who mends the coffee machine?", "Which varnish do we use in our yard?").replace("Facilities does.", "Oil varnish.")
    responder = responder_of(policy=POLICY, faq=faq)
    assert responder.answer(Question("which varnish do we use in the yard")).citations[0].quote == "Oil varnish."
    assert responder.answer(Question("which lacquer do we use in the yard")).confidence < 0.9


HARBOUR = """# Harbour Rules

## 1 Arrivals

Boats sign in at the gate, and the harbour log is kept for 6 months.
"""


def test_a_question_with_only_the_frame_of_another_is_another(responder_of):
    """How long logs are kept does not answer for a log that a rule speaks of: where the passages rank that before, it is quoted first."""
    logs = FAQ.replace("Who mends the coffee machine?", "How long are logs kept?").replace("Facilities does.", "Four years.")
    responder = responder_of(policy=POLICY, faq=logs, harbour=HARBOUR)
    assert responder.answer(Question("how long do we keep logs")).citations[0].quote == "Four years."
    assert responder.answer(Question("how long do we keep the harbour log")).citations[0].document.path == "harbour.md"


def test_what_is_asked_by_a_name_of_its_own_is_not_answered_for_another(responder_of):
    """An FAQ that speaks of Harbour Shop is nearest to a question about Harbour Office, but a rule names that."""
    faq = FAQ.replace("Who mends the coffee machine?", "Is Harbour Shop insured?").replace("Facilities does.", "No, Harbour Shop is not.")
    rules = "# Insurance\n\n## 1 Scope\n\nHarbour Office and Harbour Hall stand in the contract, with all that is in them.\n"
    responder = responder_of(policy=POLICY, faq=faq, rules=rules)
    assert responder.answer(Question("is the harbour shop insured?")).citations[0].quote == "No, Harbour Shop is not."
    answer = responder.answer(Question("is harbour office insured?"))
    assert (answer.citations or answer.nearest)[0].document.path == "rules.md"


def test_of_two_questions_as_near_the_one_whose_clause_ranks_before_comes_first(responder_of):
    """The words of its answer tell which one is meant."""
    twice = FAQ.replace("Who mends the coffee machine?", "How do I hand in my boat?").replace("Facilities does.", "Tie it up at the quay.")
    twice += "\n## How do I give back my van?\n\nLeave its keys with the porter.\n"
    answer = responder_of(policy=POLICY, faq=twice).answer(Question("how do i return my vehicle and its keys"))
    assert answer.citations[0].quote == "Leave its keys with the porter."


RULES = """---
title: Travel Rules
reference: TRP-02{audience}
---

# Travel Rules

## 7 Equipment

### 7.3 Cars

Equipment is never left in a vehicle (A.7.9).
"""
REFERRING = FAQ.replace("No. It comes with you.", "No. It comes with you (TRP-02, clause 7.3).")


def test_the_clause_that_a_curated_answer_comes_from_stands_behind_it(responder_of):
    """Whoever wants the rule itself sees it next; which control it is, is told from there."""
    talk = Conversation(responder_of(policy=POLICY, faq=REFERRING, rules=RULES.format(audience="")))
    answer = talk.answer(ASKED)
    assert [one.quote for one in answer.citations[:2]] == [
        "No. It comes with you (TRP-02, clause 7.3).",
        "Equipment is never left in a vehicle (A.7.9).",
    ]
    assert talk.answer("which control is that?").notices == (
        "Travel Rules §7.3 documents ISO/IEC 27001:2022 A.7.9 Security of assets off-premises (named in the clause).",
    )
    talk.answer(ASKED)
    assert talk.answer("where does it say that?").notices == (
        "It stands in Questions of the month · May I leave my laptop in the car while I go shopping? (faq.md).",
        "It stands in Travel Rules · §7.3 Cars (rules.md).",
    )
    talk.answer(ASKED)
    assert [one.clause.heading for one in talk.answer("show me the whole clause").citations] == [
        "May I leave my laptop in the car while I go shopping?",
        "Cars",
    ]


def test_of_a_clause_that_the_asker_may_not_read_a_curated_answer_tells_nothing(responder_of):
    """But for its own words, which are for everybody."""
    hidden = RULES.format(audience="\naudience: board")
    answers = [responder_of(**files).answer(Question(ASKED)) for files in ({"faq": REFERRING}, {"faq": REFERRING, "rules": hidden})]
    told = [{k: v for k, v in answer_record(a).items() if k not in ("generation", "milliseconds")} for a in answers]
    assert json.dumps(told[0]) == json.dumps(told[1])
    assert answers[1].citations[0].refers == ()


def test_a_curated_answer_does_not_answer_for_what_a_follow_up_adds(responder_of):
    """The laptop's answer is none for the bicycle; with nothing new in it, a follow-up may be answered from it."""
    talk = Conversation(responder_of(faq=FAQ, policy=POLICY))
    assert talk.answer(ASKED).confidence >= 0.9
    assert talk.answer("and my bicycle?").confidence < 0.22
    assert talk.answer("and who mends the coffee machine?").citations[0].quote == "Facilities does."


@pytest.mark.parametrize(("nearness", "confidence"), [(0.5, 0.75), (0.63, 0.88), (0.97, 0.95)])
def test_the_nearer_a_question_the_surer_is_its_answer(nearness, confidence):
    """By as much as it is nearer, and never quite sure."""
    assert confidence_in(Hit(0, 0, 0, 1, nearness)) == pytest.approx(confidence)


def test_an_faq_that_the_asker_may_not_read_changes_nothing(responder_of):
    """Not a byte of the answer, nor its confidence."""
    answers = [responder_of(**files).answer(Question(ASKED)) for files in ({"policy": POLICY}, {"policy": POLICY, "faq": HIDDEN})]
    told = [{k: v for k, v in answer_record(a).items() if k not in ("generation", "milliseconds")} for a in answers]
    assert json.dumps(told[0]) == json.dumps(told[1])


@pytest.mark.parametrize(
    ("title", "properties", "marked"),
    [
        ("Security and Privacy FAQ", {}, True),
        ("Frequently asked questions on travel", {}, True),
        ("Travel Q&A", {}, True),
        ("Travel Policy", {"kind": "faq"}, True),
        ("Travel Policy", {"document type": "FAQ"}, True),
        ("Travel Policy", {"kind": "policy"}, False),
        ("Quality Assurance Policy", {}, False),
        ("What is a password manager?", {}, False),
    ],
)
def test_title_or_kind_mark_a_document_as_curated(title, properties, marked):
    """A policy that happens to ask questions in its headings is none."""
    read = reading(["Words."])
    document = Document("a.md", title, "0" * 64, read.text.sha256)
    assert is_curated(document, type(read)(read.text, read.blocks, properties)) is marked


def test_what_has_only_the_frame_of_a_question_is_not_answered_by_it(responder_of):
    """Neither by the FAQ, nor by the search that finds it."""
    faq = FAQ.replace("Who mends the coffee machine?", "How long does it take to get a coffee machine mended?")
    faq = faq.replace("Facilities does.", "Two days.")
    responder = responder_of(policy=POLICY, faq=faq)
    assert responder.answer(Question("how long does it take to get the coffee machine mended")).citations[0].quote == "Two days."
    assert responder.answer(Question("how long does it take to get a passport")).confidence <= SILENT
