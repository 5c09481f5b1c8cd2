"""Clauses that list controls."""

from __future__ import annotations

from corpus.control import ControlLink, Provenance
from isobot.controls.lists import MOST, lists_controls, tags_of


def links(count: int) -> tuple[ControlLink, ...]:
    """Links named at 0:5, 10:15, 20:25 and so on."""
    return tuple(ControlLink("iso27001:2022", f"A.8.{n + 1}", Provenance.EXPLICIT, start=10 * n, end=10 * n + 5) for n in range(count))


def test_a_clause_that_names_more_controls_than_one_can_document_is_a_list():
    """Twelve are many, thirteen are a list."""
    assert not lists_controls(links(MOST))
    assert lists_controls(links(MOST + 1))


def test_a_quotation_from_a_list_is_tagged_with_the_controls_that_it_names():
    """A row of a statement of applicability carries its own control, and not the other 92."""
    assert [link.id for link in tags_of(links(93), 20, 35)] == ["A.8.3", "A.8.4"]


def test_a_quotation_from_a_clause_is_tagged_with_all_that_the_clause_documents():
    """Also with a control that another of its sentences names."""
    assert [link.id for link in tags_of(links(2), 0, 5)] == ["A.8.1", "A.8.2"]
