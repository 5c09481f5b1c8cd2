"""The desk where an event becomes a reply: exactly one, and never silence."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus.clock import today
from corpus.errors import QuestionError
from isobot.question import Question
from isobot.slack import wording
from isobot.slack.audience import Audience, Refusal
from isobot.slack.blocks import Buttons, blocks_for, plain_text
from isobot.slack.events import Asking, Surface, asking_from
from isobot.slack.limits import validate
from isobot.slack.reply import Reply
from isobot.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from isobot.responder import Responder
    from isobot.state.store import Store

METADATA_TYPE = "isobot_answer"

log = logging.getLogger("isobot.slack")


class Desk:
    """Takes events of one workspace, one call an event, from any thread; it raises nothing."""

    def __init__(
        self,
        client: WebClient,
        workspace: Workspace,
        responder: Responder,
        store: Store,
        audience: Audience,
        document_url: str | None = None,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._responder = responder
        self._store = store
        self._audience = audience
        self._document_url = document_url

    def take(self, envelope: Mapping[str, Any]) -> None:
        """Reply to the event in an Events API payload, unless it asks nothing or was taken before."""
        event = envelope["event"]
        asking = asking_from(event, self._workspace.bot_user_id)
        if asking is None:
            return
        # Slack always sends an id; channel and time name the message as well.
        event_id = str(envelope.get("event_id") or f"{asking.channel}:{asking.ts}")
        try:
            if not self._store.claim_event(event_id, channel=asking.channel, ts=asking.ts, kind=str(event["type"])):
                log.info("event %s was taken before", event_id)
                return
            reply = self._reply(asking, envelope)
        except Exception:
            reply = failure(event_id)
        self._deliver(reply, asking, event_id)
        if reply.answer_id and asking.surface is Surface.CHANNEL:
            self._whisper(asking, envelope)

    def _reply(self, asking: Asking, envelope: Mapping[str, Any]) -> Reply:
        readers = self._audience.of(asking, envelope)
        if isinstance(readers, Refusal):
            return Reply.saying(readers.sentence)
        if not asking.text:
            return Reply.saying(wording.HINT)
        try:
            question = Question(asking.text, readers)
            answer = self._responder.answer(question)
        except QuestionError as problem:
            return Reply.saying(str(problem))
        # Recorded first: an answer that the audit log does not know must not be seen by anyone.
        answer_id = self._store.record_answer(answer, f"slack:{self._workspace.team_id}:{asking.user}", asking.surface.value)
        day = today()
        blocks = blocks_for(answer, day, Buttons(answer_id, self._document_url))
        validate(blocks)
        return Reply(plain_text(answer, day), blocks, answer_id)

    def _whisper(self, asking: Asking, envelope: Mapping[str, Any]) -> None:
        """Tell the asker alone what they may read and the channel may not, where that answers best."""
        try:
            own, readers = self._audience.of_person(asking.user), self._audience.of(asking, envelope)
            if isinstance(own, Refusal) or isinstance(readers, Refusal) or own <= readers:
                return
            answer = self._responder.answer(Question(asking.text, own))
            if answer.abstained or answer.citations[0].document.may_be_read_by(readers):
                return
            answer_id = self._store.record_answer(answer, f"slack:{self._workspace.team_id}:{asking.user}", "slack:private")
            blocks = blocks_for(answer, today(), Buttons(answer_id, self._document_url))
            validate(blocks)
            self._client.chat_postEphemeral(
                channel=asking.channel,
                user=asking.user,
                thread_ts=asking.thread_ts,
                text=plain_text(answer, today()),
                blocks=blocks,
                parse="none",
                link_names=False,
            )
        except Exception:
            log.exception("what is for the asker alone could not be told in channel %s (reference %s)", asking.channel, reference())

    def _deliver(self, reply: Reply, asking: Asking, event_id: str) -> None:
        """Post, and say in one sentence that it failed when Slack refuses the answer."""
        from slack_sdk.errors import SlackApiError

        try:
            try:
                self._post(reply, asking, event_id)
            except SlackApiError:
                # A refusal is certain; after a broken connection the message may have been posted, and a second one would be too many.
                self._post(failure(event_id), asking, event_id)
            self._store.finish_event(event_id)
        except Exception:
            log.exception("event %s in channel %s may be without a reply (reference %s)", event_id, asking.channel, reference())

    def _post(self, reply: Reply, asking: Asking, event_id: str) -> None:
        payload = {"event_id": event_id} | ({"answer_id": reply.answer_id} if reply.answer_id else {})
        self._client.chat_postMessage(
            channel=asking.channel,
            thread_ts=asking.thread_ts,
            text=reply.text,
            blocks=reply.blocks,
            metadata={"event_type": METADATA_TYPE, "event_payload": payload},
            mrkdwn=False,
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        )


def failure(event_id: str) -> Reply:
    """The sentence for a person whom something inside failed; call it where the error is being handled, so that the log has it."""
    given = reference()
    log.exception("event %s failed (reference %s)", event_id, given)
    return Reply.saying(f"Something went wrong on my side. Please try again; if it stays so, tell whoever runs me this reference: {given}")


def reference() -> str:
    """Short enough to be read out, long enough to be found in a log."""
    return secrets.token_hex(4)
