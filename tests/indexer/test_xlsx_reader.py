"""Reading Excel workbooks."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from indexer.readers.xlsx import read_xlsx
from tests.indexer.blocks import check_blocks, shapes


@pytest.fixture
def book():
    return openpyxl.Workbook()


@pytest.fixture
def read(book, tmp_path: Path):
    def _read():
        book.save(tmp_path / "schedule.xlsx")
        reading = read_xlsx(tmp_path / "schedule.xlsx")
        check_blocks(reading)
        return reading

    return _read


def test_sheets_are_headings_and_rows_carry_their_cells(book, read):
    """The first full row names the columns; empty rows and an empty first column are passed over."""
    sheet = book.active
    sheet.title = "Retention"
    for row in (
        [None, "Kept records"],
        [],
        [None, "Data", "Years", "Share", "From"],
        [None, "Logs", 1, 0.85, date(2026, 4, 6)],
        [None, "Mail", 2.5, None, True],
    ):
        sheet.append(row)
    sheet["D4"].number_format = "0%"
    assert shapes(read()) == [
        ("heading", 1, "Retention"),
        ("paragraph", 0, "Kept records"),
        ("table header", 0, "| Data | Years | Share | From |"),
        ("table row", 0, "| Logs | 1 | 85% | 2026-04-06 |"),
        ("table row", 0, "| Mail | 2.5 | | TRUE |"),
    ]


def test_rows_of_properties_have_no_header(book, read):
    """"Owner | DPO" states a property and names no columns."""
    book.active.title = "Control"
    for row in (["Owner", "DPO"], ["Version", "2.0"]):
        book.active.append(row)
    assert shapes(read())[1:] == [("table row", 0, "| Owner | DPO |"), ("table row", 0, "| Version | 2.0 |")]


def test_numbered_rules_become_headings_and_paragraphs(book, read):
    """A number beside its text is a clause; bold ones are headings below the sheet's."""
    book.active.title = "Rules"
    for row in (["1", "Purpose"], ["1.1", "This schedule says how long."]):
        book.active.append(row)
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    assert shapes(read()) == [("heading", 1, "Rules"), ("heading", 2, "1 Purpose"), ("paragraph", 0, "1.1 This schedule says how long.")]


def test_hidden_sheets_are_left_out_and_told(book, read):
    """What Excel does not show is not quoted."""
    book.active.append(["Shown", "text", "here"])
    hidden = book.create_sheet("Lists")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    reading = read()
    assert "secret" not in reading.text.characters
    assert reading.warnings == ("The hidden sheet 'Lists' was left out.",)


def test_formats_that_reach_to_the_last_row_cost_nothing(book, read):
    """A stray cell far below ends nothing, and the empty rows before it are passed over."""
    book.active.append(["a", "b", "c"])
    book.active.cell(1_048_576, 1).font = Font(bold=True)
    assert [words for _, _, words in shapes(read())][1:] == ["| a | b | c |"]


def test_merged_cells_say_their_words_in_every_row(book, read):
    """A cell merged down over rows is in each of them; groups of columns go before the names below them; a merged title is one cell."""
    sheet = book.active
    sheet.title = "Scope"
    for row in (
        ["Cloud services in scope"],
        ["Service", "Commercial", "Government", None],
        [None, "Office 365", "GCC", "GCC High"],
        ["Teams", "yes", "yes", "yes"],
        [None, "calls", "calls", "chat"],
    ):
        sheet.append(row)
    for span in ("A1:D1", "A2:A3", "C2:D2", "A4:A5"):
        sheet.merge_cells(span)
    assert shapes(read()) == [
        ("heading", 1, "Scope"),
        ("paragraph", 0, "Cloud services in scope"),
        ("table header", 0, "| Service | Commercial: Office 365 | Government: GCC | Government: GCC High |"),
        ("table row", 0, "| Teams | yes | yes | yes |"),
        ("table row", 0, "| Teams | calls | calls | chat |"),
    ]


def test_a_second_table_on_a_sheet_has_its_own_columns(book, read):
    """After an empty row a bold row above a plain one names columns anew."""
    sheet = book.active
    for row in (["Data", "Years"], ["Logs", 1], [], ["Role", "Approves"], ["CISO", "exceptions"]):
        sheet.append(row)
    for number in (1, 4):
        for cell in sheet[number]:
            cell.font = Font(bold=True)
    assert [(kind, words) for kind, _, words in shapes(read())][1:] == [
        ("table header", "| Data | Years |"),
        ("table row", "| Logs | 1 |"),
        ("table header", "| Role | Approves |"),
        ("table row", "| CISO | exceptions |"),
    ]


def test_a_second_table_in_plain_type_has_its_own_columns(book, read):
    """Below an empty row and a title, where it repeats a name of the first table or has not as many columns."""
    for row in (
        ["Shed", "Warden", "Ladders", "Locked"], ["North", "Ines", 4, "yes"], [], ["Sheds pulled down"],
        ["Shed", "Ladders moved to"], ["Old", "3 of them north"],
    ):  # fmt: skip
        book.active.append(row)
    assert [(kind, words) for kind, _, words in shapes(read())][3:] == [
        ("paragraph", "Sheds pulled down"),
        ("table header", "| Shed | Ladders moved to |"),
        ("table row", "| Old | 3 of them north |"),
    ]


def test_groups_of_rows_below_empty_ones_stay_in_their_table(book, read):
    """A gap between rows, with or without a title of the group, names no columns."""
    for row in (
        ["Shed", "Warden", "Ladders"], ["North", "Ines", 4], [], ["Down at the river"], ["South", "Tom", 3], ["East", "Ada", 5], [],
        ["West", "Jo", "none"], ["Gate", "Max", 2],
    ):  # fmt: skip
        book.active.append(row)
    assert [kind for kind, _, _ in shapes(read())].count("table header") == 1


def test_columns_have_their_names_below_facts_and_groups(book, read):
    """A row in which each cell states a fact names none, and of two rows of names the groups stand before their members."""
    book.active.title = "Risks"
    for row in (
        ["Owner: Warden", None, "Version 4"],
        ["Id", "Inherent", None, "Owner"],
        [None, "Likelihood", "Impact", None],
        ["R1", 3, 4, "Guard"],
    ):
        book.active.append(row)
    book.active.merge_cells("B2:C2")
    assert shapes(read())[1:] == [
        ("table row", 0, "| Owner: Warden | | Version 4 |"),
        ("table header", 0, "| Id | Inherent: Likelihood | Inherent: Impact | Owner |"),
        ("table row", 0, "| R1 | 3 | 4 | Guard |"),
    ]


def test_a_scale_is_a_table_and_no_numbered_rules(book, read):
    """Two names above figures with a few words each; a sentence beside a number is a rule."""
    rows = [["Score", "Meaning"], [1, "Rare"], [2, "Likely"]]
    for row in rows:
        book.active.append(row)
    assert [kind for kind, _, _ in shapes(read())[1:]] == ["table header", "table row", "table row"]
    book.active["B2"] = "Doors are shut."
    assert [kind for kind, _, _ in shapes(read())[1:]] == ["table row", "paragraph", "paragraph"]


def test_cells_show_what_their_formats_show(book, read):
    """Currency and decimals are part of what is quoted."""
    for row in (["Gate", "Rate", "Town"], ["North", 40, "Ullsby"]):
        book.active.append(row)
    book.active["B2"].number_format = '"£"#,##0.00'
    assert shapes(read())[-1][2] == "| North | £40.00 | Ullsby |"


def test_numbered_rules_below_an_empty_row_name_no_columns(book, read):
    """A bold number and its heading begin a section of rules."""
    for row in (["1", "Scope"], ["1.1", "All sheds."], [], ["2", "Rules"], ["2.1", "Sheds are locked."]):
        book.active.append(row)
    for cell in (*book.active[1], *book.active[4]):
        cell.font = Font(bold=True)
    assert [kind for kind, _, _ in shapes(read())][1:] == ["heading", "paragraph", "heading", "paragraph"]


def test_notes_on_cells_stand_in_them(book, read):
    """Marked as notes, also on an empty cell; the names of columns stay those."""
    for row in (["Data", "Years", "Where"], ["Logs", 1, "Vault"], ["Mail", 2]):
        book.active.append(row)
    for place, words in (("B2", "Jo:\nafter the audit"), ("C3", "to be moved"), ("C1", "site")):
        book.active[place].comment = Comment(words, "Jo")
    assert [text for _, _, text in shapes(read())[1:]] == [
        "| Data | Years | Where [Note: site] |", "| Logs | 1 [Note: Jo: after the audit] | Vault |", "| Mail | 2 | [Note: to be moved] |",
    ]  # fmt: skip


def test_a_row_may_hold_nothing_but_notes(book, read):
    """Alone in its sheet, above a table or below it; far from all cells none is looked for."""
    for place, words in (("B1", "new"), ("A4", "to be filled"), ("XFD2", "far")):
        book.active[place].comment = Comment(words, "Jo")
    for cell, words in zip(("A2", "B2", "A3", "B3"), ("1", "Logs are kept.", "2", "Mail is not."), strict=True):
        book.active[cell] = words
    book.create_sheet("Plan")["A1"].comment = Comment("soon", "Jo")
    assert [text for _, _, text in shapes(read())] == [
        "Sheet", "[Note: new]", "1 Logs are kept.", "2 Mail is not.", "[Note: to be filled]", "Plan", "[Note: soon]",
    ]  # fmt: skip


def test_a_thread_of_comments_is_read_once(book, read, tmp_path):
    """Excel keeps a copy of it for old versions, with words of its own before it."""
    book.active.append(["Logs", "Vault"])
    book.active["A1"].comment = Comment("[Threaded comment] Your version of Excel …", "Jo")
    read()
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>Since when?</text></threadedComment>'
        '<threadedComment ref="A1" id="{2}" parentId="{1}"><text>2024</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relation = f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "schedule.xlsx") as saved, zipfile.ZipFile(tmp_path / "threads.xlsx", "w") as made:
        for name in saved.namelist():
            part = saved.read(name).decode()
            made.writestr(name, part.replace("</Relationships>", relation) if name.endswith("sheet1.xml.rels") else part)
        made.writestr("xl/threadedComments/threadedComment1.xml", thread)
    assert shapes(read_xlsx(tmp_path / "threads.xlsx"))[1:] == [("table row", 0, "| Logs [Note: Since when?] [Note: 2024] | Vault |")]
