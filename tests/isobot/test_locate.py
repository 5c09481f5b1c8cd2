"""Where a control is documented."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.control import Provenance
from corpus.errors import FrameworkError
from indexer.generation import Generation
from isobot.controls.locate import Location, locate

DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def generation(organisation) -> Generation:
    return Generation.current(organisation.index)


def where(location: Location) -> list[tuple[str, str | None, Provenance]]:
    return [(one.citation.document.path, one.citation.clause.number, one.provenance) for one in location.clauses]


def test_clauses_that_name_a_control_come_before_what_is_declared(generation):
    """Clause 4.3 names A.5.18 and is quoted there; that the document declares it besides does not double it."""
    found = locate(generation, "A.5.18", None, frozenset(), DAY)
    assert where(found)[0] == ("access-control-policy.md", "4.3", Provenance.EXPLICIT)
    assert "(ISO 27001 A.5.18)" in found.clauses[0].citation.quote
    assert all(one.probability == 1.0 for one in found.clauses)


def test_an_id_of_two_editions_shows_both(generation):
    """A.8.1 is a control of :2022 and an objective of :2013."""
    found = locate(generation, "A.8.1", None, frozenset(), DAY)
    assert [(c.framework, c.id) for c in (found.control, *found.alternatives)] == [("iso27001:2022", "A.8.1"), ("iso27001:2013", "A.8.1")]
    assert [path for path, _, _ in where(found)] == ["laptop-standard.md"]


def test_a_theme_gathers_its_controls(generation):
    """A.5 has nothing by itself; its controls have."""
    found = locate(generation, "A.5", None, frozenset(), DAY)
    clauses = {(path, number) for path, number, _ in where(found)}
    assert {("access-control-policy.md", "4.1"), ("access-control-policy.md", "4.3")} <= clauses


def test_only_what_is_in_force_documents_a_control(generation):
    """The superseded standard names A.8.1 too, and is not shown."""
    assert "laptop-standard-1.0.md" not in {path for path, _, _ in where(locate(generation, "A.8.1", None, frozenset(), DAY))}


def test_an_equivalent_stands_in_for_a_control_that_no_clause_documents(generation):
    """A.9.2.5 of :2013 is A.5.18 now, whose clauses are shown as its own; without a home framework nothing stands in."""
    found = locate(generation, "A.9.2.5", None, frozenset(), DAY, "iso27001:2022")
    assert (found.clauses, [one.id for one in found.standing_in]) == ((), ["A.5.18"])
    assert found.instead == locate(generation, "A.5.18", None, frozenset(), DAY, "iso27001:2022").clauses
    alone = locate(generation, "A.9.2.5", None, frozenset(), DAY)
    assert (alone.clauses, alone.standing_in, alone.instead) == ((), (), ())


@pytest.mark.parametrize(("id", "framework"), [("A.99.1", None), ("nonsense", None), ("AC-2", "iso27001:2022"), ("", None)])
def test_a_control_that_does_not_exist_is_said_not_to(id, framework, generation):
    """With the frameworks that were looked at, and examples."""
    with pytest.raises(FrameworkError, match="is not a control or clause of"):
        locate(generation, id, framework, frozenset(), DAY)


def test_to_who_gives_no_id_the_nearest_controls_are_told(generation):
    """By id, or by a word of the title; first of the framework that the organisation works by; none where nothing is like it."""
    for id, said in [
        ("A.8.133", "Nearest are: A.8.33 Test information, A.8.13 Information backup, A.8.3 "),
        ("Backup", "Nearest are: A.8.13 Information backup."),
        ("nonsense", "Check the id; A.8.13 and AC-2(1) are examples."),
    ]:
        with pytest.raises(FrameworkError) as problem:
            locate(generation, id, None, frozenset(), DAY, "iso27001:2022")
        assert said in str(problem.value)


def test_an_unknown_framework_is_said_not_to_exist(generation):
    """A misspelt name is not taken for a framework without controls."""
    with pytest.raises(FrameworkError, match="iso9001"):
        locate(generation, "A.5.1", "iso9001", frozenset(), DAY)
