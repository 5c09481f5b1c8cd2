"""The words of titles, by which a question can name a document: few of the documents of a large index need to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.analysis import analyse


class TitleWords:
    """Documents by the stems of their titles, references and designations."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """names: all that each document is called, by number."""
        self._documents: defaultdict[str, list[int]] = defaultdict(list)
        for number, called in enumerate(names):
            for word in {word for name in called for word in analyse(name)}:
                self._documents[word].append(number)

    def sharing(self, words: Iterable[str]) -> list[int]:
        """Numbers of the documents of which one name has one of these stems, ascending."""
        return sorted({number for word in words for number in self._documents.get(word, ())})
