"""What makers of sites put beside the words of their authors is left out, and nothing else."""

from __future__ import annotations

import pytest

from indexer.readers.canvas import Canvas
from indexer.readers.html import write_html
from tests.indexer.blocks import words


def read(page: str) -> list[str]:
    canvas = Canvas()
    write_html(canvas, page)
    return words(canvas.reading())


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("<h2 id='a'>Keys<a href='#a'>#</a></h2>", "Keys"),
        ("<h2><a href='#a'>§</a> Keys</h2>", "Keys"),
        ("<p id='a'>Tell the desk. <a href='#a'>#</a></p>", "Tell the desk."),
        ("<div><p><a id='a'></a>Tell the desk. <a href='#a'>#</a></p></div>", "Tell the desk."),
        ("<p>Tell the desk. <a href='#b'>¶</a></p>", "Tell the desk."),
        ("<p>Write <a href='#b'>#</a> before it.</p>", "Write # before it."),
        ("<p>The sign for a channel is <a href='#b'>#</a></p>", "The sign for a channel is #"),
        ("<p>See <a href='#b'>§</a> 2.</p>", "See § 2."),
    ],
)
def test_a_sign_is_left_out_where_it_leads_to_its_own_block(block, shown):
    """At an end of it; in a sentence it is a word, and "¶" never is."""
    assert read(block) == [shown]


def test_an_item_that_has_its_author_s_mark_has_no_other():
    """The page hides the number that it would count."""
    assert read("<ol><li>(a) Bells</li><li>b) Ropes</li></ol><ol><li>Keys</li></ol>") == ["(a) Bells", "b) Ropes", "1. Keys"]


def test_the_number_of_a_provision_stands_apart_from_its_text():
    """Only the style of the page does that; no space comes before a sign."""
    page = "<h2><span class=LegPartNo>PART 1</span><span>Bells</span></h2><p><span class='LegDS LegP1No'>1</span>.—They ring.</p>"
    assert read(page) == ["PART 1 Bells", "1.—They ring."]
