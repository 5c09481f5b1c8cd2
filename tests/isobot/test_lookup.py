"""Sections and documents that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.answer import Answer
from corpus.clause import Clause
from corpus.document import Document
from indexer.title_words import TitleWords
from isobot.lookup import clauses_numbered, documents_meant, documents_named, naming_words, number_asked, section_named
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import Organisation

DOCUMENTS = [
    Document("wireless.md", "Wireless Communication Policy", "", ""),
    Document("site.md", "Site Access Policy", "", "", reference="SAP-04"),
    Document("system.md", "System Access Policy", "", ""),
    Document("mobile-1.md", "Mobile Device Standard", "", "", version="1.0"),
    Document("mobile-2.md", "Mobile Device Standard", "", "", version="2.0"),
]


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("what does section 9.4 of the wireless policy say", ["wireless.md"]),
        ("wireless policy section 2", ["wireless.md"]),
        ("what's in 3.2 of our mobile standard?", ["mobile-1.md", "mobile-2.md"]),
        ("section 3.1 of the site policy", ["site.md"]),
        ("clause 2.1 of sap-04", ["site.md"]),
        ("section 3.1 of the access policy", []),  # which of the two is left open
        ("section 3.1 of the wireless standard", []),  # a policy is no standard
        ("section 3.1 of the policy", []),
        ("section 3.1 on wireless phones", []),
        ("section 3.1 of the guest wireless policy", []),  # the title has nothing of guests
    ],
)
def test_a_document_is_meant_by_its_short_name_or_a_part_of_its_title(question: str, paths: list[str]) -> None:
    """The words right before "policy" and their like, all of which one title alone holds."""
    assert [named.document.path for named in documents_meant(question, enumerate(DOCUMENTS))] == paths


TYPED = ("the", "mobile", "device", "access", "wireless", "policy", "standard", "SAP-04", "3.1", "annex")
WORDS = st.lists(st.sampled_from(TYPED), max_size=5).map(" ".join)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["SAP-04", None]))), WORDS)
def test_a_document_without_a_word_of_the_question_is_neither_named_nor_meant(names: list[tuple[str, str | None]], question: str) -> None:
    """What is found among the documents that share a word with it is what is found among all."""
    documents = {number: Document(f"{number}.md", title, "", "", reference=name) for number, (title, name) in enumerate(names)}
    titles = TitleWords([[name for name in called if name] for called in names])
    near = [(number, documents[number]) for number in titles.sharing(naming_words(question))]
    for found in (documents_named, documents_meant):
        assert found(question, near) == found(question, documents.items())


@pytest.mark.parametrize(
    ("question", "number"),
    [("which clauses does it meet", None), ("two secs late", None), ("sections 4 to 8", "4"), ("section4.3", "4.3"), ("Annex A", "A")],
)
def test_the_end_of_a_word_is_no_number_of_a_section(question: str, number: str | None) -> None:
    """The s of "clauses" is not section s."""
    assert section_named(question) == number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what does paragraph 2 say", "2"), ("clause 2 of the rules", "2"), ("what is in annex 2", "Annex 2"), ("Anlage 2", "Annex 2"),
        ("paragraph 3", "Annex 3"),
    ],
)  # fmt: skip
def test_a_figure_is_a_paragraph_s_before_it_is_an_appendix_s(question: str, number: str) -> None:
    """Paragraph 2 stands within a heading without a number, and Annex 2 beside it; where no paragraph is 3, 3 is the annex."""
    numbers = [(None, 1), ("1", 2), ("2", 2), ("Annex 1", 1), ("1", 2), ("2", 2), ("Annex 2", 1), ("Annex 3", 1)]
    clauses = [Clause(one, "", level, at, at + 1, at) for at, (one, level) in enumerate(numbers)]
    asked = number_asked(question)
    assert asked
    (found,) = clauses_numbered(clauses, asked)
    assert clauses[found].number == number


def asked(organisation: Organisation, question: str) -> Answer:
    return Responder(organisation.settings, lambda: date(2026, 9, 15)).answer(Question(question))


def test_a_section_is_cited_of_a_document_that_is_named_in_part(organisation: Organisation) -> None:
    """As if its whole title had been typed."""
    cited = asked(organisation, "what does section 4.3 of the access policy say?").citations[0]
    assert (cited.document.title, cited.clause.number) == ("Access Control Policy", "4.3")


def test_a_section_that_is_asked_for_alone_comes_alone(organisation: Organisation) -> None:
    """The words of its document's name are no matter of the question's own, for which others would be cited beside it."""
    alone = asked(organisation, "what does section 4.3 of the Access Control Policy say?")
    more = asked(organisation, "section 4.3 of the Access Control Policy: within how many hours is a lost laptop reported?")
    assert [cited.clause.number for cited in alone.citations] == ["4.3"]
    assert [cited.clause.number for cited in more.citations[:1]] == ["4.3"]
    assert "3.2" in [cited.clause.number for cited in more.citations]


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("what does section 9.4 of the access policy say?", "Access Control Policy v2.1 has no section 9.4."),
        ("what does appendix H say?", "No document has a clause H."),
        ("section 9.4", "No document has a clause 9.4."),
    ],
)
def test_a_section_that_does_not_exist_is_said_not_to_exist(question: str, notice: str, organisation: Organisation) -> None:
    """However near other words come, there is no answer."""
    answer = asked(organisation, question)
    assert (answer.abstained, answer.confidence, answer.notices) == (True, 0.0, (notice,))


def test_a_question_with_matter_of_its_own_is_not_refused_for_its_section(organisation: Organisation) -> None:
    """Who remembers a number wrongly still finds what is asked about."""
    answer = asked(organisation, "section 9.4: how soon must a lost laptop be reported to the service desk?")
    assert answer.citations[0].quote == "A lost laptop must be reported to the Service Desk within four hours."


@pytest.mark.parametrize("question", ["paragraph 2 of Schedule 1", "schedule 1, paragraph 2", "what does clause 2 in schedule 1 say"])
def test_a_paragraph_of_a_schedule_is_looked_for_in_it(question: str) -> None:
    """Not among those before it, nor among those of Schedule 2."""
    numbers = [("1", 1), ("2", 1), ("Schedule 1", 1), ("1", 2), ("2", 2), ("Schedule 2", 1), ("1", 2), ("2", 2)]
    ends = [1, 2, 5, 4, 5, 8, 7, 8]
    clauses = [Clause(one, "", level, at, end, at) for at, ((one, level), end) in enumerate(zip(numbers, ends, strict=True))]
    asked = number_asked(question)
    assert asked
    assert clauses_numbered(clauses, asked) == [4]
