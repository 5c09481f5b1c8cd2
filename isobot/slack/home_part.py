"""The part that fills App Home: ask, what I asked lately, my documents; for admins the index and what stayed unanswered."""

from __future__ import annotations

from corpus.clock import today
from corpus.document import GUIDANCE, Document
from isobot.languages import Language
from isobot.slack import wording
from isobot.slack.answers_part import ASK_HERE
from isobot.slack.audience import Refusal
from isobot.slack.blocks import Element, button, rich_text, section, sentence_blocks, text
from isobot.slack.limits import Block
from isobot.slack.parts import Part
from isobot.slack.visit import Services

ASKED, OWNED, OPEN = 5, 20, 10  # most lines of each list
MAX_LINE = 150
HERE = ""  # App Home is in no channel, and so in the language that everybody has


def asking(services: Services, user: str) -> list[Block]:
    words = services.channels.words(HERE)
    groups = services.audience.of_person(user)
    if isinstance(groups, Refusal):
        return sentence_blocks(groups.said(words))
    hello = rich_text(section(text(words.say("home.title"), bold=True), text(f"\n{words.say('home.promise')}")))
    return [hello, {"type": "actions", "elements": [button(words.say("button.ask"), ASK_HERE, "home") | {"style": "primary"}]}]


def asked_lately(services: Services, user: str) -> list[Block]:
    words = services.channels.words(HERE)
    records = services.store.answers_of(services.identity(user), ASKED)
    lines = [
        line(one.question, words.say("home.unanswered" if one.abstained else "home.answered", date=one.asked_at[:10])) for one in records
    ]
    return listed(words.say("home.asked"), lines)


def line(question: str, fact: str) -> list[Element]:
    return [text(wording.name(question, MAX_LINE)), text(f"  {fact}", italic=True)]


def owned(services: Services, user: str) -> list[Block]:
    """The documents whose owner is this person, by name, e-mail or the setting `owners`; overdue reviews first."""
    if isinstance(groups := services.audience.of_person(user), Refusal):
        return []
    words = services.channels.words(HERE)
    names = services.audience.names_of(user) | {owner for owner, id in services.settings.owners.items() if id == user}
    catalogue = services.responder.generation.catalogue
    every = [catalogue.document(number) for number in catalogue.numbers()]
    readable = [one for one in every if one.may_be_read_by(groups) and one.collection != GUIDANCE]
    mine = [one for one in readable if one.owner and one.owner.casefold() in names]
    mine.sort(key=lambda one: (one.review_by is None, one.review_by, one.title))
    lines = [[text(wording.name(one.title or one.path), bold=True), text(f"  {review_of(one, words)}")] for one in mine[:OWNED]]
    if len(mine) > OWNED:
        lines.append([text(words.count("home.more", len(mine) - OWNED), italic=True)])
    return listed(words.say("home.owned"), lines)


def review_of(document: Document, words: Language) -> str:
    if document.review_by is None:
        return words.say("home.no_review")
    return words.say("home.overdue" if document.is_overdue(today()) else "home.due", date=document.review_by.isoformat())


def health(services: Services, user: str) -> list[Block]:
    """For admins: which index is served, and the questions that it left open."""
    if not services.audience.names_of(user) & services.settings.admins:
        return []
    words = services.channels.words(HERE)
    manifest = services.responder.generation.manifest
    documents, clauses = manifest.documents - manifest.guidance.documents, manifest.clauses - manifest.guidance.clauses
    facts = [
        words.say("home.built", name=manifest.name, at=manifest.built_at[:16].replace("T", " ")),
        words.say("home.holds", documents=f"{documents:,}", clauses=f"{clauses:,}"),
        words.say("home.skipped", files=len(manifest.skipped), warnings=len(manifest.warnings)),
    ]
    left_open = services.store.unanswered()
    lines = [line(one.question, one.asked_at[:10]) for one in reversed(left_open[-OPEN:])]
    shown = listed(words.say("home.index"), [[text(fact)] for fact in facts])
    return shown + listed(words.say("home.open", number=len(left_open)), lines)


def listed(title: str, lines: list[list[Element]]) -> list[Block]:
    """A heading with a list below it; nothing where there is nothing to list."""
    if not lines:
        return []
    items = {"type": "rich_text_list", "style": "bullet", "elements": [section(*line) for line in lines]}
    return [{"type": "divider"}, rich_text(section(text(title, bold=True)), items)]


def home_part() -> Part:
    return Part("home", home=(asking, asked_lately, owned, health))
