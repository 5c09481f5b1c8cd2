"""PDF files become paragraphs, furniture and table rows on the right pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.pdf import read_pdf

WIDTH, HEIGHT = A4
LEFT = 72.0


def draw(path: Path, pages: list[list[tuple[float, float, str, int, str]]]) -> Path:
    """A PDF whose pages hold (x, y from the top, font, size, text) lines."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        for x, y, font, size, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return path


def body(y: float, text: str, x: float = LEFT) -> tuple[float, float, str, int, str]:
    return (x, y, "Helvetica", 10, text)


def bold(y: float, text: str, size: int = 10) -> tuple[float, float, str, int, str]:
    return (LEFT, y, "Helvetica-Bold", size, text)


def texts(reading: Reading, kind: BlockKind) -> list[str]:
    return [reading.text.characters[block.start : block.end] for block in reading.blocks if block.kind is kind]


def test_lines_are_rejoined_and_headings_stand_alone(tmp_path):
    """Wrapped lines become one paragraph; a bold heading and the next paragraph are blocks of their own."""
    page = [
        bold(100, "4.2 Portable media"),
        body(120, "Portable media that hold customer records are kept in a locked cabinet whenever they are"),
        body(132, "not in use."),
        body(156, "Losses are reported within one working day."),
    ]
    reading = read_pdf(draw(tmp_path / "media.pdf", [page]))
    assert texts(reading, BlockKind.PARAGRAPH) == [
        "4.2 Portable media",
        "Portable media that hold customer records are kept in a locked cabinet whenever they are not in use.",
        "Losses are reported within one working day.",
    ]
    assert [block.bold for block in reading.blocks] == [True, False, False]


def test_a_sentence_across_a_page_break_is_whole_and_furniture_stands_after_it(tmp_path):
    """Footer and header between the halves of a sentence move behind it; both pages know the paragraph."""
    first = [
        body(40, "Remote Work Standard"),
        body(700, "Laptops are returned to the service desk on the last working day of every employee and"),
        (290, 810, "Helvetica", 9, "1"),
    ]
    second = [
        body(40, "Remote Work Standard"),
        body(80, "are wiped there."),
        body(110, "Phones follow the same rule, and so do all of the other devices that the company lends."),
        (290, 810, "Helvetica", 9, "2"),
    ]
    reading = read_pdf(draw(tmp_path / "remote.pdf", [first, second]))
    paragraph = "Laptops are returned to the service desk on the last working day of every employee and are wiped there."
    start = reading.text.characters.index(paragraph)
    assert texts(reading, BlockKind.PARAGRAPH)[0] == paragraph
    assert texts(reading, BlockKind.FURNITURE) == ["Remote Work Standard", "1", "Remote Work Standard", "2"]
    assert [page.number for page in reading.text.pages_of(start, start + len(paragraph))] == [1, 2]
    assert [page.number for page in reading.text.pages_of(start, start + 7)] == [1]


def test_list_items_are_blocks_with_their_depth(tmp_path):
    """Each bullet is one block with its wrapped lines; an indented one is a level deeper."""
    page = [
        body(100, "Visitors:"),
        body(120, "• sign in at the reception and wear the badge that they are given there for as long as"), body(132, "they stay;", 80),
        body(148, "• are accompanied.", 72), body(164, "– except contractors with a pass.", 100),
    ]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "visitors.pdf", [page]))
    items = [block for block in reading.blocks if block.kind is BlockKind.LIST_ITEM]
    assert texts(reading, BlockKind.LIST_ITEM) == [
        "• sign in at the reception and wear the badge that they are given there for as long as they stay;",
        "• are accompanied.",
        "– except contractors with a pass.",
    ]
    assert [item.level for item in items] == [1, 1, 2]


def test_a_table_of_contents_is_furniture(tmp_path):
    """Its heading and its dotted entries are in no paragraph; the headings in the text are."""
    contents = [bold(100, "Contents", 14), *(body(120 + 14 * i, f"{i}. {name} ............................ {i + 1}")
                                            for i, name in enumerate(["Purpose", "Scope", "Duties"], start=1))]  # fmt: skip
    text = [bold(100, "1. Purpose", 12), body(120, "This standard protects backups.")]
    reading = read_pdf(draw(tmp_path / "contents.pdf", [contents, text]))
    assert len(texts(reading, BlockKind.FURNITURE)) == 4
    assert "1. Purpose" in texts(reading, BlockKind.LIST_ITEM)


def test_a_ruled_table_becomes_rows(tmp_path):
    """Cells keep their columns though a cell wraps over two lines."""
    path = tmp_path / "table.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.grid([72, 200, 330, 460], [700, 670, 640])
    for x, y, text in [(76, 685, "Record"), (204, 685, "Kept for"), (334, 685, "Owner"), (76, 655, "Backup log"), (204, 657, "twelve"),
                       (204, 645, "months"), (334, 655, "IT Operations")]:  # fmt: skip
        canvas.drawString(x, y, text)
    canvas.drawString(72, 600, "Logs are deleted afterwards.")
    canvas.save()
    reading = read_pdf(path)
    rows = texts(reading, BlockKind.TABLE_HEADER) + texts(reading, BlockKind.TABLE_ROW)
    assert rows == ["| Record | Kept for | Owner |", "| Backup log | twelve months | IT Operations |"]
    assert texts(reading, BlockKind.PARAGRAPH) == ["Logs are deleted afterwards."]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    """The left column comes whole before the right one."""
    left = [body(100 + 12 * i, f"left column line number {i} ends here", 60) for i in range(10)]
    right = [body(100 + 12 * i, f"right column line number {i} is here", 320) for i in range(10)]
    characters = read_pdf(draw(tmp_path / "columns.pdf", [left + right])).text.characters
    assert characters.index("left column line number 9") < characters.index("right column line number 0")


def test_an_unreadable_file_says_why(tmp_path):
    """A password, a truncated file, an empty file and a scan are each refused with their reason."""
    whole = draw(tmp_path / "whole.pdf", [[body(100, "Backups are tested every quarter.")]])
    writer = PdfWriter(clone_from=PdfReader(whole))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(EncryptedDocumentError, match="is encrypted; remove the password and index it again"):
        read_pdf(tmp_path / "locked.pdf")
    (tmp_path / "cut.pdf").write_bytes(whole.read_bytes()[:300])
    with pytest.raises(DamagedDocumentError, match="damaged or truncated"):
        read_pdf(tmp_path / "cut.pdf")
    (tmp_path / "empty.pdf").write_bytes(b"")
    with pytest.raises(EmptyDocumentError, match="0 bytes"):
        read_pdf(tmp_path / "empty.pdf")
    with pytest.raises(EmptyDocumentError, match="has no text on its 2 pages: it may be a scan"):
        read_pdf(draw(tmp_path / "scan.pdf", [[], []]))


def test_an_empty_user_password_opens(tmp_path):
    """A file that only its owner's password protects is read."""
    writer = PdfWriter(clone_from=PdfReader(draw(tmp_path / "open.pdf", [[body(100, "Doors are locked at night.")]])))
    writer.encrypt(user_password="", owner_password="owner", algorithm="AES-256")
    writer.write(tmp_path / "owned.pdf")
    assert read_pdf(tmp_path / "owned.pdf").text.characters == "Doors are locked at night."


def test_a_page_without_text_is_a_warning(tmp_path):
    """The other pages are read."""
    reading = read_pdf(draw(tmp_path / "half.pdf", [[body(100, "Keys are counted.")], []]))
    assert reading.warnings == ("Page 2 has no text: it may be a scan.",)
    assert [(page.number, page.start, page.end) for page in reading.text.pages] == [(1, 0, 17), (2, 17, 17)]


def test_properties_are_what_the_file_says_of_itself(tmp_path):
    """Title and author come with lower-case keys."""
    path = tmp_path / "titled.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle("Backup Standard")
    canvas.setAuthor("IT Operations")
    canvas.drawString(72, 700, "Backups are kept.")
    canvas.save()
    properties = read_pdf(path).properties
    assert (properties["title"], properties["author"]) == ("Backup Standard", "IT Operations")


def test_pages_carry_the_number_that_is_printed_on_them(tmp_path):
    """A file without labels of its own is cited by its printed page numbers; a cover has none."""
    cover = [bold(200, "Key Standard", 24)]
    pages = [[body(100, f"Keys of floor {label} are counted."), (290, 810, "Helvetica", 9, label)] for label in ("iii", "1", "2-1")]
    reading = read_pdf(draw(tmp_path / "labels.pdf", [cover, *pages]))
    assert [page.label for page in reading.text.pages] == [None, "iii", "1", "2-1"]


def test_labels_are_counted_on_over_pages_that_print_none(tmp_path):
    """Between 4-1 and 4-4 stand 4-2 and 4-3; a gap that does not fit its ends remains."""
    printed = ["4-1", None, None, "4-4", None, "5-2", "5-3", "5-4"]
    pages = [[body(100, "Keys are counted."), *([(290, 810, "Helvetica", 9, label)] if label else [])] for label in printed]
    reading = read_pdf(draw(tmp_path / "gaps.pdf", pages))
    assert [page.label for page in reading.text.pages] == ["4-1", "4-2", "4-3", "4-4", None, "5-2", "5-3", "5-4"]


def test_what_the_pages_print_outweighs_labels_that_only_count_them(tmp_path):
    """Labels 1 to 4 in a file whose pages print "i", "1", "2" are not what a reader sees; those that agree with the pages are kept."""
    cover, text = [bold(200, "Key Standard", 24)], [body(100, "Keys are counted.")]
    path = draw(tmp_path / "plain.pdf", [cover, *([*text, (290, 810, "Helvetica", 9, label)] for label in ("i", "1", "2"))])
    for style, labels in [("/D", [None, "i", "1", "2"]), ("own", ["Cover", "i", "1", "2"])]:
        writer = PdfWriter(clone_from=PdfReader(path))
        if style == "own":
            writer.set_page_label(0, 0, prefix="Cover")
            writer.set_page_label(1, 1, "/r")
            writer.set_page_label(2, 3, "/D")
        else:
            writer.set_page_label(0, 3, "/D")
        writer.write(tmp_path / "labelled.pdf")
        assert [page.label for page in read_pdf(tmp_path / "labelled.pdf").text.pages] == labels


def test_a_footer_that_counts_the_pages_is_furniture_though_seen_once(tmp_path):
    """ "Page 1 of 2" beside other words at the foot is no text; the words of a sentence that says so higher up are."""
    page = [body(100, "Visitors sign in at the desk on page 1 of 2 of the book."), body(800, "Page 1 of 2   Template: August 2023")]
    reading = read_pdf(draw(tmp_path / "visits.pdf", [page, [body(100, "The book is kept for a year.")]]))
    assert texts(reading, BlockKind.FURNITURE) == ["Page 1 of 2 Template: August 2023"]


def test_a_footnote_at_a_page_break_stays_on_its_page(tmp_path):
    """A sentence runs on over the page break; the footnote that parts it is cited with the page where it is printed."""
    first = [
        *(body(100 + 12 * at, "Every key of the building is counted on Mondays by whoever holds the book of keys.") for at in range(20)),
        body(700, "A key that is not found by the end of the working day is reported to the desk, and the"),
        (LEFT, 760, "Helvetica", 7, "1 The book of keys is kept for seven years."),
    ]
    second = [body(100, "lock is changed within two days."), body(130, "Nobody has a key copied.")]
    reading = read_pdf(draw(tmp_path / "keys.pdf", [first, second]))
    characters = reading.text.characters
    sentence = "reported to the desk, and the lock is changed within two days."
    for words, pages in [("1 The book of keys", [1]), (sentence, [1, 2]), ("Nobody has", [2])]:
        start = characters.index(words)
        assert [page.number for page in reading.text.pages_of(start, start + len(words))] == pages


def test_a_list_across_a_page_break_is_whole(tmp_path):
    """Footer and header stand behind the clause whose list goes on over the page, before the next heading; each item keeps its page."""
    first = [body(40, "Key Standard"), body(690, "Keys are given to:"), body(706, "• the desk;"), (290, 810, "Helvetica", 9, "1")]
    second = [
        body(40, "Key Standard"), body(80, "• the guard."), body(110, "Nobody else has one."), bold(140, "Losses"),
        body(160, "They are told."), (290, 810, "Helvetica", 9, "2"),
    ]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "keys.pdf", [first, second]))
    characters = reading.text.characters
    clause = "Keys are given to:\n\n• the desk;\n• the guard.\n\nNobody else has one."
    assert characters == f"Key Standard\n\n{clause}\n\n1\n\nKey Standard\n\nLosses\n\nThey are told.\n\n2"
    assert [characters[page.start : page.end].strip()[:12] for page in reading.text.pages] == ["Key Standard", "• the guard."]


def test_a_lead_in_that_runs_over_the_page_keeps_its_list(tmp_path):
    """Its second half stands at the top of the next page; neither that page's header nor a bold item parts the list from it."""
    first = [
        body(690, "Keys are given only to those who have signed the book of keys at the desk of the building, which are"),
        (290, 810, "Helvetica", 9, "1"),
    ]
    second = [body(40, "Key Standard"), body(80, "usually:"), body(96, "• the desk;"), (LEFT, 112, "Helvetica-Bold", 10, "• the guard.")]
    reading = read_pdf(draw(tmp_path / "keys.pdf", [first, [*second, (290, 810, "Helvetica", 9, "2")], [body(40, "Key Standard")]]))
    assert "which are usually:\n\n• the desk;\n• the guard.\n\n" in reading.text.characters


def test_a_label_that_recurs_is_no_part_of_the_heading_above_it(tmp_path):
    """A bold line that leads in elsewhere stands alone below a heading of the column's width, with or without its colon or a mark."""
    wide = "KY-2 - Keys of the Outer Doors, of the Halls and of the Rooms behind the Halls at Night"
    page = [line for at in range(3) for line in (
        bold(100 + at * 60, f"KY-1({at + 1}) - Keys"), bold(112 + at * 60, "For Large Halls:"), body(124 + at * 60, "1) Count them."),
    )]  # fmt: skip
    page += [bold(300, wide), bold(312, "For Large Halls*:"), body(324, "1) Lock them."), bold(350, wide.replace("2", "3")),
             bold(362, "For Large Halls"), body(374, "1) Close them.")]  # fmt: skip
    reading = read_pdf(draw(tmp_path / "halls.pdf", [page]))
    assert texts(reading, BlockKind.PARAGRAPH)[-4:] == [wide, "For Large Halls*:", wide.replace("2", "3"), "For Large Halls"]


def test_a_running_header_that_slipped_on_one_page_is_furniture(tmp_path):
    """The same lines in the same order stand at the top of three pages, and a little lower on a fourth; a single line may be text there."""
    text = body(300, "Keys are counted every week.")
    pages = [[body(40, "Directive"), body(55, "Keys of the House"), text] for _ in range(3)]
    slipped = [body(58, "Directive"), body(73, "Keys of the House"), text]
    reading = read_pdf(draw(tmp_path / "slipped.pdf", [*pages, slipped, [body(58, "Directive"), text]]))
    assert texts(reading, BlockKind.FURNITURE) == ["Directive", "Keys of the House"] * 4


def test_small_capitals_have_the_size_of_their_first_letters(tmp_path):
    """ "KEYS" whose first letter is set in 12 points and the others in 9 is larger than text in 10."""
    page = [("1. K", 12, LEFT), ("EYS OF THE", 9, LEFT), ("H", 12, LEFT), ("OUSES", 9, LEFT)]
    x, runs = LEFT, []
    for words, size, _ in page:
        runs.append((x, 100.0, "Helvetica-Bold", size, words))
        x += stringWidth(words, "Helvetica-Bold", size) + (4 if words.endswith("THE") else 0)
    reading = read_pdf(draw(tmp_path / "small.pdf", [[*runs, body(130, "Keys are counted every week by the warden of the house.")]]))
    heading = reading.blocks[0]
    assert reading.text.characters[: heading.end] == "1. KEYS OF THE HOUSES"
    assert heading.size == 1.2


def test_text_set_with_double_spacing_is_rejoined(tmp_path):
    """A typewriter's spacing, 2.3 times the type size, parts no lines of a paragraph."""
    lines = ["Portable media that hold customer records are kept in a locked cabinet whenever they are", "not in use, and counted by the",
             "warden every week before the gate is closed, who writes the count into the book that lies", "beside the gate."]
    page = [body(100 + 23 * at, line) for at, line in enumerate(lines)]
    assert len(texts(read_pdf(draw(tmp_path / "double.pdf", [page])), BlockKind.PARAGRAPH)) == 1


def test_running_headers_that_change_with_the_chapter_are_furniture(tmp_path):
    """They end, or on left pages begin, with the number of the page, across a gap; a heading whose number is that of its page stays."""
    text = body(300, "Keys are counted every week.")
    heads = ["Chapter 1: Keys", "Chapter 2: Boats", "Chapter 3: Bells", "Chapter 3: Bells"]
    right = [[body(40, head), body(40, str(at), x=500), body(200, f"{at} Rules"), text] for at, head in enumerate(heads, 5)]
    left = [body(40, "9"), body(40, "Book of the House", x=400), text]
    reading = read_pdf(draw(tmp_path / "chapters.pdf", [*right, left]))
    assert texts(reading, BlockKind.FURNITURE) == [
        "Chapter 1: Keys 5", "Chapter 2: Boats 6", "Chapter 3: Bells 7", "Chapter 3: Bells 8", "9 Book of the House",
    ]  # fmt: skip


def test_a_number_above_the_title_of_a_chapter_is_no_running_header(tmp_path):
    """It opens each chapter at one place, in large type; in small type, and again on the next page, it runs."""
    text = body(300, "Keys are counted every week, and whoever has lost one tells the warden on the same day.")
    titles = ["Keys", "Boats", "Bells", "Ropes"]
    pages = [[bold(80, f"Chapter {at}", 20), bold(110, title, 24), text, body(330, text[-1])] for at, title in enumerate(titles, 1)]
    assert texts(read_pdf(draw(tmp_path / "open.pdf", pages)), BlockKind.FURNITURE) == []
    running = [[body(40, f"Chapter {at}"), bold(110, title, 24), text] for at, title in enumerate(titles, 1)]
    assert texts(read_pdf(draw(tmp_path / "run.pdf", running)), BlockKind.FURNITURE) == ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"]


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("Whoever is new is an em-", "ployee of the harbour from the first day on.", "an employee of"),
        ("Boats are covered by insur-", "ance that the harbour pays for every year.", "by insurance that"),
        ("The harbour keeps a self-", "service store that is open day and night.", "a self-service store"),
        ("Repairs are paid for by a third-", "party that the harbour names each year.", "a third-party that"),
        ("Word of a storm is sent by e-", "mail to all who keep a boat in the harbour.", "by e-mail to"),
        ("Each mooring has its sub-", "number, which the harbour master gives out.", "its sub-number, which"),
    ],
)
def test_a_hyphen_at_a_line_end_is_part_of_the_word_unless_the_document_says_otherwise(tmp_path, line, following, whole):
    """It parts a word that stands whole elsewhere, also with an ending, or that ends as no word begins."""
    known = "Employees know the sub-numbers of their moorings. Insured are all boats that lie there at night."
    reading = read_pdf(draw(tmp_path / "harbour.pdf", [[body(100, known), body(130, line), body(142, following)]]))
    assert whole in reading.text.characters


def test_numbered_paragraphs_of_one_line_are_not_run_together(tmp_path):
    """ "5 …" and "6 …" at one margin are two paragraphs; a year that begins a line is part of its sentence."""
    page = [
        body(100, "5 Boats are moored at the inner quay during storms and at night."),
        body(112, "6 Nets are dried on the racks behind the harbour office alone."),
        body(130, "The harbour is dredged down to four metres by the end of each June."),
        body(142, "2030 Plans are made for the outer quay, not yet as deep."),
    ]
    assert texts(read_pdf(draw(tmp_path / "quay.pdf", [page])), BlockKind.PARAGRAPH) == [
        "5 Boats are moored at the inner quay during storms and at night.",
        "6 Nets are dried on the racks behind the harbour office alone.",
        "The harbour is dredged down to four metres by the end of each June. 2030 Plans are made for the outer quay, not yet as deep.",
    ]


def test_a_clause_that_a_sentence_names_at_a_line_s_begin_ends_no_paragraph(tmp_path):
    """ "as stated in" / "2.3 below" is one sentence; "1.3 Nets" begins the next clause."""
    page = [
        body(100, "1.2 Boats are moored at the inner quay during storms and at night, as stated in"),
        body(112, "2.3 below, by whoever is on watch that night."),
        body(124, "1.3 Nets are dried on the racks behind the harbour office."),
    ]
    assert texts(read_pdf(draw(tmp_path / "nets.pdf", [page])), BlockKind.PARAGRAPH) == [
        "1.2 Boats are moored at the inner quay during storms and at night, as stated in 2.3 below, by whoever is on watch that night.",
        "1.3 Nets are dried on the racks behind the harbour office.",
    ]


def test_a_numbered_paragraph_whose_first_line_alone_is_indented_is_whole(tmp_path):
    """As typists set laws and LaTeX its paragraphs; what ends its line early above text further left stands for itself."""
    first, rest = "1.1 The warden counts the keys of all houses every week and writes the count into the", "Book of Keys at the gate."
    lines = [body(100, first, LEFT + 20), body(112, rest), body(124, first.replace("1.1", "1.2"), LEFT + 20), body(136, rest)]
    made = texts(read_pdf(draw(tmp_path / "keys.pdf", [lines])), BlockKind.PARAGRAPH)
    assert made == [f"{first} {rest}", f"{first.replace('1.1', '1.2')} {rest}"]
    short = [body(100, "1.1 Keys", LEFT + 20), body(112, first[4:]), body(124, rest)]
    assert texts(read_pdf(draw(tmp_path / "short.pdf", [short])), BlockKind.PARAGRAPH) == ["1.1 Keys", f"{first[4:]} {rest}"]
