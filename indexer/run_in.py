"""Headings that share a paragraph with their text: "2. Gifts given. Nobody gives …", where the first words alone are bold."""

from __future__ import annotations

import re

from indexer.readers.base import Block

MOST_WORDS = 8
LONGEST = 60  # characters
TEXT = 30  # characters that follow at least, where they are no sentence
RUN_IN_END = "-.:–—"
SENTENCE_END = re.compile(r"[.!?]\W+\w")


def run_in_end(characters: str, block: Block, words: int) -> int:
    """Where the heading ends that a block begins with, the marks behind it included; 0 where there is none.

    words: where the block's words begin, behind its number; both are code points. What goes on in a small letter is a sentence that
    begins with them, or says what a term means.
    """
    end = block.start + block.lead
    lead = characters[words:end].rstrip()
    heading, text = lead.rstrip(f"{RUN_IN_END} "), characters[end : block.end].lstrip()
    named = heading[:1].isupper() and len(heading) <= LONGEST and len(heading.split()) <= MOST_WORDS and not SENTENCE_END.search(heading)
    if block.bold or not named or (len(text) < TEXT and not text.endswith((".", ":", ";"))):
        return 0
    behind = len(text) - len(text.lstrip(f"{RUN_IN_END} ")) if lead == heading else 0
    return block.end - len(text) + behind if text[behind : behind + 1].isupper() else 0
