"""Questions and answers, as people lay them out, are a clause each, headed by the question."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.outline import outline
from indexer.readers import read
from indexer.readers.base import Reading
from tests.indexer.blocks import words

FAQ = {"Who rings?": "The keeper rings.", "When is it rung?": "At noon.", "May I ring?": "Only on Sundays."}


def written(folder: Path, name: str, text: str) -> Reading:
    (folder / name).write_text(text)
    return read(folder / name)


def headings(reading: Reading) -> list[str]:
    return [clause.heading for clause in outline(reading) if clause.heading != "Bells"]


@pytest.mark.parametrize(
    "entry",
    [
        "<details><summary>{}</summary><p>{}</p></details>",
        "<details><summary><button aria-expanded='true'>{}</button></summary>{}</details>",
        "<h2><button type='button'>{}</button></h2><div>{}</div>",
        "<div><button class='faq-question'>{}</button><div>{}</div></div>",
        "<div role='heading' aria-level='3'>{}</div><p>{}</p>",
        "<p><b>{}</b><br>{}</p>",
    ],
)
def test_a_page_that_unfolds_its_answers_shows_the_questions(tmp_path, entry):
    """Whatever element a person clicks on; what opens a menu is no text."""
    page = "<h1>Bells</h1><button aria-expanded='false'>Menu</button>" + "".join(entry.format(*pair) for pair in FAQ.items())
    reading = written(tmp_path, "faq.html", page)
    assert headings(reading) == list(FAQ)
    assert words(reading) == ["Bells", *(line for pair in FAQ.items() for line in pair)]


def test_a_level_of_a_heading_by_its_role(tmp_path):
    """It is the second where none is given."""
    reading = written(tmp_path, "page.html", "<div role=heading aria-level=1>Bells</div><div role=heading>Ropes</div><p>Hemp.</p>")
    assert [block.level for block in reading.blocks] == [1, 2, 0]


@pytest.mark.parametrize("mark", ["Q: {}\nA: {}", "Q. {}\nA. {}", "Question: {}\nAnswer: {}"])
def test_in_plain_text_an_answer_begins_a_line_of_its_own(tmp_path, mark):
    """Right below its question."""
    reading = written(tmp_path, "faq.txt", "\n\n".join(mark.format(*pair) for pair in FAQ.items()))
    assert headings(reading) == list(FAQ)
    assert len(words(reading)) == 6


def test_a_bold_first_line_of_a_paragraph_is_its_title_in_markdown(tmp_path):
    """Above a sentence; words in bold within a line, or above words that are none, stay in theirs."""
    text = "# Bells\n\n" + "\n\n".join(f"**{asked}**\n{answer}" for asked, answer in FAQ.items())
    assert headings(written(tmp_path, "faq.md", text)) == list(FAQ)
    others = ["**Bells** ring\nat noon.", "**Keeper**\nAda", "**Bells:**\nThey ring at noon.", "**All\nring.** So."]
    kept = written(tmp_path, "notes.md", "\n\n".join(others))
    assert words(kept) == ["Bells ring at noon.", "Keeper Ada", "Bells: They ring at noon.", "All ring. So."]
