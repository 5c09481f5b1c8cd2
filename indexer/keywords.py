"""Keyword search: BM25 over a memory-mapped inverted index, with statistics of the permitted passages alone.

Ready-made BM25 indexes store finished scores, in which every document's words already count. Ours stores counts and does
the arithmetic at question time, so that a document the asker may not read moves no score of those that he may.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedGenerationError
from indexer.terms import Terms, hash_of

Allowed = NDArray[np.bool_]

FACTS = "keywords.json"
TOGETHER = 16  # tokens whose postings are gone through at once; bounds the memory that these take
ARRAYS = ("terms", "starts", "passages", "counts", "lengths")


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted over all permitted passages: how many there are, and their tokens together."""

    passages: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Keywords:
    """An inverted index over the token lists of `n` passages.

    terms: uint64 (t,), ascending 64-bit hashes of the distinct tokens. starts: int64 (t + 1,): the postings of term i are
    `starts[i]:starts[i + 1]`. passages: int32 (p,), ascending inside a term. counts: uint16 (p,), occurrences there.
    lengths: int32 (n,), tokens of each passage.

    Where a method takes `allowed`, a bool array (n,), everything is computed as though the other passages did not exist;
    None allows all.
    """

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]
    k1: float = 0.6
    b: float = 0.75

    @classmethod
    def build(cls, token_lists: Iterable[Sequence[str]], k1: float = 0.6, b: float = 0.75) -> Keywords:
        """Index the token lists, in the order of the passages; a list may be empty, and so may the whole."""
        return cls.of(Terms.of(token_lists), k1, b)

    @classmethod
    def of(cls, terms: Terms, k1: float = 0.6, b: float = 0.75) -> Keywords:
        """Index the token lists of which these are the terms."""
        hashes, ranks = np.unique(terms.hashes, return_inverse=True)
        by_term = np.argsort(ranks, kind="stable")  # stable, so that passages stay ascending inside a term
        owners = np.repeat(np.arange(len(terms.lengths), dtype=np.int32), terms.distinct)
        starts = np.concatenate([[0], np.cumsum(np.bincount(ranks, minlength=len(hashes)))]).astype(np.int64)
        return cls(hashes, starts, owners[by_term], terms.counts[by_term], terms.lengths, k1, b)

    def __len__(self) -> int:
        return len(self.lengths)

    def statistics(self, allowed: Allowed | None = None) -> Statistics:
        """What `scores` needs of the permitted passages, to be counted once for many questions."""
        if allowed is None:
            return Statistics(len(self), int(self.lengths.sum(dtype=np.int64)))
        return Statistics(int(np.count_nonzero(allowed)), int(self.lengths.sum(dtype=np.int64, where=allowed)))

    def scores(self, tokens: Sequence[str], allowed: Allowed | None = None, statistics: Statistics | None = None) -> NDArray[np.float32]:
        """BM25 of every passage for the question's tokens: float32 (n,), 0 where none occurs or the passage is not allowed.

        A token that the question repeats counts as often. statistics: of the same `allowed`; counted where it is None.
        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, with Lucene's idf
        (1 added inside the logarithm) and without the constant factor k1 + 1.
        """
        scores = np.zeros(len(self), np.float32)
        known = statistics or self.statistics(allowed)
        if not known.passages:
            return scores
        mean = float(known.tokens) / known.passages
        repeats = Counter(tokens)
        asked = list(repeats)
        for at in range(0, len(asked), TOGETHER):
            together = asked[at : at + TOGETHER]
            passages, counts, held = self._postings(together, allowed)
            weights = np.array([repeats[token] for token in together]) * _idf(known.passages, np.array(held))
            norm = self.k1 * (1 - self.b + self.b * self.lengths[passages] / mean)
            frequency = counts.astype(np.float32)
            parts = np.repeat(weights.astype(np.float32), held) * frequency / (frequency + norm)
            for start, end in pairwise(accumulate(held, initial=0)):  # token by token: a passage may hold several
                own = passages[start:end]
                scores[own] = (scores[own] + parts[start:end]).astype(np.float32)
        return scores

    def holding(self, token: str, allowed: Allowed | None = None) -> NDArray[np.int32]:
        """The permitted passages that hold a token, ascending: int32."""
        return self._held(self._places([token])[0], allowed)

    def frequencies(self, tokens: Sequence[str], allowed: Allowed | None = None) -> list[int]:
        """How many permitted passages hold each token; quick where nearly all stand nowhere."""
        return [len(self._held(place, allowed)) if place.start < place.stop else 0 for place in self._places(tokens)]

    def save(self, folder: Path) -> None:
        """Write one .npy file an array into `folder`, which is made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / FACTS).write_text(json.dumps({"k1": self.k1, "b": self.b, "passages": len(self)}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Keywords:
        """Map the arrays of `folder` into memory. Raises DamagedGenerationError when one is missing or cut short."""
        try:
            facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in ARRAYS}
            keywords = cls(k1=float(facts["k1"]), b=float(facts["b"]), **arrays)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise DamagedGenerationError(f"The keyword index {folder} cannot be read ({error}). Run `isobot index` to rebuild.") from error
        if len(keywords) != facts["passages"] or len(keywords.starts) != len(keywords.terms) + 1:
            raise DamagedGenerationError(f"The keyword index in {folder} does not fit itself. Run `isobot index` to rebuild it.")
        return keywords

    def _postings(self, tokens: Sequence[str], allowed: Allowed | None) -> tuple[NDArray[np.intp], NDArray[np.uint16], list[int]]:
        """The permitted passages that hold each token, and how often each does, token after token; and how many hold each."""
        places = self._places(tokens)
        held = [place.stop - place.start for place in places]
        passages = np.concatenate([self.passages[place] for place in places]).astype(np.intp)  # what arrays are indexed by the quickest
        counts = np.concatenate([self.counts[place] for place in places])
        if allowed is None:
            return passages, counts, held
        kept = allowed[passages]
        held = [int(np.count_nonzero(kept[start:end])) for start, end in pairwise(accumulate(held, initial=0))]
        return passages[kept], counts[kept], held

    def _held(self, place: slice, allowed: Allowed | None) -> NDArray[np.int32]:
        """The permitted ones of the passages at one place."""
        passages = self.passages[place]
        return passages if allowed is None else passages[allowed[passages]]

    def _places(self, tokens: Sequence[str]) -> list[slice]:
        """Where the postings of each token stand; empty for a token that stands nowhere."""
        keys = np.array([hash_of(token) for token in tokens], np.uint64)
        first, behind = (self.starts[self.terms.searchsorted(keys, side)].tolist() for side in ("left", "right"))
        return [slice(*place) for place in zip(first, behind, strict=True)]


def _idf(passages: int, holding: NDArray[np.int64]) -> NDArray[np.float64]:
    idf: NDArray[np.float64] = np.log1p((passages - holding + 0.5) / (holding + 0.5))
    return idf
