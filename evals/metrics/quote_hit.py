"""Whether a cited text holds the words that answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def holds(cited: str, quote: str) -> bool:
    """Whether `cited` contains `quote`, or 80 % of its words in their order.

    Contains: compared without white space, since some extractors split or join words. 80 %: the longest common
    subsequence of casefolded words, at least four fifths of the quote's, exactly four fifths included.
    """
    wanted = squeezed(quote)
    if wanted and wanted in squeezed(cited):
        return True
    quoted = words(quote)
    return bool(quoted) and 5 * common_words(quoted, words(cited)) >= 4 * len(quoted)


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def words(text: str) -> list[str]:
    """Its words, casefolded: runs of letters and digits, with an apostrophe inside ("don't" is one)."""
    return [word.casefold() for word in _WORD.findall(text)]


def common_words(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence.

    Source: Hyyrö, "Bit-Parallel LCS-length Computation Revisited", 2004; a bit for each of `first`, zero once matched.
    """
    places: dict[str, int] = defaultdict(int)
    for position, word in enumerate(first):
        places[word] |= 1 << position
    everything = (1 << len(first)) - 1
    unmatched = everything
    for word in second:
        meets = unmatched & places.get(word, 0)
        unmatched = ((unmatched + meets) | (unmatched - meets)) & everything
    return len(first) - unmatched.bit_count()
