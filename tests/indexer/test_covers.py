"""What stands on a title page heads nothing; an ordinary first page keeps its headings, however short its paragraphs."""

from __future__ import annotations

from dataclasses import replace

from corpus.text import CanonicalText, Page
from indexer.outline import outline
from indexer.readers.base import Reading
from tests.indexer.readings import Part, bold, reading

FIRST_TO_LAST = [
    (bold("Pantry"), "Whoever takes the last loaf writes bread on the list at the door."),
    (bold("Stoves"), "The cook turns off all of the stoves at ten, and tells the watch so."),
    (bold("Knives"), "Knives are washed by hand, and lie in the drawer by the small door."),
    (bold("Guests"), "A guest eats at the long table, and pays nothing on the first day."),
]


def on_pages(*pages: list[Part | str]) -> Reading:
    """The parts on pages of their own."""
    whole = reading([entry for page in pages for entry in page])
    starts, at = [], 0
    for page in pages:
        starts.append(whole.blocks[at].start)
        at += len(page)
    ends = [*starts[1:], len(whole.text.characters)]
    numbered = enumerate(zip(starts, ends, strict=True), 1)
    return replace(whole, text=CanonicalText(whole.text.characters, tuple(Page(number, start, end) for number, (start, end) in numbered)))


def headings(*pages: list[Part | str]) -> list[str]:
    return [clause.heading for clause in outline(on_pages(*pages), "Galley")]


def test_short_paragraphs_make_no_cover():
    """Two sentences on a page say that it is none."""
    pages = [[head, text, bold(f"{head[0]} at night"), text] for head, text in FIRST_TO_LAST]
    assert headings(*pages) == [words for head, _ in FIRST_TO_LAST for words in (head[0], f"{head[0]} at night")]


def test_a_cover_heads_nothing():
    """Its title, its names and a sentence about the paper on which it is printed begin no clause."""
    imprint = "Printed on the paper of old charts, which nobody sails by now."
    cover = [bold("Rules of the Galley"), "Harbour Office", bold("Second Edition"), imprint]
    pages = [[head, text, text] for head, text in FIRST_TO_LAST]
    assert headings(cover, *pages) == ["Galley", *(head[0] for head, _ in FIRST_TO_LAST)]
