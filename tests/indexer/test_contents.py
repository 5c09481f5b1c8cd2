"""Contents that were typed by hand are no clauses."""

from __future__ import annotations

from time import process_time

import docx
import pytest

from indexer.readers import read
from indexer.readers.base import BlockKind, Reading
from indexer.readers.contents import without_contents
from tests.indexer.readings import Part, bold, furniture, heading, item, reading

HEADINGS = ["1. Sails", "1.1 Cloth", "2. Oars", "Annex A Ropes"]
BODY = [part for words in HEADINGS for part in (bold(words, 1.2), "Whoever sails looks after it.")]


def aside(made: Reading) -> list[str]:
    return [made.text.characters[block.start : block.end] for block in made.blocks if block.kind is BlockKind.FURNITURE]


def entries(*pages: str) -> list[Part]:
    return [item(f"{words} {page}") for words, page in zip(HEADINGS, pages, strict=True)]


@pytest.mark.parametrize("pages", [("2", "2", "3", "10"), ("..... 2", "... 2", "…… 3", ". . . 4")])
def test_lines_with_the_words_of_headings_below_and_a_page_are_furniture(pages):
    """So is the title above them; the headings are not."""
    listed = entries(*pages)
    made = without_contents(reading(["Boat Rules", bold("Contents", 1.2), *listed, *BODY]))
    assert aside(made) == ["Contents", *(text for text, _ in listed)]


def test_a_running_line_between_two_entries_does_not_part_them():
    listed = entries("2", "2", "3", "3")
    made = without_contents(reading(["Contents", *listed[:2], furniture("Boat Rules, page 1"), *listed[2:], *BODY]))
    assert len(aside(made)) == len(listed) + 2


@pytest.mark.parametrize("above", [
    [*entries("2", "2", "3", "3")[:2]],
    [*entries("9", "7", "3", "1")],
    [item("Sheets of paper 2"), item("Pots of glue 2"), item("Oars 4")],
    [item(words) for words in HEADINGS],
], ids=["two lines", "pages run backward", "other words", "no pages"])  # fmt: skip
def test_other_lines_stay(above):
    made = reading([*above, *BODY])
    assert without_contents(made) is made


def test_figures_that_the_text_could_not_fill_as_pages_are_no_pages():
    """A list of prices above the sections on what is to be paid; without a title it is one of contents where enough text follows."""
    above = entries("10", "12", "15", "20")
    made = reading([*above, *BODY])
    assert without_contents(made) is made
    assert len(aside(without_contents(reading([*above, *BODY, "Whoever sails looks after it. " * 70])))) == len(above)


def test_many_short_runs_of_lines_take_no_longer_than_they_are_many():
    def seconds(runs: int) -> float:
        made = reading(["Sails 1", "Oars 1", "Ropes 1", "Whoever sails looks after it."] * runs)
        begin = process_time()
        without_contents(made)
        return process_time() - begin

    seconds(100)
    assert seconds(4000) < 10 * seconds(1000) + 0.1


def test_the_contents_of_a_word_document_are_read_as_such(tmp_path):
    """Typed as plain paragraphs, without a style that says what they are."""
    document = docx.Document()
    document.add_paragraph("Contents")
    for words in HEADINGS:
        document.add_paragraph(f"{words} 2")
    for words in HEADINGS:
        document.add_heading(words, 1)
        document.add_paragraph("Whoever sails looks after it.")
    document.save(str(tmp_path / "boats.docx"))
    assert aside(read(tmp_path / "boats.docx")) == ["Contents", *(f"{words} 2" for words in HEADINGS)]


def test_what_holds_no_contents_is_left_as_it_is():
    made = reading([heading("Boat Rules"), *BODY])
    assert without_contents(made) is made
