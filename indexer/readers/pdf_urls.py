"""Addresses of the web that a PDF breaks over two lines."""

from __future__ import annotations

import re

ADDRESS_END = re.compile(r"(?:\w://|\bwww\.)\S*[/.?=&#_%-]$")
ADDRESS_PART = re.compile(r"\S*\w[/.?=&#_%~-]+\w\S*|\S*\d\S*|\S+/")
STOPS = ".,;:)>]"


def ends_in_address(text: str) -> bool:
    """Whether a line ends inside an address, where it may be broken: after a slash, a dot or another of its signs."""
    return ADDRESS_END.search(text) is not None


def goes_on(text: str, following: str) -> bool:
    """Whether the address at the end of one line visibly goes on in the next: that begins with signs of an address, not with a word."""
    words = following.split(maxsplit=1)
    return ends_in_address(text) and bool(words) and ADDRESS_PART.fullmatch(words[0].rstrip(STOPS)) is not None
