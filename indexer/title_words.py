"""The words of names, by which a question can name a document: few of the documents of a large index need to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.analysis import analyse
from indexer.designations import initials


class TitleWords:
    """Documents by the stems of their titles, references and designations, and by the initials of their titles."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """names: all that each document is called, by number, its title first."""
        self._documents: defaultdict[str, list[int]] = defaultdict(list)
        self._called: defaultdict[str, list[int]] = defaultdict(list)
        for number, called in enumerate(names):
            short = set(filter(None, map(initials, called[:1])))  # in capitals, and so no stems
            for held, every in ((self._documents, called), (self._called, called[1:])):
                for word in short.union(*map(analyse, every)):
                    held[word].append(number)

    def sharing(self, words: Iterable[str]) -> list[int]:
        """Numbers of the documents of which one name has one of these stems, ascending."""
        return _of(self._documents, words)

    def called(self, words: Iterable[str]) -> list[int]:
        """As `sharing`, of short names alone: numbers of clauses, which stand in many a title, find nothing."""
        return _of(self._called, words)


def _of(documents: dict[str, list[int]], words: Iterable[str]) -> list[int]:
    return sorted({number for word in words for number in documents.get(word, ())})
