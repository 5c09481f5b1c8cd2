"""Control and clause ids in the forms that people write, and what only looks like one."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.control import ControlKind
from corpus.library import framework, framework_names
from indexer.references import Reference, question_references, references

NEWER, OLDER = "iso27001:2022", "iso27001:2013"


def said(found: tuple[Reference, ...]) -> list[str]:
    """Each as "framework id", with "?" after an unknown id and "~" after an ambiguous one."""
    return [f"{r.framework} {r.id}{'' if r.known else '?'}{'~' if r.ambiguous else ''}" for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Backups follow A.8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow A 8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow Annex A 8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow Annex A.8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow Annex A\n8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow Annex A control 8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow control 8.13 of ISO/IEC 27001:2022.", "iso27001:2022 A.8.13"),
        ("Backups follow ISO 27002 8.13.", "iso27001:2022 A.8.13"),
        ("Backups follow ISO 27001:2013 A.12.3.1.", "iso27001:2013 A.12.3.1"),
        ("Backups follow ISO/IEC 27001 A. 12.3. 1 here.", "iso27001:2013 A.12.3.1"),
        ("Backups follow ISO27001 A8.13.", "iso27001:2022 A.8.13"),
        ("Accounts follow AC-2(1).", "nist-800-53:r5 AC-2(1)"),
        ("Accounts follow AC-2 (1).", "nist-800-53:r5 AC-2(1)"),
        ("Accounts follow AC-02(01).", "nist-800-53:r5 AC-2(1)"),
        ("Accounts follow AC‑2.", "nist-800-53:r5 AC-2"),
        ("Accounts follow AC-2a.", "nist-800-53:r5 AC-2"),
        ("Identities follow PR.AA-01.", "nist-csf:2.0 PR.AA-01"),
        ("Identities follow PR.AC-1.", "nist-csf:2.0 PR.AC-1?"),
        ("Inventories follow ID.AM-1.", "nist-csf:2.0 ID.AM-01~"),
        ("NIST CSF 1.1 has ID.AM-1.", "nist-csf:1.1 ID.AM-1?"),
        ("Access follows CC6.1.", "soc2:2017 CC6.1"),
        ("For SOC 2 it is A1.2.", "soc2:2017 A1.2"),
        ("Audits follow clause 9.2.2 of ISO 27001.", "iso27001:2022 9.2.2"),
        ("Audits follow clause 9.2 of BS EN ISO/IEC 27001:2017.", "iso27001:2013 9.2"),
        ("Treat risks by ISO/IEC 27001:2022 clause 6.1.3 d).", "iso27001:2022 6.1.3"),
        ("Treat risks by clause 6.1.3(d) of ISO/IEC 27001:2022.", "iso27001:2022 6.1.3"),
        ("ISO/IEC 27001:2022 requires an internal audit (clause 9.2).", "iso27001:2022 9.2"),
        ("We meet ISO/IEC 27001:2013. Clause 9.2 of the standard asks for audits.", "iso27001:2013 9.2"),
        ("It is A.8.99.", "iso27001:2022 A.8.99?"),
        ("It is IR-42.", "nist-800-53:r5 IR-42?"),
        ("It is ISO/IEC 27001:2005 A.10.5.1.", "iso27001:2005 A.10.5.1?"),
    ],
)
def test_one_reference_is_resolved(text, expected):
    """Each form gives the one control that it means; an id that its framework does not have is reported as unknown."""
    assert said(references(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "version 8.13", "version A.8.13 of the tool", "v2.1", "on 12.3.2024", "EUR 8.13", "10.8.1.13", "A.5.1.1.1", "see section 4.3",
        "clause 9.2 applies", "ISO 27001, SP 800-53, AES-256, SHA-2 and TLS-1", "CP-1252", "an IA-32 machine", "open 1 PM-5 PM",
        "A 5.1 percent rise", "a 8.13 kg parcel", "Appendix A.5.1", "Sections A6.4 or A6.5", "Annex A, 93 controls", "A1.2",
        "ISO 27001 as clause 4.2 of this policy says", "clause 8.4 of ISO 22301", "CIS control 8.13", "CC BY 4.0, CC4.0",
        "ISO 27001:2022 of 12.3.2024", "ISO 27001 5.1 million", "https://example.org/A.8.13", "see A.2", "XPR.AA-01", "GROUP-AC-2",
        "# Appendix\n\n## A.1 Terms\n\n## A.5.1 Forms\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_control_is_none(text):
    """Versions, dates, money, addresses, the document's own parts and standards' own names are no references."""
    assert references(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.5.15, A.5.16 and A.5.18", ["A.5.15", "A.5.16", "A.5.18"]),
        ("A.5.15, 5.16 and 5.18", ["A.5.15", "A.5.16", "A.5.18"]),
        ("controls 5.15, 5.16 and 5.18 of ISO 27002", ["A.5.15", "A.5.16", "A.5.18"]),
        ("A.5.15-A.5.18", ["A.5.15", "A.5.16", "A.5.17", "A.5.18"]),
        ("A.5.15 to A.5.17", ["A.5.15", "A.5.16", "A.5.17"]),
        ("Annex A 5.15–5.16", ["A.5.15", "A.5.16"]),
        ("A.15.1 / 5.19", ["A.15.1", "A.5.19"]),
        ("clauses 4 to 6 of ISO/IEC 27001:2022", ["4", "5", "6"]),
        ("AC-11 through AC-16", ["AC-11", "AC-12", "AC-14", "AC-16"]),
        ("AC-2 (1), (3) and (5)", ["AC-2(1)", "AC-2(3)", "AC-2(5)"]),
        ("AC-2(1)(3)", ["AC-2(1)", "AC-2(3)"]),
        ("SC-7(3)-(5)", ["SC-7(3)", "SC-7(4)", "SC-7(5)"]),
    ],
)
def test_lists_and_ranges_name_each_of_their_controls(text, expected):
    """A range names what lies between its ends, withdrawn controls (AC-13, AC-15) aside."""
    assert [reference.id for reference in references(text)] == expected


def test_the_controls_of_a_range_share_its_span():
    """What a person is shown for A.5.16 in "A.5.15 to A.5.17" is the whole range."""
    found = references("See A.5.15 to A.5.17.")
    assert {(r.start, r.end, r.text) for r in found} == {(4, 20, "A.5.15 to A.5.17")}


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("A.5.1", None, ["iso27001:2022 A.5.1~"]),
        ("A.5.1", OLDER, ["iso27001:2013 A.5.1"]),
        ("A.8.13", OLDER, ["iso27001:2022 A.8.13"]),
        ("A.12.3", None, ["iso27001:2013 A.12.3"]),
        ("A.8.1 of ISO/IEC 27001:2013", NEWER, ["iso27001:2013 A.8.1"]),
        ("We follow ISO/IEC 27001:2013. So A.8.1 applies.", None, ["iso27001:2013 A.8.1"]),
        ("We follow ISO/IEC 27001:2013.\n\nSo A.8.1 applies.", None, ["iso27001:2022 A.8.1~"]),
        ("A.5.1 (ISO 27001:2013) is A.5.1 (ISO 27001:2022)", None, ["iso27001:2013 A.5.1", "iso27001:2022 A.5.1"]),
        ("A.8.13 of ISO/IEC 27001:2013", None, ["iso27001:2013 A.8.13?"]),
        ("| 2013 edition | ISO 27001:2022 |\n|---|---|\n| A.5.1 | A.5.1 |\n", None, ["iso27001:2013 A.5.1", "iso27001:2022 A.5.1"]),
    ],
)
def test_colliding_editions_are_told_apart(text, declared, expected):
    """The edition named nearby counts, then the document's, then the setting's; only the last is ambiguous, and only for ids of both."""
    assert said(references(text, declared)) == expected


def test_the_default_edition_is_a_setting():
    """With :2013 as default a two-part id of both editions is :2013's, and still ambiguous."""
    assert said(references("A.5.1", default=OLDER)) == ["iso27001:2013 A.5.1~"]


def test_a_document_of_the_first_edition_is_not_taken_for_a_later_one():
    """Where many annex ids exist in no later edition, "A.12.3.1" is not :2013's backup control."""
    rows = ["A.10.5 Backup", "A.10.6 Networks", "A.10.10.1 Audit logs", "A.11.5.1 Log-on", "A.11.7 Telework", "A.12.3.1 Cryptography"]
    assert {reference.framework for reference in references("\n".join(rows))} == {"iso27001:2005"}
    assert not any(reference.known for reference in references("\n".join(rows)))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("where is a.8.13 documented?", ["iso27001:2022 A.8.13"]),
        ("where is a8.13 documented?", ["iso27001:2022 A.8.13"]),
        ("what does annex a 8.13 ask", ["iso27001:2022 A.8.13"]),
        ("iso 8.13", ["iso27001:2022 A.8.13"]),
        ("control 8.13", ["iso27001:2022 A.8.13"]),
        ("controls 8.13 and 8.14", ["iso27001:2022 A.8.13", "iso27001:2022 A.8.14"]),
        ("iso 2013 a.8.1", ["iso27001:2013 A.8.1"]),
        ("27002 8.13", ["iso27001:2022 A.8.13"]),
        ("iso 27001 9.2.2", ["iso27001:2022 9.2.2"]),
        ("iso 27001:2013 9.2.2", ["iso27001:2013 A.9.2.2"]),
        ("iso 5.1", ["iso27001:2022 5.1~"]),
        ("who owns ac2(1)", ["nist-800-53:r5 AC-2(1)"]),
        ("who owns AC2", ["nist-800-53:r5 AC-2"]),
        ("what does IR-42 say", ["nist-800-53:r5 IR-42?"]),
        ("pr.aa-01", ["nist-csf:2.0 PR.AA-01"]),
        ("soc2 a1.2", ["soc2:2017 A1.2"]),
        ("is version 8.13 allowed", []),
        ("what does clause 9.2 say", []),
        ("section 4.3 of the access control policy", []),
        ("can i play mp3 files on my ps5 at 5 pm 3 times", []),
        ("is a 5.15 metre fence ok, or a4 paper", []),
        ("cis control 8.1", []),
    ],
)
def test_questions_may_write_ids_loosely(question, expected):
    """What a person types without capitals and dots is understood, and ordinary questions name no control."""
    assert said(question_references(question)) == expected


def _neutral(name: str, id: str, kind: ControlKind) -> str:
    if kind is ControlKind.REQUIREMENT:
        return f"This is what clause {id} of ISO/IEC 27001:{name[-4:]} is about."
    standard = {"iso": f"ISO/IEC 27001:{name[-4:]}", "nis": "NIST", "soc": "SOC 2"}[name[:3]]
    return f"This is what {id} of {standard} is about."


@pytest.mark.parametrize("name", framework_names())
def test_every_id_written_as_printed_resolves_to_itself(name):
    """In a neutral sentence each id is found, known and of its own edition; bare families ("AC") and functions ("PR") are words."""
    for control in framework(name).controls:
        if name.startswith("nist") and control.kind is ControlKind.DOMAIN:
            continue
        found = references(_neutral(name, control.id, control.kind))
        assert [(r.framework, r.id, r.known, r.ambiguous) for r in found] == [(name, control.id, True, False)], control.id


PIECES = st.sampled_from(
    [
        "A.5.15", "A.8.13", "A 8.13", "A8.13", "a8.13", "Annex A", "A.", "8.13", "5.1", "4", "6.1.3 d)", "clause", "section", "§",
        "control", "ISO/IEC 27001:2013", "ISO 27002", "ISO", "AC-2", "AC-2 (1)", "ac2", "(2)", "(3)", "PR.AA-01", "CC6.1", "A1.2", "SOC 2",
        "version", " and ", ", ", " to ", "-", "–", "(", ")", "|", "%", " ", ". ", "\n", "\n\n", "https://", "٣.٤", "²",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_spans_are_exact_ordered_and_apart(text):
    """Whatever the text, nothing is raised, each reference is the slice it says, and two overlap only as one range."""
    for found in (references(text), question_references(text)):
        for reference in found:
            assert reference.text == text[reference.start : reference.end] != ""
        for first, second in pairwise(found):
            assert first.end <= second.start or (first.start, first.end) == (second.start, second.end)


@pytest.mark.parametrize(
    "piece", ["A", "A.5.1, ", "clause 9.2, 9.3 ", "ISO 27001 ", "\n", " ", "1.", "§", "AC-1-", "Annex A ", "| ISO 27001:2013 | A.5.1\n"]
)
def test_time_grows_no_faster_than_the_text(piece):
    """Four times the text takes no more than about four times as long, whatever it repeats."""

    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        took = []
        for _ in range(3):  # the least of them: what else the machine does only adds
            begun = time.process_time()
            references(text)
            took.append(time.process_time() - begun)
        return min(took)

    seconds(1000)
    assert seconds(80_000) < 10 * seconds(20_000) + 0.1
