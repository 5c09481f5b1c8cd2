"""Questions to a document that they call by its short name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from isobot.named_source import asked_by_name
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import matter, responder_on


def called(*designations: str, reference: str | None = None) -> Document:
    return Document("a.md", "Yard Rules", "0" * 64, "0" * 64, designations=designations, reference=reference)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("what does NIST SP 800-88 say about wiping?", "wiping?"),
        ("wiping according to NIST SP 800-88", "wiping"),
        ("SP 800-88: what is wiping", "what is wiping"),
        ("in 800-88 what is wiping", "what is wiping"),
        ("does 800-88 allow wiping", "wiping"),
        ("what does Special Publication 800-88 Rev. 1 require of wiping", "wiping"),
    ],
)
def test_a_document_is_asked_by_its_short_name(question: str, rest: str) -> None:
    """What is asked of it is all but that name and the words that tie it in."""
    asked, left = asked_by_name(question, [(4, called("NIST SP 800-88"))])
    assert (asked, " ".join(left.split())) == ([4], rest)


@pytest.mark.parametrize(
    "question", ["which rules refer to SP 800-88", "are we in line with SP 800-88?", "what is wiping", "800-888: wiping"]
)
def test_a_document_that_is_only_spoken_of_is_not_asked(question: str) -> None:
    """Nor is one that is not called at all."""
    assert asked_by_name(question, [(4, called("NIST SP 800-88"))]) == ([], question)


def test_a_document_is_asked_by_the_initials_of_its_title() -> None:
    """In capitals; in small letters only where its reference begins with them, since "our isp" may be somebody else."""
    rules = replace(called(), title="Yard Waste Policy")
    referred = replace(rules, reference="YWP-02")
    assert asked_by_name("what does the YWP say about glass", [(4, rules)])[0] == [4]
    assert asked_by_name("what does the ywp say about glass", [(4, rules)])[0] == []
    assert asked_by_name("what does the ywp say about glass", [(4, referred)])[0] == [4]
    assert asked_by_name("glass of the YWPX", [(4, referred)])[0] == []


def test_documents_of_one_name_are_asked_together() -> None:
    """Their name is taken from the question once."""
    assert asked_by_name("PAS-04: gates", [(1, called(reference="PAS-04")), (2, called(reference="PAS-04"))]) == ([2, 1], "  gates")


def test_two_documents_may_be_asked_at_once() -> None:
    """Both, and neither name is left in the question."""
    documents = [(1, called(reference="PAS-04")), (2, called(reference="YRD-07"))]
    asked, left = asked_by_name("gates according to PAS-04 and in YRD-07", documents)
    assert (sorted(asked), " ".join(left.split())) == ([1, 2], "gates and")


YARD, PORT = "Gates of the yard are locked at nine.", "Gates are locked at six, which YRD-07 leaves open."


@pytest.fixture(scope="module")
def responder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Responder:
    documents = {
        "yard.md": matter("Yard Rules", reference="YRD-07") + f"# Yard Rules\n\n## 1 Gates\n\n{YARD}\n",
        "port.md": matter("Port Rules", reference="PRT-02") + f"# Port Rules\n\n## 1 Gates\n\n{PORT}\n",
    }
    return responder_on(tmp_path_factory.mktemp("sources"), documents, cache)


@pytest.mark.parametrize(("name", "said"), [("YRD-07", YARD), ("PRT-02", PORT)])
def test_the_document_that_is_asked_is_all_that_is_searched(responder: Responder, name: str, said: str) -> None:
    """Whatever others say of the same, and of it."""
    answer = responder.answer(Question(f"what does {name} say about when gates are locked?"))
    assert [one.quote for one in (*answer.citations, *answer.nearest)] == [said]


def test_without_its_name_every_document_is_searched(responder: Responder) -> None:
    answer = responder.answer(Question("when are gates locked?"))
    assert {one.quote for one in (*answer.citations, *answer.nearest)} == {YARD, PORT}
