"""A message that is ready to be posted."""

from __future__ import annotations

from dataclasses import dataclass

from isobot.slack.blocks import sentence_blocks, sentence_text
from isobot.slack.limits import Block


@dataclass(frozen=True, slots=True)
class Reply:
    """answer_id: of the recorded answer, None when the message holds none. private: whether the asker alone is to see it."""

    text: str
    blocks: list[Block]
    answer_id: str | None = None
    private: bool = False

    @classmethod
    def saying(cls, sentence: str, private: bool = False) -> Reply:
        return cls(sentence_text(sentence), sentence_blocks(sentence), private=private)
