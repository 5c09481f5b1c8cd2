"""Questions for what a term or a role is."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from corpus.answer import Answer
from isobot.defined import SURE, defined, is_headed, term_asked
from isobot.fusion import Signals
from isobot.question import Question
from isobot.ranking import Ranking
from isobot.responder import Responder
from tests.organisation import matter, responder_on

HARBOUR = (
    matter("Harbour Rules")
    + """# Harbour Rules

| Item | Value |
|---|---|
| Owner | Head of the Harbour Office |

## 1 Roles

| Role | Duty |
|---|---|
| Harbour Board | Approves these rules and every berth that is let for longer than a season |
| Harbour Master | Gives out berths; closes the harbour in a storm |
| Dock Guard | Counts the boats every evening |
| Lock Keeper (LK) | Opens the lock twice a day, at high water |

## 2 Words

2.1 In these rules a rule binds. "Mooring" means tying a boat to the quay. A boat is known by its number.

- Quay: the wall that boats are tied to.
- UPS: batteries that bridge a power cut.
- Quay: where a boat may lie for a night.

It is the law of the harbour that everybody is safe.

| No. | Rule |
|---|---|
| 4 | Nobody swims where ships are moored |

## 3 Who does what

| Task | Harbour Master | Dock Guard |
|---|---|---|
| Berths | A | R |
| Pilot | R | A |

## 4 Storms

- Pilot: whoever brings the great ships in.

The Harbour Master closes the harbour. The harbour board is told by the dock guard, and the lock keeper stays.
"""
)
SECRET = matter("Secret Rules", audience="security") + "# Secret Rules\n\n- Wrecker: whoever lights false fires on the shore.\n"


@pytest.fixture(scope="module")
def responder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Responder:
    return responder_on(tmp_path_factory.mktemp("defined"), {"harbour.md": HARBOUR, "secret.md": SECRET}, cache)


@pytest.fixture(scope="module")
def ask(responder: Responder):
    def asked(text: str, *groups: str) -> Answer:
        return responder.answer(Question(text, groups=frozenset(groups)))

    return asked


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what is a processor?", "processor"),
        ("Who is the Data Protection Officer", "Data Protection Officer"),
        ("who's our harbour master", "harbour master"),
        ("what does the line manager do?", "line manager"),
        ("what does MTPD stand for", "MTPD"),
        ("what are the duties of an information owner", "information owner"),
        ("responsibilities of the line manager", "line manager"),
        ("what do we mean by “removable media”?", "removable media"),
        ("what is the harbour master responsible for", "harbour master"),
        ("define quay", "quay"),
        ("who approves a berth", None),
        ("what should I do with an old disk", None),
        ("what is", None),
        ("what is it", None),
        ("who's there?", None),
        ("what does this mean", None),
        ("what is 4.2", None),
        ("what is an A8 form", "A8 form"),
        ("what is " + "very " * 30 + "long", None),
        ("", None),
    ],
)
def test_the_term_that_a_question_is_about_is_known(question: str, term: str | None):
    """As it is typed, without its article."""
    assert term_asked(question) == term


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("what does the harbour master do?", "| Harbour Master | Gives out berths; closes the harbour in a storm |"),
        ("who are the dock guards", "| Dock Guard | Counts the boats every evening |"),
        ("who is the lock keeper", "| Lock Keeper (LK) | Opens the lock twice a day, at high water |"),
        ("what is mooring", '"Mooring" means tying a boat to the quay.'),
        ("what is a quay", "Quay: the wall that boats are tied to."),
        ("what are quays", "Quay: the wall that boats are tied to."),
        ("what is a UPS", "UPS: batteries that bridge a power cut."),
    ],
)
def test_the_row_or_the_sentence_that_the_term_heads_is_quoted_first(ask, question: str, quoted: str):
    """However near the rows beside it are; a plural and what stands in parentheses change nothing."""
    answer = ask(question)
    assert quoted in answer.citations[0].quote
    assert answer.confidence >= SURE


def test_what_a_document_states_of_itself_defines_nothing(responder: Responder):
    """Every document has an owner, and the question names none of them."""
    generation = responder.generation
    nothing = np.empty(0, np.float32)
    ranking = Ranking(np.arange(len(generation.passages)), nothing, Signals(*[nothing] * 5), nothing)
    assert not defined(generation, "who is the owner", ranking)
    assert defined(generation, "who is the dock guard", ranking)


@pytest.mark.parametrize("question", ["what is it", "who's it", "what is 4", "what's up"])
def test_words_that_are_no_name_head_nothing(ask, question: str):
    """Whatever sentence begins with "It is the" and whichever row is the fourth."""
    answer = ask(question)
    assert answer.confidence < SURE


def test_a_first_cell_of_nothing_but_parentheses_holds_nobody_up():
    """It is longer than any term."""
    began = time.process_time()
    assert not is_headed(f"| {'(' * 100_000} | one two three |", "quay")
    assert time.process_time() - began < 5


def test_no_clause_is_cited_twice(ask):
    """Also where a term heads two lines of it."""
    cited = [citation.position for citation in ask("what is a quay").citations]
    assert len(set(cited)) == len(cited)


def test_a_row_of_ticks_defines_nothing(ask):
    """"Pilot" heads one, and further down a line that says something."""
    assert "brings the great ships in" in ask("what is a pilot").citations[0].quote


def test_what_somebody_may_not_read_defines_nothing_for_them(ask):
    """Only who may read the document is told what its term means."""
    assert "false fires" in ask("what is a wrecker", "security").citations[0].quote
    answer = ask("what is a wrecker")
    assert not any("false fires" in citation.quote for citation in answer.citations + answer.nearest)


def test_the_form_alone_makes_no_follow_up_a_question_of_its_own(responder: Responder):
    """What was asked before decides with it."""
    alone, behind = (responder.answer(Question("what is a UPS", named=named)) for named in ("", "UPS"))
    assert alone.confidence == SURE > behind.confidence
    assert alone.citations[0].quote == (behind.citations or behind.nearest)[0].quote
