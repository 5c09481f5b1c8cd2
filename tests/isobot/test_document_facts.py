"""What is told of documents to who asks for a fact of one by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.answer import Answer
from isobot.citation import marks
from isobot.confidence import LOOKED_UP
from isobot.conversation import Conversation
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import Organisation, index_of, matter

DAY = date(2026, 9, 15)
DOCUMENTS = {
    "harbour.md": """# Harbour Safety Policy

| Item | Value |
|---|---|
| Title | Harbour Safety Policy |
| Reference | HRB-07 |
| Version | 2.1 |
| Status | In force |
| Owner | Harbour Master |
| Approved by | Town Council |
| Classification | For everybody |
| Effective | 1 May 2026 |
| Next review | 30 June 2026 |

## 1 Boats

1.1 Every boat shows a light at night.
""",
    "ferry.md": matter(
        "Ferry Timetable Standard", version='"4.0"', owner="Ferry Office", approved_by="Town Council",
        effective="2026-01-12", review_by="2027-01-11",
    )
    + "# Ferry Timetable Standard\n\n## 1 Purpose\n\n1.1 Ferries leave when they are full.\n",
    "ropes.md": matter("Rope Handling Procedure", reference="ROP-03", owner="Rope Yard", status="draft")
    + "# Rope Handling Procedure\n\n## 1 Knots\n\n1.1 A knot is tied by two people.\n\n"
    "## 2 Duties\n\n| Role | Duty |\n|---|---|\n| Rope Yard | Owns this procedure and teaches it |\n| Crew | Coils the ropes |\n",
    "anchors.md": matter("Anchor Guideline", expires="2026-01-31")
    + "# Anchor Guideline\n\n1.1 An anchor is painted every spring. The owner of an anchor reads the guideline.\n",
    "lanterns.md": "# Lantern Policy\n\n## 1 Lanterns\n\n1.1 A lantern is cleaned every week.\n\n"
    "1.2 This policy is reviewed every spring by whoever keeps the lanterns.\n\n"
    "1.3 The glass of the tower was last changed on 3 March 2020 by its maker.\n",
    "nets.md": "# Net Mending Policy\n\n## 1 Nets\n\n1.1 Owners of nets follow this policy.\n\n"
    "1.2 This Net Mending Policy is maintained by the Fishing Guild.\n",
    "oars.md": "# Oar Standard\n\nVersion 1.2 | Owner: Boat House | Next review: 2027-03-01\n\n## 1 Oars\n\n1.1 Oars float.\n\n"
    "## 2 Engines\n\n| Version | Date | Change |\n|---|---|---|\n| 7.1 | 5 May 2026 | Pump added |\n| 7.2 | 6 June 2026 | Pump mended |\n",
    "knots.md": "# Knot Guideline\n\nThis guideline is legacy material and will soon be withdrawn.\n\n## 1 Knots\n\n"
    "1.1 A bowline holds. The Rope Yard maintains the guideline on splices.\n",
    "whales.md": matter("Whale Guide", owner="Whale Watch")
    + "# Whale Guide\n\nNIST SP 800-99\n\n## 1 Whales\n\n1.1 Whales come in spring.\n\n"
    "## 2 Change log\n\n2.1 What changed in the second edition of the whale guide: porpoises are whales too.\n",
    "seals.md": matter("Seal Guide", version='"3.0"', owner="Whale Watch")
    + "# Seal Guide\n\n## 1 Seals\n\n1.1 Seals sleep on the quay.\n\n"
    "## 2 Changes since version 2.0\n\n2.1 Feeding the seals is forbidden now.\n",
    "buoys.md": matter("Buoy Register", owner="Buoy Keeper")
    + "# Buoy Register\n\n| Owner | Somebody else |\n|---|---|\n\n## 1 Buoys\n\n1.1 Buoys are counted.\n",
    "pilots-1.md": matter("Pilot Standard", version='"1.0"', reference="PIL-01", owner="Old Pilots", status="superseded")
    + "# Pilot Standard\n\nThis version was superseded by version 2.0.\n\n## 1 Pilots\n\n1.1 A pilot is sober.\n",
    "pilots-2.md": matter("Pilot Standard", version='"2.0"', reference="PIL-01", owner="New Pilots")
    + "# Pilot Standard\n\n## 1 Pilots\n\n1.1 A pilot is sober and awake.\n",
    "sails.md": matter("Sail Standard", review_by="2026-06-30") + "# Sail Standard\n\n## 1 Sails\n\n1.1 Sails are dried.\n",
    "tides.md": """# Tide Table Standard

Approved by the Town Council on 9 February 2026; the next review is due on 1 March 2027.

| Item | Value |
|---|---|
| Owner | Tide Office |
| Version | 1.2 |
| Last reviewed | 3 March 2026 |

## 1 Tides

1.1 Tides are read twice a day.

## 2 History

| Version | Date | Author | Change |
|---|---|---|---|
| 1.2 | 2 February 2026 | Tide Office | Springs added |
| 1.1 | 5 May 2025 | Tide Office | Neaps added |
""",
    "repair.md": matter("Boat Repair Policy", reference="REP-08", approved_by="Town Council", expires="2027-01-31")
    + "# Boat Repair Policy\n\n## 1 Repair\n\n1.1 The shipwright is responsible for boat repair and manages it.\n",
    "storms.md": matter("Storm Planning Procedure", owner="Weather Desk")
    + "# Storm Planning Procedure\n\n## 1 Plans\n\n1.1 A plan for every storm is signed off by the Town Council.\n",
    "dock.md": matter("Dock Safety Policy", owner="Dock Office") + "# Dock Safety Policy\n\n1.1 Docks are lit.\n",
    "divers.md": matter("Diver Signal Policy", owner="Diving School") + "# Diver Signal Policy\n\n1.1 A pull on the line means up.\n",
    "trips.md": matter("Company Trip Plan", owner="Trip Desk") + "# Company Trip Plan\n\n1.1 The company sails to the island in May.\n",
    "moorings-1.md": matter("Mooring Rules", reference="MOR-05", owner="Old Moorings", status="superseded")
    + "# Mooring Rules\n\n## 1 Lines\n\n1.1 A mooring line must be at least eight metres long.\n",
    "moorings-2.md": matter("Berth Standard", reference="MOR-05", owner="Berth Office")
    + "# Berth Standard\n\n## 1 Lines\n\n1.1 A mooring line must be at least twelve metres long.\n",
}  # fmt: skip
SECRET = matter("Smuggling Policy", owner="Zebedee", audience="security", version='"9.9"') + "# Smuggling Policy\n\n1.1 Casks are opened.\n"


@pytest.fixture(scope="module")
def responder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Responder:
    base = tmp_path_factory.mktemp("facts")
    (base / "documents").mkdir()
    for path, text in {**DOCUMENTS, "secret.md": SECRET}.items():
        (base / "documents" / path).write_text(text, encoding="utf-8")
    index_of(base / "documents", base / "index", cache)
    return Responder(Organisation(base / "documents", base / "index", cache).settings, lambda: DAY)


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(responder: Responder) -> Ask:
    return lambda text, *groups: responder.answer(Question(text, frozenset(groups)))


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("who owns HRB-07?", "| Owner | Harbour Master |"),
        ("whom do I ask about the harbour safety policy", "| Owner | Harbour Master |"),
        ("who approved the harbour safety policy", "| Approved by | Town Council |"),
        ("what classification does the harbour safety policy have?", "| Classification | For everybody |"),
        ("which version of the harbour policy is in force?", "| Version | 2.1 |"),
        ("when did the harbour safety policy come into force", "| Effective | 1 May 2026 |"),
        ("when is the harbour safety policy due for review?", "| Next review | 30 June 2026 |"),
        ("what is the reference of the harbour safety policy", "| Reference | HRB-07 |"),
        ("who owns the rope handling procedure draft?", "| Rope Yard | Owns this procedure and teaches it |"),
        ("who owns the oar standard", "Version 1.2 | Owner: Boat House | Next review: 2027-03-01"),
        ("who owns the net mending policy?", "This Net Mending Policy is maintained by the Fishing Guild."),
        ("when is the lantern policy reviewed?", "This policy is reviewed every spring by whoever keeps the lanterns."),
        ("is the knot guideline still valid?", "This guideline is legacy material and will soon be withdrawn."),
        ("is the pilot standard 1.0 still in force?", "This version was superseded by version 2.0."),
    ],
)
def test_the_words_that_state_a_fact_are_quoted(question: str, row: str, ask: Ask) -> None:
    """The row of the document's own table, or where there is none a sentence of its own with the fact in it."""
    answer = ask(question)
    assert answer.citations[0].quote == row
    assert (answer.confidence, answer.notices) == (LOOKED_UP, ())


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("when was the tide table standard last reviewed?", "| Last reviewed | 3 March 2026 |"),
        ("when was the tide table standard approved",
         "Approved by the Town Council on 9 February 2026; the next review is due on 1 March 2027."),
        ("when was the tide table standard last changed", "| 1.2 | 2 February 2026 | Tide Office | Springs added |"),
        ("what changed in the last version of the tide table standard",
         "| Version | Date | Author | Change |\n| 1.2 | 2 February 2026 | Tide Office | Springs added |\n"
         "| 1.1 | 5 May 2025 | Tide Office | Neaps added |"),
    ],
)  # fmt: skip
def test_what_tells_the_past_of_a_document_is_quoted(question: str, quote: str, ask: Ask) -> None:
    """The line with the day behind the word for it, else the history's row for the newest version; of changes the whole history."""
    answer = ask(question)
    assert (answer.citations[0].quote, answer.confidence, answer.notices) == (quote, LOOKED_UP, ())


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("who owns the HSP?", "harbour.md"),
        ("who owns the hsp", "harbour.md"),
        ("who owns the hsx", None),
        ("when was the TTS last reviewed?", "tides.md"),
        ("who owns the FTS", "ferry.md"),
    ],
)
def test_a_title_is_named_by_its_initials(question: str, path: str | None, ask: Ask) -> None:
    """Staff say "the AUP"."""
    answer = ask(question)
    assert (answer.citations[0].document.path if answer.confidence == LOOKED_UP else None) == path


def test_of_documents_that_share_their_initials_each_is_told(ask: Ask) -> None:
    """Which of them is meant nobody knows; another document's owner would be no answer."""
    answer = ask("who owns the DSP?")
    assert sorted(answer.notices) == ["Diver Signal Policy is owned by Diving School.", "Dock Safety Policy is owned by Dock Office."]
    assert {one.document.path for one in answer.citations} == {"dock.md", "divers.md"}


def test_a_word_that_fits_every_matter_of_a_company_is_no_matter(ask: Ask) -> None:
    """A company plan is another thing than the plan of its trip."""
    answer = ask("do we have a company plan?")
    assert answer.abstained
    assert answer.notices == ("“company” alone names no document. Ask for a matter, for example: do we have a policy on backups?",)
    assert ask("do we have a company trip plan?").citations[0].document.path == "trips.md"


def test_the_documents_on_a_matter_are_shown_by_how_they_begin(ask: Ask) -> None:
    """Those whose titles have all its words; where none has, the matter is searched for."""
    found = ask("which policy covers boat repair?")
    assert [one.document.path for one in found.citations] == ["repair.md"]
    assert (found.citations[0].quote, found.confidence) == ("The shipwright is responsible for boat repair and manages it.", LOOKED_UP)
    assert ask("do we have a ferry standard?").citations[0].document.path == "ferry.md"
    assert ask("is there a policy on cleaning lanterns").confidence < LOOKED_UP
    assert ask("which policy covers mending?").confidence < LOOKED_UP  # "Net Mending Policy" is on nets
    assert ask("which policy covers nets?").citations[0].document.path == "nets.md"
    assert ask("is there a policy on smuggling").confidence < LOOKED_UP  # one that the asker may not read is not there


def test_a_log_of_changes_in_words_is_left_to_the_search(ask: Ask) -> None:
    """Of a document with a section on its changes it is not said that it tells of none."""
    answer = ask("what changed in the whale guide?")
    assert answer.notices == ()
    assert "porpoises" in answer.citations[0].quote
    assert ask("what changed in the seal guide since the last version?").notices == ()


def test_a_day_that_no_document_states_is_said_to_be_missing(ask: Ask) -> None:
    """Beside from when it is in force; the day of another document, or of its next review, would mislead."""
    issued = ask("when was the harbour safety policy last reviewed?")
    assert issued.notices == ("Harbour Safety Policy v2.1 does not say when it was last reviewed.",)
    assert issued.citations[0].quote == "| Effective | 1 May 2026 |"
    assert ask("when was the net mending policy issued?").abstained
    changed = ask("what changed in the last version of the lantern policy?")
    assert changed.notices == ("Lantern Policy does not say what was changed in it.",)
    assert changed.abstained
    glass = ask("when was the lantern policy last changed?")
    assert glass.notices == ("Lantern Policy does not say when it was last changed.",)
    assert glass.abstained
    engines = ask("what changed in the oar standard?")  # whose table of versions is none of the document's own
    assert engines.notices == ("Oar Standard v1.2 does not say what was changed in it.",)


@pytest.mark.parametrize(
    ("question", "notice", "quote"),
    [
        ("who owns the ferry timetable standard?", "Ferry Timetable Standard v4.0 is owned by Ferry Office.", "Ferries leave"),
        ("who approved the ferry timetable standard?", "Ferry Timetable Standard v4.0 was approved by Town Council.", "Ferries leave"),
        ("ferry timetable standard version", "Ferry Timetable Standard stands in version 4.0.", "Ferries leave"),
        ("is the ferry timetable standard in force", "Ferry Timetable Standard v4.0 counts as in force.", "Ferries leave"),
        ("ferry timetable standard effective date", "Ferry Timetable Standard v4.0 is in force from 2026-01-12.", "Ferries leave"),
        ("next review of the ferry standard", "The next review of Ferry Timetable Standard v4.0 is due on 2027-01-11.", "Ferries leave"),
        ("is the rope handling procedure in force?", "Rope Handling Procedure is a draft and not in force.", "A knot is tied"),
        ("is ROP-03 in force", "Rope Handling Procedure is a draft and not in force.", "A knot is tied"),
        ("who owns PIL-01", "Pilot Standard v2.0 is owned by New Pilots.", "A pilot is sober and awake"),
        ("who owns SP 800-99", "Whale Guide is owned by Whale Watch.", "Whales"),
        ("what is SP 800-99", "NIST SP 800-99 is Whale Guide.", "Whales"),
        ("is the anchor guideline still in force?", "Anchor Guideline expired on 2026-01-31.", "An anchor is painted"),
        ("who owns the buoy register?", "Buoy Register is owned by Buoy Keeper.", "Buoys are counted"),
        ("who owns the pilot standard?", "Pilot Standard v2.0 is owned by New Pilots.", "A pilot is sober and awake"),
    ],
)
def test_a_fact_that_stands_in_no_text_is_said(question: str, notice: str, quote: str, ask: Ask) -> None:
    """Front matter cannot be quoted, and a row that says otherwise is outweighed by it; the document's first clause is cited beside it."""
    answer = ask(question)
    assert answer.notices == (notice,)
    assert answer.citations[0].quote.removeprefix("1.1 ").startswith(quote)


@pytest.mark.parametrize("question", ["HRB-07", "what is hrb-07?"])
def test_who_asks_what_a_reference_stands_for_gets_the_title_and_the_first_clause(question: str, ask: Ask) -> None:
    """A title alone says little of a document."""
    title, first = ask(question).citations
    assert title.quote == "| Title | Harbour Safety Policy |"
    assert first.quote == "Every boat shows a light at night."


def test_who_asks_when_a_document_expires_that_does_not_is_told_of_its_review(ask: Ask) -> None:
    """A review date is the nearest to it, and the notice keeps one from taking it for the other; past it, the document is overdue."""
    answer = ask("when does the harbour safety policy expire?")
    assert answer.notices == ("Harbour Safety Policy v2.1 states no date on which it expires.",)
    assert answer.citations[0].quote == "| Next review | 30 June 2026 |"
    assert marks(answer.citations[0], DAY) == ["review overdue since 2026-06-30"]


def test_what_is_not_known_of_a_document_is_said_and_not_guessed(ask: Ask) -> None:
    """Another document's owner is no answer; where its text may tell in other words, the search answers as ever."""
    answer = ask("who owns the lantern policy?")
    assert answer.abstained
    assert answer.notices == ("Lantern Policy names no owner.",)
    assert len({one.document.path for one in answer.nearest}) > 1
    assert ask("who owns the anchor guideline?").notices == ()
    assert ask("who owns the knot guideline?").confidence < LOOKED_UP  # the guideline on splices is another


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("MOR-05", "moorings-2.md"),
        ("who owns MOR-05?", "moorings-2.md"),
        ("how long must a mooring line be in MOR-05?", "moorings-2.md"),
        ("how long must a mooring line be in the old MOR-05?", "moorings-1.md"),
        ("how long must a mooring line be in the Mooring Rules, MOR-05?", "moorings-1.md"),
    ],
)
def test_a_reference_that_passed_to_another_document_names_the_one_in_force(question: str, path: str, ask: Ask) -> None:
    """The superseded one is still called by its title, or as the old one."""
    cited = [one.document.path for one in ask(question).citations]
    assert cited[0] == path
    assert len({"moorings-1.md", "moorings-2.md"}.intersection(cited)) == 1


@pytest.mark.parametrize("question", ["who owns the smuggling policy?", "is the smuggling policy 9.9 in force"])
def test_a_document_that_one_may_not_read_has_no_facts(question: str, ask: Ask) -> None:
    """Its readers are told, and nobody else learns that it exists."""
    assert "Smuggling" in ask(question, "security").notices[0]
    others = ask(question)
    assert others.notices == ()
    assert "secret.md" not in [one.document.path for one in (*others.citations, *others.nearest)]


def test_a_follow_up_for_another_document_gets_the_same_fact_of_it(responder: Responder) -> None:
    """Not the words that name it."""
    conversation = Conversation(responder)
    conversation.answer("who owns the ferry timetable standard?")
    assert conversation.answer("and the harbour policy?").citations[0].quote == "| Owner | Harbour Master |"


@pytest.mark.parametrize(
    "question",
    [
        "who is responsible for boat repair?",
        "who manages boat repair?",
        "who approves boat repair?",
        "when does boat repair end?",
        "does boat repair apply?",
    ],
)
def test_a_question_about_an_activity_asks_no_fact_of_the_document_named_after_it(question: str, ask: Ask) -> None:
    """Who does it is a matter of rules."""
    answer = ask(question)
    assert (answer.notices, answer.confidence < LOOKED_UP) == ((), True)


def test_a_plan_is_another_thing_than_the_document_on_planning(ask: Ask) -> None:
    """Its owner is that of the document; who approves the plan is searched for."""
    assert ask("who approves the storm plan?").citations[0].quote == "A plan for every storm is signed off by the Town Council."
    assert ask("who owns the storm planning procedure?").owner == "Weather Desk"


@pytest.mark.parametrize("question", ["who approves the boat repair policy?", "who approved REP-08", "approver of boat repair"])
def test_a_word_for_a_document_a_reference_or_a_fact_that_only_documents_have_tells_the_document(question: str, ask: Ask) -> None:
    """Then the document itself is meant."""
    assert ask(question).notices == ("Boat Repair Policy was approved by Town Council.",)


def test_who_asks_whether_a_document_is_up_to_date_is_told_that_its_review_is_overdue(ask: Ask) -> None:
    """It still binds, but nobody has looked whether it is right."""
    assert ask("is the sail standard up to date?").notices == (
        "Sail Standard counts as in force.",
        "The review of Sail Standard is overdue since 2026-06-30.",
    )
    told = ask("is the harbour safety policy still valid?")
    assert told.citations[0].quote == "| Status | In force |"
    assert told.notices == ("The review of Harbour Safety Policy v2.1 is overdue since 2026-06-30.",)


def test_a_question_with_more_than_a_document_in_it_asks_no_fact(ask: Ask) -> None:
    """What somebody owns under a policy is a matter of its rules."""
    assert ask("who owns the boats of the harbour safety policy?").confidence < LOOKED_UP
