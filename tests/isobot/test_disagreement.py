"""Documents that disagree: the answer says so and shows both, each under its own citation."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.answer import Answer
from indexer.build import BuildOptions, build
from indexer.sources import find
from isobot.citation import differences
from isobot.disagreement import differ, statement_of
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from isobot.settings import Settings

NEAR = 0.8  # cosine of two sentences on the same thing
LOCKS = "Every laptop locks its screen after 5 minutes without input."
LENGTHS = "Passwords have 14 characters for users, 20 for administrators, and 16 as master password."
ASKED = "after how long does the screen of my laptop lock?"


def policy(title: str, *sentences: str, **properties: str) -> str:
    matter = "".join(f"{key}: {value}\n" for key, value in {"title": title, **properties}.items())
    clauses = "".join(f"\n## {number} Rule {number}\n\n{sentence}\n" for number, sentence in enumerate(sentences, 1))
    return f"---\n{matter}---\n\n# {title}\n{clauses}"


@pytest.fixture
def responder_of(tmp_path, cache):
    def made(**files: str) -> Responder:
        folder = tmp_path / "documents"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / f"{name}.md").write_text(content, encoding="utf-8")
        build(find([folder]), tmp_path / "index", BuildOptions(cache / "encoders"))
        return Responder(Settings(index=tmp_path / "index", cache=cache), lambda: date(2026, 9, 15))

    return made


def _sides(answer: Answer) -> list[set[str]]:
    return [{answer.citations[place].document.title for place in pair} for pair in answer.differs]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LOCKS, "The screen of a laptop locks after 10 minutes without input.", True),
        (LOCKS, "The screen of a laptop locks after 5 minutes without input.", False),
        (LOCKS, "The screen of a laptop locks after 300 seconds without input.", False),
        (LOCKS, "The doors of the warehouse close after 10 minutes.", False),
        ("Passwords of users have at least 14 characters.", "Passwords of users have at most 64 characters.", False),
        ("Passwords of users have at least 14 characters.", "Passwords of users have 12 characters or more.", True),
        (LENGTHS, "Master passwords: 16 characters.", False),
        (LENGTHS, "Master passwords: 18 characters.", True),
        ("Visitors' records stay for 2 days on paper and 30 in files.", "Visitors' records stay in files for 720 hours.", False),
        ("Logs of the harbour are kept for 0 days, 30 for administrators.", "Logs of the harbour are kept for 60 days.", True),
        ("Logs of the harbour are kept for 1,000 days, 30 for captains.", "Logs of the harbour are kept for 30 days.", False),
        ("Logs of the harbour are kept for 1 000 days, 30 for captains.", "Logs of the harbour are kept for 30 days.", False),
        ("The berth costs captains 1,000 euros, 20 for members.", "The berth costs captains 20 euros.", False),
        ("The berth costs captains 50 euros, 1,000 for members.", "The berth costs captains 1 000 euros.", False),
        ("Access rights of systems are reviewed every six months.", "Access rights of systems are reviewed annually.", True),
        ("At night the gate of Leeds closes after 9 hours.", "At night the gate of Rotterdam closes after 8 hours.", False),
        ("You must not take customer papers home.", "You may take customer papers home.", True),
        ("You must not take customer papers home.", "You must take customer papers home.", True),
        ("You must not take customer papers home.", "You may take customer papers home only with a lock.", False),
        ("You must not take customer papers home.", "Customer papers must never be taken home.", False),
        ("You must take customer papers home.", "You may take customer papers home.", False),
        ("You may not take customer papers home.", "You can take customer papers home.", True),
    ],
)
def test_sentences_disagree_by_figure_or_duty_over_the_same_thing(one, other, expected):
    """Equal values in other units agree; bounds on two sides, exceptions and other places are no contradiction."""
    assert differ(statement_of(one), statement_of(other), NEAR) is expected
    assert differ(statement_of(other), statement_of(one), NEAR) is expected


def test_sentences_whose_meanings_are_apart_do_not_disagree():
    """The same words in sentences that are not close say different things."""
    other = "The screen of a laptop locks after 10 minutes without input."
    assert not differ(statement_of(LOCKS), statement_of(other), 0.5)


def test_two_documents_with_different_figures_are_shown_side_by_side(responder_of):
    """Both are cited, each as a slice of its own document; the pair stands in the answer and in its record."""
    other = policy("Travel Policy", "The screen of a laptop locks after 10 minutes without input.", "Bring an umbrella.")
    answer = responder_of(desk=policy("Desk Policy", LOCKS, "Keep it clean."), travel=other).answer(Question(ASKED))
    assert _sides(answer) == [{"Desk Policy", "Travel Policy"}]
    low, high = answer.differs[0]
    assert low < high < 3
    assert all(citation.quote == citation.text.characters[citation.start : citation.end] for citation in answer.citations)
    assert json.loads(json.dumps(answer_record(answer)))["differs"] == [[low, high]]
    assert differences(answer) in (
        ["Two documents in force differ here: Desk Policy §1 and Travel Policy §1."],
        ["Two documents in force differ here: Travel Policy §1 and Desk Policy §1."],
    )


def test_what_disagrees_comes_in_from_beyond_the_five_citations(responder_of):
    """Behind six clauses of the first document in the ranking, it is brought up to the one that it contradicts."""
    owners = "After how long the screen of a laptop locks {} is up to its owner."
    more = [owners.format(place) for place in ("on a train", "in a meeting", "at a desk", "on a bus", "in a hall", "in a shop")]
    other = policy("Travel Policy", "A laptop locks itself after 10 minutes without input.")
    answer = responder_of(desk=policy("Desk Policy", LOCKS, *more), travel=other).answer(Question(ASKED))
    assert answer.differs == ((0, 1),)
    assert [citation.document.title for citation in answer.citations] == ["Desk Policy", "Travel Policy", *["Desk Policy"] * 3]
    scores = [citation.score for citation in answer.citations]
    assert min(scores) == scores[1]
    assert answer.citations[1].quote == "A laptop locks itself after 10 minutes without input."


def test_a_hidden_document_disagrees_with_nothing(responder_of):
    """Whoever may not read the other side is shown the one, in the same words as if the other did not exist."""
    other = policy("Board Policy", "The screen of a laptop locks after 10 minutes without input.", audience="board")
    responder = responder_of(desk=policy("Desk Policy", LOCKS), board=other)
    assert responder.answer(Question(ASKED)).differs == ()
    assert _sides(responder.answer(Question(ASKED, frozenset({"board"})))) == [{"Desk Policy", "Board Policy"}]


@pytest.mark.parametrize(
    "properties", [{"status": "superseded"}, {"status": "draft"}, {"expires": "2026-01-31"}, {"effective": "2027-01-01"}]
)
def test_what_is_not_in_force_disagrees_with_nothing(properties, responder_of):
    """Also where it is asked for by its name."""
    other = policy("Old Screen Policy", "The screen of a laptop locks after 10 minutes without input.", **properties)
    responder = responder_of(desk=policy("Desk Policy", LOCKS), old=other)
    for question in (ASKED, f"what does the old screen policy say: {ASKED}"):
        assert responder.answer(Question(question)).differs == ()


def test_one_document_does_not_disagree_with_itself(responder_of):
    """Two figures in one document are two cases of it."""
    text = policy("Desk Policy", LOCKS, "The screen of a laptop locks after 10 minutes without input.")
    assert responder_of(desk=text).answer(Question(ASKED)).differs == ()


def test_opposite_duties_are_shown_side_by_side(responder_of):
    """ "May" beside "must not" for the same thing."""
    first = policy("Paper Policy", "You must not take customer papers home.")
    answer = responder_of(paper=first, home=policy("Home Policy", "You may take customer papers home.")).answer(
        Question("can I take customer papers home?")
    )
    assert _sides(answer) == [{"Paper Policy", "Home Policy"}]


def test_an_abstention_states_no_disagreement(responder_of):
    """Nothing is cited, and so nothing differs."""
    other = policy("Travel Policy", "The screen of a laptop locks after 10 minutes without input.")
    answer = responder_of(desk=policy("Desk Policy", LOCKS), travel=other).answer(Question("who won the football last night?"))
    assert answer.abstained
    assert answer.differs == ()
