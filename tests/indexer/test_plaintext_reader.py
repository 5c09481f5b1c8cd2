"""Reading plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedDocumentError, DocumentError, EmptyDocumentError
from indexer.outline import outline
from indexer.readers.base import Reading
from indexer.readers.plaintext import read_plaintext
from tests.indexer.blocks import check_blocks, shapes


@pytest.fixture
def read(tmp_path: Path):
    def _read(content: bytes) -> Reading:
        path = tmp_path / "policy.txt"
        path.write_bytes(content)
        reading = read_plaintext(path)
        check_blocks(reading)
        return reading

    return _read


def test_paragraphs_end_at_blank_lines_and_items_at_their_marks(read):
    """Lines of a paragraph stay together; list items and numbered lines stand alone."""
    reading = read(b"Passwords\r\n\r\nThey must be long.\r\nVery long.\r\n\r\n  - one\r\n  - two\r\n1. Scope\r\nEveryone.\r\n")
    assert shapes(reading) == [
        ("paragraph", 0, "Passwords"),
        ("paragraph", 0, "They must be long.\nVery long."),
        ("list item", 2, "- one"),
        ("list item", 2, "- two"),
        ("paragraph", 0, "1. Scope"),
        ("paragraph", 0, "Everyone."),
    ]


def test_an_underlined_line_is_a_heading(read):
    """Of the first level by "=", of the second by "-"; the line itself is no text. A sentence above such a line is none."""
    headed = b"Ladder Rules\n====\n\n1. Storage\n----------\nIn the shed.\n\n"
    reading = read(headed + b"All of them.\n-----\n\nName   Years\n-----  -----\n\n-----\n")
    assert shapes(reading)[:4] == [
        ("heading", 1, "Ladder Rules"),
        ("heading", 2, "1. Storage"),
        ("paragraph", 0, "In the shed."),
        ("paragraph", 0, "All of them."),
    ]
    assert {kind for kind, _, _ in shapes(reading)[4:]}.isdisjoint({"heading"})


def test_a_line_may_stand_above_a_heading_as_well(read):
    """Drawn of other signs it is of a lower level, and a line by itself is no text."""
    page = b"====\nRules\n====\n\nStorage\n~~~~~~~\n\nIn the shed.\n\n*****\n\nDry.\n"
    assert shapes(read(page)) == [
        ("heading", 1, "Rules"), ("heading", 3, "Storage"), ("paragraph", 0, "In the shed."), ("paragraph", 0, "Dry."),
    ]  # fmt: skip


def test_a_drawn_table_is_one(read):
    """With a line between its rows or below the names alone, and cells of several lines where lines part the rows."""
    grid = "+----+-------+\n| No | Place |\n+====+=======+\n| 1  | the   |\n|    | shed  |\n+----+-------+\n| 2  | here  |\n+----+-------+"
    piped = "| No | Place |\n|----|-------|\n| 1 | the shed |\n| 2 | here |"
    for table in (grid, piped):
        assert shapes(read(table.encode())) == [
            ("table header", 0, "| No | Place |"), ("table row", 0, "| 1 | the shed |"), ("table row", 0, "| 2 | here |"),
        ]  # fmt: skip


def test_letters_with_a_full_stop_and_small_rings_mark_items(read):
    """"a." and "o" with room behind; an abbreviation and a word are none."""
    assert shapes(read(b"a. Ladders\nb. Ropes\n\no  Paint\n\ni. e. all.\n\no sole mio\n")) == [
        ("list item", 1, "a. Ladders"), ("list item", 1, "b. Ropes"), ("list item", 1, "o Paint"), ("paragraph", 0, "i. e. all."),
        ("paragraph", 0, "o sole mio"),
    ]  # fmt: skip


def test_a_wrapped_line_that_begins_with_a_figure_goes_on(read):
    """"between 5 and / 20 degrees" is one sentence; a numbered line of its own begins a paragraph."""
    wrapped = b"1.2 The shed is kept between 5 and\n    20 degrees, for up to\n    12 Ladders.\n"
    reading = read(wrapped + b"1.3 It is locked at\n9 in the evening.\n2 Loans\n")
    assert [words for _, _, words in shapes(reading)] == [
        "1.2 The shed is kept between 5 and\n20 degrees, for up to\n12 Ladders.",
        "1.3 It is locked at\n9 in the evening.",
        "2 Loans",
    ]


@pytest.mark.parametrize("lines", [["1. Scope", "1.1 All staff.", "1.2 Visitors"], ["1 shut the door", "2 lock it"], ["10 Euro", "5 Euro"]])
def test_numbers_further_in_or_before_small_letters_count_lines_of_their_own(read, lines):
    """Where they are dotted, or the line above has one as well."""
    assert [words for _, _, words in shapes(read("\n   ".join(lines).encode()))] == lines


def test_a_heading_in_capitals_may_stand_above_a_list(read):
    """Beside others that stand above paragraphs."""
    listed = b"WHAT STAYS OUT\n\n* paint\n* ice\n\n"
    reading = read(b"LADDER RULES\n\nLEANING\n\nThey lean at four to one.\n\n" + listed + b"LOANS\n\nAsk the warden.\n")
    assert [clause.heading for clause in outline(reading)][1:] == ["LEANING", "WHAT STAYS OUT", "LOANS"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_told_by_their_mark(read, encoding):
    """UTF-8 with and without a mark, UTF-16 and UTF-32 with one, read without a warning."""
    reading = read("Café – “secure”".encode(encoding))
    assert (reading.text.characters, reading.warnings) == ("Café – “secure”", ())


def test_windows_text_is_read_with_a_warning(read):
    """Bytes that are no UTF-8 are taken for Windows-1252, and the person is told."""
    reading = read("Café “secure”".encode("cp1252"))
    assert reading.text.characters == "Café “secure”"
    assert "Windows-1252" in reading.warnings[0]


def test_utf16_without_a_mark_is_recognised(read):
    """Zero bytes in every second place are UTF-16, not binary data."""
    assert read("All data is encrypted.".encode("utf-16-le")).text.characters == "All data is encrypted."


@pytest.mark.parametrize("content", [b"\x00" * 500, bytes(range(1, 9)) * 40, b"\x89PNG\x00\x01\x02\x03" * 30])
def test_binary_data_is_refused(read, content):
    """Zeros and control characters are no document."""
    with pytest.raises(DamagedDocumentError, match="binary data"):
        read(content)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff".encode()])
def test_a_file_without_text_is_empty(read, content):
    """No bytes, white space and a lone mark are empty documents."""
    with pytest.raises(EmptyDocumentError):
        read(content)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")) | st.text().map(lambda t: t.encode("utf-16", "ignore")))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes):
    """Whatever the bytes, the blocks hold what they promise or a DocumentError says why not."""
    path = tmp_path / "any.txt"
    path.write_bytes(content)
    try:
        check_blocks(read_plaintext(path))
    except DocumentError as refused:
        assert str(refused)


def test_a_table_with_its_cells_run_together_is_read_row_by_row(read):
    """The names of its columns are its header."""
    reading = read(b"RegionServices\nNorthFerry Planner, Dock Board\nSoDFerry Planner, Crane Log\n")
    assert [kind for kind, _, _ in shapes(reading)] == ["table header", "table row", "table row"]


def test_words_with_capitals_inside_make_no_table(read):
    """Prose may speak of PowerPoint and iPhones in every line."""
    reading = read(b"PowerPoint slides, and\nOneDrive folders, which\nare kept, or\nSharePoint pages, stay.\n")
    assert [kind for kind, _, _ in shapes(reading)] == ["paragraph"]
