"""The kind of value that a question asks for."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from isobot.confidence import SILENT
from isobot.question import Question
from isobot.value_asked import lacks_value
from tests.organisation import matter, responder_on


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how much does a lost key cost me", "Who loses a key reports it to the harbour office."),
        ("How much are we fined for a late report?", "Reports that come late are brought before the board."),
        ("what's the fee for a new badge", "A new badge is ordered at the front desk."),
        ("what does a new badge cost me", "A new badge is ordered at the front desk within 2 days."),
        ("how many spare keys are there", "Spare keys hang in the harbour office."),
        ("how many days may I keep a key", "Keys are handed back on the same working day, each to the harbour office."),
        ("how many days may I keep a key", "The harbour office has 14 keys, and says within what time each is handed back."),
        ("how many days may I keep a key", "| Working day | Monday to Friday |\n| Tide | 2, at 14 places |"),
        ("how often are locks changed", "Locks are changed by the locksmith, as quickly as can be, at all 14 doors."),
        ("how many hours of lessons on locks must I take", "Everybody takes lessons annually, until the end."),
        ("how many spare keys are there", "4. Keys are made as section 12 of LOC-3 and the rules of 2024 say."),
        ("how long is a list of visitors kept", "A list of visitors is kept on the second floor, and shown when the harbour office asks."),
        ("how often are locks changed", "Locks of every door are changed by the locksmith."),
        ("how many times a year are locks changed", "Locks are changed at all 14 doors."),
        ("how fast must a lost key be reported", "Keys of all 14 doors are counted by the locksmith."),
        ("how long is a list of visitors kept", "A list of all 14 visitors is kept by the harbour office."),
        ("what is the email address of the harbour office", "Write to the harbour office, and not to the locksmith."),
        ("what number do I ring when the gate is stuck", "When the gate is stuck, ring the harbour office."),
        ("phone number of the harbour office", "The harbour office is open on working days."),
        ("when did we last change the locks", "Locks are changed every 14 months."),
        ("when was the last count of the keys", "Keys may be counted at any time, and once a year at least."),
        ("how many keys did we lose last year", "The 14 keys are counted in March and September."),
        ("how many keys did we lose last year", "Each of the 14 keys is counted once a year."),
        ("how many spare keys have we got left?", "The harbour office keeps 14 spare keys."),
        ("what's the code for the back door", "The code of a door is changed every 14 weeks."),
        ("what is the wifi password on board", "The wireless network has a password that the harbour office changes."),
        ("which form do I fill in for a second key", "A second key is agreed with the harbour office."),
        ("hi, what's the alarm code of the harbour office?", "Codes are changed by the locksmith, who tells nobody else."),
        ("what is the pin for our back gate", "The locksmith sets it."),
        ("how many spare keys are there", "Keys are made as Section 12 and ISO 27001 say, in Zone 3, in 2024 and by May 2025."),
        ("how many spare keys are there", "The 2024 rules were agreed with the crew."),
    ],
)
def test_a_text_without_a_value_of_the_kind_answers_none(question: str, text: str) -> None:
    """Money, a figure and a telephone number are told apart from words about the same matter."""
    assert lacks_value(question, lambda where: text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how much does a lost key cost me", "A lost key costs its holder £40."),
        ("how much does a lost key cost me", "The first key is replaced free of charge."),
        ("how much are travellers reimbursed", "Up to 45 euros a day are paid back."),
        ("what does a new badge cost me", "A new badge is free."),
        ("what do I do about high costs", "Ask the harbour office."),
        ("how much time does it take", "It takes as long as the locksmith needs."),
        ("how many spare keys are there", "Two spare keys hang in the harbour office."),
        ("how soon must I report it", "Report it as soon as you notice."),
        ("how often are locks changed", "Locks are changed every spring."),
        ("how often are locks changed", "Locks are changed at intervals that the locksmith sets."),
        ("how often are locks changed", "Locks are changed as needed."),
        ("how often are doors watched", "Doors are watched around the clock."),
        ("how often are doors watched", "Doors are watched at the end of a shift, and randomly."),
        ("how fast are locks mended", "Locks are mended on the spot."),
        ("how many spare keys are there", "4. There are 14 spare keys."),
        ("how many bags do I take", "Take enough for the journey."),
        ("how long until I hear of it", "You hear of it as soon as the harbour office knows."),
        ("how long does the gate stay open", "The gate shuts after a second."),
        ("who says how long a list is kept", "The harbour office says so before a list is made."),
        ("how long is a boat lent", "A boat is lent for the term of the contract."),
        ("how often are locks changed", "Locks are changed when a key is lost."),
        ("how many times a year are locks changed", "Locks are changed quarterly."),
        ("how fast must a lost key be reported", "A lost key is reported without delay."),
        ("how long is a list of visitors kept", "A list of visitors is kept as long as one of them is here."),
        ("how long must the number of a key be", "The number of a key has 14 digits."),
        ("what is the email address of the harbour office", "Write to office@harbour.example."),
        ("how long is a badge valid", "A badge is valid until its holder leaves."),
        ("what number do I ring when the gate is stuck", "Ring 020 7946 0018."),
        ("what number do I ring when the gate is stuck", "Ring the harbour office, ext. 4471."),
        ("who pays for a lost key", "The harbour office pays."),
        ("when do I have to pay", "Before the end of the quarter."),
        ("may I call a phone number abroad", "Calls abroad are allowed."),
        ("how do I change a lock", "Ask the locksmith."),
        ("which emails are kept", "Those of the harbour office."),
        ("how many days may I keep a key", "Keys are handed back within two working days."),
        ("how many days may I keep a key", "| Key | Days |\n| Harbour office | 14 |"),
        ("how many hours is the office open", "The office is open from 8:30 to 17:00."),
        ("how often are locks changed", "Locks are changed before every new tenant."),
        ("how often are locks changed", "Locks are changed at each hand-over."),
        ("when did we last change the locks", "The locks were changed on 3 May."),
        ("when was the harbour built", "The harbour dates from 1904."),
        ("what do we tell the crew when were ashore", "Tell them where the keys are."),
        ("how much of a hold is swept so that nothing is left", "At least a tenth is swept twice."),
        ("when have lists to be handed in", "Lists are handed in on Fridays."),
        ("how many spare keys have we got left?", "What is left of the 14 spare keys stands on the list in the harbour office."),
        ("how many days are keys kept of people who have left", "For 14 days."),
        ("what is the code for lost keys on the time sheet", "Lost keys are entered as L."),
        ("what is the guest wifi password", "The password is “herring14”."),
        ("which form do I fill in for a second key", "Ask for it with the template in the portal."),
        ("which form of proof is enough", "A passport is enough."),
        ("what is our network password policy?", "A password is never told to the crew."),
        ("what is the way to change a gate code", "Ask the locksmith."),
        ("what is the harbour office code of conduct?", "Nobody shouts on the quay."),
        ("what is a safe password?", "One that no list of leaked ones has."),
        ("what is the least length of a passcode for the gate", "A passcode has 14 digits."),
        ("what is the rule on telling the door code", "The door code is told to nobody."),
        ("how many boats may moor", "Up to 2000 boats may moor in the harbour."),
        ("how many boats may moor", "In spring 1950 small boats may moor."),
        ("how many people fit in the lift", "MAX 5 people"),
        ("how many tries are there", "| PIN 3 tries |"),
        ("in what form is leave asked for?", "Leave is asked for in writing, and signed."),
        ("what form must a complaint take?", "A complaint is made in writing."),
        ("how much room must be left between two boats?", "Keep at least 60 centimetres between two boats."),
        ("how many boats lie on the left?", "14 boats lie there."),
        ("how long may I keep a key?", "Keys are handed back before their holder goes."),
        ("how long may a boat stay?", "A boat stays until its berth is let again, which happens when the contract lapses."),
        ("how long does a berth stay mine?", "It is yours when the contract begins, and anybody's once the contract lapses."),
        ("how long is lunch?", "From 12:00 to 13:00."),
        ("how long is the number of a boat?", "14 characters."),
        ("when was the badge introduced?", "It was introduced in May."),
        ("when was the badge introduced?", "Badges have been worn since autumn."),
        ("how many hours have I got to say that a key is lost?", "Say so at once."),
        ("how many days a week may I work ashore?", "On Mondays."),
        ("how many days have I got to say that a key is lost?", "Say so within a week."),
    ],
)
def test_a_text_with_one_may_answer_and_other_questions_ask_for_none(question: str, text: str) -> None:
    """Also where the value is given in words."""
    assert not lacks_value(question, lambda where: text)


@pytest.mark.parametrize(
    "words", ["what is password of ", "how many did we ", "how many days left ", "what number call ", "how much is ", "how long ", "- "]
)
def test_long_questions_and_texts_are_looked_through_in_no_time(words: str) -> None:
    """Whatever they say again and again."""
    said = (words * 4000)[:4000]
    began = process_time()
    lacks_value(said, lambda where: f"{said} 14 euros a day, at once, until 3 May 2026: 020 7946 0018 remain in the form, the code is 7, @")
    assert process_time() - began < 1


BADGES = (
    matter("Badge Rules")
    + """# Badge Rules

## 1 Lost badges

Who loses a badge orders a new one at the front desk, and pays for the lost badge.
"""
)
LOCKS = (
    matter("Lock Rules")
    + """# Lock Rules

## 1 Changing locks

Locks of the doors to the harbour are changed by the locksmith.

## 2 Reviews

The harbour office checks every quarter that locks of the doors can still be changed.

## 3 Bicycles

Bicycles stand in the yard.

## 4 Dogs

Dogs wait at the gate.
"""
)
FAQ = """---
kind: FAQ
---

# Questions

## How much do I pay for a lost key?

Whoever keeps the keys tells you.
"""


def test_a_clause_that_states_no_amount_is_no_answer_to_how_much(cache: Path, tmp_path: Path) -> None:
    """However near it is; to another question it is one, and so is what a curated answer says."""
    responder = responder_on(tmp_path, {"badges.md": BADGES, "faq.md": FAQ}, cache)
    asked = responder.answer(Question("how much do I pay for a lost badge"))
    assert not asked.citations and asked.nearest and asked.confidence <= SILENT
    assert responder.answer(Question("who pays for a lost badge")).citations[0].document.path == "badges.md"
    assert responder.answer(Question("how much do I pay for a lost key?")).citations[0].quote == "Whoever keeps the keys tells you."


def test_to_how_often_a_quotation_that_says_it_comes_first(cache: Path, tmp_path: Path) -> None:
    """Before one that only speaks of the matter, and with less confidence."""
    responder = responder_on(tmp_path, {"locks.md": LOCKS}, cache)
    plain = responder.answer(Question("are locks of the doors to the harbour changed by the locksmith"))
    assert plain.citations[0].quote == "Locks of the doors to the harbour are changed by the locksmith."
    asked = responder.answer(Question("how often are locks of the doors to the harbour changed by the locksmith"))
    assert [one.quote.split()[0] for one in (asked.citations or asked.nearest)[:2]] == ["The", "Locks"]
    assert asked.confidence < plain.confidence
