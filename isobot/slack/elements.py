"""What Slack allows of one block and of what stands in it.

Source: docs.slack.dev, "Block Kit" reference, the pages of each block, block element and composition object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Element = Mapping[str, Any]

MAX_ID = 255
MAX_TEXT_OBJECT = 3000
MAX_SECTION = 3000
MAX_FIELDS, MAX_FIELD = 10, 2000
MAX_HEADER = 150
MAX_CONTEXT_ELEMENTS = 10
MAX_ACTIONS = 25
MAX_LABEL = 2000  # also of a hint
MAX_URL = 3000
MAX_ALT = 2000
MAX_BUTTON_TEXT, MAX_BUTTON_VALUE, MAX_BUTTON_LABEL = 75, 2000, 75
MAX_PLACEHOLDER = 150
MAX_TYPED = 3000
MAX_OPTIONS, MAX_CHOICES, MIN_OVERFLOW, MAX_OVERFLOW = 100, 10, 1, 5
MAX_OPTION, MAX_OPTION_VALUE = 75, 150
MAX_CONFIRM_TITLE, MAX_CONFIRM_TEXT, MAX_CONFIRM_BUTTON = 100, 300, 30
MAX_RICH_TEXT = 3000  # of one element; Slack documents none, so a section's limit is kept
MAX_MARKDOWN = 12_000

RICH_TEXT_PARTS = ("rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list")
RICH_TEXT_LEAVES = {
    "text": "text", "link": "url", "user": "user_id", "usergroup": "usergroup_id", "channel": "channel_id", "emoji": "name",
    "broadcast": "range", "date": "timestamp", "color": "value", "team": "team_id",
}  # fmt: skip
"""Kind → what it must have."""
STYLES = {"bold", "italic", "strike", "code", "underline"}


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def block_problems(block: Element) -> Iterator[str]:
    """One sentence for each limit that a block does not hold."""
    if "block_id" in block:
        yield from sized("its block_id", block["block_id"], MAX_ID)
    check = BLOCKS.get(str(block.get("type")))
    if check is None:
        yield f"this kind of block is not checked here; known are {', '.join(BLOCKS)}."
    else:
        yield from check(block)


def sized(name: str, text: Any, limit: int) -> Iterator[str]:
    if not isinstance(text, str) or not 1 <= units(text) <= limit:
        found = f"{units(text):,} characters" if isinstance(text, str) else "no text"
        yield f"{name} has {found}; 1 to {limit:,} are allowed."


def counted(name: str, elements: Any, limit: int) -> Iterator[str]:
    if not isinstance(elements, list) or not 1 <= len(elements) <= limit:
        yield f"it has {len(elements) if isinstance(elements, list) else 'no'} {name}; 1 to {limit} are allowed."


def object_problems(name: str, given: Any, limit: int, kinds: Sequence[str] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    """A text object."""
    if not isinstance(given, Mapping) or given.get("type") not in kinds:
        yield f"{name} is no text of the kind {' or '.join(kinds)}."
    else:
        yield from sized(name, given.get("text"), limit)


def plain_problems(name: str, given: Any, limit: int) -> Iterator[str]:
    yield from object_problems(name, given, limit, ("plain_text",))


def section_problems(block: Element) -> Iterator[str]:
    if "text" in block or "fields" not in block:
        yield from object_problems("its text", block.get("text"), MAX_SECTION)
    if "fields" in block:
        yield from counted("fields", block["fields"], MAX_FIELDS)
        for field in block["fields"]:
            yield from object_problems("a field", field, MAX_FIELD)
    if "accessory" in block:
        yield from element_problems(block["accessory"], (*INTERACTIVE, "image"))


def header_problems(block: Element) -> Iterator[str]:
    yield from plain_problems("its text", block.get("text"), MAX_HEADER)


def context_problems(block: Element) -> Iterator[str]:
    yield from counted("elements", block.get("elements"), MAX_CONTEXT_ELEMENTS)
    for element in block.get("elements") or ():
        if element.get("type") == "image":
            yield from image_problems(element)
        else:
            yield from object_problems("an element", element, MAX_TEXT_OBJECT)


def actions_problems(block: Element) -> Iterator[str]:
    yield from counted("elements", block.get("elements"), MAX_ACTIONS)
    for element in block.get("elements") or ():
        yield from element_problems(element, INTERACTIVE)
    ids = [element["action_id"] for element in block.get("elements") or () if "action_id" in element]
    if len(ids) != len(set(ids)):
        yield "two of its elements have the same action_id."


def input_problems(block: Element) -> Iterator[str]:
    yield from plain_problems("its label", block.get("label"), MAX_LABEL)
    if "hint" in block:
        yield from plain_problems("its hint", block["hint"], MAX_LABEL)
    yield from element_problems(block.get("element") or {}, (*INTERACTIVE, "plain_text_input"))


def image_problems(block: Element) -> Iterator[str]:
    if "slack_file" not in block:
        yield from sized("its image_url", block.get("image_url"), MAX_URL)
    yield from sized("its alt_text", block.get("alt_text"), MAX_ALT)
    if isinstance(block.get("title"), Mapping):
        yield from plain_problems("its title", block["title"], MAX_ALT)


def markdown_problems(block: Element) -> Iterator[str]:
    yield from sized("its text", block.get("text"), MAX_MARKDOWN)


def no_problems(block: Element) -> Iterator[str]:
    yield from ()


def element_problems(element: Element, allowed: Sequence[str]) -> Iterator[str]:
    """An element that people use: a button, a choice, a field."""
    kind = str(element.get("type"))
    if kind not in allowed:
        yield f"{kind!r} may not stand there."
        return
    if "action_id" in element:
        yield from sized("an action_id", element["action_id"], MAX_ID)
    if "placeholder" in element:
        yield from plain_problems("a placeholder", element["placeholder"], MAX_PLACEHOLDER)
    if "confirm" in element:
        yield from confirm_problems(element["confirm"])
    yield from {"button": button_problems, "plain_text_input": typed_problems, "image": image_problems}.get(kind, choice_problems)(element)


def button_problems(element: Element) -> Iterator[str]:
    yield from plain_problems("a button", element.get("text"), MAX_BUTTON_TEXT)
    for name, limit in (("value", MAX_BUTTON_VALUE), ("url", MAX_URL), ("accessibility_label", MAX_BUTTON_LABEL)):
        if name in element:
            yield from sized(f"a button's {name}", element[name], limit)
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"a button's style is {element['style']!r}; primary and danger are known."


def typed_problems(element: Element) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", MAX_TYPED)
    if not 0 <= least <= most <= MAX_TYPED or most < 1:
        yield f"a field takes {least} to {most} characters; at most {MAX_TYPED:,} are allowed."
    if units(element.get("initial_value", "")) > most:
        yield "what a field begins with is longer than what it takes."


def choice_problems(element: Element) -> Iterator[str]:
    """Menus, radio buttons, check boxes; menus of people, channels and dates have no options of ours."""
    kind = element["type"]
    most = {"radio_buttons": MAX_CHOICES, "checkboxes": MAX_CHOICES, "overflow": MAX_OVERFLOW}.get(kind, MAX_OPTIONS)
    if kind in WITH_OPTIONS and "option_groups" not in element:
        yield from counted("options", element.get("options"), most)
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        yield from plain_problems("a group's label", group.get("label"), MAX_OPTION)
        yield from counted("options in a group", group.get("options"), most)
        options += group.get("options") or ()
    for option in options:
        yield from option_problems(option)
    begun = [*element.get("initial_options", ()), *([element["initial_option"]] if "initial_option" in element else ())]
    if kind in WITH_OPTIONS and any(one not in options for one in begun):
        yield "what is chosen at first is none of the options."


def option_problems(option: Element) -> Iterator[str]:
    yield from object_problems("an option", option.get("text"), MAX_OPTION)
    yield from sized("an option's value", option.get("value"), MAX_OPTION_VALUE)
    if "description" in option:
        yield from object_problems("an option's description", option["description"], MAX_OPTION)


def confirm_problems(dialog: Element) -> Iterator[str]:
    yield from plain_problems("a confirmation's title", dialog.get("title"), MAX_CONFIRM_TITLE)
    yield from object_problems("a confirmation's text", dialog.get("text"), MAX_CONFIRM_TEXT)
    for name in ("confirm", "deny"):
        yield from plain_problems(f"a confirmation's button to {name}", dialog.get(name), MAX_CONFIRM_BUTTON)


def rich_text_problems(block: Element) -> Iterator[str]:
    if not block.get("elements"):
        yield "it has no elements."
    for part in block.get("elements") or ():
        yield from part_problems(part, RICH_TEXT_PARTS)


def part_problems(part: Element, allowed: Sequence[str]) -> Iterator[str]:
    kind = part.get("type")
    if kind not in allowed:
        yield f"{kind!r} is no part of a rich text."
        return
    if not part.get("elements"):
        yield f"a {kind} has no elements."
    for element in part.get("elements") or ():
        yield from part_problems(element, ("rich_text_section",)) if kind == "rich_text_list" else leaf_problems(element)


def leaf_problems(element: Element) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in RICH_TEXT_LEAVES:
        yield f"{kind!r} is no element of a rich text."
        return
    if not element.get(RICH_TEXT_LEAVES[kind]):
        yield f"a {kind} element has no {RICH_TEXT_LEAVES[kind]}."
    for name, limit in (("text", MAX_RICH_TEXT), ("url", MAX_URL)):
        if name in element:
            yield from sized(f"the {name} of a {kind} element", element[name], limit)
    if not set(element.get("style") or ()) <= STYLES:
        yield f"a style is none of {', '.join(sorted(STYLES))}."


WITH_OPTIONS = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")
INTERACTIVE = (
    "button", *WITH_OPTIONS, "users_select", "multi_users_select", "conversations_select", "multi_conversations_select",
    "channels_select", "multi_channels_select", "datepicker", "timepicker",
)  # fmt: skip
BLOCKS: dict[str, Callable[[Element], Iterator[str]]] = {
    "section": section_problems,
    "header": header_problems,
    "context": context_problems,
    "actions": actions_problems,
    "input": input_problems,
    "image": image_problems,
    "markdown": markdown_problems,
    "rich_text": rich_text_problems,
    "divider": no_problems,
}
