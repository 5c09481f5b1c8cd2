"""Slack's limits on blocks, held in one place before anything is posted.

Source: docs.slack.dev, "Block Kit" reference; the limit over a whole message is undocumented: about 13,200 characters were seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.errors import SlackError

Block = dict[str, Any]

MAX_BLOCKS = 50
MAX_MESSAGE = 12_000  # characters over all blocks
MAX_SECTION = 3000
MAX_FIELDS = 10
MAX_FIELD = 2000
MAX_HEADER = 150
MAX_CONTEXT_ELEMENTS = 10
MAX_ACTIONS = 25
MAX_BUTTON_TEXT = 75
MAX_BUTTON_VALUE = 2000
MAX_ID = 255
MAX_RICH_TEXT = 3000  # of one element; Slack documents none, so a section's limit is kept
MAX_MARKDOWN = 12_000
MAX_OPTION, MAX_OPTION_VALUE = 75, 150
MAX_OPTIONS = {"radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}
MAX_VIEW_BLOCKS = 100

RICH_TEXT_PARTS = ("rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list")


def validate(blocks: Sequence[Block], most: int = MAX_BLOCKS) -> None:
    """Raise SlackError, naming the block and the limit, for what Slack would refuse as invalid_blocks. most: blocks that fit."""
    if problem := next(problems(blocks, most), None):
        raise SlackError(f"{problem} Slack would refuse the message, so it was not sent.")


def problems(blocks: Sequence[Block], most: int) -> Iterator[str]:
    """One sentence for each limit that is not held."""
    if not 1 <= len(blocks) <= most:
        yield f"The message has {len(blocks)} blocks; 1 to {most} are allowed."
    for number, block in enumerate(blocks, start=1):
        for problem in block_problems(block):
            yield f"Block {number} ({block.get('type')}): {problem}"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "Two blocks have the same block_id."
    if (total := sum(characters(block) for block in blocks)) > MAX_MESSAGE:
        yield f"The message has {total:,} characters over all blocks; at most {MAX_MESSAGE:,} are allowed."


def characters(value: Any) -> int:
    """Characters of every text under a block, counted as UTF-16 units, as Slack's own clients count them."""
    if isinstance(value, Mapping):
        return sum(units(inner) if key in ("text", "url") and isinstance(inner, str) else characters(inner) for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(map(characters, value))
    return 0


def units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def block_problems(block: Block) -> Iterator[str]:
    if len(block.get("block_id", "-")) > MAX_ID:
        yield f"its block_id is longer than {MAX_ID} characters."
    check = CHECKS.get(str(block.get("type")))
    if check is None:
        yield f"this kind of block is not checked here; known are {', '.join(CHECKS)}."
    else:
        yield from check(block)


def sized(name: str, text: Any, limit: int) -> Iterator[str]:
    if not isinstance(text, str) or not 1 <= units(text) <= limit:
        found = f"{units(text):,} characters" if isinstance(text, str) else "no text"
        yield f"{name} has {found}; 1 to {limit:,} are allowed."


def counted(name: str, elements: Any, limit: int) -> Iterator[str]:
    if not isinstance(elements, list) or not 1 <= len(elements) <= limit:
        yield f"it has {len(elements) if isinstance(elements, list) else 'no'} {name}; 1 to {limit} are allowed."


def section_problems(block: Block) -> Iterator[str]:
    if "text" in block or "fields" not in block:
        yield from sized("its text", block.get("text", {}).get("text"), MAX_SECTION)
    if "fields" in block:
        yield from counted("fields", block["fields"], MAX_FIELDS)
        for field in block["fields"]:
            yield from sized("a field", field.get("text"), MAX_FIELD)


def header_problems(block: Block) -> Iterator[str]:
    yield from sized("its text", block.get("text", {}).get("text"), MAX_HEADER)


def context_problems(block: Block) -> Iterator[str]:
    yield from counted("elements", block.get("elements"), MAX_CONTEXT_ELEMENTS)
    for element in block.get("elements", ()):
        if element.get("type") != "image":
            yield from sized("an element", element.get("text"), MAX_SECTION)


def actions_problems(block: Block) -> Iterator[str]:
    yield from counted("elements", block.get("elements"), MAX_ACTIONS)
    for element in block.get("elements", ()):
        if len(element.get("action_id", "-")) > MAX_ID:
            yield f"an action_id is longer than {MAX_ID} characters."
        if element.get("type") == "button":
            yield from sized("a button", element.get("text", {}).get("text"), MAX_BUTTON_TEXT)
            if len(element.get("value", "")) > MAX_BUTTON_VALUE:
                yield f"a button's value is longer than {MAX_BUTTON_VALUE:,} characters."


def markdown_problems(block: Block) -> Iterator[str]:
    yield from sized("its text", block.get("text"), MAX_MARKDOWN)


def rich_text_problems(block: Block) -> Iterator[str]:
    if not block.get("elements"):
        yield "it has no elements."
    for part in block.get("elements", ()):
        if part.get("type") not in RICH_TEXT_PARTS:
            yield f"{part.get('type')!r} is no part of a rich text."
        elif not part.get("elements"):
            yield f"a {part['type']} has no elements."
        for element in part.get("elements", ()):
            if part.get("type") == "rich_text_list":
                yield from rich_text_problems({"elements": [element]})
            elif element.get("type") == "text":
                yield from sized("a text element", element.get("text"), MAX_RICH_TEXT)


def input_problems(block: Block) -> Iterator[str]:
    yield from sized("its label", block.get("label", {}).get("text"), MAX_FIELD)
    element = block.get("element", {})
    kind = str(element.get("type"))
    if kind not in MAX_OPTIONS:
        return
    yield from counted("options", element.get("options"), MAX_OPTIONS[kind])
    for option in element.get("options", ()):
        yield from sized("an option", option.get("text", {}).get("text"), MAX_OPTION)
        yield from sized("an option's value", option.get("value"), MAX_OPTION_VALUE)


def no_problems(block: Block) -> Iterator[str]:
    yield from ()


CHECKS = {
    "section": section_problems,
    "header": header_problems,
    "context": context_problems,
    "actions": actions_problems,
    "markdown": markdown_problems,
    "rich_text": rich_text_problems,
    "input": input_problems,
    "divider": no_problems,
}
