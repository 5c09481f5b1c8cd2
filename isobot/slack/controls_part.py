"""The part that knows controls: `/isobot control` and `/isobot where`."""

from __future__ import annotations

from corpus.clock import today
from corpus.library import find_control
from isobot.controls.locate import Location, locate
from isobot.controls.summary import correspondences, headline, named_together, sentences
from isobot.languages import Language
from isobot.slack.blocks import Element, rich_text, section, text, with_citations
from isobot.slack.limits import Block
from isobot.slack.literal import escaped, literal
from isobot.slack.parts import Command, Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit

CITED = 3
LONGEST = 4  # words of an id: "ISO/IEC 27001:2022 Annex A.8.13"


def may_be_control(words: str) -> bool:
    """Whether what was typed is the id of a control or clause, or a word that can be nothing else behind `control`."""
    return is_control(words) or len(words.split()) == 1


def is_control(words: str) -> bool:
    """Whether what was typed is the id of a control or clause, and nothing else."""
    return bool(words) and len(words.split()) <= LONGEST and bool(find_control(words, None))


def control(services: Services, visit: Visit) -> None:
    """What a control asks, what an auditor looks for, its equivalents, and the clauses that document it."""
    location = found(services, visit)
    lines: list[Element] = [text(headline(location.control), bold=True)]
    lines += [text(f"\n{literal(sentence)}") for sentence in sentences(location.control)]
    if related := correspondences(location.equivalents):
        lines.append(text(f"\n{services.words(visit).say('control.corresponds')} ", bold=True))
        lines += [text(f"\n{line}") for line in related]
    services.tell(visit, reply(location, services.words(visit), [rich_text(section(*lines))]))


def where(services: Services, visit: Visit) -> None:
    """help.where"""
    location = found(services, visit)
    services.tell(visit, reply(location, services.words(visit), [rich_text(section(text(headline(location.control), bold=True)))]))


def found(services: Services, visit: Visit) -> Location:
    settings = services.settings
    groups = services.groups(visit.user)
    home = settings.default_framework
    framework = home if find_control(visit.value, home) else None
    return locate(services.responder.generation, visit.value, framework, groups, today(), home)


def reply(location: Location, words: Language, blocks: list[Block]) -> Reply:
    clauses = location.clauses or location.instead
    cited = tuple(one.citation for one in clauses[:CITED])
    if not location.clauses:
        said = [words.say("control.nowhere")]
        said += [words.say("control.instead", others=named_together(location.standing_in))] if cited else []
        blocks.append(rich_text(section(text(" ".join(said), italic=True))))
    blocks = with_citations(blocks, cited, today(), words=words)
    left = len(clauses) - len(cited)
    if left > 0:
        blocks.append(rich_text(section(text(words.say("control.more", number=left, id=location.control.id), italic=True))))
    return Reply(escaped(headline(location.control)), blocks)


def controls_part() -> Part:
    return Part(
        "controls",
        commands={
            "control": Command(control, "control A.8.13", "help.control", may_be_control),
            "where": Command(where, "where A.8.13", "help.where", is_control),
        },
    )
