"""The reception: what people click, type behind `/isobot` and fill in goes to the part that knows it, and is never met with silence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from corpus.clock import today
from corpus.errors import FrameworkError, QuestionError
from isobot.refusals import NotServedError
from isobot.slack.agent import prompts, suggest
from isobot.slack.failure import failure, has_expired, no_question
from isobot.slack.limits import MAX_VIEW_BLOCKS, Block, validate_view
from isobot.slack.parts import Command, HomeSection, Parts
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit

LIKE = 0.8  # how alike a typed word and a command must be, 0 to 1, for the one to be read as the other
SHORT = 3  # letters of a word in which a typo leaves too little; there only swapped letters count

log = logging.getLogger("isobot.slack")


class Reception:
    """One call an interaction, from any thread; it raises nothing."""

    def __init__(self, services: Services, parts: Parts) -> None:
        self._services = services
        self._parts = parts

    def on_command(self, body: Mapping[str, Any]) -> None:
        visit = Visit.of(body)
        word, rest = command_of(visit.value, self._parts.commands)
        said = Visit(visit.user, visit.channel, "", rest, visit.trigger_id, visit.response_url)
        self._serve(said, lambda: self._parts.commands[word].handle(self._services, said), f"command {word}")

    def on_action(self, body: Mapping[str, Any]) -> None:
        self._dispatch(body, self._parts.actions, body["actions"][0]["action_id"])

    def on_view(self, body: Mapping[str, Any]) -> None:
        self._dispatch(body, self._parts.views, body["view"]["callback_id"])

    def on_shortcut(self, body: Mapping[str, Any]) -> None:
        self._dispatch(body, self._parts.shortcuts, body["callback_id"])

    def on_home(self, user: str) -> None:
        """Show App Home to a person, or in it why they are not served."""
        visit = Visit(user)
        self._serve(visit, lambda: self._publish(user), "home")

    def on_conversation(self, user: str, channel: str) -> None:
        """Suggest questions to a person who opens the agent view; who is not served gets none."""
        services = self._services
        if not services.workspace.has_agent_view:
            return
        try:
            groups, words = services.groups(user), services.channels.words(channel)
            suggest(services.client, channel, prompts(services.responder.generation, groups, today(), words), words)
        except NotServedError:
            return
        except Exception:  # nothing was asked, so there is nobody to tell
            log.exception("questions could not be suggested in %s", channel)

    def _publish(self, user: str) -> None:
        blocks = [block for section in self._parts.home for block in self._section(section, user)]
        view = {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS]}
        validate_view(view)
        self._services.client.views_publish(user_id=user, view=view)

    def _section(self, section: HomeSection, user: str) -> list[Block]:
        """A section of App Home; one that fails says so in its place, and takes nothing from the others."""
        try:
            return section(self._services, user)
        except Exception:
            return failure("a section of App Home", self._services.channels.words("")).blocks

    def _dispatch(self, body: Mapping[str, Any], handlers: Mapping[str, Any], name: str) -> None:
        visit = Visit.of(body)
        handler = handlers.get(name)
        if handler is None:
            self._serve(visit, lambda: self._services.say(visit, "failure.old_button"), name)
        else:
            self._serve(visit, lambda: handler(self._services, visit), name)

    def _serve(self, visit: Visit, act: Callable[[], None], what: str) -> None:
        """Do it; where it cannot be done the person is told, in the sentence of the error or with a reference to the log."""
        try:
            act()
            return
        except NotServedError as problem:
            reply = Reply.saying(problem.said(self._services.words(visit)))
        except QuestionError as problem:
            reply = Reply.saying(no_question(problem, self._services.words(visit)))
        except FrameworkError as problem:
            reply = Reply.saying(str(problem))
        except Exception as problem:
            words = self._services.words(visit)
            reply = Reply.saying(words.say("failure.expired")) if has_expired(problem) else failure(what, words)
        try:
            self._services.tell(visit, reply)
        except Exception:
            log.exception("what was to be told after %s could not be told", what)


def command_of(text: str, commands: Mapping[str, Command]) -> tuple[str, str]:
    """The command that a person meant, with what follows it. Words that are no command, not even a misspelt one, are a question."""
    first, _, rest = text.partition(" ")
    rest = rest.strip()
    word = first.casefold()
    meant = word if word in commands else guessed(word, commands)
    if not text.strip() or (word in commands and not rest and not commands[word].takes(rest)):  # "control", and of what?
        return "help", ""
    if meant is None or not commands[meant].takes(rest):
        return "ask", text.strip()
    return meant, rest


def guessed(word: str, commands: Mapping[str, Command]) -> str | None:
    """The command that a misspelt word stands for: "contorl" is `control`, "aks" is `ask`, "task" is none."""
    swapped = [name for name in commands if sorted(name) == sorted(word)]
    if swapped:
        return swapped[0]
    near = get_close_matches(word, [name for name in commands if len(name) > SHORT], n=1, cutoff=LIKE)
    return near[0] if near else None
