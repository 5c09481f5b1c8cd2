"""Sentences that only say where something is written stand behind the rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from isobot.pointers import asks_where, only_points, points
from isobot.question import Question
from tests.organisation import responder_on

FERRY = """# Ferry Rules

## 1 Dogs on the ferry

For more information about dogs on the ferry, see the leaflet on dogs on the ferry.

A lead of at most two metres is needed.

## 2 Lights

See section 4 for lamps of boats.
"""


@pytest.fixture(scope="module")
def quote(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[[str], str]:
    responder = responder_on(tmp_path_factory.mktemp("pointers"), {"ferry.md": FERRY}, cache)

    def first(text: str) -> str:
        answer = responder.answer(Question(text))
        return (answer.citations or answer.nearest)[0].quote

    return first


@pytest.mark.parametrize(
    "words",
    [
        "See section 4 for details.", "Please refer to the Key Plan.", "Note: see also Annex B.",
        "For more details about keys, see the Key Plan.", "Further guidance is available in the Key Plan.",
        "More information on keys is in the Key Plan.", "This section describes the gate.",
        "The following chapter sets out who may enter.", "Appendix C contains the list of keys.", "The guide outlines who may enter.",
        "The Key Policy sets out how keys are kept.", "The list of keys is given in Appendix C.",
        "Keys are described in the Key Plan Guide.",
    ],
)  # fmt: skip
def test_a_sentence_that_sends_elsewhere_points(words: str):
    """It names what is written, and does not say it."""
    assert points(words)


@pytest.mark.parametrize(
    "words",
    [
        "See which key fits.", "Seek help.", "Refer the guest to the porter.", "For help, ring the porter.", "This policy applies to all.",
        "Keys are kept as section 4 says.", "Information is kept for a year.", "Keys must be kept as is described in section 4.",
        "This policy states that keys are counted.", "The guard gives keys to visitors.", "Keys are listed in the table below.",
        "The key is found in the box of the porter.",
    ],
)  # fmt: skip
def test_a_sentence_that_rules_does_not_point(words: str):
    """Also where it begins alike."""
    assert not points(words)


def test_the_rule_is_quoted_before_what_points_to_another_text(quote: Callable[[str], str]):
    """Though the pointer holds more of the question's words; who asks where it is written gets the pointer."""
    assert quote("dog on the ferry how long a lead").startswith("A lead of at most two metres")
    assert quote("where is the leaflet on dogs on the ferry").startswith("For more information about dogs")


def test_a_pointer_that_stands_alone_is_quoted(quote: Callable[[str], str]):
    """Nothing else of its clause could be."""
    assert quote("lamps of boats") == "See section 4 for lamps of boats."


def test_a_text_only_points_where_each_of_its_sentences_does():
    """One that goes on to say something does not."""
    assert only_points("This guide describes the gate. For more details, see the Key Plan.")
    assert not only_points("This guide describes the gate. It is locked at night.")
    assert not only_points("This section lists what is forbidden:\n\n- Smoking\n- Shouting")
    assert not only_points("Table 2 lists the fees\n| Key | 4 pounds |")


def test_who_asks_where_or_whom_may_be_answered_by_a_pointer():
    """Other questions are not."""
    assert asks_where("where can I read more")
    assert asks_where("who tells me about keys")
    assert asks_where("what does the key plan cover")
    assert not asks_where("may I keep my key")
    assert not asks_where("who may enter")
    assert not asks_where("what information is on a badge")
