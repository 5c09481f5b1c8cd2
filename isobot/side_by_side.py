"""Citations that disagree, brought side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.citation import Citation
from indexer.encoders.base import Rows
from indexer.generation import Generation, Mask
from isobot.disagreement import CLOSE, Statement, differ, statement_of
from isobot.hit import Hit

LEADING = 3  # citations that a person is shown: both sides of a disagreement are brought among them
NEARLY = 0.6  # of the question's closeness to the one sentence: at that, the other speaks to it too
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """Sentences of one clause. starts: int64 (n,), code points. rows: their vectors, float32 (n, dimensions). end: of the last."""

    document: int
    starts: NDArray[np.int64]
    rows: Rows
    end: int


class SideBySide:
    """Finds disagreements among the citations of one answer. in_force: bool array (documents,), what may disagree."""

    def __init__(self, generation: Generation, query: Rows, in_force: Mask) -> None:
        self._generation = generation
        self._query = query
        self._in_force = in_force

    def arranged(
        self, citations: tuple[Citation, ...], hits: Sequence[Hit], near: Sequence[Hit], cite: Callable[[Hit], tuple[Citation, ...]]
    ) -> tuple[tuple[Citation, ...], Pairs]:
        """The citations, and the pairs of positions among them that disagree, the earlier position first.

        What disagrees with a citation that a person is shown is shown beside it: it moves up behind it, or comes in from what was
        found near, and then the last citation makes room. hits: what the citations were made of. near: the next best hits.
        """
        numbers = {self._generation.document(hit.document).path: hit.document for hit in hits}
        quoted = [(one, self._said(numbers[one.document.path], one.start, one.end)) for one in citations]
        nearby = [(hit, self._said(hit.document, hit.start, hit.end)) for hit in near]
        arranged, found = list(citations), []
        for at, (one, said) in enumerate(quoted[: LEADING - 1]):
            if _place(arranged, one) + 1 < LEADING and (other := self._against(said, quoted[at + 1 :], nearby, cite)):
                found.append((one, other))
                _bring_beside(arranged, one, other)
        room = max(len(citations), min(len(arranged), LEADING))
        places = {tuple(sorted((_place(arranged, one), _place(arranged, other)))) for one, other in found}
        return tuple(arranged[:room]), tuple(sorted((low, high) for low, high in places))

    def _against(
        self,
        one: _Said,
        behind: Iterable[tuple[Citation, _Said]],
        nearby: Iterable[tuple[Hit, _Said]],
        cite: Callable[[Hit], tuple[Citation, ...]],
    ) -> Citation | None:
        """The first that disagrees with what one citation says: of those behind it, then of what is near."""
        for citation, said in behind:
            if self._disagree(one, said):
                return citation
        for hit, said in nearby:
            if self._disagree(one, said):
                for citation in cite(hit):
                    if self._disagree(one, self._said(hit.document, citation.start, citation.end)):
                        return citation
        return None

    def _said(self, document: int, start: int, end: int) -> _Said:
        """The sentences of a range that could disagree; none of what is not in force."""
        starts, rows = self._generation.sentences.within(document, start, end if self._in_force[document] else start)
        return _Said(document, starts, rows, end)

    def _disagree(self, one: _Said, other: _Said) -> bool:
        """Whether sentences of two documents disagree, and both speak to the question; what costs little comes first."""
        if one.document == other.document:
            return False
        cosines = one.rows @ other.rows.T
        return any(
            self._both_speak(one.rows[i], other.rows[j])
            and differ(self._statement(one, i), self._statement(other, j), float(cosines[i, j]))
            for i, j in zip(*np.nonzero(cosines >= CLOSE), strict=True)
        )

    def _statement(self, said: _Said, at: int) -> Statement:
        end = int(said.starts[at + 1]) if at + 1 < len(said.starts) else said.end
        return statement_of(self._generation.text(said.document).characters[int(said.starts[at]) : end])

    def _both_speak(self, one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
        low, high = sorted((float(one @ self._query[0]), float(other @ self._query[0])))
        return high > 0 and low >= NEARLY * high


def _bring_beside(arranged: list[Citation], one: Citation, other: Citation) -> None:
    """Move what a person would not see up behind what it disagrees with."""
    at = _place(arranged, other)
    if 0 <= at < LEADING:
        return
    if at >= 0:
        del arranged[at]
    arranged.insert(_place(arranged, one) + 1, other)


def _place(arranged: Sequence[Citation], citation: Citation) -> int:
    return next((at for at, one in enumerate(arranged) if one is citation), -1)
