"""The part that sets how the bot answers in a channel: `/isobot settings`, for who may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.clock import today
from isobot.languages import NAMES, Language
from isobot.refusals import NotServedError
from isobot.slack import wording
from isobot.slack.blocks import Element, rich_text, section, text
from isobot.slack.channel_settings import ChannelSettings, Listens
from isobot.slack.elements import MAX_OPTION, MAX_OPTIONS
from isobot.slack.limits import Block
from isobot.slack.literal import escaped
from isobot.slack.parts import Command, Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit, blocks_as_view, plain

VIEW = "isobot_settings_view"
CREATOR = "creator"


def show(services: Services, visit: Visit) -> None:
    """Open the settings of the channel for who may change them, and tell everybody else what they are."""
    services.groups(visit.user)
    if not visit.channel.startswith(("C", "G")):
        raise NotServedError("settings.only_channels")
    here, words = services.channels.of(visit.channel), services.words(visit)
    if may_change(services, visit):
        kept = visit.kept("")
        fields = form(here, collections(services, visit.user), words)
        services.open(visit, blocks_as_view(words.say("settings.title"), fields, words, VIEW, words.say("button.save"), kept))
        return
    who = wording.name(", ".join(sorted(managers(services, visit.channel)))) or words.say("settings.whoever")
    services.tell(visit, told(words.say("settings.now"), here, words, text(f"\n{words.say('settings.no_right', who=who)}", italic=True)))


def save(services: Services, visit: Visit) -> None:
    """Keep what was filled in. Whether they may is decided anew, and collections that they may not see stay as they were."""
    services.groups(visit.user)
    before = services.channels.of(visit.channel)
    if not may_change(services, visit):
        who = wording.name(", ".join(sorted(managers(services, visit.channel))))
        raise NotServedError("settings.no_right", who=who or services.words(visit).say("settings.whoever"))
    chosen = frozenset(name for name in visit.inputs.get("collections", "").split("\n") if name)
    hidden = (before.collections or frozenset()) - collections(services, visit.user)
    given: dict[str, Any] = {"listens": visit.inputs.get("listens"), "private": visit.inputs.get("seen") == "asker"}
    given |= {"language": visit.inputs.get("language"), "collections": sorted(chosen | hidden) if chosen else None}
    after = ChannelSettings.of(given, before.language)
    services.channels.keep(visit.channel, after, services.identity(visit.user))
    words = services.words(visit)  # anew: the language may be another one
    services.tell(visit, told(words.say("settings.saved"), after, words))


def managers(services: Services, channel: str) -> frozenset[str]:
    """Who may change a channel's settings, as the settings name them, beside the admins."""
    named = services.settings.channel_managers
    return named.get(channel, frozenset()) | named.get("*", frozenset())


def may_change(services: Services, visit: Visit) -> bool:
    names = services.audience.names_of(visit.user)
    may = managers(services, visit.channel)
    if names & (may | services.settings.admins):
        return True
    return CREATOR in may and services.audience.creator_of(visit.channel) == visit.user


def collections(services: Services, user: str) -> frozenset[str]:
    """The collections in which there is something that this person may read."""
    generation, groups = services.responder.generation, services.groups(user)
    names = generation.manifest.collections
    return frozenset(name for name in names if len(name) <= MAX_OPTION and generation.permitted(groups, today(), (name,)).any())


def form(here: ChannelSettings, offered: frozenset[str], words: Language) -> list[Block]:
    """The fields of the modal, filled with what holds now."""
    listens = {one.value: (words.say(f"settings.{one.value}"), words.say(f"settings.{one.value}_says")) for one in Listens}
    seen = {"everybody": (words.say("settings.everybody"), ""), "asker": (words.say("settings.asker"), "")}
    spoken = {code: (name, "") for code, name in NAMES.items()}
    fields = [
        field("listens", words.say("settings.heard"), choice("radio_buttons", listens, here.listens.value)),
        field("seen", words.say("settings.seen"), choice("radio_buttons", seen, "asker" if here.private else "everybody")),
        field("language", words.say("settings.language"), choice("static_select", spoken, here.language)),
    ]
    if len(offered) > 1:
        options = [option(name, name) for name in sorted(offered)[:MAX_OPTIONS]]
        chosen = [one for one in options if one["value"] in (here.collections or ())]
        select: Element = {"type": "multi_static_select", "options": options, "action_id": "collections"}
        select |= {"initial_options": chosen} if chosen else {}
        fields.append(field("collections", words.say("settings.collections"), select) | {"optional": True})
    return fields


def field(name: str, label: str, element: Element) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element | {"action_id": name}}


def choice(kind: str, offered: Mapping[str, tuple[str, str]], chosen: str) -> Element:
    """offered: value → what it is called, and a line below it ("" for none)."""
    options = {value: option(value, *said) for value, said in offered.items()}
    return {"type": kind, "options": list(options.values()), "initial_option": options[chosen]}


def option(value: str, label: str, below: str = "") -> dict[str, Any]:
    return {"text": plain(label), "value": value} | ({"description": plain(below)} if below else {})


def told(lead: str, here: ChannelSettings, words: Language, *more: Element) -> Reply:
    """The settings of a channel in words."""
    names = ", ".join(sorted(here.collections or ()))
    lines = [
        words.say(f"settings.{here.listens.value}"),
        words.say("settings.asker" if here.private else "settings.everybody"),
        words.say("settings.some", names=wording.name(names)) if names else words.say("settings.all"),
        NAMES[here.language],
    ]
    items = {"type": "rich_text_list", "style": "bullet", "elements": [section(text(line)) for line in lines]}
    ending = [section(*more)] if more else []
    return Reply(escaped(lead), [rich_text(section(text(lead, bold=True)), items, *ending)])


def settings_part() -> Part:
    itself = Command(show, "settings", "help.settings", takes=lambda rest: not rest)
    return Part("settings", commands={"settings": itself}, views={VIEW: save})
