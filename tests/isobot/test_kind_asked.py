"""Which of a kind of thing a question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.confidence import SILENT
from isobot.kind_asked import lacks_kind
from isobot.question import Question
from tests.organisation import matter, responder_on

NIGHT = "Night watch\nThe annual leave of the watch of the yard is 3 weeks. We are certified to ISO 9001. A rope has at least 20 metres."


@pytest.mark.parametrize(
    "question",
    [
        "which rope vendor do we use",
        "which provider do we use",
        "which tide table version do we use",
        "ropes: what brand are they",
        "what make of lamp does the yard have",
        "how long is parental leave",
        "jury leave, do we get any?",
        "are we certified to iso 14001?",
        "what is the maximum length of a rope",
    ],
)
def test_a_text_on_another_kind_is_told(question):
    """Though it shares the other words."""
    assert lacks_kind(question, NIGHT, NIGHT)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("which rope vendor do we use", "Ropes come from two vendors."),
        ("which ropes do we use", NIGHT),  # every clause on ropes may say which
        ("which parts of the app are tested", NIGHT),
        ("which rope vendor do we use", "For ropes we go to Hempworks."),
        ("which rope vendor do we use", "RopeYard is where ropes are from."),
        ("which crane models are allowed", "Cranes of 3 tons and of 5 tons are allowed."),  # a number may be one
        ("which versions of windows are supported", "Windows 10 and Windows 11 are supported."),
        ("which provider do we use", "All accounts of the yard are held with Pebbles."),
        ("which apps are allowed for chat", "For chat use Gullcall or Piers."),
        ("which tide table version must we use", "The tide table of 2025 or a later one must be used."),
        ("how long is parental leave", "For maternity 20 weeks are granted."),
        ("how long is parental leave for mothers", "Mothers take 16 weeks off, 3 more than their annual leave."),
        ("how many days of annual leave do i get", "Every hand has 25 days of leave."),  # of none other
        ("may i keep my oar during parental leave", NIGHT),  # leave is the circumstance
        ("back from sick leave, do i have to sign in again", NIGHT),
        ("are we certified to ISO 9001", NIGHT),
        ("are we iso 9001 certified", "The yard is certified since 2019."),  # no other standard is named
        ("what is the maximum length of a rope", "A rope has at least 20 and at most 30 metres."),
        ("what is the maximum fee for a berth", "A berth costs at least 5 crowns a night; the ceiling is 20 crowns."),
        ("what is the maximum fee for a berth", "A berth costs at least 5 crowns a night and is capped at 20 crowns."),
        ("how long is a rope", NIGHT),
    ],
)
def test_what_speaks_of_the_kind_or_of_none_may_answer(question, text):
    """Only where another is spoken of, something is known to be lacking."""
    assert not lacks_kind(question, text, text)


@pytest.mark.parametrize(
    "text",
    [
        "Ropes are coiled by hands of the Harbour Office and seen by the Harbour Master.",  # an office names no product
        "Ropes, see Figure 2, are those that Sandbank has.",  # whose ropes they are was known
        "Lamps come from Glowfish.",  # nothing is said of ropes
    ],
)
def test_a_name_of_something_else_is_no_product(text):
    """What is asked for is named beside what it is for."""
    assert lacks_kind("which rope vendor does Sandbank use", text, text)


def test_the_title_of_a_document_may_name_the_kind(tmp_path: Path, cache: Path):
    """What stands under "Annual Leave Rules" is on that, whatever else the clause names."""
    days = "## 1 Days\n\nEvery hand has 25 days of leave in a calendar year. Days when a hand is ill do not count.\n"
    text = f"{matter('Annual Leave Rules')}{days}\n## 2 Oars\n\nOars are counted.\n"
    answer = responder_on(tmp_path, {"leave.md": text}, cache).answer(Question("how many days of annual leave do i get"))
    assert answer.confidence > SILENT


def test_a_clause_on_another_kind_is_near_and_no_answer(tmp_path: Path, cache: Path):
    """The other rule is answered from as ever."""
    rules = "# Rules\n\n## 1 Watch\n\nThe annual leave of the night watch is 3 weeks.\n\n## 2 Oars\n\nOars are counted every evening.\n"
    ask = responder_on(tmp_path, {"yard.md": matter("Yard Rules") + rules}, cache).answer
    assert ask(Question("how long is the annual leave of the night watch")).confidence > SILENT
    answer = ask(Question("how long is the parental leave of the night watch"))
    assert (answer.abstained, answer.confidence) == (True, SILENT)
    assert answer.nearest[0].quote == "The annual leave of the night watch is 3 weeks."
