"""The documents and records that ISO/IEC 27001 demands."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.control import ControlKind
from corpus.errors import FrameworkError
from corpus.library import controls_by_id
from corpus.mandatory import RecordKind, mandatory, mandatory_for

CLAUSES = {
    "iso27001:2022": "4.3 5.2 6.1.2 6.1.3 6.1.3 6.1.3 6.2 7.2 7.5.1 7.5.3 8.1 8.2 8.3 9.1 9.2.2 9.3.3 10.2 10.2",
    "iso27001:2013": "4.3 5.2 6.1.2 6.1.3 6.1.3 6.1.3 6.2 7.2 7.5.1 7.5.3 8.1 8.2 8.3 9.1 9.2 9.3 10.1 10.1",
}


@pytest.mark.parametrize("framework", CLAUSES)
def test_the_clauses_that_ask_for_something_in_writing_are_all_there(framework: str) -> None:
    """Eighteen in each edition: nine documents and nine records, in the order of the clauses."""
    found = mandatory(framework)
    assert " ".join(one.clause for one in found) == CLAUSES[framework]
    assert Counter(one.kind for one in found) == {RecordKind.DOCUMENT: 9, RecordKind.RECORD: 9}


@pytest.mark.parametrize("framework", CLAUSES)
def test_each_stands_under_a_requirement_clause_and_says_what_it_holds(framework: str) -> None:
    """The clause is one of the framework that nothing stands below, and no two entries have one title."""
    known = controls_by_id(framework)
    parents = {control.parent for control in known.values()}
    for one in mandatory(framework):
        assert known[one.clause].kind is ControlKind.REQUIREMENT and one.clause not in parents
        assert one.title and one.holds.endswith(".")
    assert len({one.title for one in mandatory(framework)}) == 18


def test_a_clause_has_what_its_parts_demand() -> None:
    """6.1.3 demands three, 9.2 what 9.2.2 demands, 10 both of 10.2; 7.1 demands nothing in writing, and 1 is not 10."""
    titles = {clause: [one.title for one in mandatory_for("iso27001:2022", clause)] for clause in ("6.1.3", "9.2", "10", "7.1", "1")}
    assert titles == {
        "6.1.3": ["Risk treatment process", "Statement of applicability", "Risk treatment plan"],
        "9.2": ["Audit programme and results"],
        "10": ["Nonconformities and actions", "Results of corrective actions"],
        "7.1": [],
        "1": [],
    }


def test_a_framework_without_a_list_is_refused() -> None:
    """With the names of those that have one."""
    with pytest.raises(FrameworkError, match=r"soc2:2017.*iso27001:2022, iso27001:2013"):
        mandatory("soc2:2017")
