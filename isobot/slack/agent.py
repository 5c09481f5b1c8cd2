"""The agent view, Slack's own place for conversations with an app: suggested prompts, and a status while an answer is being made."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from corpus.clause import Clause
from corpus.document import Document
from indexer.analysis import analyse
from indexer.generation import Generation
from isobot.languages import Language
from isobot.slack.literal import clipped, literal
from isobot.slack.wording import name

if TYPE_CHECKING:
    from slack_sdk import WebClient

MAX_PROMPTS = 4  # docs.slack.dev, assistant.threads.setSuggestedPrompts
ASKED_ALREADY = 2  # prompts that are questions of an FAQ; the others are of documents
LEAST_QUESTIONS = 3  # of an FAQ; a single one in a document is its manner of speaking
MAX_TITLE = 75  # characters
MAX_HEADING = 60
LEAST_WORDS = 2  # telling ones, of a heading that says what its clause is about: "Remote access", not "General" or "How to read it"
SLOW_SECONDS = 0.4  # an answer that takes less needs no status, and is not held up by setting one

log = logging.getLogger("isobot.slack")


def prompts(generation: Generation, groups: frozenset[str], today: date, words: Language) -> list[dict[str, str]]:
    """What somebody of these groups might ask, each answered by a document that they may read; other documents on other days."""
    mask = generation.permitted(groups, today, generation.own_collections())
    numbers = [number for number in generation.catalogue.numbers() if mask[number]]
    first = today.toordinal() % len(numbers) if numbers else 0
    asked: list[str] = []
    about: list[str] = []
    for number in (*numbers[first:], *numbers[:first]):
        document = generation.document(number)
        clauses = [clause for clause in generation.catalogue.clauses(number) if says_its_subject(clause, document)]
        if len(asked) < ASKED_ALREADY:
            questions = [clause.heading for clause in clauses if clause.heading.endswith("?")]
            if len(questions) >= LEAST_QUESTIONS:
                at = today.toordinal() % len(questions)
                asked += [*questions[at:], *questions[:at]][: ASKED_ALREADY - len(asked)]
        if len(about) < MAX_PROMPTS and (clause := telling(clauses)):
            about.append(question_about(document, clause, words))
        if len(about) == MAX_PROMPTS and len(asked) == ASKED_ALREADY:
            break
    chosen = [*asked, *about][:MAX_PROMPTS]
    return [{"title": clipped(literal(question), MAX_TITLE), "message": literal(question)} for question in chosen]


def says_its_subject(clause: Clause, document: Document) -> bool:
    """Whether a heading can be asked about: it is short, is no lead-in, and is not the document's title."""
    heading = clause.heading
    fits = 0 < len(heading) <= MAX_HEADING and not heading.endswith(":")
    return fits and heading.casefold() != document.title.casefold() and bool(analyse(heading, question=True))


def telling(clauses: list[Clause]) -> Clause | None:
    """The longest clause that is no question; those whose headings have more than one telling word come first."""
    named = [clause for clause in clauses if not clause.heading.endswith("?")]
    plain = [clause for clause in named if len(set(analyse(clause.heading, question=True))) >= LEAST_WORDS] or named
    within = [clause for clause in plain if clause.parent is not None] or plain
    return max(within, key=lambda clause: clause.end - clause.start, default=None)


def question_about(document: Document, clause: Clause, words: Language) -> str:
    return words.say("agent.about", title=name(document.title or document.path), heading=clause.heading)


def suggest(client: WebClient, channel: str, questions: list[dict[str, str]], words: Language) -> None:
    """Show prompts above a direct conversation. Raises SlackApiError, OSError."""
    if questions:
        client.assistant_threads_setSuggestedPrompts(channel_id=channel, title=words.say("agent.title"), prompts=questions)


@contextmanager
def working(client: WebClient, channel: str, thread_ts: str, words: Language) -> Iterator[None]:
    """Show that something is being looked up, if it takes long. Slack takes the status away when the reply is posted.

    Whatever becomes of the status, the answer is not kept from being given; at the end no status is still on its way.
    """

    def tell() -> None:
        try:
            client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread_ts, status=words.say("agent.working"))
        except Exception as problem:
            log.info("the status of a conversation could not be set: %s", problem)

    timer = threading.Timer(SLOW_SECONDS, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
