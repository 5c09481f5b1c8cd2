"""The frameworks that ship, and how a person's way of writing an id finds a control."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus import library
from corpus.control import ControlKind, Relation
from corpus.errors import FrameworkError
from corpus.library import controls_by_id, crosswalks, find_control, framework, framework_names


def kinds(name: str) -> Counter[ControlKind]:
    return Counter(control.kind for control in framework(name).controls)


def test_the_contract_names_every_framework_that_ships():
    """The names are those that commands take, the newer edition first."""
    assert framework_names() == ("iso27001:2022", "iso27001:2013", "nist-csf:2.0", "nist-800-53:r5", "soc2:2017")


def test_iso_2022_has_93_controls_in_4_themes():
    """Annex A of :2022 holds 37 organizational, 8 people, 14 physical and 34 technological controls."""
    assert kinds("iso27001:2022") == {ControlKind.REQUIREMENT: 41, ControlKind.THEME: 4, ControlKind.CONTROL: 93}
    sizes = {theme: len(framework("iso27001:2022").children_of(theme)) for theme in ("A.5", "A.6", "A.7", "A.8")}
    assert sizes == {"A.5": 37, "A.6": 8, "A.7": 14, "A.8": 34}


def test_iso_2013_has_114_controls_under_35_objectives_in_14_domains():
    """Each control hangs from an objective, and each objective from a domain."""
    found = framework("iso27001:2013")
    assert kinds(found.name) == {ControlKind.REQUIREMENT: 35, ControlKind.DOMAIN: 14, ControlKind.OBJECTIVE: 35, ControlKind.CONTROL: 114}
    sizes = [len([c for c in found.controls if c.kind is ControlKind.CONTROL and c.id.startswith(f"A.{n}.")]) for n in range(5, 19)]
    assert sizes == [2, 7, 6, 10, 14, 2, 15, 14, 7, 13, 5, 7, 4, 8]


def test_the_two_editions_of_iso_swap_their_last_clauses():
    """10.1 is nonconformity in :2013 and continual improvement in :2022; only :2022 plans changes in 6.3."""
    newer, older = controls_by_id("iso27001:2022"), controls_by_id("iso27001:2013")
    assert (newer["10.1"].title, older["10.1"].title) == ("Continual improvement", "Nonconformity and corrective action")
    assert (newer["10.2"].title, older["10.2"].title) == ("Nonconformity and corrective action", "Continual improvement")
    assert "6.3" in newer and "6.3" not in older
    assert [id for id in newer if id.startswith("9.")] == ["9.1", "9.2", "9.2.1", "9.2.2", "9.3", "9.3.1", "9.3.2", "9.3.3"]
    assert [id for id in older if id.startswith("9.")] == ["9.1", "9.2", "9.3"]


def test_csf_and_soc2_and_800_53_are_complete():
    """CSF 2.0 has 106 subcategories, SOC 2 has 61 criteria, SP 800-53 has 20 families and 182 withdrawn entries."""
    assert kinds("nist-csf:2.0") == {ControlKind.DOMAIN: 6, ControlKind.OBJECTIVE: 22, ControlKind.CONTROL: 106}
    assert kinds("soc2:2017")[ControlKind.CONTROL] == 61
    assert kinds("nist-800-53:r5") == {ControlKind.DOMAIN: 20, ControlKind.CONTROL: 1189}
    assert sum(control.withdrawn for control in framework("nist-800-53:r5").controls) == 182
    assert controls_by_id("nist-800-53:r5")["AC-2(10)"].withdrawn
    assert controls_by_id("nist-800-53:r5")["AC-2(1)"].parent == "AC-2"


@pytest.mark.parametrize("name", framework_names())
def test_every_parent_stands_in_the_same_framework(name):
    """Ids are unique, and each parent is an entry that stands before what it gathers."""
    seen: set[str] = set()
    for control in framework(name).controls:
        assert control.framework == name
        assert control.id not in seen and control.title
        assert control.parent is None or control.parent in seen
        seen.add(control.id)


@pytest.mark.parametrize("name", ["iso27001:2022", "iso27001:2013"])
def test_every_iso_entry_says_what_it_asks(name):
    """Each entry says in a sentence or two what it asks, and each control has words that staff use for it."""
    for control in framework(name).controls:
        assert control.asks.endswith(".") and len(control.asks) < 420, control.id
        assert control.staff_words or control.kind is not ControlKind.CONTROL, control.id


def test_the_amendment_of_2024_is_in_the_context_clauses():
    """Climate change is asked about in 4.1 and 4.2 of :2022, and not of :2013."""
    for id in ("4.1", "4.2"):
        assert "climate change" in controls_by_id("iso27001:2022")[id].asks
        assert "climate" not in controls_by_id("iso27001:2013")[id].asks


def test_an_unknown_framework_is_refused_with_the_known_names():
    """The message says what was asked for, and what there is."""
    with pytest.raises(FrameworkError, match=r"'iso27001:2005'.*iso27001:2022, iso27001:2013"):
        framework("iso27001:2005")
    with pytest.raises(FrameworkError, match="iso27001:2005"):
        find_control("A.5.1", "iso27001:2005")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("A8.13", ["iso27001:2022 A.8.13"]),
        ("a.8.13", ["iso27001:2022 A.8.13"]),
        ("annex a 8.13", ["iso27001:2022 A.8.13"]),
        ("Annex A.8.13", ["iso27001:2022 A.8.13"]),
        ("control 8.13", ["iso27001:2022 A.8.13"]),
        ("8.13", ["iso27001:2022 A.8.13"]),
        ("A.8.1", ["iso27001:2022 A.8.1", "iso27001:2013 A.8.1"]),
        ("A.12.3.1", ["iso27001:2013 A.12.3.1"]),
        ("9.2", ["iso27001:2022 9.2", "iso27001:2013 9.2"]),
        ("clause 9.2.2", ["iso27001:2022 9.2.2"]),
        ("ac2(1)", ["nist-800-53:r5 AC-2(1)"]),
        ("AC-02 (01)", ["nist-800-53:r5 AC-2(1)"]),
        ("AC-20", ["nist-800-53:r5 AC-20"]),
        ("pr.aa-1", ["nist-csf:2.0 PR.AA-01"]),
        ("cc6.1", ["soc2:2017 CC6.1"]),
        ("A1.2", ["soc2:2017 A1.2"]),
        ("A.8.99", []),
        ("IR-42", []),
        ("", []),
    ],
)
def test_an_id_is_found_however_it_is_typed(typed, ids):
    """Case, spaces, hyphens and zeros do not matter; every edition that has the id is found."""
    assert [f"{control.framework} {control.id}" for control in find_control(typed)] == ids


@pytest.mark.parametrize("name", framework_names())
def test_every_id_finds_itself(name):
    """No two controls of a framework are one to the person who types an id."""
    for id in controls_by_id(name):
        assert [control.id for control in find_control(id, name)] == [id]


def test_the_2013_crosswalk_covers_every_control():
    """Each of the 114 controls leads to a control of :2022; backups are equal, mobile devices a part of end point devices."""
    walk = next(walk for walk in crosswalks() if (walk.source, walk.target) == ("iso27001:2013", "iso27001:2022"))
    sources = {source for source, _, _ in walk.pairs}
    assert sources >= {control.id for control in framework("iso27001:2013").controls if control.kind is ControlKind.CONTROL}
    assert all(source in controls_by_id(walk.source) and target in controls_by_id(walk.target) for source, _, target in walk.pairs)
    assert ("A.12.3.1", Relation.EQUAL, "A.8.13") in walk.pairs
    assert ("A.6.2.1", Relation.SUBSET, "A.8.1") in walk.pairs


def test_nothing_is_loaded_before_it_is_asked_for():
    """Importing the library reads no file."""
    library.framework.cache_clear()
    library.controls_by_id.cache_clear()
    controls_by_id("soc2:2017")
    assert library.framework.cache_info().currsize == 1
