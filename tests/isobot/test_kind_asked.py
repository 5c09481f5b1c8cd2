"""Which of a kind of thing a question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.confidence import SILENT
from isobot.kind_asked import lacks_kind
from isobot.question import Question
from tests.organisation import matter, responder_on

NIGHT = "Night watch\nThe watch of the yard is on leave for 3 weeks a year. We are certified to ISO 9001. A rope has at least 20 metres."


@pytest.mark.parametrize(
    "question",
    [
        "which rope vendor do we use",
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
        ("how long is parental leave", "For maternity 20 weeks are granted."),
        ("may i keep my oar during parental leave", NIGHT),  # leave is the circumstance
        ("back from sick leave, do i have to sign in again", NIGHT),
        ("are we certified to ISO 9001", NIGHT),
        ("are we iso 9001 certified", "The yard is certified since 2019."),  # no other standard is named
        ("what is the maximum length of a rope", "A rope has at least 20 and at most 30 metres."),
        ("how long is a rope", NIGHT),
    ],
)
def test_what_speaks_of_the_kind_or_of_none_may_answer(question, text):
    """Only where another is spoken of, something is known to be lacking."""
    assert not lacks_kind(question, text, text)


def test_a_clause_on_another_kind_is_near_and_no_answer(tmp_path: Path, cache: Path):
    """The other rule is answered from as ever."""
    rules = "# Rules\n\n## 1 Watch\n\nThe annual leave of the night watch is 3 weeks.\n\n## 2 Oars\n\nOars are counted every evening.\n"
    ask = responder_on(tmp_path, {"yard.md": matter("Yard Rules") + rules}, cache).answer
    assert ask(Question("how long is the annual leave of the night watch")).confidence > SILENT
    answer = ask(Question("how long is the parental leave of the night watch"))
    assert (answer.abstained, answer.confidence) == (True, SILENT)
    assert answer.nearest[0].quote == "The annual leave of the night watch is 3 weeks."
