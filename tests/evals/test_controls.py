"""Where controls are found is scored against where people found them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.errors import DatasetError
from evals.clause_ids import score_clause_ids
from evals.clause_ids import shown as shown_ids
from evals.controls import Place, read_places, score_controls, shown
from indexer.generation import Generation
from tests.organisation import cache, index_of, matter

__all__ = ["cache"]
DAY = date(2026, 9, 15)
ACCESS = """# Access Procedure

## AC-2 Account Management

Accounts are opened by the service desk when the owner of the system agrees.

## AC-3 Access Enforcement

Systems refuse whoever has no account.
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory, cache):
    base = tmp_path_factory.mktemp("controls")
    (base / "documents").mkdir()
    (base / "documents" / "access.md").write_text(matter("Access Procedure") + ACCESS, encoding="utf-8")
    index_of(base / "documents", base / "index", cache)
    return Generation.current(base / "index")


def test_documents_and_quotes_are_counted_apart(generation):
    """Both controls are found in their file; the words noted for one of them stand elsewhere, and it counts as half a hit."""
    places = [
        Place(
            "nist-800-53:r5", "AC-2", ("access.md",), None, "Accounts are opened by the service desk when the owner of the system agrees."
        ),
        Place("nist-800-53:r5", "AC-3", ("access.md",), None, "Visitors wear their badge above the waist at all times and return it."),
    ]
    figures = score_controls(places, generation, DAY)["nist-800-53:r5"]
    assert (figures["controls"], figures["missed"]) == (2, [])
    assert (figures["document@1"]["value"], figures["quote@1"]["value"]) == (1.0, 0.5)
    assert figures["page@1"] == {"value": None, "interval": None}  # Markdown has no pages, and none was noted


def test_what_is_not_found_is_named(generation):
    """An objective that no clause names has recall 0, and no precision."""
    report = score_controls([Place("iso27001:2013", "A.12.3", ("backup.md",))], generation, DAY)
    assert report["iso27001:2013"]["missed"] == ["A.12.3: backup.md"]
    assert (report["iso27001:2013"]["recall"]["value"], report["iso27001:2013"]["precision"]["value"]) == (0.0, None)
    assert "1 not found among the first five" in shown(report)


def test_places_are_read_line_by_line(tmp_path):
    """Of both kinds; a line that is neither is named."""
    lines = [
        {"control": "AC-2", "file": "a.pdf", "page": 3, "quote": None},
        {"iso27001_2013": "A.12.3", "files": ["b.md", "c.md"]},
    ]
    file = tmp_path / "places.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert read_places(tmp_path) == [Place("nist-800-53:r5", "AC-2", ("a.pdf",), 3), Place("iso27001:2013", "A.12.3", ("b.md", "c.md"))]
    file.write_text('{"control": "AC-2"}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match=r"places\.jsonl, line 1 is no place"):
        read_places(tmp_path)


def test_a_folder_without_places_is_refused(tmp_path):
    """The message names the folder."""
    with pytest.raises(DatasetError, match=r"holds no \*\.jsonl"):
        read_places(tmp_path)


def test_ids_that_head_a_line_are_counted_where_a_clause_has_them_as_its_number(cache, tmp_path):
    """Of the codes in the source two are clauses of the index; the third, which the index does not have, is named."""
    source = "# Access Procedure\n\n- **POL.ACC.001**\n\n  Doors are locked.\n\n**POL.ACC.002: Keys** are counted.\n\nSee POL.ACC.009.\n"
    (tmp_path / "keys.md").write_text(source, encoding="utf-8")
    index_of(tmp_path, tmp_path / "index", cache)
    (tmp_path / "keys.md").write_text(source + "\nPOL.ACC.003 Locks are changed.\n", encoding="utf-8")
    score = score_clause_ids(Generation.current(tmp_path / "index"), tmp_path, [])
    assert score["codes"] == {"found": 2, "of": 3, "missed": ["keys.md: POL.ACC.003"]}
    assert "policy codes       2 of 3 that head a line are clauses of that number\n" in shown_ids(score)
