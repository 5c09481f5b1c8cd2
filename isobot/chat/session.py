"""A chat: lines of a person in, lines of the bot out, by the code that answers a direct message in Slack."""

from __future__ import annotations

import logging
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from getpass import getuser
from typing import TYPE_CHECKING, Any

from corpus.errors import BAD_INPUT, DONE, FAILED, FOUND_NOTHING, StateError
from isobot.chat.form import CANCEL, Form
from isobot.chat.room import Room
from isobot.chat.text import rendered, said, wrapped
from isobot.slack.all_parts import all_parts
from isobot.slack.allowance import Allowance
from isobot.slack.audience import Audience
from isobot.slack.channel_settings import Channels
from isobot.slack.curation import Curation
from isobot.slack.events import Asking, Surface, carried
from isobot.slack.failure import failure
from isobot.slack.reception import Reception
from isobot.slack.replies import Replies
from isobot.slack.visit import Services
from isobot.state.database import is_there
from isobot.state.store import Store

if TYPE_CHECKING:
    from isobot.responder import Responder
    from isobot.settings import Settings

COMMAND = "/isobot"
UNLIMITED = sys.maxsize  # questions a minute: the limits are for Slack

log = logging.getLogger("isobot.chat")


class Chat:
    """What one person asks and presses. `outcome` is the exit code that the last line is worth.

    user: as `--as` names them; None for whoever sits there, who is in no group. store: where answers are recorded; keeps says whether
    for longer than the chat, and so whether their numbers are shown. replies_of: where owners' replies are kept.
    """

    def __init__(
        self, settings: Settings, responder: Responder, store: Store, replies_of: Store, user: str | None, *, keeps: bool
    ) -> None:
        self._user = user or getuser()
        self._channel = f"D{secrets.token_hex(8)}"  # another one each time, so that no chat goes on with one before it
        self._room = Room(self._user, self._channel)
        self._store = store
        self._keeps = keeps
        workspace = self._room.workspace
        audience = Audience(self._room, workspace, settings.users if user else {})
        channels, curation = Channels(store, settings.language), Curation(replies_of, responder)
        allowance = Allowance(UNLIMITED, UNLIMITED)
        shared = (workspace, responder, store, audience)
        self._replies = Replies(*shared, channels, curation, allowance, settings.document_url)
        services = Services(self._room, *shared, settings, self._room, channels, curation, allowance, Surface.CHAT.value)
        self._reception = Reception(services, all_parts())
        self._words = channels.words(self._channel)
        self._asked = 0
        self._buttons: list[Any] = []  # every one that was offered, so that older answers stay in reach
        self._newest = 1  # number of the first button of what was shown last
        self._form: Form | None = None
        self.outcome = DONE

    @property
    def asks_for_a_field(self) -> bool:
        """Whether the next line fills in a field; an empty one then means something."""
        return self._form is not None

    def take(self, line: str, width: int | None = None) -> list[str]:
        """What is to be printed for a line that was typed: a question, the number of a button, a /command, or what a field asks for.

        width: cells to wrap at; None wraps nothing. It raises nothing; what fails is told with a reference that the log has.
        """
        self.outcome = DONE
        words = carried(line).strip()
        if self._form is not None:
            return self._fill(self._form, words, width)
        if words.isascii() and words.isdecimal():
            return self._press(words, width)
        if words.startswith("/"):
            text = words.removeprefix(COMMAND).removeprefix("/").strip()
            return self._done(lambda: self._reception.on_command({"command": COMMAND, "text": text, **self._place}), width)
        return self._ask(words, width)

    def _ask(self, words: str, width: int | None) -> list[str]:
        self._asked += 1
        event_id = f"{self._channel}:{self._asked}"
        asking = Asking(words, self._user, self._channel, event_id, None, Surface.CHAT)
        answer_id = None
        try:
            self._store.events.claim(event_id, channel=self._channel, ts=event_id, kind=Surface.CHAT.value)
            reply = self._replies.reply(asking, {}, event_id)
            self._store.events.finish(event_id)
            if reply is not None:
                self._room.put(self._user, {"text": reply.text, "blocks": reply.blocks})
                answer_id = reply.answer_id
            self.outcome = self._worth(answer_id)
        except Exception:
            self._fail("a question in the chat")
        number = [f"Recorded as {answer_id}"] if answer_id and self._keeps else []
        return [*self._printed(width), *number]

    def _worth(self, answer_id: str | None) -> int:
        record = self._store.answer(answer_id) if answer_id else None
        if record is None:
            return BAD_INPUT
        return FOUND_NOTHING if record.abstained else DONE

    def _press(self, number: str, width: int | None) -> list[str]:
        place = int(number) if len(number) < 10 else 0
        if not 1 <= place <= len(self._buttons):
            self.outcome = BAD_INPUT
            return list(wrapped(self._no_button(number[:12]), "", width))
        button = self._buttons[place - 1]
        if "url" in button:
            return [*wrapped(f"{said(button['text'])}: {button['url']}", "", None)]
        body = {"actions": [button], "channel": {"id": self._channel}, "message": {"ts": self._channel}}
        return self._done(lambda: self._reception.on_action({"user": {"id": self._user}, **body}), width)

    def _no_button(self, number: str) -> str:
        if not self._buttons:
            return f"There is no button {number}: nothing was answered yet. Ask a question first."
        newest = f"the last ones are {self._newest} to {len(self._buttons)}" if self._newest <= len(self._buttons) else "these are older"
        return f"There is no button {number}; there are 1 to {len(self._buttons)}, and {newest}."

    def _fill(self, form: Form, words: str, width: int | None) -> list[str]:
        if words.casefold() == CANCEL:
            self._form = None
            return ["Nothing was sent."]
        if problem := form.take(words):
            self.outcome = BAD_INPUT
            return [problem]
        if not form.done:
            return form.asks(width)
        self._form = None
        return self._done(lambda: self._reception.on_view({"user": {"id": self._user}, "view": form.submitted()}), width)

    def _done(self, act: Callable[[], None], width: int | None) -> list[str]:
        """What the reception shows when something was clicked, typed as a command, or sent; it tells of its own failures."""
        act()
        return self._printed(width)

    def _fail(self, what: str) -> None:
        self.outcome = FAILED
        reply = failure(what, self._words)
        self._room.put(self._user, {"text": reply.text, "blocks": reply.blocks})

    def _printed(self, width: int | None) -> list[str]:
        lines: list[str] = []
        for sheet in self._room.taken():
            if sheet.view is not None:
                lines.append(f"── {said(sheet.view['title'])} ──")
            shown, buttons = rendered(sheet.blocks, len(self._buttons) + 1, width)
            lines += shown
            if buttons:
                self._newest = len(self._buttons) + 1
                self._buttons += buttons
            if sheet.view is not None and not (form := Form(sheet.view)).done:
                self._form = form
                lines += form.asks(width)
        return lines

    @property
    def _place(self) -> dict[str, str]:
        return {"user_id": self._user, "channel_id": self._channel}


@contextmanager
def chatting(settings: Settings, responder: Responder, user: str | None = None) -> Iterator[Chat]:
    """A chat that records its answers in the state where the setting `audit_terminal` says so, else in one that ends with it.

    Raises StateError where the state that is to record them cannot be opened.
    """
    with ExitStack() as stack:
        if settings.audit_terminal:
            store = stack.enter_context(Store.open(settings.state))
            yield Chat(settings, responder, store, store, user, keeps=True)
            return
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="isobot-chat-"))
        scratch = stack.enter_context(Store.open(f"sqlite:///{folder}/state.db"))
        yield Chat(settings, responder, scratch, _owners_replies(settings, stack) or scratch, user, keeps=False)


def _owners_replies(settings: Settings, stack: ExitStack) -> Store | None:
    """The state, for what owners replied before; None where there is none yet, or it cannot be read."""
    try:
        return stack.enter_context(Store.open(settings.state)) if is_there(settings.state) else None
    except StateError as problem:
        log.warning("owners' replies that were kept are not shown: %s", problem)
        return None
