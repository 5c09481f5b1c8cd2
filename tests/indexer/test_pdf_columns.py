"""Tables and lists in columns without ruling lines are read cell by cell, never across."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers.base import BlockKind, Reading
from indexer.readers.pdf import read_pdf
from indexer.readers.pdf_letters import HYPHEN
from indexer.readers.pdf_text import Hyphens, joined
from indexer.readers.pdf_urls import goes_on

Placed = tuple[float, float, str]


def draw(path: Path, *pages: Sequence[Placed], bold: frozenset[str] = frozenset()) -> Path:
    """A PDF whose pages hold (x, y from the top, text) lines in 10 point type."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        for x, y, text in page:
            canvas.setFont("Helvetica-Bold" if text in bold else "Helvetica", 10)
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return path


def texts(reading: Reading, *kinds: BlockKind) -> list[str]:
    return [reading.text.characters[block.start : block.end] for block in reading.blocks if block.kind in kinds]


def rows(reading: Reading) -> list[str]:
    return texts(reading, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


CONTACTS = [
    (72, 120, "Whom to tell"), (330, 120, "Address"),
    (72, 140, "Office of Payments and Card Fraud (OPCF),"), (330, 140, "https://fraud.example/"), (72, 152, "Department of Money"),
    (72, 172, "Data Protection Desk"), (330, 172, "https://desk.example/report"),
    (72, 192, "Association of Breach Coordinators"), (330, 192, "https://abc.example/"),
]  # fmt: skip


def test_a_cell_that_wraps_beside_an_address_is_whole(tmp_path):
    """The left cell's two lines stay together, and the address beside its first is a cell of its own."""
    after = (72, 230, "Nobody else outside the company is told without the consent of the Security Team and of the lawyers.")
    reading = read_pdf(draw(tmp_path / "contacts.pdf", [*CONTACTS, after], bold=frozenset({"Whom to tell", "Address"})))
    assert rows(reading) == [
        "| Whom to tell | Address |",
        "| Office of Payments and Card Fraud (OPCF), Department of Money | https://fraud.example/ |",
        "| Data Protection Desk | https://desk.example/report |",
        "| Association of Breach Coordinators | https://abc.example/ |",
    ]
    assert texts(reading, BlockKind.TABLE_HEADER) == ["| Whom to tell | Address |"]
    assert texts(reading, BlockKind.PARAGRAPH) == [after[2]]


def test_a_list_of_terms_has_a_row_for_each(tmp_path):
    """Evenly spaced terms are rows; a meaning that wraps stays with its term."""
    terms = [("BIA", "Business impact analysis"), ("RPO", "Recovery point objective, the newest data that may be lost when"),
             ("", "a system fails"), ("Restore test", "Recovery on trial"),
             ("RTO", "Recovery time objective"), ("TLS", "Transport layer security")]  # fmt: skip
    placed = chain.from_iterable([(72.0, 100.0 + 13 * i, term), (136.0, 100.0 + 13 * i, text)] for i, (term, text) in enumerate(terms))
    reading = read_pdf(draw(tmp_path / "terms.pdf", [line for line in placed if line[2]]))
    assert rows(reading) == [
        "| BIA | Business impact analysis |",
        "| RPO | Recovery point objective, the newest data that may be lost when a system fails |",
        "| Restore test | Recovery on trial |",
        "| RTO | Recovery time objective |",
        "| TLS | Transport layer security |",
    ]


def test_a_line_below_a_list_of_terms_is_no_part_of_it(tmp_path):
    """What begins at the margin after a colon is a paragraph of its own, though no term is as wide."""
    fields = [("User:", "mira"), ("Door:", "East 2"), ("Cause:", "drill")]
    placed = [line for i, (name, value) in enumerate(fields) for line in ((72.0, 100.0 + 13 * i, name), (160.0, 100.0 + 13 * i, value))]
    reading = read_pdf(draw(tmp_path / "fields.pdf", [*placed, (72.0, 139.0, "Remarks")]))
    assert rows(reading) == ["| User: | mira |", "| Door: | East 2 |", "| Cause: | drill |"]
    assert texts(reading, BlockKind.PARAGRAPH) == ["Remarks"]


def test_a_few_lines_of_running_text_in_columns_are_read_down_each(tmp_path):
    """Columns too short to be told by the whole page do not mix their lines either."""
    left = ["Visitors are asked for their name,", "the name of their host and the", "hour at which they come, and are", "given a badge."]
    right = ["Couriers leave parcels at the desk", "and never go past that door again,", "whatever they carry and whoever it", "is for."]
    page = [(x, 100.0 + 12 * i, text) for x, column in ((72.0, left), (330.0, right)) for i, text in enumerate(column)]
    characters = read_pdf(draw(tmp_path / "short.pdf", page)).text.characters
    assert " ".join(left) in characters
    assert " ".join(right) in characters


def flush(x: float, y: float, *lines: str) -> list[Placed]:
    """Lines that end at x, the first at y from the top."""
    return [(x - stringWidth(line, "Helvetica", 10), y + 12 * i, line) for i, line in enumerate(lines)]


def test_blocks_set_flush_right_are_read_one_after_the_other(tmp_path):
    """Those on one height from the left, then those below; a block without a neighbour is a block."""
    mira, tom = ["Mira Ostrander", "Harbour Office", "Team for Doors and Keys"], ["Tom Bell", "Legal", "Bright & Sons, Ltd."]
    ines, ida, max = ["Ines Fontaine-Marchetti", "Badge Desk"], ["Ida Roux", "School of Locks"], ["Max Ode", "Printer"]
    blocks = [(260, 120, mira), (450, 120, tom), (260, 170, ines), (450, 170, ida), (450, 210, max)]
    page = [placed for x, y, block in blocks for placed in flush(x, y, *block)]
    title, rule = "Keys of the Harbour", "Who has a key answers for it."
    reading = read_pdf(draw(tmp_path / "title.pdf", [(72, 90, title), *page, (72, 260, rule)]))
    assert texts(reading, BlockKind.PARAGRAPH) == [title, *mira, *tom, *ines, *ida, *max, rule]


@pytest.mark.parametrize("steps", [(0, 12, 24, 36), (0, 12, 40, 52)])
def test_figures_set_flush_right_are_read_across(tmp_path, steps):
    """Whatever their spacing: a sum belongs to its year."""
    years = [("2021", "1,204"), ("2022", "87"), ("23rd year", "12,960"), ("2024", "3")]
    page = [placed for step, pair in zip(steps, years, strict=True) for x, text in zip((200, 380), pair, strict=True)
            for placed in flush(x, 120 + step, text)]  # fmt: skip
    assert read_pdf(draw(tmp_path / "years.pdf", page)).text.characters.split() == " ".join(map(" ".join, years)).split()


def test_names_set_flush_right_in_even_steps_are_read_across(tmp_path):
    """Nothing says that they belong together down the page."""
    pairs = [("Owner", "Ines Fontaine"), ("Approved by", "Tom Bell"), ("Keeper", "Mira Ostrander"), ("Desk", "Ida Roux")]
    page = [placed for i, pair in enumerate(pairs) for x, text in zip((200, 380), pair, strict=True)
            for placed in flush(x, 120 + 12 * i, text)]  # fmt: skip
    assert " ".join(read_pdf(draw(tmp_path / "roles.pdf", page)).text.characters.split()) == " ".join(map(" ".join, pairs))


def test_a_row_that_goes_on_overleaf_keeps_its_sentence(tmp_path):
    """The last row of a page whose cell is unfinished is joined with its end on the next page."""
    first = [(72, 700, "Tier"), (180, 700, "Meaning"), (72, 720, "One"), (180, 720, "Systems without which no customer is served."),
             (72, 740, "Two"), (180, 740, "Systems without which staff work more slowly, but can carry on for at most two"),
             (72, 760, "Three"), (180, 760, "All of the other systems that the company runs, whether they are in its offices, at"),
             (180, 772, "the homes of its staff or in a data centre, and those that are kept only so that old")]  # fmt: skip
    characters = read_pdf(draw(tmp_path / "overleaf.pdf", first, [(180, 80, "records can be read.")])).text.characters
    assert "and those that are kept only so that old records can be read." in characters


def test_lists_and_contents_are_no_tables(tmp_path):
    """Labels with their text, and headings with their pages, remain what they were."""
    steps = [(72, 100.0 + 14 * i, f"{i + 1}.") for i in range(4)] + [(120, 100.0 + 14 * i, f"Step {word}") for i, word in enumerate("abcd")]
    contents = [line for i, name in enumerate(["Purpose", "Scope", "Duties", "Terms"])
                for line in ((72.0, 300.0 + 14 * i, name), (500.0, 300.0 + 14 * i, str(i + 2)))]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "lists.pdf", [*steps, *contents]))
    assert rows(reading) == []
    assert "1. Step a" in texts(reading, BlockKind.LIST_ITEM)


@pytest.mark.parametrize(("line", "following", "whole"), [
    ("See https://www.example.org/", "Department of Money", False),
    ("See https://www.example.org/", "policies/backup.html for more", True),
    ("See https://www.example.org/backup-", "standard.html.", True),
    ("See https://www.example.org/", "and ask", False),
    ("See the left/", "right.html", False),
])  # fmt: skip
def test_an_address_goes_on_only_with_signs_of_an_address(line, following, whole):
    """A word after a slash at a line's end begins anew; a path goes on."""
    assert goes_on(line, following) is whole


def test_an_address_and_the_next_word_keep_their_space():
    """Lines are joined without a space inside an address and after "and/" alone."""
    def of(*lines: str) -> str:
        return joined(lines, Hyphens([]))[0]

    assert of("see https://a.example/", "Department") == "see https://a.example/ Department"
    assert of("see https://a.example/", "b/c.html") == "see https://a.example/b/c.html"
    assert of("staff and/", "or visitors") == "staff and/or visitors"


def test_a_long_paragraph_is_joined_in_time_with_its_lines():
    def seconds(lines: int) -> float:
        begin = time.process_time()
        joined([f"the guard walks round the house and counts the win{HYPHEN}"] * lines, Hyphens([]))
        return time.process_time() - begin

    seconds(100)
    assert seconds(4000) < 10 * seconds(1000) + 0.1


@pytest.mark.parametrize("count", [2, 6])
def test_a_line_with_reference_version_and_page_is_furniture_on_every_page(tmp_path, count):
    """The cover's imprint, with a roman label and at another height, is no clause of the document."""
    pages = [[(72.0, 300.0, f"{i + 1}. Rule number {i + 1}"), (72.0, 330.0, "Keys are counted every evening by whoever leaves last."),
              (72.0, 800.0, f"KEY-04 – v3.0 – Internal Page {i + 1} of {count}")] for i in range(count)]  # fmt: skip
    cover = [(72.0, 300.0, "Key Standard"), (72.0, 780.0, "KEY-04 – v3.0 – Internal i")]
    reading = read_pdf(draw(tmp_path / "keys.pdf", cover, *pages))
    assert texts(reading, BlockKind.FURNITURE)[0] == "KEY-04 – v3.0 – Internal i"
    assert len(texts(reading, BlockKind.FURNITURE)) == count + 1
    assert all(clause.number != "KEY-04" for clause in outline(reading))


def test_a_sentence_at_the_foot_that_ends_in_a_figure_stays(tmp_path):
    """A reference and a figure make no imprint without a version."""
    page = [(72.0, 100.0, "Keys are counted."), (72.0, 790.0, "Each key of AC-2 is returned by floor 3")]
    assert texts(read_pdf(draw(tmp_path / "foot.pdf", page)), BlockKind.FURNITURE) == []


def test_a_bold_heading_that_fills_its_line_parts_from_the_paragraph_below(tmp_path):
    """The change of type after a line in capitals and lower case is enough, though no further word had room."""
    page = [(72.0, 100.0, "Answer to Signs of Theft or of Misuse of the Keys and Badges of This Company"),
            (72.0, 112.0, "Misunderstandings about a key are cleared up at once by the front desk of the building")]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "theft.pdf", page, bold=frozenset({page[0][2]})))
    assert texts(reading, BlockKind.PARAGRAPH) == [page[0][2], page[1][2]]


def test_a_bold_term_that_wraps_stays_with_its_meaning(tmp_path):
    """Bold words that go on in the next line are no heading."""
    path = tmp_path / "term.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for x, y, font, text in [(72, 700, "Helvetica-Bold", "National Emergency Readiness Telecommunications"),
                             (72, 688, "Helvetica-Bold", "Services"),
                             (120, 688, "Helvetica", "are lines kept free for such a state.")]:  # fmt: skip
        canvas.setFont(font, 10)
        canvas.drawString(x, y, text)
    canvas.drawString(72, 640, "Nobody else may use them, whatever the reason is.")
    canvas.save()
    assert texts(read_pdf(path), BlockKind.PARAGRAPH)[0].startswith("National Emergency Readiness Telecommunications Services are")


def test_a_heading_in_regular_type_parts_from_the_paragraph_below(tmp_path):
    """A line in capitals and lower case as headings are, with room for the next word, stands alone."""
    page = [(72, 100, "Handling of Lost Keys and of Badges That Were Given to Visitors by the Main Front Desk"),
            (72, 112, "Lost keys are reported at once, and the lock is changed on the same day when the key opens an outer"),
            (72, 124, "door.")]  # fmt: skip
    assert texts(read_pdf(draw(tmp_path / "lost.pdf", page)), BlockKind.PARAGRAPH) == [
        page[0][2], "Lost keys are reported at once, and the lock is changed on the same day when the key opens an outer door.",
    ]  # fmt: skip


def test_a_clause_says_the_page_on_which_its_heading_stands(tmp_path):
    """Footers that moved behind a sentence, and the sentence itself, leave the page of the next heading alone."""
    first = [(72, 100, "1. Keys"), (72, 740, "Keys that nobody asked for within a year are destroyed by two members of the staff together"),
             (72, 810, "1")]  # fmt: skip
    second = [(72, 100, "and are struck off the register."), (72, 130, "2. Badges"), (72, 150, "Badges are worn."), (72, 810, "2")]
    reading = read_pdf(draw(tmp_path / "pages.pdf", first, second, bold=frozenset({"1. Keys", "2. Badges"})))
    begins = {clause.number: reading.text.pages_of(clause.start, clause.start + 1)[0].number for clause in outline(reading)}
    assert begins == {"1": 1, "2": 2}


def test_titles_set_close_to_one_another_head_their_columns(tmp_path):
    """A line of titles over two rows is the table's first, though one title ends near the next."""
    page = [(72, 100, "Port"), (120, 100, "Mooring"), (166, 100, "Water"), (72, 118, "Ullsby"), (120, 118, "£90"), (166, 118, "£30"),
            (72, 136, "Oxnes"), (120, 136, "£95"), (166, 136, "£35")]  # fmt: skip
    expected = ["| Port | Mooring | Water |", "| Ullsby | £90 | £30 |", "| Oxnes | £95 | £35 |"]
    assert rows(read_pdf(draw(tmp_path / "fees.pdf", page))) == expected


def beside(left: Sequence[str], right: Sequence[str]) -> list[Placed]:
    """Two columns on one grid of lines."""
    return [(x, 100.0 + 12 * i, text) for x, column in ((72.0, left), (270.0, right)) for i, text in enumerate(column)]


def test_numbered_paragraphs_side_by_side_are_read_down_each_column(tmp_path):
    """Few lines, on one grid, ragged: their numbers rise down the left column and then on down the right one."""
    left = ["1 Boats", "1.1 Boats are washed on", "Fridays.", "1.2 Sails are dried before", "they are put away."]
    right = ["2 Oars", "2.1 Oars stand in the rack.", "2.2 A broken oar is shown to", "the boatman on the day", "on which it broke."]
    reading = read_pdf(draw(tmp_path / "club.pdf", beside(left, right), bold=frozenset({"1 Boats", "2 Oars"})))
    assert not rows(reading)
    assert [clause.number for clause in outline(reading, "Club")] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert "2.2 A broken oar is shown to the boatman on the day on which it broke." in reading.text.characters


def test_paragraphs_that_begin_at_other_heights_than_those_beside_them_are_columns(tmp_path):
    """Without numbers, on one grid, with short last lines: in a table both cells of a row begin on its first line."""
    left = [
        "Members bring their own gloves and", "shoes to the boat house.", "Guests are lent both at the desk and", "sign for them.",
        "The desk is open on all days of rowing", "from seven.", "Lockers cost nothing for members and", "two pounds for all others.",
        "Keys are kept at the desk.",
    ]  # fmt: skip
    right = [
        "Boats go out in the order of the list", "that hangs in the boat house and", "only with a steersman.",
        "Nobody rows alone after dark or in fog,", "or while the red flag flies.", "The flag is raised by the boatman when",
        "the wind is above five, and stays up", "until it falls again.", "Lamps are checked weekly.",
    ]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "house.pdf", beside(left, right)))
    assert not rows(reading)
    assert "Nobody rows alone after dark or in fog, or while the red flag flies." in reading.text.characters.replace("\n\n", " ")


def test_short_words_beside_a_large_title_stay_in_their_line(tmp_path):
    """Only figures are raised: a line of the other column that has longer words is none of the title's."""
    canvas = Canvas(str(tmp_path / "title.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 700, "Oars")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(320, 708, "Members put the oars away as they were.")
    canvas.save()
    assert "Members put the oars away as they were." in read_pdf(tmp_path / "title.pdf").text.characters
