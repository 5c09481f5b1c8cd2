"""Footnotes of Markdown, each behind the block that refers to it first."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token


def with_notes_in_place(tokens: Sequence[Token]) -> list[Token]:
    """The parser's tokens with its footnotes, which it puts at the end, where a reader looks for them: they belong to that clause."""
    body, notes = _parted(tokens)
    if not notes:
        return body
    placed: list[Token] = []
    cited: list[int] = []
    depth = 0
    for token in body:
        placed.append(token)
        depth += token.nesting
        cited += [child.meta["id"] for child in token.children or [] if child.type == "footnote_ref"]
        if depth == 0:
            placed += [part for id in cited for part in notes.pop(id, [])]
            cited = []
    return placed + [part for note in notes.values() for part in note]


def _parted(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """What is no footnote, and the tokens of each footnote by its id."""
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    current: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = notes.setdefault(token.meta["id"], [])
        if current is not None:
            current.append(token)
        elif token.type not in ("footnote_block_open", "footnote_block_close"):
            body.append(token)
        if token.type == "footnote_close":
            current = None
    return body, notes
