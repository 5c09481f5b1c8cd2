"""Block Kit as plain text: what a message says, line by line, and its buttons with a number each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from isobot.cli.terminal import printable
from isobot.slack.limits import Block

Element = Mapping[str, Any]

MARGIN, QUOTED = "  ", "  │ "  # before every line of a message, so that no document can write a line that looks like buttons


def rendered(blocks: Sequence[Block], first: int = 1, width: int | None = None) -> tuple[list[str], list[Element]]:
    """The lines of a message, and its buttons, which are numbered from `first` on.

    width: cells to wrap at; None wraps nothing. Only a line of buttons begins at the margin; control characters become spaces.
    """
    lines: list[str] = []
    buttons: list[Element] = []
    for block in blocks:
        if block["type"] == "actions":
            numbered = [f"[{first + len(buttons) + place}] {said(one['text'])}" for place, one in enumerate(block["elements"])]
            lines += wrapped("  ".join(numbered), "", width)
            buttons += block["elements"]
        else:
            lines += [line for prefix, words in paragraphs(block) for line in wrapped(words, prefix, width)]
    return lines, buttons


def paragraphs(block: Element) -> Iterator[tuple[str, str]]:
    """What a block says, each paragraph with what stands before its lines. Fields of a modal say nothing; they are asked for."""
    kind = block["type"]
    if kind == "divider":
        yield "", ""
    elif kind in ("header", "section"):
        yield from ((MARGIN, said(one)) for one in (block.get("text"), *block.get("fields", ())) if one)
    elif kind == "context":
        yield MARGIN, " ".join(said(one) if "text" in one else str(one.get("alt_text", "")) for one in block["elements"])
    elif kind == "image":
        yield MARGIN, str(block["alt_text"])
    elif kind == "rich_text":
        for part in block["elements"]:
            yield from rich_paragraphs(part)


def rich_paragraphs(part: Element) -> Iterator[tuple[str, str]]:
    if part["type"] == "rich_text_list":
        yield from ((f"{MARGIN}• ", leaves(item)) for item in part["elements"])
    else:
        yield QUOTED if part["type"] in ("rich_text_quote", "rich_text_preformatted") else MARGIN, leaves(part)


def leaves(part: Element) -> str:
    return "".join(map(leaf, part["elements"]))


def leaf(element: Element) -> str:
    """What Slack would show of one element; whoever is mentioned stands there by their id."""
    kind = element["type"]
    if kind == "link":
        label = element.get("text")
        return f"{label} ({element['url']})" if label else str(element["url"])
    marks = {"user": ("@", "user_id"), "channel": ("#", "channel_id"), "usergroup": ("@", "usergroup_id"), "emoji": (":", "name")}
    if kind in marks:
        mark, key = marks[kind]
        return f"{mark}{element[key]}"
    return str(element.get("text") or element.get("fallback") or "")


def said(given: Element) -> str:
    """A text object; of one with markup Slack's three entities are undone, and the markup stays as it was typed."""
    words = str(given["text"])
    if given["type"] == "mrkdwn":
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            words = words.replace(entity, character)
    return words


def wrapped(words: str, prefix: str, width: int | None) -> Iterator[str]:
    """The lines of some words, each behind the prefix; the letters of none are changed, but for control characters."""
    for line in printable(words).split("\n"):
        if width is None or not line:
            yield f"{prefix}{line}".rstrip()
            continue
        room = max(20, width - len(prefix))
        yield from (f"{prefix}{part.plain}".rstrip() for part in Text(line).wrap(Console(width=room), room))
