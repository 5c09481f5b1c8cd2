"""`isobot control` for every control that ships, with and without an index."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.control import ControlKind
from corpus.library import framework
from isobot.controls.locate import locate
from isobot.controls.summary import correspondences, headline, sentences
from tests.organisation import Command, Organisation

ISO = [
    control
    for name in ("iso27001:2022", "iso27001:2013")
    for control in framework(name).controls
    if control.kind is ControlKind.CONTROL
]


def test_each_of_the_93_and_114_says_all_there_is_to_say() -> None:
    """Title, what it asks, what an auditor looks for, and at least one equivalent; no index is needed."""
    assert len(ISO) == 93 + 114
    for control in ISO:
        found = locate(None, control.id, control.framework, frozenset(), date(2026, 9, 15))
        assert found.control == control
        assert control.title in headline(found.control)
        assert [control.asks] == sentences(control)[:1] and sentences(control)[1].startswith("An auditor looks for: ")
        assert correspondences(found.equivalents), control.id
        assert (found.clauses, found.searched) == ((), False)


@pytest.mark.parametrize("id", ["A.8.13", "A.12.3.1", "9.2.2", "PR.DS-11", "AC-2(10)", "CC6.1", "A.5"])
def test_a_control_is_shown_where_there_is_no_index(id: str, isobot: Command, tmp_path: Path) -> None:
    """It ends with 0, and says that there was no index to look in and how to build one."""
    ended = isobot("control", id, "--index", tmp_path / "none")
    assert (ended.code, ended.err) == (0, "")
    assert id in ended.out.splitlines()[0]
    assert f"There is no index in {tmp_path}/none to look for clauses in." in ended.out
    found = json.loads(isobot("control", id, "--index", tmp_path / "none", "--json").out)
    assert (found["control"]["id"], found["clauses"], found["searched"]) == (id, [], False)


def test_an_older_control_reads_as_one_would_say_it(isobot: Command, tmp_path: Path) -> None:
    """What it was, what it is now, and whom it meets at NIST."""
    shown = isobot("control", "A.12.3.1", "--index", tmp_path / "none").out
    assert "2013: A.12.3.1 Information backup, now A.8.13 Information backup (2022)" in shown
    assert "NIST SP 800-53 r5, by A.8.13: CP-9 System Backup (intersects)" in shown


def test_the_record_of_a_control_has_the_keys_of_the_contract(isobot: Command, tmp_path: Path) -> None:
    """Equivalents with the control between; A.8.1 is an objective too; a theme has its controls."""
    found = json.loads(isobot("control", "A.12.3.1", "--index", tmp_path / "none", "--json").out)
    first, second = found["equivalents"][:2]
    assert first == {"framework": "iso27001:2022", "id": "A.8.13", "relation": "equal", "title": "Information backup", "via": None}
    assert (second["id"], second["via"]) == ("PR.DS-11", {"framework": "iso27001:2022", "id": "A.8.13"})
    both = json.loads(isobot("control", "A.8.1", "--index", tmp_path / "none", "--json").out)
    assert [(one["framework"], one["kind"]) for one in (both["control"], *both["alternatives"])] == [
        ("iso27001:2022", "control"),
        ("iso27001:2013", "objective"),
    ]
    theme = json.loads(isobot("control", "A.6", "--index", tmp_path / "none", "--json").out)
    assert [one["id"] for one in theme["controls"]] == [f"A.6.{n}" for n in range(1, 9)]
    gone = json.loads(isobot("control", "AC-2(10)", "--index", tmp_path / "none", "--json").out)["control"]
    assert (gone["withdrawn"], gone["replaced_by"]) == (True, ["AC-2"])


def test_an_id_that_does_not_exist_is_refused_without_an_index_too(isobot: Command, tmp_path: Path) -> None:
    """The id is what is wrong, and is said to be."""
    ended = isobot("control", "A.99.1", "--index", tmp_path / "none")
    assert (ended.code, ended.out) == (2, "")
    assert "'A.99.1' is not a control or clause of" in ended.err


def test_what_documents_an_equivalent_is_shown_for_a_control_that_no_clause_names(isobot: Command, organisation: Organisation) -> None:
    """A.9.2.5 of :2013 is A.5.18 now; it is said that no clause names the one that was asked for."""
    shown = " ".join(isobot("control", "A.9.2.5", "--index", organisation.index).out.split())
    assert (
        "No clause that you may read names it or is declared to document it. "
        "What it corresponds to is documented: ISO/IEC 27001:2022 A.5.18 Access rights." in shown
    )
    found = json.loads(isobot("control", "A.9.2.5", "--index", organisation.index, "--json").out)
    assert (found["clauses"], [one["id"] for one in found["standing_in"]]) == ([], ["A.5.18"])
    assert found["instead"][0]["clause"]["number"] == "4.3"
