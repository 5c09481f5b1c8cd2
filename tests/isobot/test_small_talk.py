"""What is said to the bot in passing, told from what may ask something."""

from __future__ import annotations

import pytest

from isobot.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize("said", ["hi", "Hello!", "good morning all", "Hey isobot :wave:", "help", "hi, can you help me with something?",
                                  "what can you do?", "Who are you", "test", "quiz me",
                                  "can I ask you something please", "guten Tag"])  # fmt: skip
def test_greetings_and_what_it_can_do_are_answered_with_that(said: str) -> None:
    """A greeting before a request for help is one too."""
    assert small_talk(said) is SmallTalk.HELLO


@pytest.mark.parametrize("said", ["thanks!", "Thank you so much for the quick answer", "ok got it, thanks", "great, cheers", "vielen Dank"])
def test_thanks_are_thanks(said: str) -> None:
    """Whatever praise stands beside them."""
    assert small_talk(said) is SmallTalk.THANKS


@pytest.mark.parametrize("said", ["ok", "👍", ":+1:", "got it", "Perfect!", "never mind", "no"])
def test_a_word_that_ends_a_talk_asks_nothing(said: str) -> None:
    """An emoji alone does neither."""
    assert small_talk(said) is SmallTalk.FINE


@pytest.mark.parametrize("said", ["what policies do you have?", "which policies do we have", "Do we have any policies?",
                                  "welche Richtlinien gibt es?"])  # fmt: skip
def test_who_asks_for_all_policies_is_told_how_to_ask_for_some(said: str) -> None:
    """No document answers that, and no owner has to."""
    assert small_talk(said) is SmallTalk.POLICIES


@pytest.mark.parametrize("said", ["that is wrong", "No, that's not what I asked!", "are you sure?", "that isn’t right"])
def test_who_doubts_an_answer_is_told_what_to_do(said: str) -> None:
    """It is no question that the documents leave open."""
    assert small_talk(said) is SmallTalk.DOUBT


@pytest.mark.parametrize(
    "said",
    [
        "", "?", "...", "A.8.13", "42", "thanks, and for contractors?", "hello may I use my own phone", "help desk number", "visitors",
        "who are you allowed to call", "what can you do when a laptop is lost", "can I ask you something about visitors",
        "good passwords", "what policies do we have on visitors", "list all policies", "test data", "penetration test",
        "what is wrong with a short password", "are you sure that visitors sign in",
        "morning shift rules", "is it clear what we do with old discs and is all of it noted right",
    ],
)  # fmt: skip
def test_whatever_may_ask_something_is_a_question(said: str) -> None:
    """One telling word is enough."""
    assert small_talk(said) is None
