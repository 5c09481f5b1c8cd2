"""The distinct tokens of texts with their counts, as hashes: what keyword search indexes, kept by document between builds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Terms:
    """Of `n` token lists, one after the other.

    hashes: uint64 (p,), of each distinct token of a list. counts: uint16 (p,), how often it occurs there. distinct: int32 (n,), how many
    of these belong to each list. lengths: int32 (n,), tokens of each.
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.uint16]
    distinct: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, token_lists: Iterable[Sequence[str]]) -> Terms:
        """A list may be empty, and so may the whole."""
        known = _Hashes()
        hashes: list[int] = []
        counts: list[int] = []
        distinct: list[int] = []
        lengths: list[int] = []
        for tokens in token_lists:
            counted = Counter(tokens)
            hashes += map(known.__getitem__, counted)
            counts += counted.values()
            distinct.append(len(counted))
            lengths.append(len(tokens))
        return cls(
            np.array(hashes, np.uint64),
            np.minimum(np.array(counts, np.int64), 65535).astype(np.uint16),
            np.array(distinct, np.int32),
            np.array(lengths, np.int32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Terms]) -> Terms:
        """The lists of all parts, in their order."""
        every = [cls.of(()), *parts]
        return cls(
            np.concatenate([part.hashes for part in every]),
            np.concatenate([part.counts for part in every]),
            np.concatenate([part.distinct for part in every]),
            np.concatenate([part.lengths for part in every]),
        )


class _Hashes(dict[str, int]):
    """The hash of each token that was asked for."""

    def __missing__(self, token: str) -> int:
        self[token] = hashed = hash_of(token)
        return hashed


def hash_of(token: str) -> int:
    """64 bits of the token: two of a million distinct tokens meet with a probability below 1 in 10 million."""
    return int.from_bytes(hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
