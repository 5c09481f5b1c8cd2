"""Pages that Google Docs made, and those that Word saved for the web, filtered."""

from __future__ import annotations

from indexer.readers.canvas import Canvas
from indexer.readers.html import write_html
from tests.indexer.blocks import shapes, words


def read(page: str):
    canvas = Canvas()
    write_html(canvas, page)
    return canvas.reading()


def test_comments_are_no_text_of_the_document():
    """Neither their marks nor what people wrote; a note is."""
    page = (
        "<p>Keep logs.<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup><sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup></p>"
        "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a> For a year.</p></div>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Really?</span></p><p>Yes.</p></div>"
    )
    assert words(read(page)) == ["Keep logs.[1]", "[1] For a year."]


def test_lists_have_the_numbers_and_levels_that_their_classes_say():
    """A list within another stands beside it; the style that takes its marks away has others in their place."""
    page = (
        "<style>ol.lst-kix_x1-0{list-style-type:none}.lst-kix_x1-0>li:before{content:\"\" counter(lst-ctn-kix_x1-0,decimal) \". \"}"
        ".lst-kix_x1-1>li:before{content:\"(\" counter(lst-ctn-kix_x1-1,lower-latin) \") \"}</style>"
        "<ol class='lst-kix_x1-0 start' start=1><li>Logs</li></ol><ol class='lst-kix_x1-1 start' start=1><li>Mail</li></ol>"
        "<ol class='lst-kix_x1-0' start=2><li>Keys</li></ol>"
    )
    assert shapes(read(page)) == [("list item", 1, "1. Logs"), ("list item", 2, "(a) Mail"), ("list item", 1, "2. Keys")]


def test_a_sign_in_a_font_of_signs_is_a_bullet():
    """As deep as it stands in; a letter is one in a font of letters."""
    item = "<p class=MsoListParagraph style='margin-left:{}'><span style='font-family:{}'>{}<span>&nbsp; </span></span>{}</p>"
    items = [("36.0pt", "Symbol", "·", "Logs"), ("1.0in", '"Courier New"', "o", "Mail"), ("0", "Arial", "I", "lock")]
    page = "".join(item.format(*shown) for shown in items)
    assert shapes(read(page)) == [("list item", 1, "- Logs"), ("list item", 2, "- Mail"), ("paragraph", 0, "I lock")]
