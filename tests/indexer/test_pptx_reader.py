"""Reading PowerPoint presentations."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Cm, Pt

from corpus.errors import EmptyDocumentError
from indexer.readers import read as read_any
from indexer.readers.pptx import read_pptx
from tests.indexer.blocks import check_blocks, shapes, words

TITLE, BULLETS, TITLE_ONLY, BLANK = 0, 1, 5, 6  # layouts of the library's template


@pytest.fixture
def deck():
    return pptx.Presentation()


@pytest.fixture
def read(deck, tmp_path: Path):
    def _read():
        deck.save(tmp_path / "deck.pptx")
        reading = read_pptx(tmp_path / "deck.pptx")
        check_blocks(reading)
        return reading

    return _read


def add(deck, layout: int, title: str = ""):
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def box(slide, *lines: str):
    frame = slide.shapes.add_textbox(Cm(2), Cm(8), Cm(10), Cm(3)).text_frame
    frame.text = "\n".join(lines)
    return frame


def number(paragraph, scheme: str, start: int = 1) -> None:
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:buAutoNum {nsdecls("a")} type="{scheme}" startAt="{start}"/>'))


def test_a_slide_is_a_heading_with_its_bullets_and_notes(deck, read):
    """The title is a heading, levels of bullets are kept, and what the speaker's notes say stands under a heading of its own."""
    slide = add(deck, BULLETS, "Lock your\vscreen")
    body = slide.placeholders[1].text_frame
    body.text = "Whenever you leave"
    below = body.add_paragraph()
    below.text, below.level = "even for a moment", 1
    slide.notes_slide.notes_text_frame.text = "Show the keys.\nAsk who forgot."
    assert shapes(read()) == [
        ("heading", 1, "Lock your screen"),
        ("list item", 1, "- Whenever you leave"),
        ("list item", 2, "- even for a moment"),
        ("heading", 2, "Notes"),
        ("paragraph", 0, "Show the keys."),
        ("paragraph", 0, "Ask who forgot."),
    ]


def test_every_slide_is_a_page_labelled_with_its_number(deck, read):
    """Pages follow one another without a gap; a slide without text has an empty one, and the person is told."""
    add(deck, TITLE_ONLY, "First")
    add(deck, BLANK)
    add(deck, TITLE_ONLY, "Third")
    reading = read()
    assert reading.text.characters == "First\n\nThird"
    assert [(page.number, page.label, page.start, page.end) for page in reading.text.pages] == [
        (1, "1", 0, 7), (2, "2", 7, 7), (3, "3", 7, 12),
    ]  # fmt: skip
    assert reading.warnings == ("Slide 2 has no text: it may be a picture.",)


def test_a_slide_without_a_title_is_named_by_its_number(deck, read):
    """Its words do not run on under the title of the slide before."""
    add(deck, TITLE_ONLY, "First")
    box(add(deck, BLANK), "Report it within 1 hour.")
    assert shapes(read())[1:] == [("heading", 1, "Slide 2"), ("paragraph", 0, "Report it within 1 hour.")]


def test_a_box_in_the_largest_type_above_the_others_is_the_title_of_a_slide_without_one(deck, read):
    """It stands once; the uppermost box in the others' type is none."""
    for size in (32, 18):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for top, text, points in ((5, "Call the desk.", 18), (1, "In a spill", size)):
            run = slide.shapes.add_textbox(Cm(1), Cm(top), Cm(9), Cm(2)).text_frame.paragraphs[0].add_run()
            run.text, run.font.size = text, Pt(points)
    assert words(read()) == ["In a spill", "Call the desk.", "Slide 2", "Call the desk.", "In a spill"]


def test_tables_have_a_header_only_where_the_first_row_is_one(deck, read):
    """A merged cell stands once, and line breaks in a cell do not end the row."""
    slide = add(deck, TITLE_ONLY, "Levels")
    for first_row in (True, False):
        table = slide.shapes.add_table(2, 2, Cm(2), Cm(4), Cm(10), Cm(3)).table
        table.first_row = first_row
        table.cell(0, 0).text, table.cell(0, 1).text = "Level", "Example"
        table.cell(1, 0).text = "Restricted\nkeys"
        table.cell(1, 0).merge(table.cell(1, 1))
    assert shapes(read())[1:] == [
        ("table header", 0, "| Level | Example |"),
        ("table row", 0, "| Restricted keys |"),
        ("table row", 0, "| Level | Example |"),
        ("table row", 0, "| Restricted keys |"),
    ]


def test_a_merged_cell_is_said_in_each_row_that_it_covers(deck, read):
    """So that each row says what it is about."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    table = slide.shapes.add_table(3, 2, Cm(2), Cm(4), Cm(10), Cm(3)).table
    for at, text in enumerate(("Room", "Who", "Archive", "Clerks", "", "Auditors")):
        table.cell(at // 2, at % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert words(read())[-3:] == ["| Room | Who |", "| Archive | Clerks |", "| Archive | Auditors |"]


def test_numbered_paragraphs_carry_the_numbers_that_are_shown(deck, read):
    """Numbers begin where the author lets them and again after other text; letters and plain paragraphs are told apart."""
    frame = box(add(deck, TITLE_ONLY, "Steps"), "Stay calm", "Unplug", "Ring", "Then", "Wait", "Tell")
    for position, scheme, start in ((1, "arabicPeriod", 3), (2, "arabicPeriod", 3), (4, "alphaLcParenBoth", 1), (5, "romanUcParenR", 4)):
        number(frame.paragraphs[position], scheme, start)
    assert [text for _, _, text in shapes(read())[1:]] == ["Stay calm", "3. Unplug", "4. Ring", "Then", "(a) Wait", "IV) Tell"]


def test_bullets_that_were_switched_off_are_none(deck, read):
    """A paragraph of the body without a bullet is a paragraph; a bullet in a text box is an item."""
    slide = add(deck, BULLETS, "Slide")
    slide.placeholders[1].text_frame.text = "Plain"
    slide.placeholders[1].text_frame.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
    box(slide, "Marked").paragraphs[0]._p.get_or_add_pPr().append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
    assert shapes(read())[1:] == [("paragraph", 0, "Plain"), ("list item", 1, "- Marked")]


def test_words_in_groups_and_on_the_title_slide_are_read(deck, read):
    """A subtitle is a paragraph; shapes of a group stand where the group does."""
    slide = add(deck, TITLE, "Security")
    slide.placeholders[1].text = "For everyone"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(1)).text_frame.text = "Inside"
    assert shapes(read()) == [("heading", 1, "Security"), ("paragraph", 0, "For everyone"), ("paragraph", 0, "Inside")]


def test_hidden_slides_are_left_out_and_told(deck, read):
    """What no audience sees is not quoted, and the slides after it keep their numbers."""
    add(deck, TITLE_ONLY, "Secret").element.set("show", "0")
    add(deck, TITLE_ONLY, "Open")
    reading = read()
    assert (reading.text.characters, [page.label for page in reading.text.pages]) == ("Open", ["2"])
    assert reading.warnings == ("The hidden slide 1 was left out.",)


def test_slide_numbers_are_furniture(deck, read):
    """What stands on every slide is in the text and in no passage."""
    slide = add(deck, TITLE_ONLY, "Slide")
    footer = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Footer"/><p:cNvSpPr/><p:nvPr><p:ph type="ftr" idx="11"/></p:nvPr>'
        "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Merrowline</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(parse_xml(footer))
    assert shapes(read())[1:] == [("furniture", 0, "Merrowline")]


def test_a_field_with_the_number_of_the_slide_prints_it(deck, read):
    """What stands in the file is a stand-in."""
    add(deck, TITLE_ONLY, "Doors")
    slide = add(deck, TITLE_ONLY, "Gates")
    box = slide.shapes.add_textbox(0, 0, Cm(5), Cm(1)).text_frame.paragraphs[0]
    box.add_run().text = "Page "
    box._p.append(parse_xml(f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:t>‹#›</a:t></a:fld>'))
    assert words(read())[-1] == "Page 2"


def test_properties_are_read(deck, read):
    """Title and author reach the metadata; what is not set does not."""
    deck.core_properties.title, deck.core_properties.author = "Security Awareness", "Head of Security"
    deck.core_properties.comments = ""
    add(deck, TITLE_ONLY, "Slide")
    assert {key: read().properties[key] for key in ("title", "author")} == {"title": "Security Awareness", "author": "Head of Security"}
    assert "comments" not in read().properties


def test_a_deck_of_pictures_is_empty(deck, read):
    """Without a word on any slide there is nothing to index."""
    add(deck, BLANK)
    with pytest.raises(EmptyDocumentError):
        read()


def test_smart_art_is_read_from_its_own_part(deck, tmp_path: Path):
    """Words of a diagram, which PowerPoint keeps in another part, become items."""
    slide = add(deck, TITLE_ONLY, "Cycle")
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    frame = (
        f'<p:graphicFrame {nsdecls("p", "a", "r")}><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="{diagram}">'
        f'<dgm:relIds xmlns:dgm="{diagram}" r:dm="rId77"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    slide.shapes._spTree.append(parse_xml(frame))
    deck.save(tmp_path / "plain.pptx")
    words = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("Plan", "", "Do"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="../diagrams/data1.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "plain.pptx") as old, zipfile.ZipFile(tmp_path / "art.pptx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            linked = content.replace(b"</Relationships>", link.encode())
            new.writestr(name, linked if name == "ppt/slides/_rels/slide1.xml.rels" else content)
        new.writestr("ppt/diagrams/data1.xml", f'<dgm:dataModel xmlns:dgm="{diagram}" {nsdecls("a")}>{words}</dgm:dataModel>')
    assert shapes(read_any(tmp_path / "art.pptx"))[1:] == [("list item", 1, "- Plan"), ("list item", 1, "- Do")]


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3), WORDS), min_size=1, max_size=4))
def test_whatever_slides_say_blocks_and_pages_hold(tmp_path: Path, slides: list[tuple[str, list[str], str]]):
    """Blocks are in order and apart, pages cover the text without a gap, and every slide has one."""
    deck = pptx.Presentation()
    for title, lines, note in slides:
        slide = add(deck, BULLETS, title)
        slide.placeholders[1].text_frame.text = "\n".join(lines)
        slide.notes_slide.notes_text_frame.text = note
    deck.save(tmp_path / "deck.pptx")
    try:
        reading = read_pptx(tmp_path / "deck.pptx")
    except EmptyDocumentError:
        return
    check_blocks(reading)
    pages = reading.text.pages
    assert [page.number for page in pages] == list(range(1, len(slides) + 1))
    assert [page.start for page in pages] == [0, *(page.end for page in pages[:-1])]
    assert pages[-1].end == len(reading.text.characters)
