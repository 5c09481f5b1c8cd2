"""Slack's limits on messages, modals and App Home, held in one place before anything is sent.

Source: docs.slack.dev, "Block Kit" reference; the limit over a whole message is undocumented: about 13,200 characters were seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.errors import SlackError
from isobot.slack.elements import MAX_ID, MAX_MARKDOWN, MAX_RICH_TEXT, block_problems, sized, units

__all__ = [
    "MAX_MESSAGE",
    "MAX_RICH_TEXT",
    "MAX_VIEW_BLOCKS",
    "Block",
    "characters",
    "message_problems",
    "units",
    "validate",
    "validate_view",
    "view_problems",
]

Block = dict[str, Any]

MAX_BLOCKS = 50  # of a message
MAX_VIEW_BLOCKS = 100  # of a modal or of App Home
MAX_MESSAGE = 12_000  # characters over all blocks of a message
MAX_TEXT = 40_000  # characters of a message's `text`
MAX_VIEW_TITLE = 24  # also of its buttons
MAX_PRIVATE = 3000
MAX_VIEW_BYTES = 250_000

TEXT_KEYS = ("text", "url", "alt_text", "title")


def validate(blocks: Sequence[Block], text: str = "") -> None:
    """Raise SlackError, naming the block and the limit, for a message that Slack would refuse. text: beside the blocks."""
    if problem := next(message_problems(blocks, text), None):
        raise SlackError(f"{problem} Slack would refuse the message, so it was not sent.")


def validate_view(view: Mapping[str, Any]) -> None:
    """Raise SlackError, naming the block and the limit, for a modal or an App Home that Slack would refuse."""
    if problem := next(view_problems(view), None):
        raise SlackError(f"{problem} Slack would refuse the view, so it was not sent.")


def message_problems(blocks: Sequence[Block], text: str = "") -> Iterator[str]:
    """One sentence for each limit that a message does not hold."""
    if not 1 <= len(blocks) <= MAX_BLOCKS:
        yield f"The message has {len(blocks)} blocks; 1 to {MAX_BLOCKS} are allowed."
    yield from problems_of_all(blocks)
    if any(block.get("type") == "input" for block in blocks):
        yield "The message has an input block, which only views may have."
    if (total := sum(characters(block) for block in blocks)) > MAX_MESSAGE:
        yield f"The message has {total:,} characters over all blocks; at most {MAX_MESSAGE:,} are allowed."
    if units(text) > MAX_TEXT:
        yield f"The message's text has {units(text):,} characters; at most {MAX_TEXT:,} are allowed."


def view_problems(view: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each limit that a view does not hold."""
    blocks = view.get("blocks") or []
    if not 1 <= len(blocks) <= MAX_VIEW_BLOCKS:
        yield f"The view has {len(blocks)} blocks; 1 to {MAX_VIEW_BLOCKS} are allowed."
    yield from problems_of_all(blocks)
    if view.get("type") == "modal":
        yield from sized("the title", (view.get("title") or {}).get("text"), MAX_VIEW_TITLE)
        if "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield "The view has an input block and nothing to submit it with."
    for name in ("submit", "close"):
        if name in view:
            yield from sized(f"the button to {name}", view[name].get("text"), MAX_VIEW_TITLE)
    for name, limit in (("private_metadata", MAX_PRIVATE), ("callback_id", MAX_ID), ("external_id", MAX_ID)):
        if units(view.get(name, "")) > limit:
            yield f"The view's {name} is longer than {limit:,} characters."
    if (size := len(json.dumps(view).encode())) > MAX_VIEW_BYTES:
        yield f"The view has {size:,} bytes; at most {MAX_VIEW_BYTES:,} are allowed."


def problems_of_all(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks, start=1):
        for problem in block_problems(block):
            yield f"Block {number} ({block.get('type')}): {problem}"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "Two blocks have the same block_id."
    marked = sum(units(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if marked > MAX_MARKDOWN:
        yield f"The markdown blocks have {marked:,} characters together; at most {MAX_MARKDOWN:,} are allowed."


def characters(value: Any) -> int:
    """Characters of every text under a block, counted as UTF-16 units, as Slack's own clients count them."""
    if isinstance(value, Mapping):
        return sum(units(inner) if key in TEXT_KEYS and isinstance(inner, str) else characters(inner) for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(map(characters, value))
    return 0
