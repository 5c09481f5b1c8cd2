"""Reading HTML."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.errors import EmptyDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.html import read_html
from tests.indexer.blocks import check_blocks, shapes, words


@pytest.fixture
def read(tmp_path: Path):
    def _read(content: str | bytes) -> Reading:
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        reading = read_html(path)
        check_blocks(reading)
        return reading

    return _read


def test_the_frame_of_a_page_is_left_out(read):
    """Scripts, styles, navigation, page header and footer and hidden parts are no text of the document."""
    reading = read(
        "<head><title>Leave</title><style>p{}</style></head><body><header>Intranet</header><nav>Home</nav><script>x()</script>"
        "<main><header><h1>Leave policy</h1></header><p>Ask <b>early</b>.</p><p hidden>no</p><p style='display: none'>no</p></main>"
        "<footer>© Us</footer></body>"
    )
    assert shapes(reading) == [("heading", 1, "Leave policy"), ("paragraph", 0, "Ask early.")]


def test_title_meta_and_leading_terms_become_properties(read):
    """A page states its properties in its head, or in a list of terms at its start."""
    reading = read(
        "<title> Leave\n policy </title><meta name='Owner' content='HR'><meta property='version' content='3'>"
        "<dl><dt>Next review:</dt><dd>2027-03-01</dd></dl><p>x</p>"
    )
    assert reading.properties == {"title": "Leave policy", "owner": "HR", "version": "3", "next review": "2027-03-01"}


def test_lists_are_numbered_as_shown(read):
    """Start, type and value of an ordered list count; nested items stand further in."""
    reading = read("<ol start=3><li>c<li value=7>g<ul><li>deep</ul></ol><ol type=a><li>x<li>y</ol><ol type=I><li>z</ol>")
    assert reading.text.characters == "3. c\n7. g\n  - deep\na. x\nb. y\nI. z"


def test_tables_have_headers_rows_and_captions(read):
    """Header cells or bold ones name columns; a row header does not make its row one."""
    reading = read(
        "<table><caption>Periods</caption><thead><tr><th>Data<th>Kept</thead><tr><td>Logs<br>all<td>1 year</table>"
        "<table><tr><th scope=row>Owner</th><td>HR</td></tr></table>"
        "<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>"
    )
    assert shapes(reading) == [
        ("paragraph", 0, "Periods"),
        ("table header", 0, "| Data | Kept |"),
        ("table row", 0, "| Logs all | 1 year |"),
        ("table row", 0, "| Owner | HR |"),
        ("table header", 0, "| A | B |"),
        ("table row", 0, "| 1 | 2 |"),
    ]


def test_a_table_that_only_places_text_is_no_table(read):
    """One cell a row is layout: its headings stay headings."""
    assert shapes(read("<table><tr><td><h2>Scope</h2><p>All.</p></table>")) == [("heading", 2, "Scope"), ("paragraph", 0, "All.")]


def test_line_breaks_and_code_keep_their_lines(read):
    """<br> ends a line, <pre> keeps its own, other white space is one space."""
    assert words(read("<p>a\n  b<br>c</p><pre>x\n  y</pre>")) == ["a b\nc", "x\n  y"]


def test_the_declared_charset_is_used(read):
    """A page in Latin-1 that says so reads without a warning."""
    reading = read("<meta charset='iso-8859-1'><p>Café".encode("latin-1"))
    assert (reading.text.characters, reading.warnings) == ("Café", ())


def test_a_page_without_words_is_empty(read):
    """Images and scripts alone are nothing to search."""
    with pytest.raises(EmptyDocumentError):
        read("<body><img src=x><script>y</script></body>")


def test_deep_nesting_needs_no_recursion(read):
    """Thousands of nested elements, lists and tables are read."""
    began = time.process_time()
    assert "x" in read("<div>" * 3000 + "x").text.characters
    assert words(read("<ul><li>a" * 1500))[-1] == "- a"
    assert "| a | b" in read("<table><tr><td>a<td>b" * 500).text.characters
    assert "Scope" in read("<table><tr><td>a<td><h2>Scope</h2>b" * 1500).text.characters
    assert time.process_time() - began < 5


EXPORTED = """<html><head><title>IT Security : Access Control Policy</title></head><body>
<div id="page"><div id="main" class="aui-page-panel">
<div id="main-header"><div id="breadcrumb-section"><ol id="breadcrumbs">
<li class="first"><span><a href="index.html">IT Security</a></span></li>
<li><a href="P_1.html">Policies</a></li></ol></div>
<h1 id="title-heading"><span id="title-text">IT Security : Access Control Policy</span></h1></div>
<div id="content" class="view"><div class="page-metadata">Created by <span class='author'> Amira Okafor</span>, last modified by
<span class='editor'> Bo Lind</span> on Mar 02, 2026</div>
<div id="main-content" class="wiki-content group"><div class="toc-macro"><ul><li>1 Purpose</li></ul></div>
<h1>1 Purpose</h1><p>Access is reviewed every quarter.</p>
<div class="confluence-information-macro"><p class="title">Mind</p><p>Guests too.</p></div>
<div class="table-wrap"><table><tr><th>Owner</th><td>CISO</td></tr></table></div></div>
<div class="pageSection group">
<div class="pageSectionHeader"><h2 id="attachments">Attachments:</h2></div><a href="attachments/1/2.pdf">a.pdf</a></div>
<div class="pageSection group">
<div class="pageSectionHeader"><h2 id="comments">Comments:</h2></div><p>Is this still so?</p></div>
</div></div><div id="footer"><p>Document generated by Confluence on Mar 05, 2026 10:00</p></div></div></body></html>"""


def test_a_page_that_confluence_exported_is_its_author_s_words(read):
    """Breadcrumbs, dates, contents, attachments, comments and the footer are taken out; the space is no part of the title."""
    reading = read(EXPORTED)
    assert shapes(reading) == [
        ("heading", 1, "Access Control Policy"),
        ("heading", 1, "1 Purpose"),
        ("paragraph", 0, "Access is reviewed every quarter."),
        ("paragraph", 0, "Mind"),
        ("paragraph", 0, "Guests too."),
        ("table row", 0, "| Owner | CISO |"),
    ]
    assert reading.properties == {"title": "Access Control Policy", "author": "Amira Okafor", "modified": "Mar 02, 2026"}


def test_a_page_of_another_origin_keeps_its_comments(read):
    """A heading "Comments" of an author's own is text."""
    assert ("heading", 2, "Comments") in shapes(read('<h2 id="comments">Comments</h2><p>Send them to the owner.</p>'))


def test_a_name_that_reaches_down_beside_data_names_columns_in_its_own_row_alone(read):
    """The rows beside it are data: only below a name over several columns stand further names."""
    rows = "<tr><th>Zone<th>Fee<th rowspan=2>In euro</tr><tr><td>A<td>5</tr><tr><td>B<td>6<td>x</tr>"
    kinds = [kind for kind, _, _ in shapes(read(f"<table>{rows}</table>"))]
    assert kinds == ["table header", "table row", "table row"]


def test_merged_cells_are_said_in_each_row_and_column(read):
    """A name over two columns leaves none of them shifted, one over two rows holds in both."""
    reading = read(
        "<table><tr><th rowspan=2>Line<th colspan=2>Fare</tr><tr><th>Day<th>Night</tr><tr><td rowspan=2>A<td>2<td>3</tr>"
        "<tr><td>4<td>5</tr><tr><td>B<td>6<td>7</tr></table>"
    )
    assert shapes(reading) == [
        ("table header", 0, "| Line | Fare | Fare |"), ("table header", 0, "| Line | Day | Night |"),
        ("table row", 0, "| A | 2 | 3 |"), ("table row", 0, "| A | 4 | 5 |"), ("table row", 0, "| B | 6 | 7 |"),
    ]  # fmt: skip


def test_a_table_that_holds_a_headed_part_is_read_as_text(read):
    """A heading with text in one cell, or bold lines over sentences, are parts of a document; what stands beside them comes after."""
    page = "<h1>Keys</h1><table><tr><td>{}</td><td><p>Links</p></td></tr></table>"
    assert shapes(read(page.format("<h2>1. Issue</h2><p>Sign for it.</p>")))[1:] == [
        ("heading", 2, "1. Issue"), ("paragraph", 0, "Sign for it."), ("paragraph", 0, "Links"),
    ]  # fmt: skip
    bold = "<p><b>1. Issue</b></p><p>Sign for it.</p><p><b>2. Loss</b></p><p>Say so.</p>"
    assert words(read(page.format(bold)))[1:] == ["1. Issue", "Sign for it.", "2. Loss", "Say so.", "Links"]


def test_a_table_of_data_stays_one_whatever_its_cells_are_set_in(read):
    """One headed line a cell, a bold name over its value, or sections below named columns are data."""
    assert words(read("<table><tr><td><h3>Email</h3></td><td>2 years</td></tr><tr><td><h3>Logs</h3></td><td>1 year</td></tr></table>")) == [
        "| Email | 2 years |", "| Logs | 1 year |",
    ]  # fmt: skip
    assert words(read("<table><tr><td><b>Owner</b><br>CISO</td><td><p><b>Version</b></p><p>2.1</p></td></tr></table>")) == [
        "| Owner CISO | Version 2.1 |"
    ]
    named = "<table><tr><th>Step</th><th>What</th></tr><tr><td>1</td><td><h3>Call</h3><p>Ring the desk.</p></td></tr></table>"
    assert words(read(named)) == ["| Step | What |", "| 1 | Call Ring the desk. |"]


def test_rows_of_data_between_placed_ones_stay_rows(read):
    """A page laid out in one table keeps the rows of data in it together, and each caption above them."""
    section = "<tr><td><h2>{0}</h2><p>About {0}.</p></td><td></td></tr>"
    data = "<tr><td>Email</td><td>2 years</td></tr><tr><td>Logs</td><td>1 year</td></tr>"
    page = "<table><caption>All</caption>" + section.format("Scope") + data + section.format("Review") + "</table>"
    assert words(read(page)) == ["All", "Scope", "About Scope.", "| Email | 2 years |", "| Logs | 1 year |", "Review", "About Review."]


def test_a_table_within_a_cell_keeps_its_parts_apart(read):
    """Its cells are parted by dashes and its rows by semicolons, so that its row can be quoted."""
    inner = "<table><tr><td>Up to £500<td>Line manager<tr><td>Above<td>Director</table>"
    assert words(read(f"<table><tr><th>Topic<th>Rule</tr><tr><td>Approval<td>Who signs: {inner}See below.</table>"))[1:] == [
        "| Approval | Who signs: Up to £500 – Line manager; Above – Director; See below. |"
    ]


def test_what_sharepoint_and_roles_mark_as_the_page_s_frame_is_left_out(read):
    """Bars, ribbons and menus are no text of the page."""
    page = "<div id='suiteBar'>Sites</div><div id='sideNavBox'>Home</div><div role='navigation'>Menu</div><div role='banner'>Us</div>"
    assert words(read(page + "<main><div role='banner'>Keys</div></main>")) == ["Keys"]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        (
            "<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a>",
            "<ol><li id='fn1'><p>For a year.<a href='#fnref1' class='footnote-back'>↩︎</a></p></li></ol>",
        ),
        (
            "<sup data-fn='u' class='fn'><a href='#u' id='u-link'>1</a></sup>",
            "<ol class='wp-block-footnotes'><li id='u'>For a year. <a href='#u-link' aria-label='Jump'>↩︎</a></li></ol>",
        ),
        (
            "<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'><span>[</span>1<span>]</span></a></sup>",
            "<ol><li id='cite_note-1'><span class='mw-cite-backlink'><a href='#cite_ref-1'>^</a></span> <span>For a year.</span></li></ol>",
        ),
        (
            "<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>",
            "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a>&nbsp;For a year.</p></div>",
        ),
        (
            "<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>",
            "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'><sup>[1]</sup></a> For a year.</p></div>",
        ),
        (
            "<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>",
            "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'><span class=MsoFootnoteReference>[1]</span></a> For a year.</p></div>",
        ),
    ],
    ids=["pandoc", "wordpress", "mediawiki", "google", "word", "word, filtered"],
)
def test_a_note_stands_behind_the_block_that_refers_to_it(read, reference, note):
    """Its mark is shown in the text and before the note; links back are no text, nor is the list of notes at the end."""
    page = f"<h2>A</h2><p>Keep logs.{reference}</p><h2>B</h2><p>End.</p>{note}"
    assert words(read(page)) == ["A", "Keep logs.[1]", "[1] For a year.", "B", "End."]


def test_a_note_of_several_blocks_keeps_them_apart(read):
    """Its mark stands before the first."""
    note = "<li id=n><p>A year.</p><ul><li>from May</li></ul><p>No less.</p><p><a href='#r'>↩</a></p></li>"
    page = f"<p>Keep logs.<sup><a href='#n' id=r>1</a></sup></p><h2>B</h2><p>End.</p><ol>{note}</ol>"
    assert words(read(page)) == ["Keep logs.[1]", "[1] A year.", "- from May", "No less.", "B", "End."]


def test_notes_stand_behind_the_list_or_the_table_and_in_the_order_of_their_marks(read):
    """A note within a note comes behind that; one that is referred to twice stands at the first."""

    def mark(name: str, number: int) -> str:
        return f"<sup><a href='#n{name}' id='r{name}'>{number}</a></sup>"

    texts = {"a": f"One{mark('c', 3)}.", "b": "Two.", "c": "Three."}
    notes = "".join(f"<li id='n{name}'>{text}<a href='#r{name}'>↩</a></li>" for name, text in texts.items())
    page = (
        f"<ul><li>x{mark('a', 1)}</li><li>y{mark('b', 2)}</li></ul><table><tr><td>p<td>q<sup><a href='#na'>1</a></sup></table>"
        f"<p>z<sup><a href='#top'>2</a></sup></p><p id=top>See <a href='#nb'>2</a>.</p><ol>{notes}</ol>"
    )
    assert words(read(page)) == ["- x[1]", "- y[2]", "[1] One[3].", "[3] Three.", "[2] Two.", "| p | q[1] |", "z2", "See 2."]


def test_styles_say_what_is_bold(read):
    """By class or by the element's own style, which outweigh its name."""
    page = (
        "<style>.c0{color:red;font-weight:700}p.c1{font-weight:bold}.c2{font-weight:400}</style><p><span class=c0>Tills</span></p>"
        "<p class=c1>Safe</p><p style='font-weight: bold'>Keys</p><p><b class=c2>Plain</b></p><p><b style='font-weight:normal'>too</b></p>"
    )
    assert [block.bold for block in read(page).blocks] == [True, True, True, False, False]


def test_styles_say_how_lists_are_marked(read):
    """As letters, as Google writes them, or not at all."""
    page = (
        '<style>.low{list-style-type:lower-alpha}.k-0>li:before{content:"(" counter(k-0,lower-roman) ") "}</style>'
        "<ol class=low><li>x</ol><ol class=k-0 start=2><li>y</ol>"
        "<ol style='list-style: none'><li>z</ol><ol style='list-style-type: upper-latin'><li>w</ol>"
    )
    assert words(read(page)) == ["a. x", "(ii) y", "- z", "A. w"]


def test_a_heading_that_begins_an_item_bears_its_number(read):
    """As it is shown; a bullet is no number."""
    page = "<ol><li><h2>Scope</h2><p>All.</p><li><h2>Rules</h2></ol><ul><li><h3>Doors</h3></ul>"
    assert shapes(read(page)) == [
        ("heading", 2, "1. Scope"), ("paragraph", 0, "All."), ("heading", 2, "2. Rules"), ("heading", 3, "Doors"),
    ]  # fmt: skip


def test_styles_may_count_items_with_those_around_them(read):
    """As contracts and terms do; a list of another class counts by itself."""
    page = (
        "<style>ol.law{counter-reset:item} .law li::before{content: counters(item, '.') ' ';counter-increment:item}</style>"
        "<ol class=law><li>Fees<ol class=law><li>Fees are due in May.<li>They are:<ol class=x type=a><li>small</ol></ol><li>Ends</ol>"
    ).replace("'", '"')
    assert [line.strip() for line in words(read(page))] == ["1 Fees", "1.1 Fees are due in May.", "1.2 They are:", "1.2.1 small", "2 Ends"]
    assert words(read(page.replace(".law li", ".law > li")))[3:] == ["a. small", "2 Ends"]
    assert words(read(page.replace(".law li", "..law >> li")))[0] == "1. Fees"  # no selector at all


def test_no_number_shows_more_lists_than_a_person_counts(read):
    """Lists within lists without end would fill a text with their numbers."""
    page = "<style>li::before{content:counters(item,'.') ' '}</style>".replace("'", '"') + "<ol><li>Fees" * 300
    assert max(map(len, words(read(page)))) < 100


def test_a_section_that_raised_figures_lead_to_is_no_note(read):
    """Its heading may lead back to the contents; a heading above the only note stays where it is."""
    link = "<p>See<sup><a id=r href='#n'>1</a></sup>.</p>"
    assert shapes(read(f"{link}<div id=n><h2>Logs</h2><p>Kept. <a href='#r'>up</a></p></div>"))[1][:2] == (BlockKind.HEADING, 2)
    assert shapes(read(f"{link}<h2 id=n>Logs <a href='#r'>up</a></h2><p>Kept.</p>"))[1][:2] == (BlockKind.HEADING, 2)
    assert words(read(f"{link}<div><h2>Notes</h2><p id=n>Kept. <a href='#r'>up</a></p></div>")) == ["See[1].", "[1] Kept.", "Notes"]


def test_a_note_with_many_references_is_read_in_time_with_their_number(read):
    def seconds(references: int) -> float:
        back = "".join(f"<a href='#r{at}'>^</a>" for at in range(references))
        page = "".join(f"<p>Keep logs.<sup><a id=r{at} href='#n'>1</a></sup></p>" for at in range(references))
        begin = time.process_time()
        assert len(words(read(f"{page}<ol><li id=n>For a year. {back}</li></ol>"))) == references + 1
        return time.process_time() - begin

    seconds(100)
    assert seconds(4000) < 10 * seconds(1000) + 0.1


def test_what_makers_of_sites_add_is_left_out(read):
    """Signs that link to a heading, links that skip to the text, and the numbers of lines of code."""
    page = (
        "<a href='#a'>Skip to content</a><h1 id=a>Keys<a class=headerlink href='#a'>¶</a></h1><p>See <a href='#a'>above</a>.</p>"
        "<table><tr><td class=linenos><pre>1</pre></td><td><pre>shred key</pre></td></tr></table>"
        "<p><label>Linz</label><label>Turku</label></p>"
    )
    assert words(read(page)) == ["Keys", "See above.", "shred key", "Linz Turku"]


def test_a_page_of_sharepoint_has_the_title_that_it_shows(read):
    """The page's own begins with the site's name."""
    page = "<title>Policies - Cold Store</title><div><span id=DeltaPlaceHolderPageTitleInTitleArea>Cold Store</span></div><p>x</p>"
    assert read(page).properties["title"] == "Cold Store"


def test_items_of_a_list_within_a_cell_are_parted(read):
    """By semicolons where they end without a stop."""
    page = "<table><tr><td>Deposit:<ul><li>staff: none<li>students: 50 euros.<li>guests</ul><td>Desk</table>"
    assert words(read(page)) == ["| Deposit: staff: none; students: 50 euros. guests | Desk |"]


def test_what_word_writes_as_paragraphs_is_read_as_what_it_is(read):
    """Its title, its contents, and its lists with the level and the marker of each item; a clause's number begins a paragraph."""

    def item(level: int, marker: str, text: str) -> str:
        return f"<p style='text-indent:-18pt;mso-list:l0 level{level} lfo1'><span style='mso-list:Ignore'>{marker}&nbsp; </span>{text}</p>"

    page = (
        "<p class=MsoTitle>Ladders</p><p class=MsoToc1>1 Checks 4</p>"
        + item(2, "1.1", "Each is checked:") + item(1, "·", "rungs") + item(2, "o", "feet") + item(1, "(a)", "stiles") + "<p>End.</p>"
    )  # fmt: skip
    assert shapes(read(page)) == [
        ("heading", 1, "Ladders"), ("furniture", 0, "1 Checks 4"), ("paragraph", 0, "1.1 Each is checked:"), ("list item", 1, "- rungs"),
        ("list item", 2, "- feet"), ("list item", 1, "(a) stiles"), ("paragraph", 0, "End."),
    ]  # fmt: skip


def test_line_breaks_may_part_paragraphs_and_titles(read):
    """Two in a row end a paragraph; a bold line above a sentence is a block of its own, one above a name is none."""
    page = "<p><b>1. Booking</b><br>Boats are booked by telephone.<br>Or in person.<br><br><b>Office</b><br>Pier 2</p>"
    made = read(page)
    assert words(made) == ["1. Booking", "Boats are booked by telephone.\nOr in person.", "Office\nPier 2"]
    assert [block.bold for block in made.blocks] == [True, False, False]
    assert words(read(f"<table><tr><td>Menu</td><td>{page.replace('Pier 2', 'Pier 2.')}</td></tr></table>"))[1:] == [
        "1. Booking", "Boats are booked by telephone.\nOr in person.", "Office", "Pier 2.",
    ]  # fmt: skip


def test_a_menu_of_links_at_the_start_is_furniture(read):
    """Also as a list; a single link may be the title, and links further on are text."""
    menu = "<a href=a>Home</a> | <a href=b>News</a>"
    assert shapes(read(f"<p>{menu}</p><ul><li><a href=c>Rules</a></ul><p>Boats</p><p>{menu}</p>")) == [
        ("furniture", 0, "Home | News"), ("furniture", 0, "Rules"), ("paragraph", 0, "Boats"), ("paragraph", 0, "Home | News"),
    ]  # fmt: skip
    assert shapes(read("<p><a href=d>Boat Hire Rules</a></p>")) == [("paragraph", 0, "Boat Hire Rules")]


def test_what_wikis_and_blogs_put_around_a_page_is_left_out(read):
    """Links that edit or lead back, contents that they made, and what others said."""
    page = (
        "<div class=breadcrumbs>Home » Keys</div><h1>Keys</h1><div id=toc>Contents 1 Loss</div>"
        "<h2>Loss<span class=mw-editsection>[edit]</span></h2><p>Say so.</p>"
        "<div class=comments-area>Nice!</div><div id=catlinks>Category: Keys</div>"
    )
    assert words(read(page)) == ["Keys", "Loss", "Say so."]
