"""The part that fills App Home: ask, what I asked lately, my documents; for admins the index and what stayed unanswered."""

from __future__ import annotations

from corpus.clock import today
from corpus.document import GUIDANCE, Document
from isobot.slack import wording
from isobot.slack.answers_part import ASK_HERE
from isobot.slack.audience import Refusal
from isobot.slack.blocks import Element, button, rich_text, section, sentence_blocks, text
from isobot.slack.limits import Block
from isobot.slack.parts import Part
from isobot.slack.visit import Services

ASKED, OWNED, OPEN = 5, 20, 10  # most lines of each list
MAX_LINE = 150


def asking(services: Services, user: str) -> list[Block]:
    groups = services.audience.of_person(user)
    if isinstance(groups, Refusal):
        return sentence_blocks(groups.sentence)
    title, promise = "Ask what your policies say", "\nI answer with their own words, or say that they don't."
    hello = rich_text(section(text(title, bold=True), text(promise)))
    return [hello, {"type": "actions", "elements": [button("Ask a question", ASK_HERE, "home") | {"style": "primary"}]}]


def asked_lately(services: Services, user: str) -> list[Block]:
    records = services.store.answers_of(services.identity(user), ASKED)
    lines = [line(one.question, f"{'no answer' if one.abstained else 'answered'}, {one.asked_at[:10]}") for one in records]
    return listed("What you asked lately", lines)


def line(question: str, fact: str) -> list[Element]:
    return [text(wording.name(question, MAX_LINE)), text(f"  {fact}", italic=True)]


def owned(services: Services, user: str) -> list[Block]:
    """The documents whose owner is this person, by name, e-mail or the setting `owners`; overdue reviews first."""
    if isinstance(groups := services.audience.of_person(user), Refusal):
        return []
    names = services.audience.names_of(user) | {owner for owner, id in services.settings.owners.items() if id == user}
    catalogue = services.responder.generation.catalogue
    every = [catalogue.document(number) for number in catalogue.numbers()]
    readable = [one for one in every if one.may_be_read_by(groups) and one.collection != GUIDANCE]
    mine = [one for one in readable if one.owner and one.owner.casefold() in names]
    mine.sort(key=lambda one: (one.review_by is None, one.review_by, one.title))
    lines = [[text(wording.name(one.title or one.path), bold=True), text(f"  {review_of(one)}")] for one in mine[:OWNED]]
    if len(mine) > OWNED:
        lines.append([text(f"and {len(mine) - OWNED} more", italic=True)])
    return listed("Documents you own", lines)


def review_of(document: Document) -> str:
    if document.review_by is None:
        return "no review date"
    return f"review {'overdue since' if document.is_overdue(today()) else 'due'} {document.review_by.isoformat()}"


def health(services: Services, user: str) -> list[Block]:
    """For admins: which index is served, and the questions that it left open."""
    if not services.audience.names_of(user) & services.settings.admins:
        return []
    manifest = services.responder.generation.manifest
    facts = [
        [text(f"Generation {manifest.name}, built {manifest.built_at[:16].replace('T', ' ')} UTC")],
        [text(f"{manifest.documents - manifest.guidance.documents} documents, {manifest.clauses - manifest.guidance.clauses} clauses")],
        [text(f"{len(manifest.skipped)} files could not be read, {len(manifest.warnings)} warnings")],
    ]
    left_open = services.store.unanswered()
    lines = [line(one.question, one.asked_at[:10]) for one in reversed(left_open[-OPEN:])]
    return listed("The index", facts) + listed(f"Left unanswered ({len(left_open)})", lines)


def listed(title: str, lines: list[list[Element]]) -> list[Block]:
    """A heading with a list below it; nothing where there is nothing to list."""
    if not lines:
        return []
    items = {"type": "rich_text_list", "style": "bullet", "elements": [section(*line) for line in lines]}
    return [{"type": "divider"}, rich_text(section(text(title, bold=True)), items)]


def home_part() -> Part:
    return Part("home", home=(asking, asked_lately, owned, health))
