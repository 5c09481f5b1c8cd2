"""What a control corresponds to, directly and by way of another, and how that is said."""

from __future__ import annotations

import pytest

from corpus.control import Control, Relation
from corpus.library import controls_by_id
from isobot.controls.equivalents import Equivalent, closest, composed, equivalents
from isobot.controls.locate import members
from isobot.controls.summary import correspondences, headline, listing, sentences

NEWER, OLDER, CSF, NIST = "iso27001:2022", "iso27001:2013", "nist-csf:2.0", "nist-800-53:r5"


def control(framework: str, id: str) -> Control:
    return controls_by_id(framework)[id]


def test_an_older_control_meets_what_its_successor_meets() -> None:
    """A.12.3.1 is A.8.13, which holds PR.DS-11; both steps are told apart."""
    found = equivalents(control(OLDER, "A.12.3.1"))
    by = (NEWER, "A.8.13")
    assert found == (
        Equivalent(NEWER, "A.8.13", Relation.EQUAL),
        Equivalent(CSF, "PR.DS-11", Relation.SUPERSET, by),
        Equivalent(CSF, "RC.RP-03", Relation.INTERSECTS, by),
        Equivalent(NIST, "CP-9", Relation.INTERSECTS, by),
        Equivalent(NIST, "CP-9(1)", Relation.SUPERSET, by),
    )


def test_a_control_of_nist_meets_both_editions_and_not_the_other_framework_of_nist() -> None:
    """PR.DS-11 leads to A.8.13 and by it to A.12.3.1; from there no step goes on to SP 800-53."""
    assert equivalents(control(CSF, "PR.DS-11")) == (
        Equivalent(NEWER, "A.8.13", Relation.SUBSET),
        Equivalent(OLDER, "A.12.3.1", Relation.SUBSET, (NEWER, "A.8.13")),
    )


def test_an_enhancement_shares_what_the_control_it_enhances_meets() -> None:
    """IR-2(1) has no pair of its own; IR-2 intersects A.6.3, and so A.7.2.2."""
    found = equivalents(control(NIST, "IR-2(1)"))
    assert [(one.id, one.relation, one.via) for one in found] == [
        ("A.6.3", Relation.INTERSECTS, (NIST, "IR-2")),
        ("A.7.2.2", Relation.INTERSECTS, (NIST, "IR-2")),
    ]
    assert equivalents(control(NIST, "AC-3(6)")) == ()


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("equal", "subset", "subset"),
        ("superset", "equal", "superset"),
        ("subset", "subset", "subset"),
        ("subset", "superset", "intersects"),
        ("intersects", "equal", "intersects"),
        ("superset", "intersects", "intersects"),
    ],
)
def test_two_relations_make_one(first: str, second: str, together: str) -> None:
    """A part of a part is a part; what does not follow is an intersection."""
    assert composed(Relation(first), Relation(second)) is Relation(together)


def test_the_headline_of_an_older_control_names_its_successors() -> None:
    """One, two, or none for a domain; a control of the newer edition has its own name alone."""
    assert headline(control(OLDER, "A.12.3.1")) == "ISO/IEC 27001:2013: A.12.3.1 Information backup, now A.8.13 Information backup (2022)"
    assert headline(control(OLDER, "A.11.2.5")).endswith(", now A.7.9 Security of assets off-premises and A.7.10 Storage media (2022)")
    assert headline(control(OLDER, "A.12")) == "ISO/IEC 27001:2013 A.12 Operations security"
    assert headline(control(NEWER, "A.8.13")) == "ISO/IEC 27001:2022 A.8.13 Information backup"


def test_attributes_stand_on_one_line() -> None:
    """Five of them, in the order of the standard."""
    (line,) = [sentence for sentence in sentences(control(NEWER, "A.8.17")) if sentence.startswith("Attributes: ")]
    assert line == "Attributes: detective; integrity; protect, detect; information security event management; protection, defence"


def test_a_new_and_a_withdrawn_control_say_so() -> None:
    """With what took the place of the withdrawn one, where something did."""
    assert sentences(control(NEWER, "A.5.7"))[-1] == "New in 2022: the edition of 2013 had no such control."
    assert sentences(control(NIST, "AC-3(6)")) == [
        "Withdrawn; MP-4 Media Storage and SC-28 Protection of Information at Rest took its place."
    ]
    assert sentences(control(NIST, "SC-19")) == ["Withdrawn; nothing took its place."]


def test_what_gathers_lists_its_controls() -> None:
    """An objective under its domain, set in; of a family the base controls, of a control its enhancements."""
    assert listing(members(control(OLDER, "A.12")))[:2] == [
        "A.12.1 Operational procedures and responsibilities",
        "  A.12.1.1 Documented operating procedures",
    ]
    assert len(members(control(NEWER, "A.5"))) == 37
    assert len(members(control(OLDER, "A.9"))) == 4 + 14
    assert [member.id for member in members(control(NIST, "PS"))] == [f"PS-{n}" for n in range(1, 10)]
    assert listing(members(control(NIST, "PS-6")))[0] == "PS-6(1) Information Requiring Special Protection (withdrawn)"
    assert [member.id for member in members(control(NEWER, "9"))] == ["9.1", "9.2", "9.2.1", "9.2.2", "9.3", "9.3.1", "9.3.2", "9.3.3"]


def test_equivalents_are_said_a_framework_a_line() -> None:
    """With titles where they are few, and the control between."""
    assert correspondences(equivalents(control(OLDER, "A.12.3.1"))) == [
        "ISO/IEC 27001:2022: A.8.13 Information backup (equal)",
        "NIST CSF 2.0, by A.8.13: PR.DS-11 Backups made, protected and tested (narrower); RC.RP-03 Backups checked before use (intersects)",
        "NIST SP 800-53 r5, by A.8.13: CP-9 System Backup (intersects); CP-9(1) Testing for Reliability and Integrity (narrower)",
    ]
    line = correspondences(equivalents(control(NEWER, "A.8.16")))[1]
    assert line.startswith("NIST SP 800-53 r5: AC-2(12), AC-17(1), AU-13, ")
    assert line.endswith("(intersects); SI-4(4) (narrower)")


@pytest.mark.parametrize(
    ("framework", "id", "home", "found"),
    [
        (OLDER, "A.12.3.1", NIST, ["A.8.13"]),  # the other edition of its own standard before the home
        (CSF, "PR.DS-11", NEWER, ["A.8.13"]),
        (CSF, "PR.DS-11", OLDER, ["A.12.3.1"]),
        (NEWER, "A.8.13", NEWER, ["A.12.3.1"]),
    ],
)
def test_the_closest_equivalents_are_of_its_own_standard_or_of_the_home(framework: str, id: str, home: str, found: list[str]) -> None:
    """By whose clauses a control that none names is shown."""
    assert [one.id for one in closest(control(framework, id), home)] == found
