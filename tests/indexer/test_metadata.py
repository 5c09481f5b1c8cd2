"""What a document says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.document import Document, Status
from indexer.audience import audience_of
from indexer.labels import Fact
from indexer.metadata import describe, document_from, found_in, framework_of
from indexer.outline import outline
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas
from indexer.titles import readable

Line = str | tuple[int, str] | list[str]


def reading_of(*lines: Line, **properties: str) -> Reading:
    """A reading of paragraphs (words), headings ((level, words)) and table rows ([cells])."""
    canvas = Canvas()
    for line in lines or ("Text.",):
        if isinstance(line, str):
            canvas.add(BlockKind.PARAGRAPH, line)
        elif isinstance(line, tuple):
            canvas.add(BlockKind.HEADING, line[1], level=line[0])
        else:
            canvas.add_row(line)
    return canvas.reading({key.replace("_", " "): value for key, value in properties.items()})


def document(*lines: Line, path: str = "policy.md", **properties: str) -> Document:
    return document_from(path, "0" * 64, reading_of(*lines, **properties))


def test_front_matter_is_understood():
    """Each property reaches its field, in the form that the rules compare."""
    found = document(
        title="Backup Policy", version="v2.10", status="Approved", document_owner="Head of IT", next_review="1 March 2027",
        effective_date="March 2026", valid_until="2028-01-31", audience="HR; Legal and Finance", framework="ISO/IEC 27001:2013",
        controls="A.12.3.1, A.9.2.1", classification="Confidential", collection="Guidance",
        approved_by="Chief Executive",
    )  # fmt: skip
    assert found == Document(
        path="policy.md", title="Backup Policy", sha256="0" * 64, text_sha256=found.text_sha256, version="2.10", status=Status.IN_FORCE,
        owner="Head of IT", audience=frozenset({"hr", "legal", "finance"}), collection="guidance", effective=date(2026, 3, 1),
        review_by=date(2027, 3, 1), expires=date(2028, 1, 31), framework="iso27001:2013",
        controls=(("iso27001:2013", "A.12.3.1"), ("iso27001:2013", "A.9.2.1")), approved_by="Chief Executive",
    )  # fmt: skip


def test_a_day_of_approval_names_nobody():
    """A name counts, whichever stands under the words "Approved by" first."""
    assert document("Approved by: 1 March 2026").approved_by is None
    assert document("Approved by: 1 March 2026", "Approved by: Town Council").approved_by == "Town Council"


def test_a_line_of_statements_is_understood():
    """One line under the title may state it all."""
    found = document((1, "Backup Policy"), "Version 2.1 | Owner: CISO | Next review: 2027-03-01 · Status: Draft for comment")
    assert (found.title, found.version, found.owner, found.review_by) == ("Backup Policy", "2.1", "CISO", date(2027, 3, 1))
    assert found.status is Status.DRAFT


@pytest.mark.parametrize(
    ("stated", "reference"),
    [
        ("PAS-04", "PAS-04"), ("pol.itr.012", "POL.ITR.012"), ("ISMS7", "ISMS7"), ("A.8.13", None), ("AC-2", None), ("ISO27001", None),
        ("the old one", None), ("12", None), ("PASSWORDS", None), ("A" * 30 + "1", None),
    ],
)  # fmt: skip
def test_the_reference_of_a_document_is_a_short_name_of_its_own(stated, reference):
    """In capitals. The id of a control and the name of a standard are others' names."""
    assert document("Password Standard", f"Document reference: {stated}").reference == reference


def test_a_table_of_properties_is_understood_both_ways():
    """Names stand beside their values, or above them in a table of two rows."""
    beside = document(["Version", "2.1", "Owner", "CISO"], ["Audience", "Security"])
    assert (beside.version, beside.owner, beside.audience) == ("2.1", "CISO", frozenset({"security"}))
    above = document(["Version", "Owner", "Next review"], ["3.0", "DPO", "2027-01-31"])
    assert (above.version, above.owner, above.review_by) == ("3.0", "DPO", date(2027, 1, 31))
    assert document(["Status", "Draft"]).status is Status.DRAFT


@pytest.mark.parametrize(
    "line",
    [
        "Owner: Roof Warden Version: 4 Status: Draft Next review: 1 May 2027",
        "Rev. 4 (draft) -- Owner: Roof Warden -- Next review: 1 May 2027",
        "Draft issued to the council on 2 June 2025. Version 4 draft. Owner: Roof Warden. Next review in May 2027.",
        "Version 4 draft, owned by the Roof Warden. To be reviewed no later than May 2027",
        "Owner: Roof Warden; Version: 4 (draft); Effective date: 2026-05-01; Review: May 2027",
        ["Owner: Roof Warden", "Version: 4"],
        ["Owner: Roof Warden", "Version 4", "Last review: May 2026"],
        ["Document owner", "Roof Warden", "Issue no.", "4 (draft)"],
    ],
)
def test_facts_stand_beside_one_another_in_many_ways(line):
    """Parted by spaces, dashes, full stops or cells; each value ends where the next name begins."""
    more = [["Status: Draft", "Review date: May 2027"]] if isinstance(line, list) else []
    found = document("Ladder Rules", line, *more, path="a.docx")
    assert (found.version, found.owner, found.status) == ("4", "Roof Warden", Status.DRAFT)
    assert more or (found.review_by and found.review_by.month == 5)


def test_a_name_may_stand_above_its_value():
    """In one paragraph or in two."""
    found = document("Ladder Rules", "Policy owner:\nRoof Warden", "Version:", "4", "Scope: All.", path="a.docx")
    assert (found.owner, found.version) == ("Roof Warden", "4")


def test_names_in_german_and_french():
    """Labels, status and days."""
    german = document("Version: 3", "Status: Entwurf", "Dokumentenverantwortlich: Werkleitung", "Gültig bis: 31. März 2027")
    assert (german.version, german.status, german.owner, german.expires) == ("3", Status.DRAFT, "Werkleitung", date(2027, 3, 31))
    days = ("Date d’entrée en vigueur : 1er août 2026", "Prochaine révision : mars 2028")
    french = document("Statut : projet", "Responsable : Chef d’atelier", *days)
    assert (french.status, french.owner, french.effective) == (Status.DRAFT, "Chef d’atelier", date(2026, 8, 1))
    assert french.review_by == date(2028, 3, 31)


@pytest.mark.parametrize(
    "line",
    [
        "Risk owner: the head of a site Control owner: the warden",
        "Issues are recorded with their version and owner.",
        "The roof is owned by the council. Version 2 of the plan was drawn by Smith, owner of the yard, and shows old gutters.",
        "Reviewed by 3 wardens",
        "Approved title: Roof Standard: gutters",
    ],
)
def test_sentences_with_the_same_words_state_no_facts(line):
    """Nor do names of other things ("Risk owner")."""
    found = document("Ladder Rules", line, path="a.docx")
    assert (found.owner, found.version, found.review_by) == (None, None, None)


def test_a_line_of_facts_is_no_heading():
    """However it is set."""
    canvas = Canvas()
    canvas.add(BlockKind.PARAGRAPH, "Ladder Rules", size=1.6, bold=True)
    canvas.add(BlockKind.PARAGRAPH, "Owner: Roof Warden Version: 4", size=1.2, bold=True)
    canvas.add(BlockKind.PARAGRAPH, "Ladders lean at four to one.")
    assert [clause.heading for clause in outline(canvas.reading())] == ["Ladder Rules"]


def test_a_history_of_versions_states_nothing():
    """The rows of a change log are about earlier versions."""
    found = document(["Version", "Owner", "Status"], ["1.0", "A", "superseded"], ["2.0", "B", "draft"])
    assert (found.version, found.owner, found.status) == (None, None, Status.IN_FORCE)


def test_running_prose_is_not_taken_for_properties():
    """Sentences that use the same words, and whatever stands far from the start, state nothing."""
    found = document(
        "The owner: this is the person who decides about access.", "Access: means the ability to read, write or use data.",
        "Owner: the owner of an asset is whoever the register names, and in doubt the head of the department.",
        "Version 2.1 applies to all.", *["Filler."] * 40, "Owner: Somebody",
    )  # fmt: skip
    assert (found.owner, found.audience, found.version) == (None, None, None)


def test_a_statement_about_the_audience_never_opens_a_document():
    """Where any statement restricts, the document is restricted; words not understood name a group that nobody is in."""
    reading = reading_of("Audience: Only those whom the board has told in person may read this.", audience="all staff")
    found, warnings = describe("a.md", "0", reading)
    assert found.audience is not None and not found.may_be_read_by(frozenset({"staff", "board"}))
    assert "names no groups" in warnings[0]


@pytest.mark.parametrize(
    ("value", "groups"),
    [
        ("All staff", None),
        ("all members of staff and contractors", None),
        ("Everyone", None),
        ("Company-wide", None),
        ("internal", None),
        ("HR", {"hr"}),
        ("HR, Legal & the Security team only", {"hr", "legal", "security team"}),
        ("Restricted to: Finance; Board", {"restricted to: finance", "board"}),
        ("restricted to Finance", {"finance"}),
        ("All staff in Finance", {"all staff in finance"}),
        ("confidential", {"confidential"}),
        (",", {","}),
    ],
)
def test_audiences_fail_closed(value, groups):
    """Words for everybody open a document; any other word is a group."""
    assert audience_of(value) == (None if groups is None else frozenset(groups))


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("In force", Status.IN_FORCE),
        ("Approved, supersedes v1", Status.IN_FORCE),
        ("DRAFT", Status.DRAFT),
        ("Not yet approved", Status.DRAFT),
        ("Superseded by v3", Status.SUPERSEDED),
        ("Withdrawn", Status.SUPERSEDED),
        ("no longer in force", Status.SUPERSEDED),
    ],
)
def test_status_words(value, status):
    """What was withdrawn is superseded, what waits for approval a draft."""
    assert document(status=value).status is status


def test_what_cannot_be_understood_is_told():
    """An unknown status counts as in force, an unreadable date as none, and both are named."""
    found, warnings = describe("a.md", "0", reading_of(status="purple", review_date="next spring", controls="27 of them"))
    assert (found.status, found.review_by) == (Status.IN_FORCE, None)
    assert ["purple" in warnings[0], "next spring" in warnings[1], "27 of them" in warnings[2]] == [True] * 3


def test_drafts_are_told_by_other_signs_too():
    """`draft: true`, or a version called a draft, is not cited as in force."""
    assert document(draft="true").status is Status.DRAFT
    assert document(version="0.4 (draft)").status is Status.DRAFT
    assert document(draft="false").status is Status.IN_FORCE


def test_places_to_fill_in_state_nothing():
    """"TBC" and "[Owner]" are no owner, nor does "Signature" approve."""
    assert document(["Approved by", "Signature"]).approved_by is None
    assert document(owner="TBC").owner is None
    assert document("Owner: [Name]").owner is None


def test_text_outweighs_what_office_programs_keep():
    """A Word file's own properties may be left over from its template; what its pages say counts."""
    assert document(["Version", "2.1"], path="a.docx", version="1.0").version == "2.1"
    assert document(["Version", "2.1"], path="a.md", version="1.0").version == "1.0"


def test_what_documents_toml_declares_outweighs_the_document():
    """Its owner, status and date count; its audience may narrow who reads, and never opens what the document restricts."""
    declared = (("owner", "CISO"), ("status", "draft"), ("review_date", "2027-03-01"), ("audience", "it"))
    found = document_from("a.md", "0", replace(reading_of(owner="DPO", status="approved", audience="all staff"), declared=declared))
    assert (found.owner, found.status, found.review_by) == ("CISO", Status.DRAFT, date(2027, 3, 1))
    assert found.audience == {"it"}
    opened = replace(reading_of(audience="hr"), declared=(("audience", "all staff"),))
    assert document_from("a.md", "0", opened).audience == {"hr"}


def test_each_fact_is_found_with_where_it_stood():
    """In documents.toml, in the front matter, in the text; what nobody states has no place."""
    reading = replace(reading_of("Next review: 2027-03-01", version="2.1"), declared=(("owner", "CISO"),))
    _, places = found_in("a.md", "0", reading)
    assert places == {Fact.OWNER: "documents.toml", Fact.VERSION: "front matter", Fact.REVIEW: "text"}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("ISO/IEC 27001:2013", "iso27001:2013"),
        ("ISO 27001:2022", "iso27001:2022"),
        ("iso27001:2013", "iso27001:2013"),
        ("NIST SP 800-53 Rev. 5", "nist-800-53:r5"),
        ("NIST CSF 2.0", "nist-csf:2.0"),
        ("SOC 2", "soc2:2017"),
        ("ISO 27001", None),
        ("BYOD Standard", None),
    ],
)
def test_frameworks_by_the_names_that_people_use(value, name):
    """A name with its edition is a framework; one without leaves the choice to the setting."""
    assert framework_of(value) == name


@pytest.mark.parametrize(
    ("path", "lines", "title"),
    [
        ("a.md", [(1, "7. System Access"), (2, "7.1 Scope")], "System Access"),
        ("a.docx", ["Security Requirements", (1, "1 Purpose"), (1, "2 Scope")], "Security Requirements"),
        ("a.docx", [(1, "Purpose"), "x", (1, "Scope")], "A"),
        ("02_access-control.txt", ["All staff must lock their screens."], "Access control"),
        ("policies/backup/index.md", ["Backups are made daily, and they are tested."], "Backup"),
    ],
)
def test_titles_where_none_is_stated(path, lines, title):
    """The one outermost heading, else a first line that reads like a title, else the file's name."""
    assert document(*lines, path=path).title == title


def test_the_title_may_stand_in_much_larger_type_below_its_company_s_name():
    """Two such lines are headings of sections."""
    for lines, title in ((["Roof Rules"], "Roof Rules"), (["Roof Rules", "Ladder Rules"], "Tarnwick Instruments")):
        canvas = Canvas()
        canvas.add(BlockKind.PARAGRAPH, "Tarnwick Instruments")
        for line in lines:
            canvas.add(BlockKind.PARAGRAPH, line, size=2.0, bold=True)
        assert document_from("a.docx", "0", canvas.reading()).title == title


def test_titles_that_programs_leave_behind_are_passed_over():
    """"Microsoft Word - x.doc" is no title; a page's title loses the name of its site."""
    assert document((1, "Leave policy"), path="a.docx", title="Microsoft Word - leave.doc").title == "Leave policy"
    assert document((1, "Leave policy"), path="a.html", title="Leave policy | Intranet").title == "Leave policy"
    assert document((1, "Leave policy"), path="a.html", title="Home").title == "Leave policy"
    assert readable("README.md") == "README"
    assert readable("PR07-boats.txt") == "PR07 boats"


def test_a_title_that_a_template_left_in_its_table_is_passed_over_for_the_one_on_the_cover():
    """It stands nowhere else, and the file's properties name what heads the text; a title that the text takes up stays."""
    cover, table = "Visitor Parking", ["Title", "ASSIGNED Policy"]
    assert document(cover, table, "Parking is at the gate.", path="a.docx", title="Visitor Parking").title == "Visitor Parking"
    assert document(cover, table, "Parking is at the gate.", path="a.docx", title="Something older").title == "ASSIGNED Policy"
    taken_up = "The ASSIGNED Policy holds at the gate."
    assert document(cover, table, taken_up, path="a.docx", title="Visitor Parking").title == "ASSIGNED Policy"
