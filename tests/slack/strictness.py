"""What Slack refuses, with limits of its own: written from Slack's reference apart from isobot's, so that one can catch the other."""

from __future__ import annotations

import json
from typing import Any

TEXT_LEAVES = {"text", "link", "emoji", "user", "usergroup", "channel", "broadcast", "date", "color", "team"}
RICH_PARTS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}


def refusal_of_message(message: dict[str, Any]) -> str | None:
    """The error code with which Slack would refuse a chat.postMessage, or None."""
    blocks = message.get("blocks") or []
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    if not blocks and not message.get("text"):
        return "no_text"
    if len(message.get("text") or "") > 40_000:
        return "msg_too_long"
    if len(blocks) > 50 or any(not is_block(block) for block in blocks):
        return "invalid_blocks"
    if sum(len(words) for block in blocks for words in words_of(block)) > 13_200:
        return "msg_blocks_too_long"
    return None if is_metadata(message.get("metadata")) else "invalid_metadata_format"


def is_metadata(metadata: Any) -> bool:
    if metadata is None:
        return True
    payload = metadata.get("event_payload")
    return isinstance(metadata.get("event_type"), str) and isinstance(payload, dict) and all(isinstance(v, str) for v in payload.values())


def words_of(value: Any) -> list[str]:
    """Every string under a block that Slack shows."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [words for inner in value.values() for words in words_of(inner) if not isinstance(inner, str)]
    if isinstance(value, list):
        return [words for inner in value for words in words_of(inner)]
    return []


def is_block(block: Any) -> bool:
    if not isinstance(block, dict) or len(block.get("block_id", "")) > 255:
        return False
    kind = block.get("type")
    if kind == "divider":
        return set(block) <= {"type", "block_id"}
    if kind == "rich_text":
        parts = block.get("elements")
        return isinstance(parts, list) and bool(parts) and all(map(is_rich_part, parts))
    if kind == "section":
        fields = block.get("fields", [])
        return len(fields) <= 10 and all(is_text(field, 2000) for field in fields) and ("text" not in block or is_text(block["text"], 3000))
    if kind == "header":
        return is_text(block.get("text"), 150) and block["text"]["type"] == "plain_text"
    if kind == "context":
        elements = block.get("elements")
        return isinstance(elements, list) and 1 <= len(elements) <= 10
    if kind == "actions":
        elements = block.get("elements")
        return isinstance(elements, list) and 1 <= len(elements) <= 25 and all(map(is_button, elements))
    return False


def is_button(element: Any) -> bool:
    label = element.get("text", {})
    named = element.get("type") == "button" and label.get("type") == "plain_text" and 1 <= len(label.get("text", "")) <= 75
    return named and 1 <= len(element.get("action_id", "")) <= 255 and len(element.get("value", "")) <= 2000


def is_input(block: Any) -> bool:
    if block.get("type") != "input" or not is_text(block.get("label"), 2000):
        return False
    element = block["element"]
    if element.get("type") == "plain_text_input":
        return 1 <= element.get("max_length", 1) <= 3000
    most = {"radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}.get(element.get("type"), 0)
    options = element.get("options", [])
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", options[:1])
    return 1 <= len(options) <= most and all(map(is_option, options)) and bool(chosen) and all(one in options for one in chosen)


def is_option(option: Any) -> bool:
    described = "description" not in option or is_text(option["description"], 75)
    return is_text(option.get("text"), 75) and 1 <= len(option.get("value", "")) <= 150 and described


def refusal_of_view(view: Any) -> str | None:
    """The error code with which Slack would refuse views.open or views.publish, or None."""
    view = json.loads(view) if isinstance(view, str) else view
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or len(blocks) > 100 or not all(is_block(block) or is_input(block) for block in blocks):
        return "invalid_arguments"
    if view["type"] == "home":
        return None
    titled = is_text(view.get("title"), 24) and len(view.get("private_metadata", "")) <= 3000
    submits = "submit" in view or not any(block["type"] == "input" for block in blocks)
    return None if titled and submits else "invalid_arguments"


def is_rich_part(part: Any) -> bool:
    if not isinstance(part, dict) or part.get("type") not in RICH_PARTS or not part.get("elements"):
        return False
    if part["type"] == "rich_text_list":
        return all(map(is_rich_part, part["elements"]))
    return all(map(is_leaf, part["elements"]))


def is_leaf(leaf: Any) -> bool:
    if not isinstance(leaf, dict) or leaf.get("type") not in TEXT_LEAVES:
        return False
    style = leaf.get("style", {})
    known_style = isinstance(style, dict) and set(style) <= {"bold", "italic", "strike", "code", "underline"}
    return known_style and (leaf["type"] != "text" or (isinstance(leaf.get("text"), str) and leaf["text"] != ""))


def is_text(text: Any, limit: int) -> bool:
    return isinstance(text, dict) and text.get("type") in ("plain_text", "mrkdwn") and 1 <= len(text.get("text", "")) <= limit
