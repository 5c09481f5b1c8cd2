"""What ships of each framework: counts, titles against lists made by hand, and that nothing is left empty."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from corpus.control import ControlKind
from corpus.library import controls_by_id, framework

ISO = ("iso27001:2022", "iso27001:2013")
SAID = (ControlKind.CONTROL, ControlKind.REQUIREMENT)
ATTRIBUTES = {
    "control type": {"preventive", "detective", "corrective"},
    "information security properties": {"confidentiality", "integrity", "availability"},
    "cybersecurity concepts": {"identify", "protect", "detect", "respond", "recover"},
    "operational capabilities": {
        "governance", "asset management", "information protection", "human resource security", "physical security",
        "system and network security", "application security", "secure configuration", "identity and access management",
        "threat and vulnerability management", "continuity", "supplier relationships security", "legal and compliance",
        "information security event management", "information security assurance",
    },
    "security domains": {"governance and ecosystem", "protection", "defence", "resilience"},
}  # fmt: skip
TITLES = {
    "iso27001:2022": {
        "4.4": "Information security management system", "6.3": "Planning of changes", "7.5.2": "Creating and updating",
        "9.2.2": "Internal audit programme", "A.5.7": "Threat intelligence", "A.5.15": "Access control",
        "A.5.23": "Information security for use of cloud services", "A.5.30": "ICT readiness for business continuity",
        "A.6.1": "Screening", "A.6.8": "Information security event reporting", "A.7.2": "Physical entry",
        "A.7.4": "Physical security monitoring", "A.7.14": "Secure disposal or re-use of equipment", "A.8.1": "User end point devices",
        "A.8.9": "Configuration management", "A.8.11": "Data masking", "A.8.12": "Data leakage prevention",
        "A.8.16": "Monitoring activities", "A.8.20": "Networks security", "A.8.28": "Secure coding",
        "A.8.34": "Protection of information systems during audit testing",
    },
    "iso27001:2013": {
        "10.1": "Nonconformity and corrective action", "A.5.1.2": "Review of the policies for information security",
        "A.6.2.1": "Mobile device policy", "A.7.2.3": "Disciplinary process", "A.8.3.3": "Physical media transfer",
        "A.9.4.3": "Password management system", "A.10.1.2": "Key management", "A.11.1.6": "Delivery and loading areas",
        "A.12.6.2": "Restrictions on software installation", "A.13.2.3": "Electronic messaging",
        "A.14.2.9": "System acceptance testing", "A.15.2.2": "Managing changes to supplier services",
        "A.16.1.3": "Reporting information security weaknesses", "A.17.2.1": "Availability of information processing facilities",
        "A.18.2.3": "Technical compliance review",
    },
    "nist-csf:2.0": {
        "GV": "Govern", "GV.OC": "Organizational Context", "GV.SC": "Cybersecurity Supply Chain Risk Management", "ID.IM": "Improvement",
        "PR.AA": "Identity Management, Authentication, and Access Control", "PR.IR": "Technology Infrastructure Resilience",
        "DE.AE": "Adverse Event Analysis", "RS.CO": "Incident Response Reporting and Communication",
        "RC.RP": "Incident Recovery Plan Execution",
    },
    "nist-800-53:r5": {
        "AC-1": "Policy and Procedures", "AC-2(1)": "Automated System Account Management",
        "CM-7(5)": "Authorized Software — Allow-by-exception", "CP-9": "System Backup",
        "IA-2": "Identification and Authentication (Organizational Users)", "MA-4(2)": "Document Nonlocal Maintenance",
        "PL-4(1)": "Social Media and External Site/Application Usage Restrictions", "SR-2(1)": "Establish SCRM Team",
        "SI-4(14)": "Wireless Intrusion Detection", "PT-5(2)": "Privacy Act Statements",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_titles_are_those_of_the_framework(name: str) -> None:
    """A sample of each, copied by hand from its table of contents."""
    known = controls_by_id(name)
    assert {id: known[id].title for id in TITLES[name]} == TITLES[name]


def test_each_family_of_800_53_is_whole() -> None:
    """Base controls and enhancements of the 20 families, those withdrawn included: 322 and 867, of which 298 and 709 are in use."""
    controls = [control for control in framework("nist-800-53:r5").controls if control.kind is ControlKind.CONTROL]
    assert Counter(control.id.partition("-")[0] for control in controls) == {
        "AC": 147, "AT": 17, "AU": 69, "CA": 32, "CM": 66, "CP": 56, "IA": 70, "IR": 42, "MA": 30, "MP": 30,
        "PE": 59, "PL": 17, "PM": 37, "PS": 18, "PT": 21, "RA": 26, "SA": 145, "SC": 162, "SI": 118, "SR": 27,
    }  # fmt: skip
    assert Counter("(" in control.id for control in controls) == {False: 322, True: 867}
    assert Counter("(" in control.id for control in controls if not control.withdrawn) == {False: 298, True: 709}


def test_what_took_the_place_of_a_withdrawn_control_is_in_use() -> None:
    """All but SC-19 and CP-10(3) have a successor; SA-12 became the family SR."""
    known = controls_by_id("nist-800-53:r5")
    withdrawn = [control for control in known.values() if control.withdrawn]
    assert [control.id for control in withdrawn if not control.replaced_by] == ["CP-10(3)", "SC-19"]
    assert not [id for control in withdrawn for id in control.replaced_by if known[id].withdrawn]
    assert known["SA-12"].replaced_by == ("SR",)
    assert known["AC-3(6)"].replaced_by == ("MP-4", "SC-28")
    assert not [control.id for control in known.values() if control.replaced_by and not control.withdrawn]


@pytest.mark.parametrize(("name", "sizes"), [("nist-csf:2.0", [31, 21, 22, 11, 13, 8]), ("soc2:2017", [33, 3, 2, 5, 18])])
def test_each_function_and_category_is_whole(name: str, sizes: list[int]) -> None:
    """Subcategories of CSF 2.0 by function; criteria of SOC 2: common, availability, confidentiality, processing integrity, privacy."""
    controls = [control.id for control in framework(name).controls if control.kind is ControlKind.CONTROL]
    assert list(Counter(re.split(r"[\d.]", id)[0] for id in controls).values()) == sizes


@pytest.mark.parametrize("name", ISO)
def test_every_clause_and_control_of_iso_says_what_an_auditor_looks_for(name: str) -> None:
    """In one or two sentences that are not those of its neighbours."""
    said = [control for control in framework(name).controls if control.kind in SAID]
    for control in said:
        assert control.evidence.endswith(".") and 30 < len(control.evidence) < 300, control.id
    controls = [control.evidence for control in said if control.kind is ControlKind.CONTROL]
    assert len(set(controls)) == len(controls)


@pytest.mark.parametrize("name", [*ISO, "nist-csf:2.0", "soc2:2017"])
def test_nothing_is_asked_in_no_words(name: str) -> None:
    """Functions, themes, domains and objectives say in a line what they are about, and each control what it asks."""
    for control in framework(name).controls:
        assert control.asks.endswith(".") and len(control.asks) > 12, control.id
        assert control.asks != f"{control.title}.", control.id


def test_the_93_controls_have_the_five_attributes_of_iso_27002() -> None:
    """Each has a value for each; the values are those of the standard, and other entries have none."""
    for control in framework("iso27001:2022").controls:
        if control.kind is not ControlKind.CONTROL:
            assert not control.attributes
            continue
        assert list(control.attributes) == list(ATTRIBUTES), control.id
        for name, values in control.attributes.items():
            assert values and len(set(values)) == len(values) and set(values) <= ATTRIBUTES[name], control.id


def test_attributes_of_known_controls_are_right() -> None:
    """Backup corrects and recovers, threat intelligence is of all three types, clocks are about integrity alone."""
    known = controls_by_id("iso27001:2022")
    assert known["A.8.13"].attributes == {
        "control type": ("corrective",),
        "information security properties": ("integrity", "availability"),
        "cybersecurity concepts": ("recover",),
        "operational capabilities": ("continuity",),
        "security domains": ("protection",),
    }
    assert known["A.5.7"].attributes["control type"] == ("preventive", "detective", "corrective")
    assert known["A.8.17"].attributes["information security properties"] == ("integrity",)
    assert {id for id, one in known.items() if "human resource security" in one.attributes.get("operational capabilities", ())} == {
        "A.6.1", "A.6.2", "A.6.3", "A.6.4", "A.6.5", "A.6.6"
    }  # fmt: skip
