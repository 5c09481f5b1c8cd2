"""What is asked for by a number or an id is looked up, and never said not to exist where it does."""

from __future__ import annotations

import time
from datetime import date

import pytest

from corpus.answer import Answer
from indexer.build import BuildOptions, build
from indexer.generation import Generation
from indexer.sources import find
from isobot.asked_for import CORRESPONDS
from isobot.citable import readable
from isobot.citation import as_record, clause_label
from isobot.controls.locate import locate
from isobot.labelled import Labels
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings

DAY = date(2026, 9, 15)
LOGINS = """---
title: Login Standard
reference: LOG-01
---
# Login Standard

## 4 Accounts

### 4.1 Names

A login name is never given to a second person.

### 4.2 Locks

An account is locked after ten wrong passwords.

## 5 Checks

#### 5.2.1 Devices

A device is checked for a lock on its screen.

#### 5.2.2 Fingers

A finger alone opens no door.

## Appendix B Questions

### 1 Who lends out keys?

Nobody but the porter lends out keys.

### 2 Who counts keys?

The porter counts keys on Fridays.
"""
EXCHANGES = """# Exchange Procedure

## CA-3 Information Exchange

Owners agree in writing before systems exchange information.

## CA-3(6) Information Exchange | Transfer Authorizations

### For High Systems

Whoever transfers data is checked for their authority first.
"""
PRIVACY = """# Privacy Procedure

## DM-2 Disposal

Personal data is shredded by two people together.

## DM-3 Tests

No personal data is used in tests.
"""
FLEET = """# Fleet Rules

| No. | Rule | Who |
|---|---|---|
| 1.1 | Vehicles are washed weekly. | Driver |
| 1.2 | Tyres are changed in November. | Workshop |
| 2 | Fuel cards stay in the car. | Driver |
"""
PERIODS = f"""# Retention Schedule

## 2 Periods

| Entry | Record | Kept for |
|---|---|---|
{"".join(f"| R-{number:02} | Records of the kind with number {number} | {number} years |" + chr(10) for number in range(1, 19))}\
| **R-19** | Door camera footage | thirty days |
| LOG-01 | What the Login Standard says of visitors' accounts | a year |
"""
TRAVEL = """---
title: "Policy for Staff: Travel and Expenses"
---
RFC 4711

# Policy for Staff: Travel and Expenses

## 1.1 Trains

Short journeys are made by train.
"""
HIDDEN = """---
title: "Merger Plan: Travel and Expenses"
reference: MEP-09
audience: board
---
RFC 4711

# Merger Plan: Travel and Expenses

## DM-7 Bids

Nobody speaks of a bid.

### 5.1.1 Names

| Entry | Record |
|---|---|
| R-77 | The list of bidders |
"""
STORES = """# Store Standard

## 3 Copies

### 3.1 Spare copies

Every list in the store has a copy in the other house (ISO/IEC 27001:2022 A.8.13).
"""
DOCUMENTS = {
    "logins": LOGINS, "exchanges": EXCHANGES, "privacy": PRIVACY, "periods": PERIODS, "travel": TRAVEL, "fleet": FLEET, "stores": STORES,
}  # fmt: skip


@pytest.fixture(scope="module")
def responder_of(tmp_path_factory, cache):
    def made(**documents: str) -> Responder:
        base = tmp_path_factory.mktemp("asked-for")
        (base / "documents").mkdir()
        for name, text in documents.items():
            (base / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
        build(find([base / "documents"]), base / "index", BuildOptions(cache / "encoders"))
        return Responder(Settings(index=base / "index", cache=cache), lambda: DAY)

    return made


@pytest.fixture(scope="module")
def responder(responder_of) -> Responder:
    return responder_of(**DOCUMENTS)


@pytest.fixture(scope="module")
def with_more(responder_of) -> Responder:
    """With a document that the board alone may read."""
    return responder_of(**DOCUMENTS, hidden=HIDDEN)


def numbers(answer: Answer) -> list[str | None]:
    """Of the clauses that are cited with certainty, what was asked for first."""
    return [citation.clause.number for citation in answer.citations] if answer.confidence > 0.9 else []


def told(answer: Answer) -> tuple[object, ...]:
    """All that an asker is told."""
    cited = [as_record(one) for one in (*answer.citations, *answer.nearest)]
    return cited, answer.abstained, answer.confidence, answer.notices, answer.owner


@pytest.mark.parametrize(("number", "found"), [("5.2", ["5.2.1", "5.2.2"]), ("4", ["4.1", "4.2"]), ("4.2", ["4.2"])])
def test_a_section_without_words_of_its_own_is_answered_by_those_below_it(number, found, responder):
    """Also one whose number stands nowhere, where longer numbers begin with it."""
    answer = responder.answer(Question(f"what does section {number} of the login standard say"))
    assert (numbers(answer)[: len(found)], answer.notices) == (found, ())


@pytest.mark.parametrize("asked", ["appendix B question 2", "Appendix B, §2", "2 in appendix B", "question 2 of Annex B"])
def test_a_number_inside_an_appendix_is_found_as_it_is_cited(asked, responder):
    """Behind or before the appendix; one that is not in it is said not to be."""
    answer = responder.answer(Question(f"{asked} of the login standard"))
    assert (numbers(answer)[:1], clause_label(answer.citations[0])) == (["2"], "Appendix B, §2 Who counts keys?")
    missing = responder.answer(Question("appendix B question 4 of the login standard"))
    assert missing.notices == ("Login Standard has no section B, 4.",)
    assert responder.answer(Question("appendix B question 4")).notices == ("No document has a clause B, 4.",)


def test_a_section_beside_longer_numbers_is_still_said_not_to_exist(responder):
    """5.2.1 does not make 5.1 or 5."""
    answer = responder.answer(Question("section 5.1 of the login standard"))
    assert (answer.abstained, answer.notices) == (True, ("Login Standard has no section 5.1.",))


def test_a_rule_that_stands_in_a_table_is_found_by_its_number(responder):
    """Where no clause has the number; a row that is merely counted has none, and another number is said not to exist."""
    answer = responder.answer(Question("what does section 1.2 of the fleet rules say"))
    assert (answer.abstained, answer.notices) == (False, ())
    assert answer.citations[0].quote.endswith("| 1.2 | Tyres are changed in November. | Workshop |")
    for number in ("2", "1.3"):
        assert responder.answer(Question(f"section {number} of the fleet rules")).notices == (f"Fleet Rules has no section {number}.",)


def test_a_control_that_only_a_heading_names_is_quoted_by_what_stands_below(responder):
    """The heading of CA-3(6) has no words behind it; those "for high systems" have."""
    rule = "Whoever transfers data is checked for their authority first."
    answer = responder.answer(Question("what does CA-3(6) say?"))
    assert (answer.abstained, answer.citations[0].quote) == (False, rule)
    located = locate(Generation.current(responder.generation.index), "CA-3(6)", None, frozenset(), DAY)
    assert [(one.citation.quote, one.citation.controls[0].id) for one in located.clauses] == [(rule, "CA-3(6)")]


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("what does DM-2 say?", "Personal data is shredded by two people together."),
        ("dm-2", "Personal data is shredded by two people together."),
        ("who may shred personal data under DM-2", "Personal data is shredded by two people together."),
        ("R-19", "| R-19 | Door camera footage | thirty days |"),
        ("who deletes R-19", "| R-19 | Door camera footage | thirty days |"),
        ("how long is R-19 kept", "| R-19 | Door camera footage | thirty days |"),
    ],
)
def test_an_id_that_no_framework_knows_is_looked_up_where_it_heads_a_clause_or_a_row(question, end, responder):
    """By itself, or with matter that stands there too."""
    answer = responder.answer(Question(question))
    assert answer.citations[0].quote.endswith(end)
    assert (answer.confidence > 0.9, answer.notices) == (True, ())


ELSEWHERE = ["when does bus R-19 stop", "when does the R-19 bus stop", "does a machine of type R-19 need a window in the wall"]


@pytest.mark.parametrize("question", [*ELSEWHERE, "R-1", "R-190", "XR-19"])
def test_an_id_in_a_question_about_something_else_is_not_looked_up(question, responder):
    """Nor a part of a longer one."""
    assert responder.answer(Question(question)).confidence < 0.9


def test_a_line_of_many_ids_is_soon_read(responder):
    """What stands beside each is looked for beside it alone."""
    generation = responder.generation
    allowed = readable(generation, frozenset(), DAY)
    began = time.process_time()
    assert len(Labels(generation, " ".join(f"who R-{number % 999}" for number in range(4000)), allowed).ids) == 999
    assert time.process_time() - began < 5


def test_the_reference_of_a_document_names_it_and_no_row(responder):
    """What LOG-01 says is asked of the document; behind its reference a number is that of a clause."""
    answer = responder.answer(Question("what does LOG-01 say about visitors"))
    assert answer.confidence < 0.9
    assert numbers(responder.answer(Question("LOG-01 4.2")))[0] == "4.2"
    assert responder.answer(Question("LOG-01 9.4")).notices == ("Login Standard has no section 9.4.",)


def test_an_id_of_a_family_of_clauses_that_is_not_there_is_said_not_to_exist(responder):
    """Of DM-2 and DM-3 there is no DM-9; asked about something else, "DM-9" is a word."""
    assert responder.answer(Question("what does DM-9 say?")).notices == ("No document has a clause DM-9.",)
    assert responder.answer(Question("do personal cars of type DM-9 need a permit to park?")).notices == ()


UNREADABLE = ["DM-7", "what does DM-7 say?", "R-77", "section 5.1 of the merger plan", "MEP-09 5.1.1", "section 5.1"]
SHARED = ["section 1.1 on travel and expenses", "section 1.1 of RFC 4711", "RFC 4711 1.1"]


@pytest.mark.parametrize("question", SHARED)
def test_a_short_name_that_one_readable_document_has_names_it(question, responder):
    """By a part of the title, or by the designation on the first page."""
    assert numbers(responder.answer(Question(question)))[:1] == ["1.1"]


@pytest.mark.parametrize("question", [*UNREADABLE, *SHARED])
def test_what_stands_in_a_document_that_may_not_be_read_changes_nothing(question, responder, with_more):
    """The answer is that of an index without it, "no such clause" included."""
    with_hidden = with_more.answer(Question(question))
    assert told(with_hidden) == told(responder.answer(Question(question)))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("where is A.12.3.1 documented?", "ISO/IEC 27001:2013 A.12.3.1 Information backup"),
        ("what is the 2022 equivalent of A.12.3.1", "ISO/IEC 27001:2013 A.12.3.1 Information backup"),
        ("PR.DS-11", "NIST CSF 2.0 PR.DS-11 Backups made, protected and tested"),
    ],
)
def test_for_a_control_that_no_clause_names_its_equivalent_stands_in(question, named, responder):
    """That is said, and the confidence is less than in a clause that names it."""
    answer = responder.answer(Question(question))
    assert [citation.clause.number for citation in answer.citations] == ["3.1"]
    assert answer.notices == (
        f"No clause names {named}. What it corresponds to is documented: ISO/IEC 27001:2022 A.8.13 Information backup.",
    )
    assert answer.confidence == CORRESPONDS
    assert responder.answer(Question("where is A.8.13 documented?")).confidence > CORRESPONDS


def test_no_equivalent_stands_in_where_something_else_is_asked_or_no_clause_documents_it(responder):
    """A question with matter of its own is searched for, and a control whose equivalents nobody names is not answered."""
    more = responder.answer(Question("A.12.3.1 how many porters lend out spare keys on Fridays"))
    assert not any("corresponds" in one for one in more.notices)
    assert responder.answer(Question("where is A.9.4.3 documented?")).abstained
