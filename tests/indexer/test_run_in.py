"""A heading in bold that shares a paragraph with its text is the clause's heading, and no part of its body."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.outline import outline
from indexer.readers import read
from indexer.readers.base import Reading
from indexer.reading_record import packed, unpacked

Paragraph = tuple[str, str, str]  # number, words in bold, the rest

TEXT = "Nobody feeds the swans on the lake, and nobody leaves bread on the shore."
KEEPERS: list[Paragraph] = [
    ("1.", "Feeding.", TEXT), ("2.", "Nests", TEXT), ("2.1", "Eggs –", TEXT), ("3.", "Injured swans:", "The keeper is called."),
]  # fmt: skip


def written(path: Path, paragraphs: list[Paragraph]) -> Path:
    """A Word document of the paragraphs below a title."""
    document = docx.Document()
    document.add_heading("Swan Rules", 0)
    for number, lead, text in paragraphs:
        paragraph = document.add_paragraph(f"{number} ")
        paragraph.add_run(lead).bold = True
        paragraph.add_run(f" {text}")
    document.save(str(path))
    return path


def printed(path: Path, paragraphs: list[Paragraph]) -> Path:
    """A PDF of the same, each paragraph of two lines."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 760, "Swan Rules")
    for row, (number, lead, text) in enumerate(paragraphs):
        head, tail = text.split(" ", 4)[:4], text.split(" ", 4)[4:]
        line = canvas.beginText(72, 720 - 40 * row)
        for font, words in (("Helvetica", f"{number} "), ("Helvetica-Bold", lead), ("Helvetica", f" {' '.join(head)}")):
            line.setFont(font, 10)
            line.textOut(words)
        line.textLine()
        line.textLine(" ".join(tail))
        canvas.drawText(line)
    canvas.save()
    return path


def marked_up(path: Path, paragraphs: list[Paragraph]) -> Path:
    """A Markdown document of the same."""
    path.write_text("# Swan Rules\n\n" + "\n\n".join(f"{number} **{lead}** {text}" for number, lead, text in paragraphs))
    return path


def tagged(path: Path, paragraphs: list[Paragraph]) -> Path:
    """A page of the same."""
    path.write_text("<h1>Swan Rules</h1>" + "".join(f"<p>{number} <b>{lead}</b> {text}</p>" for number, lead, text in paragraphs))
    return path


FORMATS = [(written, "swans.docx"), (printed, "swans.pdf"), (marked_up, "swans.md"), (tagged, "swans.html")]


def clauses(made: Reading) -> list[tuple[str | None, str, str]]:
    """Number, heading and the first word of the body."""
    found = outline(made, "Swan Rules")
    return [(clause.number, clause.heading, made.text.characters[clause.body : clause.end].split()[0]) for clause in found if clause.number]


@pytest.mark.parametrize(("write", "name"), FORMATS)
def test_the_words_in_bold_head_their_clause(tmp_path, write, name):
    made = read(write(tmp_path / name, KEEPERS))
    assert clauses(made) == [
        ("1", "Feeding", "Nobody"), ("2", "Nests", "Nobody"), ("2.1", "Eggs", "Nobody"), ("3", "Injured swans", "The"),
    ]  # fmt: skip
    assert unpacked(packed(made)) == made


@pytest.mark.parametrize(("write", "name"), FORMATS)
@pytest.mark.parametrize(
    "paragraphs",
    [
        [("1.1", "A keeper", "is whoever looks after the swans of the lake."), ("1.2", "A swan:", "a white bird with a long neck.")],
        [("1.1", "Note.", TEXT), ("1.2", "Note.", TEXT)],
        [("1.1", "Nobody ever swims in the lake when swans are on it.", TEXT), ("1.2", "Keep away from nests. Keep dogs away.", TEXT)],
    ],
    ids=["terms", "labels", "sentences"],
)
def test_other_words_in_bold_are_of_the_text(tmp_path, write, name, paragraphs):
    made = read(write(tmp_path / name, paragraphs))
    assert [heading for _, heading, _ in clauses(made)] == ["", ""]


def test_numbers_of_which_each_has_a_heading_begin_anew(tmp_path):
    """2.1 comes after 1.1 though there is neither a 1.2 nor a 2."""
    made = read(printed(tmp_path / "swans.pdf", [("1.1", "Feeding.", TEXT), ("2.1", "Nests.", TEXT), ("3.1", "Eggs.", TEXT)]))
    assert [number for number, *_ in clauses(made)] == ["1.1", "2.1", "3.1"]
