"""A question, and who may be shown what in answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import QuestionError

MAX_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """Words that somebody typed. groups: those the asker belongs to; they decide what may be cited. collections: those that are
    answered from, None for all. named: of a follow-up, put behind what it leans on, the words that are new in it; "" otherwise.

    Raises QuestionError for a question without a letter or digit, or of more than 4,000 characters.
    """

    text: str
    groups: frozenset[str] = frozenset()
    collections: frozenset[str] | None = None
    named: str = ""

    def __post_init__(self) -> None:
        if not any(character.isalnum() for character in self.text):
            raise QuestionError("The question is empty. Ask in a sentence, for example: how long must a password be?")
        if len(self.text) > MAX_CHARACTERS:
            raise QuestionError(
                f"The question has {len(self.text):,} characters; at most {MAX_CHARACTERS:,} are read. Ask it in a sentence or two.",
                len(self.text),
            )
