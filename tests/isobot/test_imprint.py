"""Imprints and title lines stand behind what is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from isobot.imprint import is_front
from isobot.question import Question
from tests.organisation import responder_on

LAMPS = """# Guide to Lamps

Harbour Publication 12-3, 53 pages (July 2016) CODEN: HARBX2

## 1 Lamps

Whoever moors a boat lights a lamp at dusk, so that others see it.

## 2 Oil

Oil is kept in the shed behind the quay.
"""


@pytest.fixture(scope="module")
def quotes(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[[str], list[str]]:
    responder = responder_on(tmp_path_factory.mktemp("imprint"), {"lamps.md": LAMPS}, cache)

    def all_of(text: str) -> list[str]:
        answer = responder.answer(Question(text))
        return [one.quote for one in answer.citations or answer.nearest]

    return all_of


def test_an_imprint_is_cited_last(quotes: Callable[[str], list[str]]):
    """Though it is the only passage that has the words of the question."""
    found = quotes("is the harbour publication 12-3 on boats")
    assert "CODEN" in found[-1]
    assert len(found) > 1


def test_who_asks_for_what_an_imprint_says_is_answered_by_it(quotes: Callable[[str], list[str]]):
    """Its pages, its edition, its rights."""
    assert "53 pages" in quotes("how many pages has the harbour publication 12-3")[0]


def test_a_front_is_lines_of_an_imprint_and_of_titles_alone():
    """One sentence, item or row among them says something; lines that are no sentence are not enough."""
    names = {"guide to lamps"}
    assert is_front(["Guide to Lamps", "Ada Byron and Alan T."[:-1]], names)
    assert is_front(["Harbour Publication 12-3", "© Harbour Office"], names)
    assert is_front(["Reprinted July 2016"], names)
    assert not is_front(["Guide to Lamps", "Whoever moors a boat lights a lamp."], names)
    assert not is_front(["Guide to Lamps", "- Lamps are blue"], names)
    assert not is_front(["Guide to Lamps", "| Owner | Harbour Master |"], names)
    assert not is_front(["Ada Byron", "Dock Guard"], names)
    assert not is_front(["Printing at home is allowed"], names)
