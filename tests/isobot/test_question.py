"""Questions: what is refused before anything is searched."""

from __future__ import annotations

import pytest

from corpus.errors import QuestionError
from isobot.question import MAX_CHARACTERS, Question


@pytest.mark.parametrize("text", ["", "   \n\t", "?!…", "\u200b\u2060", "🔒"])
def test_a_question_without_a_word_is_empty(text):
    """The refusal shows what a question looks like."""
    with pytest.raises(QuestionError, match=r"The question is empty\. Ask in a sentence, for example"):
        Question(text)


def test_a_question_of_twenty_thousand_characters_is_refused_and_the_longest_one_is_not():
    """The sentence gives both numbers."""
    with pytest.raises(QuestionError, match="has 20,000 characters; at most 4,000 are read"):
        Question("a" * 20_000)
    assert Question("a" * MAX_CHARACTERS).groups == frozenset()
