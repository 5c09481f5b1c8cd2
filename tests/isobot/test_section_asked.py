"""The number of a section, and the document it is of, however short its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from indexer.title_words import TitleWords
from isobot.section_asked import SectionAsked, documents_near, section_asked

NAMES = {
    "handling.pdf": ("NIST SP 800-61 Revision 2, Incident Handling Guide", None, ("NIST SP 800-61",)),
    "identity.pdf": ("Digital Identity: Authentication and Lifecycle", None, ("NIST Special Publication 800-63B",)),
    "minimum.pdf": ("FIPS 200, Minimum Security Requirements", None, ("FIPS 200", "FIPS PUB 200")),
    "use.md": ("Acceptable Use Policy", "AUP-02", ()),
    "travel.md": ("Policy for Staff: Travel and Expenses", "TRA-11", ()),
    "directive-1.pdf": ("Directive 2150: Information Security, Planning", None, ()),
    "directive-2.pdf": ("Directive 2150: Information Security, Privacy", None, ()),
}
DOCUMENTS = [
    (number, Document(path, title, "", "", version="4.0", reference=reference, designations=designations))
    for number, (path, (title, reference, designations)) in enumerate(NAMES.items())
]
TITLES = TitleWords([[name for name in (title, reference, *designations) if name] for title, reference, designations in NAMES.values()])


def asked(question: str) -> SectionAsked | None:
    """As the search does it: only documents with a word of the question in a name are looked at."""
    near = set(documents_near(TITLES, question))
    return section_asked(question, [(number, document) for number, document in DOCUMENTS if number in near])


@pytest.mark.parametrize(
    ("question", "number", "path"),
    [
        ("section 3.2.6 of SP 800-61", "3.2.6", "handling.pdf"),
        ("section 3.2.6 of sp800-61r2", "3.2.6", "handling.pdf"),
        ("what does 800-61 rev. 2 say in section 4", "4", "handling.pdf"),
        ("800-63B 4.5", "4.5", "identity.pdf"),
        ("what's in 4.5 of NIST SP 800-63b?", "4.5", "identity.pdf"),
        ("section 3 of FIPS 200", "3", "minimum.pdf"),
        ("FIPS Pub 200 section 3", "3", "minimum.pdf"),
        ("section 2 of the incident handling guide", "2", "handling.pdf"),
        ("section 2 on travel and expenses", "2", "travel.md"),
        ("AUP-02 7.3", "7.3", "use.md"),
        ("aup-02, § 7", "7", "use.md"),
        ("AUP-02 7?", "7", "use.md"),
        ("clause 7.3 of AUP-02", "7.3", "use.md"),
        ("7.3 of AUP-02", "7.3", "use.md"),
        ("acceptable use policy 7.3", "7.3", "use.md"),
        ("what is in the incident handling guide, 3.2.6?", "3.2.6", "handling.pdf"),
        ("article 7.2 of the expenses", "7.2", "travel.md"),
        ("what does section 3 of our digital identity say", "3", "identity.pdf"),
        ("acceptable use policy 7(b)", "7", "use.md"),
    ],
)
def test_a_document_is_named_by_reference_designation_or_a_part_of_its_title(question, number, path):
    """With or without "section" before the number, where the name stands beside it."""
    found = asked(question)
    assert found is not None
    assert (found.number, [named.document.path for named in found.named]) == (number, [path])


@pytest.mark.parametrize(
    "question",
    [
        "how many of our 200 laptops are lost in 3 years",
        "does AUP-02 4 apply to contractors",
        "what does 800-53 say about 2 factors",
        "does FIPS 200 ask for 2.5 metres of wall",
        "AUP-02 4.0",  # its version
        "acceptable use policy 4.0",
        "does the acceptable use policy allow TLS 1.2",
        "XAUP-02 7.3",
        "1800-61 3.2",
        "what changed in 2026 for 800-63",
    ],
)
def test_a_number_that_stands_elsewhere_is_no_section(question):
    """Free text with numbers in it is searched."""
    assert asked(question) is None


NOBODYS = [
    "section 3 of 800-63", "section 3 of the directive", "section 3 of the travel lottery", "section 4 on information security",
    "section 3 of SP 800-611", "section 200 on FIPS",
]  # fmt: skip


@pytest.mark.parametrize("question", NOBODYS)
def test_a_name_of_no_document_or_of_two_names_none(question):
    """What is shared, is longer or is only like it."""
    found = asked(question)
    assert found is not None
    assert found.named == []


TYPED = ("section", "3", "4.5", "of", "FIPS", "200", "SP", "800-61", "800-61r2", "800-63B", "AUP-02", "travel", "and", "expenses")


@given(st.lists(st.sampled_from(TYPED), max_size=6).map(" ".join))
def test_a_document_without_a_word_of_the_question_is_not_found(question):
    """What is found among the documents that share a word with it is what is found among all."""
    assert asked(question) == section_asked(question, DOCUMENTS)
