"""Lines of a page that only link to its headings are contents."""

from __future__ import annotations

from indexer.readers.canvas import Canvas
from indexer.readers.html import write_html
from tests.indexer.blocks import shapes


def read(page: str):
    canvas = Canvas()
    write_html(canvas, page)
    return canvas.reading()


def test_lines_that_only_link_to_headings_of_their_words_are_contents():
    """With the number of a page behind; a line that says more is text."""
    page = (
        "<p><a href='#a'>Logs</a> <a href='#a'>1</a></p><p><a href='#b'>Keys ... 2</a></p><h1 id=a>Logs</h1>"
        "<p>See <a href='#b'>Keys</a></p><h1><a name=b></a>Keys</h1><p>None.</p>"
    )
    assert [kind for kind, _, _ in shapes(read(page))] == ["furniture", "furniture", "heading", "paragraph", "heading", "paragraph"]


def test_a_list_of_links_to_headings_and_its_title_are_contents():
    """Below a heading of its own, the items of inner lists with it; where each leads elsewhere it is a list."""
    page = (
        "<h1>Rules</h1><h2>Contents</h2><ul><li><a href='#a'>Logs</a><ol><li><a href='#b'>Mail</a></li></ol></li></ul>"
        "<p>Read it all.</p><h2 id=a>Logs</h2><section id=b><h3>Mail</h3><p>None.</p></section>"
    )
    kinds = ["heading", *["furniture"] * 3, "paragraph", "heading", "heading", "paragraph"]
    assert [kind for kind, _, _ in shapes(read(page))] == kinds
    elsewhere = page.replace("#a'", "#x'").replace("#b'", "#y'")
    assert "furniture" not in {kind for kind, _, _ in shapes(read(elsewhere))}
