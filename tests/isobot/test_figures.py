"""What kind of thing a question asks for, and which texts state it."""

from __future__ import annotations

import numpy as np
import pytest

from isobot.figures import asks_prohibition, prohibits
from isobot.fusion import Signals, fused


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("what must not be in a log", True),
        ("What must I never do on the road?", True),
        ("which data may not appear in log entries", True),
        ("what am i not allowed to do at the harbour", True),
        ("which things are forbidden in zone 4", True),
        ("what can be done if a patch isn't there", False),
        ("how do I get an app approved that is not on the list", False),
        ("what happens if I do not lock my screen", False),
        ("which form do people who may not drive fill in", False),
        ("must I not lock my screen?", False),
    ],
)
def test_a_question_for_what_is_forbidden_is_told_by_its_form(question: str, asked: bool) -> None:
    """One that only has a negation in it asks for something else."""
    assert asks_prohibition(question) is asked


@pytest.mark.parametrize(
    ("text", "forbids"),
    [
        ("The following must never be in an entry:", True),
        ("Do not leave it in the car.", True),
        ("No photographs and no open drinks are permitted in zone 4.", True),
        ("Private use is prohibited.", True),
        ("An entry holds at least the time and the account.", False),
        ("There is no charge.", False),
    ],
)
def test_what_forbids_something_is_told_by_its_words(text: str, forbids: bool) -> None:
    """What must be there is no prohibition."""
    assert prohibits(text) is forbids


def test_of_two_passages_as_near_the_one_of_the_kind_asked_for_ranks_first() -> None:
    """By 0.4 standard deviations, whatever the kind is."""
    same = np.zeros(2, np.float32)
    scores = fused(Signals(meaning=same, words=same, clause=same, pairs=same, kind=np.array([0, 1], np.float32)), words=4)
    assert scores.tolist() == pytest.approx([0.0, 0.4])
