"""A message that is ready to be posted."""

from __future__ import annotations

from dataclasses import dataclass

from isobot.slack.blocks import sentence_blocks, sentence_text
from isobot.slack.limits import Block


@dataclass(frozen=True, slots=True)
class Reply:
    """answer_id: of the recorded answer, None when the message holds none."""

    text: str
    blocks: list[Block]
    answer_id: str | None = None

    @classmethod
    def saying(cls, sentence: str) -> Reply:
        return cls(sentence_text(sentence), sentence_blocks(sentence))
