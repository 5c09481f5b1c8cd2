"""What the sample organisation's documents say of each other: clauses that exist, and a complete statement of applicability."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from corpus.library import controls_by_id
from corpus.samples.make import POLICIES, SOURCES
from corpus.samples.source import FRONT_MATTER, Grid, plain, read_source

REFERENCE = re.compile(r"\b([A-Z]{3}-\d\d), (?:clauses?|sections?) (\d+(?:\.\d+)*)(?:(?: to | and )(\d+(?:\.\d+)*))?")
ENTRY = re.compile(r"\b([A-Z]{3}-\d\d), entry ([A-Z]-\d+)")
KINDS = "Policy|Standard|Procedure|Method|Plan|Schedule|Statement"
BY_TITLE = re.compile(rf"(?:[Cc]lause|[Ss]ection) (\d+(?:\.\d+)*) of the ([A-Z][A-Za-z, ]+? (?:{KINDS}))\b")
NUMBER = re.compile(r"^(?:#+ )?(\d+(?:\.\d+)*) ", re.MULTILINE)
STATEMENT = SOURCES / "statement-of-applicability.md"


def written(path: Path) -> Path:
    """What an author wrote: the source of a made document, else the document itself."""
    source = SOURCES / f"{path.stem}.md"
    return source if source.exists() else path


def matter(text: str) -> dict[str, str]:
    found = FRONT_MATTER.match(text)
    assert found is not None
    loaded: dict[str, str] = yaml.safe_load(found[1])
    return loaded


TEXTS = {
    reference: text
    for path in sorted(POLICIES.iterdir())
    if path.name != "isobot.toml"
    for text in [written(path).read_text(encoding="utf-8")]
    if matter(text)["status"] != "superseded"
    for reference in [matter(text)["reference"]]
}
TITLES = {matter(text)["title"]: reference for reference, text in TEXTS.items()}
NUMBERS = {reference: set(NUMBER.findall(text)) for reference, text in TEXTS.items()}


@pytest.mark.parametrize("reference", sorted(TEXTS))
def test_every_clause_that_a_document_names_of_another_exists(reference):
    """A reader who follows "ACP-03, clause 7.2" or "clause 7.2 of the Access Control Policy" finds it."""
    text = TEXTS[reference]
    named = [(match[1], number) for match in REFERENCE.finditer(text) for number in (match[2], match[3]) if number]
    named += [(TITLES[match[2]], match[1]) for match in BY_TITLE.finditer(text) if match[2] in TITLES]
    assert [(other, number) for other, number in named if number not in NUMBERS.get(other, set())] == []
    assert [match[0] for match in ENTRY.finditer(text) if f"| {match[2]} |" not in TEXTS[match[1]]] == []


def test_every_document_that_is_referred_to_exists():
    """No reference code stands for a document that is not in the library."""
    codes = {code for text in TEXTS.values() for code in re.findall(r"\b[A-Z]{3}-\d\d\b", text)}
    assert codes == set(TEXTS)


def rows() -> list[list[str]]:
    grid = next(block for block in read_source(STATEMENT).blocks if isinstance(block, Grid))
    return [[plain(cell) for cell in row] for row in grid.rows]


def test_the_statement_of_applicability_lists_every_control_once_in_order():
    """Ids and titles are those of the standard, 93 of them."""
    annex = [(id, control.title) for id, control in controls_by_id("iso27001:2022").items() if re.fullmatch(r"A\.\d\.\d+", id)]
    assert [(row[0], row[1]) for row in rows()] == annex
    assert len(annex) == 93


def test_the_statement_of_applicability_counts_its_states_rightly():
    """Its own sentence on how many controls are in which state agrees with its table, and a control left out says why and where."""
    states = Counter(row[4].partition(":")[0] for row in rows())
    sentence = f"{states['Implemented']} controls were implemented, {states['Partly implemented']} partly implemented"
    assert f"{sentence} and {states['Not applicable']} not applicable." in STATEMENT.read_text(encoding="utf-8")
    assert all((row[2] == "No") == (row[4] == "Not applicable") for row in rows())
    assert all(row[3] and row[6] and (REFERENCE.search(row[5]) or ENTRY.search(row[5])) for row in rows())
