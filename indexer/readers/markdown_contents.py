"""Contents of a Markdown file: lists of links to its own headings, as programs write them, and the words above them."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from indexer.readers.contents import is_title

FEWEST = 3  # entries


def lines_of_contents(tokens: Sequence[Token]) -> set[int]:
    """The positions of the inline tokens that are such contents: items of one list, each nothing but a link within the file."""
    found: set[int] = set()
    lines: list[int] = []
    depth, begun, other = 0, 0, False
    for position, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lines, begun, other = ([], position, False) if depth == 0 else (lines, begun, other)
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0 and len(lines) >= FEWEST and not other:
                found.update(lines, _title_above(tokens, begun))
        elif token.type == "inline" and depth:
            lines.append(position)
            other = other or not _is_link(token)
    return found


def _title_above(tokens: Sequence[Token], begun: int) -> list[int]:
    above = begun - 2  # before the paragraph's end
    titled = above > 0 and tokens[above].type == "inline" and tokens[begun - 1].type == "paragraph_close"
    return [above] if titled and is_title(tokens[above].content.strip("*_ ")) else []


def _is_link(token: Token) -> bool:
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    if not children or children[0].type != "link_open" or children[-1].type != "link_close":
        return False
    one = sum(child.type == "link_open" for child in children) == 1
    return one and str(children[0].attrGet("href") or "").startswith("#")
