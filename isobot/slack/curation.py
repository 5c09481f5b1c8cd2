"""Curated answers: what an owner replied before to the same question, once it was approved, beside the clause that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.clock import today
from isobot.refusals import ChangedError
from isobot.reopened import reopened
from isobot.slack.blocks import Buttons, blocks_for, rich_text, section, text
from isobot.slack.limits import MAX_RICH_TEXT, Block, message_problems
from isobot.slack.literal import literal, pieces
from isobot.slack.wording import name
from isobot.state.owner_replies import OwnerReply, Status

if TYPE_CHECKING:
    from corpus.answer import Answer
    from corpus.citation import Citation
    from isobot.languages import Language
    from isobot.question import Question
    from isobot.responder import Responder
    from isobot.state.store import Store

APPROVED = 0.9  # probability that what an owner said to the same question answers it
SAME = 0.75  # cosine of two questions in other words; of two that are about the same subject it is below


@dataclass(frozen=True, slots=True)
class Curated:
    """What is recorded, and what is shown above it."""

    answer: Answer
    lead: list[Block]


@dataclass(frozen=True, slots=True)
class Curation:
    """Thread-safe."""

    store: Store
    responder: Responder

    def of(self, question: Question, answer: Answer, words: Language) -> Curated | None:
        """The approved reply to the same question, where its clause still stands and may be read by who asks; None where there is none.

        Its words are recorded among the notices, so that the answer can be replayed as it was shown.
        """
        approved = self.store.owner_replies.all(Status.APPROVED)
        same = self._same(question.text, approved) if approved else None
        if same is None:
            return None
        try:
            citation = reopened(self.responder.generation, same.citation, question.groups)
        except ChangedError:
            return None
        if question.collections is not None and citation.document.collection not in question.collections:
            return None
        said = words.say("curated.said_by", owner=name(same.owner), date=same.replied_at[:10])
        rest = tuple(one for one in answer.citations if not is_of(one, citation))
        notices = (f"{said} “{same.reply}”", *answer.notices)
        confidence = max(answer.confidence, APPROVED)
        whole = replace(answer, citations=(citation, *rest), nearest=(), confidence=confidence, notices=notices, differs=())
        return Curated(whole, lead(said, same.reply))

    def _same(self, asked: str, approved: tuple[OwnerReply, ...]) -> OwnerReply | None:
        by_words = {plain(one.question): one for one in reversed(approved)}  # of two the newest
        if plain(asked) in by_words:
            return by_words[plain(asked)]
        encoder = self.responder.generation.encoder(threads=1)
        rows = encoder.encode([asked, *(one.question for one in approved)], "query")
        cosines = rows[1:] @ rows[0]
        best = int(np.argmax(cosines))
        return approved[best] if cosines[best] >= SAME else None


def curated_blocks(answer: Answer, curated: Curated | None, buttons: Buttons, words: Language) -> list[Block]:
    """The blocks of an answer, with what its owner said before above them."""
    if curated is None:
        return blocks_for(answer, today(), buttons, words)
    shown = replace(curated.answer, notices=answer.notices)
    for count in range(len(shown.citations), 0, -1):  # what is said above takes room, and the clause that it belongs to stays
        blocks = [*curated.lead, *blocks_for(replace(shown, citations=shown.citations[:count]), today(), buttons, words)]
        if next(message_problems(blocks), None) is None:
            break
    return blocks


def plain(question: str) -> str:
    """The words alone, so that a question mark or a capital makes no other question."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in question.casefold()).split())


def is_of(one: Citation, other: Citation) -> bool:
    """Whether two citations are of the same words."""
    return (one.document.path, one.start, one.end) == (other.document.path, other.start, other.end)


def lead(said: str, reply: str) -> list[Block]:
    """The owner's words, apart from what is quoted of documents; no markup of theirs is read."""
    words = [text(piece) for piece in pieces(literal(reply), MAX_RICH_TEXT // 2)]
    return [rich_text(section(text(said, bold=True), text("\n"), *words)), {"type": "divider"}]
