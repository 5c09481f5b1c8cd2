"""The words of titles, by which a question can name a document: few of the documents of a large index need to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from indexer.analysis import analyse


class TitleWords:
    """Documents by the stems of their titles, and by their references in small letters."""

    def __init__(self, names: Iterable[tuple[str, str | None]]) -> None:
        """names: title and reference of each document, by number."""
        self._documents: defaultdict[str, list[int]] = defaultdict(list)
        for number, (title, reference) in enumerate(names):
            for word in {*analyse(title), (reference or "").casefold()}:
                self._documents[word].append(number)

    def sharing(self, words: Iterable[str]) -> list[int]:
        """Numbers of the documents whose title has one of these stems, or whose reference is one of them, ascending."""
        return sorted({number for word in words for number in self._documents.get(word, ())})
