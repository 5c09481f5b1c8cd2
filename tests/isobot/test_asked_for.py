"""What is asked for by a number or an id is looked up, and never said not to exist where it does."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.answer import Answer
from indexer.build import BuildOptions, build
from indexer.generation import Generation
from indexer.sources import find
from isobot.controls.locate import locate
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings

DAY = date(2026, 9, 15)
LOGINS = """# Login Standard

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
"""
EXCHANGES = """# Exchange Procedure

## CA-3 Information Exchange

Owners agree in writing before systems exchange information.

## CA-3(6) Information Exchange | Transfer Authorizations

### For High Systems

Whoever transfers data is checked for their authority first.
"""


@pytest.fixture(scope="module")
def responder(tmp_path_factory, cache) -> Responder:
    base = tmp_path_factory.mktemp("asked-for")
    (base / "documents").mkdir()
    for name, text in (("logins", LOGINS), ("exchanges", EXCHANGES)):
        (base / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
    build(find([base / "documents"]), base / "index", BuildOptions(cache / "encoders"))
    return Responder(Settings(index=base / "index", cache=cache), lambda: DAY)


def numbers(answer: Answer) -> list[str | None]:
    """Of the clauses that are cited with certainty, what was asked for first."""
    return [citation.clause.number for citation in answer.citations] if answer.confidence > 0.9 else []


@pytest.mark.parametrize(("number", "found"), [("5.2", ["5.2.1", "5.2.2"]), ("4", ["4.1", "4.2"]), ("4.2", ["4.2"])])
def test_a_section_without_words_of_its_own_is_answered_by_those_below_it(number, found, responder):
    """Also one whose number stands nowhere, where longer numbers begin with it."""
    answer = responder.answer(Question(f"what does section {number} of the login standard say"))
    assert (numbers(answer)[: len(found)], answer.notices) == (found, ())


def test_a_section_beside_longer_numbers_is_still_said_not_to_exist(responder):
    """5.2.1 does not make 5.1 or 5."""
    answer = responder.answer(Question("section 5.1 of the login standard"))
    assert (answer.abstained, answer.notices) == (True, ("Login Standard has no section 5.1.",))


def test_a_control_that_only_a_heading_names_is_quoted_by_what_stands_below(responder):
    """The heading of CA-3(6) has no words behind it; those "for high systems" have."""
    rule = "Whoever transfers data is checked for their authority first."
    answer = responder.answer(Question("what does CA-3(6) say?"))
    assert (answer.abstained, answer.citations[0].quote) == (False, rule)
    located = locate(Generation.current(responder.generation.index), "CA-3(6)", None, frozenset(), DAY)
    assert [(one.citation.quote, one.citation.controls[0].id) for one in located.clauses] == [(rule, "CA-3(6)")]
