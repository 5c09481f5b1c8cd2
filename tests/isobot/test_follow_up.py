"""Follow-ups: what they mean behind the question before, by their words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isobot.citation_request import CitationRequest, Wanted, citation_request
from isobot.follow_up import FollowUp, behind, follow_up, without_requests
from isobot.question import MAX_CHARACTERS

ABROAD = "can i work from spain for a month?"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("and for contractors?", "contractors"),
        ("what about phones", "phones"),
        ("how about the Rotterdam office?", "rotterdam office"),
        ("same for guests?", "guests"),
        ("ok, and my mailbox", "mailbox"),
        ("for how long?", ""),
        ("and for how long in total?", ""),
        ("how often?", ""),
        ("by when", ""),
        ("how long does that take?", ""),
    ],
)
def test_a_fragment_becomes_a_question_behind_the_one_before(text, named):
    """What it adds stands in it as typed, and what it names is what an answer must speak of."""
    assert follow_up(text, ABROAD) == FollowUp(f"{ABROAD} › {text}", False, named)


@pytest.mark.parametrize(
    "text", ["who has to agree to that?", "and what does it cost the company?", "do they pay tax?", "who has to agree?"]
)
def test_a_sentence_that_points_back_may_be_either(text):
    """Its words do not decide whether it is a question of its own."""
    meant = follow_up(text, ABROAD)
    assert isinstance(meant, FollowUp)
    assert meant.perhaps_new and meant.question == f"{ABROAD} › {text}"


@pytest.mark.parametrize(
    "text",
    [
        "how long must a password be kept secret?",
        "think my pc has a virus, should i turn it off",
        "is it ok to save work logins in chrome",
        "who won the football last night?",
        "cctv footage how long",
        "where is A.8.13 documented?",
    ],
)
def test_a_question_of_its_own_leans_on_nothing(text):
    """What says itself what it is about is not drawn to the question before."""
    assert follow_up(text, ABROAD) is None


@pytest.mark.parametrize(
    ("text", "earlier", "expected"),
    [
        ("and A.8.11?", "where is A.8.13 documented?", "where is A.8.11 documented?"),
        ("what about a.7.14", "where do we document A.7.1", "where do we document A.7.14"),
        ("and 7.3?", "what does section 7.2 of the laptop policy say", "what does section 7.3 of the laptop policy say"),
        ("what about section 5.4", "show section 5.2 of the travel policy", "show section 5.4 of the travel policy"),
        ("and tier 3?", "how often is tier 1 tested", "how often is tier 3 tested"),
        ("and for SEV3", "how fast is a SEV1 answered", "how fast is a SEV3 answered"),
    ],
)
def test_an_identifier_takes_the_place_of_another(text, earlier, expected):
    """A control, a section and a numbered thing are looked up, so the old one must go."""
    assert follow_up(text, earlier) == FollowUp(expected)


@pytest.mark.parametrize(
    ("text", "wanted", "position"),
    [
        ("show me the whole clause", Wanted.CLAUSE, 0),
        ("Can I see the full clause, please?", Wanted.CLAUSE, 0),
        ("show me the second clause in full", Wanted.CLAUSE, 1),
        ("show me the whole of the third one", Wanted.CLAUSE, 2),
        ("the whole section please", Wanted.CLAUSE, 0),
        ("which control is that?", Wanted.CONTROLS, 0),
        ("what iso control does this cover", Wanted.CONTROLS, 0),
        ("which controls are these?", Wanted.CONTROLS, 0),
        ("where does it say that?", Wanted.PLACE, 0),
        ("what page is that on", Wanted.PLACE, 0),
        ("which document is that from?", Wanted.PLACE, 0),
        ("who owns that policy?", Wanted.OWNER, 0),
        ("and who approved it?", Wanted.APPROVER, 0),
        ("is that still in force?", Wanted.STANDING, 0),
        ("when was that policy last reviewed", Wanted.STANDING, 0),
        ("when is that policy due for review?", Wanted.STANDING, 0),
        ("which version of the standard is that?", Wanted.STANDING, 0),
        ("anything else?", Wanted.MORE, 0),
    ],
)
def test_what_is_wanted_of_a_citation_is_looked_up(text, wanted, position):
    """It is no question to the documents, whatever was asked before."""
    assert citation_request(text) == CitationRequest(wanted, position)
    assert follow_up(text, ABROAD) == CitationRequest(wanted, position)


@pytest.mark.parametrize(
    "text",
    [
        "which control covers passwords?",
        "what controls do we need for backups",
        "who owns the incident process",
        "show me the access control policy",
        "where is that laptop that i lost",
        "is it still allowed to work from home",
        "when does it expire",
    ],
)
def test_a_question_that_only_sounds_like_a_request_stays_a_question(text):
    """What names a matter of its own is asked of the documents."""
    assert citation_request(text) is None


def test_a_fragment_behind_a_fragment_takes_its_place():
    """ "And visitors" behind "and contractors" asks for visitors; what was asked of citations leaves the question."""
    first = behind(ABROAD, "and for contractors?")
    assert behind(first, "and for visitors?") == f"{ABROAD} › and for visitors?"
    assert behind(first, "who has to agree to that?") == f"{first} › who has to agree to that?"
    asked = behind(first, "which control is that?")
    assert without_requests(asked) == first
    assert behind(asked, "and for visitors?") == f"{ABROAD} › and for visitors?"


def test_a_long_conversation_keeps_its_first_and_its_last_question():
    """What was said between the two would draw the search away."""
    question = ABROAD
    for text in ("who has to agree to that?", "when must i ask them?", "what do they check?"):
        question = behind(question, text)
    assert question == f"{ABROAD} › when must i ask them? › what do they check?"


def test_what_would_be_too_long_is_asked_alone():
    """A question holds 4,000 characters."""
    assert follow_up("and for contractors?", "x " * (MAX_CHARACTERS // 2)) is None


@given(st.text(max_size=200), st.text(min_size=1, max_size=200))
def test_no_words_break_it(text, earlier):
    """Whatever is typed: a request, a question within the limit that holds the words, or none."""
    meant = follow_up(text, earlier)
    assert meant is None or isinstance(meant, CitationRequest | FollowUp)
    if isinstance(meant, FollowUp):
        assert 0 < len(meant.question) <= MAX_CHARACTERS
