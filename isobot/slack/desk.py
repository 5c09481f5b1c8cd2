"""The desk where an event becomes a reply: exactly one, and never silence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from corpus.errors import StateError
from isobot.slack.agent import working
from isobot.slack.claims import Claims
from isobot.slack.doubt import was_replied_to
from isobot.slack.events import Asking, Surface, asking_from, carried, deleted_in
from isobot.slack.failure import failure, is_closed, reference, was_refused
from isobot.slack.metrics import STAGE
from isobot.slack.outbox import WHISPER, LostClaimError, Outbox, Parcel
from isobot.slack.replies import Replies
from isobot.slack.reply import Reply
from isobot.slack.workspace import Workspace
from isobot.state.records import DoubtfulEvent

if TYPE_CHECKING:
    from slack_sdk import WebClient


METADATA_TYPE = "isobot_answer"
RETRY_SECONDS = 5.0  # after how long an event whose reply may have arrived is looked for; a message on its way has arrived by then
MAX_ATTEMPTS = 5  # times that one event is taken over to be answered; once more, and its sender is told that it failed

log = logging.getLogger("isobot.slack")


class Desk:
    """Takes events of one workspace, one call an event, from any thread. `admit` comes before Slack's acknowledgement, `take` after it.

    An event is this replica's while its lease runs; what it does not finish, another replica (or this one, started again) takes over.
    """

    def __init__(
        self,
        client: WebClient,
        workspace: Workspace,
        replies: Replies,
        outbox: Outbox,
        claims: Claims,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._replies = replies
        self._outbox = outbox
        self._claims = claims
        self._taking = True
        self._places: dict[str, Parcel] = {}  # by event_id, of events that are admitted and not taken yet

    def admit(self, envelope: Mapping[str, Any]) -> bool:
        """Claim the event in an Events API payload. False for one that asks nothing or was taken before.

        Raises StateError when it cannot be kept: it must not be acknowledged then, so that Slack sends it again.
        """
        asking = self._asking(envelope)
        if asking is None or not self._replies.hears(asking):
            self._drop_deleted(envelope["event"])
            return False
        claim = {"channel": asking.channel, "ts": asking.ts, "thread": asking.thread_ts or "", "kind": str(envelope["event"]["type"])}
        event_id = id_of(envelope, asking)
        place = self._place(asking)  # first, because events come side by side, and no answer may overtake an earlier one of its thread
        claimed = False
        try:
            claimed = self._claims.claim(event_id, **claim, envelope=kept(envelope))
        finally:
            if not claimed:
                self._outbox.give_up(place)
        if claimed:
            self._places[event_id] = place
        else:
            log.info("event %s was taken before", event_id)
        return claimed

    def _drop_deleted(self, event: Mapping[str, Any]) -> None:
        """Have nobody reply to a question that somebody has deleted, whichever replica works on it."""
        deleted = deleted_in(event)
        if deleted and self._claims.drop(*deleted):
            log.info("the message %s in channel %s was deleted before its reply", deleted[1], deleted[0])

    def take(self, envelope: Mapping[str, Any]) -> None:
        """Reply to an event that was admitted. Raises nothing."""
        asking = self._asking(envelope)
        if asking is None:
            return
        event_id = id_of(envelope, asking)
        place = self._places.pop(event_id, None) or self._place(asking)
        try:
            with STAGE.labels("reply").time(), self._status(asking):
                reply = self._replies.reply(asking, envelope, event_id) if self._claims.waits(event_id) else None
        except Exception:
            reply = failure(f"event {event_id}", self._replies.channels.words(asking.channel))
        if reply is None:
            self._pass_over(event_id, place)
            return
        posted = self._deliver(reply, asking, event_id, place)
        if reply.answer_id:
            self._tell_aside(asking, envelope, event_id, posted)

    def stop_taking(self) -> None:
        """Take over no more events of others."""
        self._taking = False

    def look_after(self) -> None:
        """Keep this replica's leases alive, and answer or close the events whose leases ran out. Raises StateError."""
        self._claims.renew()
        for event in self._claims.take_over() if self._taking else ():
            self._settle(event)

    def _settle(self, event: DoubtfulEvent) -> None:
        asking = self._asking(event.envelope)
        if asking is None or event.attempts > MAX_ATTEMPTS + 1:
            log.error("event %s is given up after %d attempts; its question may be without a reply", event.event_id, event.attempts)
            self._claims.finish(event.event_id)
            return
        try:
            replied = was_replied_to(self._client, asking, event.event_id, METADATA_TYPE)
        except Exception as problem:
            # Without looking a reply could be the second one; it is looked for again when the lease runs out.
            log.warning("event %s is in doubt, and its thread could not be read: %s", event.event_id, problem)
            self._claims.let_go(event.event_id, RETRY_SECONDS)
            return
        log.info("event %s was in doubt: %s", event.event_id, "it had its reply" if replied else "answering it now")
        if replied:
            self._claims.finish(event.event_id)
        elif event.attempts > MAX_ATTEMPTS:
            said = failure(f"event {event.event_id}, taken over {event.attempts} times,", self._replies.channels.words(asking.channel))
            self._deliver(said, asking, event.event_id, self._place(asking), last=True)
        else:
            self.take(event.envelope)

    def _asking(self, envelope: Mapping[str, Any]) -> Asking | None:
        return asking_from(envelope["event"], self._workspace.bot_user_id, self._workspace.has_agent_view)

    def _status(self, asking: Asking) -> AbstractContextManager[None]:
        if asking.surface is Surface.DIRECT and self._workspace.has_agent_view:
            return working(self._client, asking.channel, asking.thread_ts or asking.ts, self._replies.channels.words(asking.channel))
        return nullcontext()

    def _pass_over(self, event_id: str, place: Parcel) -> None:
        self._outbox.give_up(place)
        try:
            self._claims.finish(event_id)
        except StateError:  # it is looked at again when its lease has run out
            log.exception("event %s was passed over, and that could not be noted", event_id)

    def _tell_aside(self, asking: Asking, envelope: Mapping[str, Any], event_id: str, posted: Future[str]) -> None:
        """Tell the asker alone what is for them alone, behind the reply; not where that was not this replica's to give."""

        def is_mine() -> bool:
            return not (posted.done() and isinstance(posted.exception(), LostClaimError))

        try:
            if reply := self._replies.aside(asking, envelope, event_id):
                told = self._outbox.put(asking.channel, whisper(reply, asking.user, asking.thread_ts), is_mine, method=WHISPER)
                told.add_done_callback(lambda done: whispered(done, asking.channel))
        except Exception:
            log.exception("what is for the asker alone could not be told in channel %s (reference %s)", asking.channel, reference())

    def _place(self, asking: Asking) -> Parcel:
        return self._outbox.place(asking.channel, asking.thread_ts, asking.ts)

    def _deliver(self, reply: Reply, asking: Asking, event_id: str, place: Parcel, last: bool = False) -> Future[str]:
        """Put the reply into the outbox; what becomes of it decides what becomes of the event."""

        def is_mine() -> bool:
            return self._claims.is_mine(event_id)

        if reply.private:  # where there is no thread yet, Slack would show it in none
            arguments = whisper(reply, asking.user, asking.thread_ts if asking.is_reply else None)
            posted = self._outbox.put(asking.channel, arguments, is_mine, method=WHISPER, place=place)
        else:
            posted = self._outbox.put(asking.channel, message(reply, asking, event_id), is_mine, place=place)
        posted.add_done_callback(lambda done: self._posted(done, asking, event_id, last))
        return posted

    def _posted(self, posted: Future[str], asking: Asking, event_id: str, last: bool) -> None:
        try:
            try:
                posted.result()
            except LostClaimError as problem:
                log.info("event %s: %s", event_id, problem)
                self._claims.lose(event_id)
                return
            except Exception as problem:
                if not was_refused(problem):
                    # It may have arrived: the event is in doubt, and is looked for in its thread.
                    log.warning("event %s: nobody knows whether the reply arrived (%s); looking for it soon", event_id, problem)
                    self._claims.let_go(event_id, RETRY_SECONDS)
                    return
                # So a sentence in place of the answer is no second reply.
                if not last and not is_closed(problem):
                    said = failure(f"event {event_id}", self._replies.channels.words(asking.channel))
                    self._deliver(said, asking, event_id, self._place(asking), last=True)
                    return
                log.error("event %s in channel %s stays without a reply: %s", event_id, asking.channel, problem)
            self._claims.finish(event_id)
        except Exception:
            log.exception("what became of event %s in channel %s could not be noted (reference %s)", event_id, asking.channel, reference())


def id_of(envelope: Mapping[str, Any], asking: Asking) -> str:
    """Slack always sends an id; channel and time name the message as well."""
    return str(envelope.get("event_id") or f"{asking.channel}:{asking.ts}")


def kept(envelope: Mapping[str, Any]) -> dict[str, Any]:
    """Of what came in, all that a replica needs that takes it over; neither blocks nor files, which can be large."""
    event = {name: value for name, value in envelope["event"].items() if name not in ("blocks", "attachments")}
    if event.get("files"):  # that there were some is all that is said of them
        event["files"] = True
    told = {name: envelope[name] for name in ("event_id", "is_ext_shared_channel") if name in envelope}
    return {**told, "event": {**event, "text": carried(str(event.get("text") or ""))}}


def message(reply: Reply, asking: Asking, event_id: str) -> dict[str, Any]:
    """The arguments of chat.postMessage but for the channel."""
    payload = {"event_id": event_id} | ({"answer_id": reply.answer_id} if reply.answer_id else {})
    return {
        "thread_ts": asking.thread_ts,
        "text": reply.text,
        "blocks": reply.blocks,
        "metadata": {"event_type": METADATA_TYPE, "event_payload": payload},
    }


def whisper(reply: Reply, user: str, thread_ts: str | None) -> dict[str, Any]:
    """The arguments of chat.postEphemeral but for the channel. It leaves no trace by which a reply in doubt could be found."""
    return {"user": user, "thread_ts": thread_ts, "text": reply.text, "blocks": reply.blocks}


def whispered(told: Future[str], channel: str) -> None:
    problem = told.exception()
    if problem and not isinstance(problem, LostClaimError):
        log.error("what is for the asker alone could not be told in channel %s: %s", channel, problem)
