"""Items that stand far below what forbids them."""

from __future__ import annotations

from pathlib import Path

import pytest

from isobot.confidence import SILENT
from isobot.layout import MAX_ITEM
from isobot.question import Question
from tests.organisation import matter, responder_on

OTHERS = [
    "Lend keys of the lighthouse to friends, to traders or to whoever else asks for one in the yard, by day, by night or in a storm",
    "Take boats out beyond the second buoy alone, however calm it looks from the quay and however short the way may seem to you",
    "Paint the hulls of other crews' boats, also where they are in need of it and you have got a pot of the right paint at hand",
    "Sell ropes that were found on the beach, whoever found them there and whatever someone who comes by may want to pay for one",
    "Hang washing from the crane, between two masts or over the rail of the bridge, where it flaps about and hides the signals",
    "Light fires on the quay for the sake of cooking, of warmth or of drying clothes, be it in a basket, a barrel or a stove",
    "Leave nets on the steps of the harbour office, where those who come with their papers must climb over them in the dark",
]
ITEM = "Sing shanties on the pier during the night"
ASKED = Question("may I sing shanties on the pier during the night?")


def rules(*above: str, item: str = ITEM) -> str:
    listed = "\n".join(f"- {one}" for one in (*OTHERS, item))
    return matter("Pier Rules") + "# Pier Rules\n\n" + "\n\n".join(above) + f"\n\n{listed}\n"


@pytest.mark.parametrize(
    ("above", "forbids"),
    [
        (("## What is not allowed on the pier",), "What is not allowed on the pier"),
        (("## Crews", "Crews must not:"), "Crews must not:"),
        (("## Crews", "They live here.", "Forbidden is this:"), "Forbidden is this:"),
    ],
)
def test_what_forbids_an_item_far_below_it_is_quoted_before_it(cache: Path, tmp_path: Path, above: tuple[str, ...], forbids: str) -> None:
    """Alone the item would read like leave; who asks what is forbidden knows."""
    responder = responder_on(tmp_path, {"pier.md": rules(*above)}, cache)
    verdict, item = responder.answer(ASKED).citations[:2]
    assert verdict.quote.startswith(forbids) and verdict.quote.endswith(OTHERS[5]) and len(verdict.quote) <= MAX_ITEM
    assert (item.quote, item.clause) == (f"- {ITEM}", verdict.clause)
    asked = responder.answer(Question("what must I not sing on the pier during the night, is it shanties?"))
    assert asked.citations[0].quote == f"- {ITEM}"


@pytest.mark.parametrize(
    ("above", "item"),
    [
        (("## What crews do",), ITEM),
        (("## If you are not allowed in",), ITEM),
        (("## Not allowed", "All of this is for the crew."), ITEM),
        (("## What is not allowed on the pier",), "Never sing shanties on the pier during the night"),
    ],
)
def test_any_other_item_answers(cache: Path, tmp_path: Path, above: tuple[str, ...], item: str) -> None:
    """Under what forbids nothing, and where it says no itself."""
    assert responder_on(tmp_path, {"pier.md": rules(*above, item=item)}, cache).answer(ASKED).citations[0].quote == f"- {item}"


def test_what_forbids_an_item_and_is_too_long_to_be_quoted_leaves_it_no_answer(cache: Path, tmp_path: Path) -> None:
    """Alone the item would read like leave, and nothing can be quoted before it."""
    above = f"It is forbidden{', whatever the tide is and whoever stands by the gate or in the lodge' * 12}, to do any of this:"
    assert len(above) > MAX_ITEM
    answer = responder_on(tmp_path, {"pier.md": rules("## Crews", above)}, cache).answer(ASKED)
    assert (answer.abstained, answer.confidence, answer.nearest[0].quote) == (True, SILENT, f"- {ITEM}")
