"""How the frameworks that ship correspond: ids, coverage, and relations checked by hand."""

from __future__ import annotations

import pytest

from corpus.control import ControlKind, Crosswalk
from corpus.library import controls_by_id, crosswalks, framework

WALKS = {(walk.source, walk.target): walk for walk in crosswalks()}
NEW_IN_2022 = ["A.5.7", "A.5.23", "A.5.30", "A.7.4", "A.8.9", "A.8.10", "A.8.11", "A.8.12", "A.8.16", "A.8.23", "A.8.28"]
BY_HAND = {
    ("iso27001:2013", "iso27001:2022"): [
        ("A.5.1.2", "subset", "A.5.1"), ("A.6.1.3", "equal", "A.5.5"), ("A.9.2.6", "subset", "A.5.18"), ("A.12.3.1", "equal", "A.8.13"),
        ("A.12.7.1", "equal", "A.8.34"), ("A.13.2.1", "subset", "A.5.14"), ("A.14.2.4", "subset", "A.8.32"),
        ("A.18.2.3", "intersects", "A.8.8"), ("9.2", "superset", "9.2.1"), ("10.1", "equal", "10.2"), ("4.1", "subset", "4.1"),
    ],
    ("iso27001:2022", "nist-csf:2.0"): [
        ("A.8.13", "superset", "PR.DS-11"), ("A.8.9", "equal", "PR.PS-01"), ("A.6.1", "subset", "GV.RR-04"),
        ("A.5.20", "equal", "GV.SC-05"), ("A.8.24", "intersects", "PR.DS-02"), ("6.1.2", "intersects", "ID.RA-05"),
    ],
    ("iso27001:2022", "nist-800-53:r5"): [
        ("A.8.13", "intersects", "CP-9"), ("A.8.13", "superset", "CP-9(1)"), ("A.5.3", "equal", "AC-5"), ("A.8.17", "equal", "SC-45(1)"),
        ("A.8.8", "intersects", "RA-5"), ("A.8.5", "intersects", "IA-2"), ("8.2", "intersects", "RA-3"),
    ],
}  # fmt: skip
WRONG = {
    ("iso27001:2013", "iso27001:2022"): [("A.13.2.1", "A.8.14"), ("10.1", "10.1")],
    ("iso27001:2022", "nist-csf:2.0"): [("A.5.3", "GV.OC-05"), ("A.8.17", "PR.DS-01"), ("A.6.1", "PR.DS-02"), ("9.3.1", "PR.PS-01")],
    ("iso27001:2022", "nist-800-53:r5"): [("A.5.30", "CA-2"), ("A.5.10", "PE-18")],
}


def test_the_three_crosswalks_ship() -> None:
    """2013 to 2022, and 2022 to the two of NIST."""
    assert set(WALKS) == set(BY_HAND)


@pytest.mark.parametrize("walk", WALKS.values(), ids=lambda walk: f"{walk.source} to {walk.target}")
def test_every_id_is_one_of_its_framework(walk: Crosswalk) -> None:
    """None is withdrawn, no pair stands twice, pairs follow the order of the frameworks, and the file says why it differs from others."""
    sources, targets = (list(controls_by_id(name)) for name in (walk.source, walk.target))
    places = [(sources.index(source), targets.index(target)) for source, _, target in walk.pairs]
    assert places == sorted(set(places))
    assert not [target for _, _, target in walk.pairs if controls_by_id(walk.target)[target].withdrawn]
    assert walk.notes and all(note.endswith(".") for note in walk.notes)


@pytest.mark.parametrize("names", BY_HAND)
def test_relations_are_those_found_by_hand(names: tuple[str, str]) -> None:
    """Pairs that were read in both texts, and pairs that others publish and that are wrong."""
    pairs = {(source, target): relation.value for source, relation, target in WALKS[names].pairs}
    assert [(source, pairs.get((source, target)), target) for source, _, target in BY_HAND[names]] == BY_HAND[names]
    assert not [pair for pair in WRONG[names] if pair in pairs]


def test_eleven_controls_are_new_in_2022() -> None:
    """Every other control of :2022 comes from one of :2013, and so does every requirement but 6.3."""
    reached = {target for _, _, target in WALKS["iso27001:2013", "iso27001:2022"].pairs}
    without = [control for control in framework("iso27001:2022").controls if control.id not in reached]
    assert [control.id for control in without if control.kind is ControlKind.CONTROL] == NEW_IN_2022
    assert [control.id for control in without if control.kind is ControlKind.REQUIREMENT] == ["6.3"]


def test_every_clause_and_control_of_2013_has_a_successor() -> None:
    """All 114 and every requirement."""
    kinds = (ControlKind.CONTROL, ControlKind.REQUIREMENT)
    known = [control.id for control in framework("iso27001:2013").controls if control.kind in kinds]
    assert [id for id in known if id not in {source for source, _, _ in WALKS["iso27001:2013", "iso27001:2022"].pairs}] == []


def test_every_subcategory_of_csf_meets_a_clause_or_control() -> None:
    """And of the 93 all but A.5.37 meet a subcategory; all of them meet a control of SP 800-53."""
    csf, nist = (WALKS["iso27001:2022", target].pairs for target in ("nist-csf:2.0", "nist-800-53:r5"))
    subcategories = [control.id for control in framework("nist-csf:2.0").controls if control.kind is ControlKind.CONTROL]
    assert [id for id in subcategories if id not in {target for _, _, target in csf}] == []
    controls = [control.id for control in framework("iso27001:2022").controls if control.kind is ControlKind.CONTROL]
    assert [id for id in controls if id not in {source for source, _, _ in csf}] == ["A.5.37"]
    assert [id for id in controls if id not in {source for source, _, _ in nist}] == []
