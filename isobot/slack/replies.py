"""What the bot says to an asking: to everybody who reads the channel, and what is for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.clock import today
from corpus.errors import QuestionError
from isobot.conversation import continued
from isobot.follow_up import without_requests
from isobot.languages import Language, language
from isobot.question import Question
from isobot.slack.allowance import Allowance
from isobot.slack.audience import Audience, Refusal
from isobot.slack.blocks import Buttons, plain_text, sentence_blocks
from isobot.slack.channel_settings import Channels, Listens
from isobot.slack.curation import Curated, Curation, curated_blocks
from isobot.slack.events import Asking, Surface
from isobot.slack.failure import no_question
from isobot.slack.metrics import STAGE, note
from isobot.slack.reply import Reply
from isobot.slack.thread import earlier_for, goes_on
from isobot.slack.visit import PRIVATE
from isobot.slack.workspace import Workspace
from isobot.small_talk import small_talk

if TYPE_CHECKING:
    from corpus.answer import Answer
    from isobot.responder import Responder
    from isobot.state.records import AnswerRecord
    from isobot.state.store import Store

SURE = 0.5  # least confidence to answer what was not said to the bot


@dataclass(frozen=True, slots=True)
class Replies:
    """Thread-safe. document_url: how documents are reached, with {path}; None offers no link."""

    workspace: Workspace
    responder: Responder
    store: Store
    audience: Audience
    channels: Channels
    curation: Curation
    allowance: Allowance
    document_url: str | None = None

    def hears(self, asking: Asking) -> bool:
        """Whether it is for the bot: said to it, in a thread that it answered in, or where it listens to every question.

        Raises StateError.
        """
        if asking.addressed or self.channels.of(asking.channel).listens is Listens.QUESTIONS:
            return True
        last = self.store.last_answer(asking.channel, asking.thread_ts or "") if asking.is_reply else None
        return last is not None and self._has_seen(asking, last)

    def reply(self, asking: Asking, envelope: Mapping[str, Any], event_id: str) -> Reply | None:
        """What to say; None for what was not said to the bot and would be answered with a guess."""
        here = self.channels.of(asking.channel)
        words = language(here.language)
        if busy := self.allowance.take(asking.user):
            said = Reply.saying(words.say(busy.key, number=busy.number, seconds=busy.seconds), here.private)
            return said if asking.addressed else None
        readers = self.audience.of_person(asking.user) if here.private else self.audience.of(asking, envelope)
        if isinstance(readers, Refusal):  # of who talks to others, nobody wants to hear it
            return Reply.saying(readers.said(words), here.private) if self._expects(asking) else None
        if not asking.text:
            return Reply.saying(words.say("ask.file" if asking.has_files else "answer.hint"), here.private)
        if talk := small_talk(asking.text):
            return Reply.saying(words.say(f"talk.{talk}"), here.private) if self._expects(asking) else None
        try:
            question = Question(asking.text, readers, here.collections)
            with self.responder.held():
                answer = self._answer(asking, question, event_id)
                curated = self._curated(question, answer, words)
        except QuestionError as problem:
            return Reply.saying(no_question(problem, words), here.private) if asking.addressed else None
        if not self._is_wanted(curated.answer if curated else answer, asking):
            return None
        reply = self._recorded(answer, asking, PRIVATE if here.private else asking.surface.value, words, curated)
        if reply.answer_id:
            self.store.events.note_answer(event_id, reply.answer_id)
        return reply

    def aside(self, asking: Asking, envelope: Mapping[str, Any], event_id: str) -> Reply | None:
        """What the asker may read and the channel may not, where that answers best; None where there is nothing of the kind."""
        here = self.channels.of(asking.channel)
        if asking.surface is not Surface.CHANNEL or here.private:
            return None
        own, readers = self.audience.of_person(asking.user), self.audience.of(asking, envelope)
        if isinstance(own, Refusal) or isinstance(readers, Refusal) or own <= readers:
            return None
        answer = self._answer(asking, Question(asking.text, own, here.collections), event_id)
        if answer.abstained or answer.citations[0].document.may_be_read_by(readers):
            return None
        reply = self._recorded(answer, asking, PRIVATE, language(here.language))
        note = sentence_blocks(language(here.language).say("answer.only_you"))
        return Reply(reply.text, [*note, *reply.blocks], reply.answer_id, private=True)

    def _answer(self, asking: Asking, question: Question, event_id: str) -> Answer:
        """The answer behind what was answered last in the same place. Raises QuestionError."""
        last = self.store.last_answer(asking.channel, asking.thread_ts or "", but=event_id)
        followed = last is not None and self._has_seen(asking, last) and (asking.thread_ts is not None or goes_on(last))
        with self.responder.held():
            before = earlier_for(last, self.responder.generation, question) if last and followed else None
            return continued(self.responder, question, before)

    def _curated(self, question: Question, answer: Answer, words: Language) -> Curated | None:
        """What the owner said before to the same question; nothing where something is asked of a citation."""
        complete = answer.understood or answer.question
        asks_of_citation = complete != without_requests(complete)
        return None if asks_of_citation else self.curation.of(replace(question, text=complete), answer, words)

    def _recorded(self, answer: Answer, asking: Asking, surface: str, words: Language, curated: Curated | None = None) -> Reply:
        if curated is None:
            answer = self.responder.phrased(answer)
        # Recorded first: an answer that the audit log does not know must not be seen by anyone.
        whole = curated.answer if curated else answer
        with STAGE.labels("record").time():
            answer_id = self.store.record_answer(whole, self._identity(asking), surface)
        note(whole, answer_id, surface)
        blocks = curated_blocks(answer, curated, Buttons(answer_id, self.document_url), words)
        if asking.has_files:
            blocks = [*sentence_blocks(words.say("ask.file_ignored")), *blocks]
        return Reply(plain_text(whole, today(), words), blocks, answer_id, surface == PRIVATE)

    def _is_wanted(self, answer: Answer, asking: Asking) -> bool:
        """Whether to answer: always who waits for a reply, others where the bot is sure."""
        return self._expects(asking) or (not answer.abstained and answer.confidence >= SURE)

    def _expects(self, asking: Asking) -> bool:
        """Whether they wait for a reply: they said it to the bot, or were answered last in the thread."""
        last = None if asking.addressed else self.store.last_answer(asking.channel, asking.thread_ts or "")
        return asking.addressed or (last is not None and self._was_told(asking, last.asker_ref))

    def _has_seen(self, asking: Asking, last: AnswerRecord) -> bool:
        """What one person alone was answered, others do not go on with."""
        return last.surface != PRIVATE or self._was_told(asking, last.asker_ref)

    def _was_told(self, asking: Asking, asker_ref: str) -> bool:
        return self.store.people.identity_of(asker_ref) == self._identity(asking)

    def _identity(self, asking: Asking) -> str:
        return self.workspace.identity(asking.user)
