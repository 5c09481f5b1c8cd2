"""A click, a command, a shortcut or a filled-in modal: who did it, where, and what the bot has at hand to serve them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.clock import today
from isobot.citation import ENGLISH
from isobot.languages import Language
from isobot.question import Question
from isobot.refusals import NotServedError
from isobot.slack.allowance import Allowance
from isobot.slack.audience import Audience, Refusal
from isobot.slack.blocks import Buttons, plain_text
from isobot.slack.channel_settings import Channels
from isobot.slack.curation import Curated, Curation, curated_blocks
from isobot.slack.failure import not_posted
from isobot.slack.limits import Block, validate, validate_view
from isobot.slack.metrics import STAGE, note
from isobot.slack.outbox import RESPOND, Outgoing
from isobot.slack.reply import Reply
from isobot.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from corpus.answer import Answer
    from isobot.responder import Responder
    from isobot.settings import Settings
    from isobot.state.store import Store

PRIVATE = "slack:private"  # the surface under which answers to one person alone are recorded


@dataclass(frozen=True, slots=True)
class Visit:
    """value: of the button, or what was typed behind the command. channel, thread_ts: where it happened; "" where no message did.

    inputs: what was filled into a modal, by action_id. message: the message that a shortcut was used on.
    """

    user: str
    channel: str = ""
    thread_ts: str = ""
    value: str = ""
    trigger_id: str = ""
    response_url: str = ""
    inputs: Mapping[str, str] = ()  # type: ignore[assignment]
    message: Mapping[str, Any] = ()  # type: ignore[assignment]

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Visit:
        """From the payload of a block action, a view submission, a message shortcut or a slash command."""
        if "command" in body:
            fields = {"user": body["user_id"], "channel": body.get("channel_id", ""), "value": body.get("text", "").strip()}
            return cls(**fields, trigger_id=body.get("trigger_id", ""), response_url=body.get("response_url", ""))
        message, view = body.get("message") or {}, body.get("view") or {}
        kept = json.loads(view.get("private_metadata") or "{}")
        container = body.get("container") or {}
        # What one person alone was shown is taken up with them alone, not in the thread beside it.
        said = {} if container.get("is_ephemeral") else {**container, **message}
        return cls(
            user=body["user"]["id"],
            channel=(body.get("channel") or {}).get("id") or kept.get("channel", ""),
            thread_ts=said.get("thread_ts") or said.get("ts") or kept.get("thread_ts", ""),
            value=(body.get("actions") or [{}])[0].get("value") or kept.get("value", ""),
            trigger_id=body.get("trigger_id", ""),
            response_url=body.get("response_url", ""),
            inputs=dict(_inputs(view)),
            message=message,
        )

    def kept(self, value: str) -> str:
        """What a modal that this visit opens carries, so that its submission knows where it came from."""
        return json.dumps({"channel": self.channel, "thread_ts": self.thread_ts, "value": value})


def _inputs(view: Mapping[str, Any]) -> list[tuple[str, str]]:
    blocks = ((view.get("state") or {}).get("values") or {}).values()
    given = [(action, state) for block in blocks for action, state in block.items()]
    return [(action, _given(state)) for action, state in given]


def _given(state: Mapping[str, Any]) -> str:
    """What a field holds; of several choices each on a line of its own."""
    if "selected_options" in state:
        return "\n".join(one["value"] for one in state["selected_options"] or ())
    return state.get("value") or (state.get("selected_option") or {}).get("value") or ""


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers work with. surface: under which answers to one person alone are recorded."""

    client: WebClient
    workspace: Workspace
    responder: Responder
    store: Store
    audience: Audience
    settings: Settings
    outbox: Outgoing
    channels: Channels
    curation: Curation
    allowance: Allowance
    surface: str = PRIVATE

    def identity(self, user: str) -> str:
        return self.workspace.identity(user)

    def groups(self, user: str) -> frozenset[str]:
        """The groups of a person, looked up at every visit. Raises NotServedError for who is no full member."""
        groups = self.audience.of_person(user)
        if isinstance(groups, Refusal):
            raise NotServedError(f"refusal.{groups.why}")
        return groups

    def words(self, visit: Visit) -> Language:
        """The language to speak where they are."""
        return self.channels.words(visit.channel)

    def say(self, visit: Visit, key: str, **names: object) -> None:
        """Say a sentence of the catalogue to the person alone."""
        self.tell(visit, Reply.saying(self.words(visit).say(key, **names)))

    def tell(self, visit: Visit, reply: Reply) -> None:
        """Say something to the person alone: where they are, or in their direct messages where they are nowhere."""
        if not visit.response_url:
            self.post(visit.user, reply)
            return
        told = self.outbox.put(visit.response_url, {"text": reply.text, "blocks": reply.blocks}, method=RESPOND)
        # The address serves for half an hour; after that there are direct messages.
        told.add_done_callback(lambda done: self.post(visit.user, reply) if done.exception() else None)

    def post(self, channel: str, reply: Reply, thread_ts: str | None = None, visit: Visit | None = None, then: Reply | None = None) -> None:
        """Have something posted to a channel, or to a person's direct messages; it goes out in its turn, after this returns.

        visit: who asked for it; they are told `then` when it is posted, and a sentence with a reference where it cannot be.
        """
        posted = self.outbox.put(channel, {"thread_ts": thread_ts, "text": reply.text, "blocks": reply.blocks})
        posted.add_done_callback(lambda done: self._posted(done, channel, visit, then))

    def _posted(self, posted: Future[str], channel: str, visit: Visit | None, then: Reply | None) -> None:
        if problem := posted.exception():
            words = self.words(visit) if visit else ENGLISH
            then = Reply.saying(problem.said(words)) if isinstance(problem, NotServedError) else not_posted(problem, channel, words)
        if visit and then:
            self.tell(visit, then)

    def open(self, visit: Visit, view: dict[str, Any]) -> None:
        validate_view(view)
        self.client.views_open(trigger_id=visit.trigger_id, view=view)

    def answer(self, visit: Visit, text: str, share_in: str = "") -> Reply:
        """Answer a question for one person alone, and record it. share_in: the channel to which the answer may be handed on.

        Raises QuestionError for what is no question, NotServedError for who is not answered.
        """
        if busy := self.allowance.take(visit.user):
            raise NotServedError(busy.key, number=busy.number, seconds=busy.seconds)
        question = Question(text, self.groups(visit.user), self.channels.of(visit.channel).collections)
        with self.responder.held():
            answer = self.responder.answer(question)
            curated = self.curation.of(question, answer, self.words(visit))
        if curated is None:
            answer = self.responder.phrased(answer)
        answer_id = self.record(curated.answer if curated else answer, visit)
        # What an owner said to somebody is not handed on by others.
        return self.shown(answer, visit, answer_id, curated is None and self.may_share(answer, share_in), curated)

    def record(self, answer: Answer, visit: Visit) -> str:
        """Keep an answer for one person alone before it is shown. Returns its number."""
        with STAGE.labels("record").time():
            answer_id = self.store.record_answer(answer, self.identity(visit.user), self.surface)
        note(answer, answer_id, self.surface)
        return answer_id

    def shown(self, answer: Answer, visit: Visit, answer_id: str, share: bool = False, curated: Curated | None = None) -> Reply:
        words = self.words(visit)
        blocks = curated_blocks(answer, curated, Buttons(answer_id, self.settings.document_url, share), words)
        validate(blocks)
        return Reply(plain_text(curated.answer if curated else answer, today(), words), blocks, answer_id)

    def may_share(self, answer: Answer, channel: str) -> bool:
        """Whether everybody in a channel may read all that an answer cites; False where it cannot be found out."""
        if not channel or channel.startswith("D") or answer.abstained:
            return False
        try:
            readers = self.audience.of_channel(channel)
        except Exception:  # the bot is not in it, or Slack does not say who is
            return False
        return not isinstance(readers, Refusal) and all(citation.document.may_be_read_by(readers) for citation in answer.citations)


def blocks_as_view(
    title: str, blocks: list[Block], words: Language, callback_id: str = "", submit: str = "", kept: str = ""
) -> dict[str, Any]:
    """A modal. title, submit: at most 24 characters. With no callback_id it only shows."""
    view: dict[str, Any] = {"type": "modal", "title": plain(title), "close": plain(words.say("button.close")), "blocks": blocks}
    return view | ({"callback_id": callback_id, "submit": plain(submit), "private_metadata": kept} if callback_id else {})


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
