"""Text of others as Slack must show it: letter by letter, never as markup, a mention, a link or an emoji."""

from __future__ import annotations

import re

# Overrides, embeddings and isolates make words read in another order than they are written; U+200E, U+200F and U+061C only
# settle the sides of what stands next to them, and right-to-left texts need them.
REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSHOWABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{REORDERING}]")
EMOJI_CODE = re.compile(r"(?<![A-Za-z0-9]):(?=[A-Za-z0-9_+'-]+:)")
WORD_JOINER = "\u2060"  # has no width; keeps ":smile:" from being read as a code


def literal(text: str) -> str:
    """The text for a rich_text element, which Slack shows as it is. Characters that nobody sees, but that change or break what
    is seen, are written out: "[U+202E]"."""
    return UNSHOWABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def escaped(text: str) -> str:
    """The text for a message's `text`, sent with `mrkdwn` off, `parse` none and `link_names` off."""
    escaped = literal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return EMOJI_CODE.sub(f":{WORD_JOINER}", escaped)


def clipped(text: str, limit: int) -> str:
    """The text on one line, cut at a word end where it is longer than `limit` characters; for names, never for quotations."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return f"{head[: cut(head, limit - 1)].rstrip()}…"


def cut(text: str, limit: int) -> int:
    """Where to cut so that at most `limit` characters (at least 1) come before: a sentence end, else a word end, else anywhere.

    A cut that would leave less than half of `limit` is not taken, unless there is no other.
    """
    if len(text) <= limit:
        return len(text)
    for mark in (r"[.!?…]\s+|\n+", r"\s+"):
        ends = [found.end() for found in re.finditer(mark, text[: limit + 1]) if limit // 2 <= found.end() <= limit]
        if ends:
            return ends[-1]
    return limit


def pieces(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` characters that, put together, are the text."""
    parts = []
    while text:
        at = cut(text, limit)
        parts.append(text[:at])
        text = text[at:]
    return parts
