"""Pictures of what people see in Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SourceError
from evals.pictures import Surface, page, photograph
from isobot.slack.blocks import Buttons, blocks_for
from tests.programs import program
from tests.slack.examples import TODAY, answer, cite


def test_every_block_of_an_answer_is_drawn_and_its_words_are_no_markup() -> None:
    """Quotation, place, tag and buttons are there; what a document says stays text."""
    drawn = page(Surface(blocks_for(answer(cite("<b>Locked</b> & bolted.")), TODAY, Buttons("a1"))))
    assert "<blockquote>&lt;b&gt;Locked&lt;/b&gt; &amp; bolted.</blockquote>" in drawn
    assert "<b>BYOD Standard v2.1</b>" in drawn and "<code>ISO/IEC 27001:2022 A.8.1</code>" in drawn
    assert '<button class="">Whole clause</button>' in drawn


def test_a_form_is_drawn_as_it_opens() -> None:
    """Labels, what is chosen, and the button that sends it."""
    chosen = {"text": {"text": "Only <me>"}, "value": "1", "description": {"text": "quietly"}}
    radio = {"type": "radio_buttons", "options": [chosen, {"text": {"text": "All"}, "value": "2"}], "initial_option": chosen}
    field = {"type": "input", "label": {"text": "Who"}, "element": radio}
    drawn = page(Surface.of({"title": {"text": "Form"}, "submit": {"text": "Save"}, "blocks": [field]}))
    assert '<label>Who</label><div class="option"><i class="on"></i>Only &lt;me&gt;<small>quietly</small></div>' in drawn
    assert '<i class=""></i>All' in drawn and '<button class="primary">Save</button>' in drawn


def test_a_block_that_nobody_can_draw_is_named() -> None:
    """A new kind of block does not vanish from the pictures."""
    with pytest.raises(SourceError, match="'video' cannot be drawn"):
        page(Surface([{"type": "video"}]))


@pytest.mark.needs("chromium")
def test_a_page_becomes_a_picture_as_high_as_itself(tmp_path: Path) -> None:
    """PNG, 720 pixels wide; more blocks make it higher."""
    heights = []
    for count in (1, 4):
        photograph(str(program("chromium")), page(Surface(blocks_for(answer(cite()), TODAY) * count)), tmp_path / f"{count}.png")
        head = (tmp_path / f"{count}.png").read_bytes()[:24]
        assert head[1:4] == b"PNG" and int.from_bytes(head[16:20]) == 720
        heights.append(int.from_bytes(head[20:24]))
    assert heights[1] > heights[0]
