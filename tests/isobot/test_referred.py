"""What a cited clause refers to is shown to who may read it, and to nobody else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.citation import Referred
from indexer.generation import Generation, current_name
from indexer.verify import verify
from isobot.citation import reference_label, references_line
from isobot.question import Question
from isobot.reopened import reopened
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.slack.clause_view import clause_view
from isobot.state.records import CitedSlice
from tests.organisation import index_of, matter

VISITORS = """# Visitor Rules

## 1 Signing in

Visitors sign in at the desk, wear a badge as section 2 says, and are led as the Guard Plan for Night Shifts and section 3.1 of the
Door Standard describe.

## 2 Badges

A badge is worn above the waist.
"""
DOORS = "## 3 Doors\n\n### 3.1 Leading visitors\n\nNobody is let through alone.\n"
ROUNDS = "## 1 Rounds\n\nA round takes an hour.\n"
DOCUMENTS = {
    "visitor-rules.md": matter("Visitor Rules", version='"1.2"') + VISITORS,
    "door-standard.md": matter("Door Standard") + DOORS,
    "old-door-standard.md": matter("Door Standard", status="superseded") + DOORS,
    "guard-plan.md": matter("Guard Plan") + ROUNDS,
    "guard-plan-nights.md": matter("Guard Plan for Night Shifts", audience="guards") + ROUNDS,
}
ASKED = "where do visitors sign in?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    folder = tmp_path_factory.mktemp("references")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    index_of(folder, folder / "index", cache)
    return folder / "index"


def labels(index: Path, cache: Path, *groups: str) -> list[str]:
    answer = Responder.open(index, Settings(index=index, cache=cache)).answer(Question(ASKED, frozenset(groups)))
    (first, *_) = answer.citations or answer.nearest
    assert first.document.title == "Visitor Rules"
    return [reference_label(referred) for referred in first.refers]


def test_who_may_read_the_longer_title_is_led_to_it_and_everybody_else_to_the_shorter(index, cache):
    """Editions that are not in force are not shown; for who may not read a document it is as if it were not there."""
    assert labels(index, cache, "guards") == ["§2 Badges", "Guard Plan for Night Shifts", "Door Standard §3.1 Leading visitors"]
    assert labels(index, cache) == ["§2 Badges", "Guard Plan", "Door Standard §3.1 Leading visitors"]


def test_clauses_of_one_document_stand_under_its_name_once(index):
    """And those of the document itself by themselves."""
    catalogue, doors, visitors = Generation.current(index).catalogue, "door-standard.md", "visitor-rules.md"
    numbers = {path: catalogue.number_of(path) for path in (doors, visitors)}

    def clause(path: str, position: int, own: bool = False) -> Referred:
        number = numbers[path]
        assert number is not None
        return Referred(catalogue.document(number), catalogue.clauses(number)[position], own)

    refers = [clause(visitors, 2, own=True), clause(doors, 0), clause(doors, 1), Referred(clause(doors, 1).document, None, False)]
    assert references_line(refers) == "§2 Badges; Door Standard §3 Doors, §3.1 Leading visitors; Door Standard"
    assert references_line([]) == ""


def test_the_whole_clause_in_slack_names_what_it_refers_to(index):
    """Of a recorded answer it is found anew, by the groups of whoever opens the clause."""
    generation = Generation.current(index)
    number = generation.catalogue.number_of("visitor-rules.md")
    assert number is not None
    start = generation.text(number).characters.index("Visitors sign in")
    document = generation.document(number)
    cited = CitedSlice(document.path, document.version, document.sha256, document.text_sha256, "1 Signing in", start, start + 16)
    view = clause_view(reopened(generation, cited, frozenset()))
    assert "refers to §2 Badges; Guard Plan; Door Standard §3.1 Leading visitors" in str(view)


def test_a_reference_to_a_clause_that_is_not_there_is_noticed(index, tmp_path):
    """The index holds; after the place that a reference leads to was altered it does not."""
    assert verify(Generation.current(index)).problems == ()
    file = index / "generations" / current_name(index) / "catalogue.sqlite"
    kept = file.read_bytes()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE clause_links SET to_clause = 99 WHERE to_clause IS NOT NULL")
    connection.close()
    problems = verify(Generation.current(index)).problems
    file.write_bytes(kept)
    assert any("leads to a document or a clause that is not there" in problem for problem in problems)
