"""How the signals of a passage become one score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each candidate, one float32 (c,) array a signal; higher is better.

    bare, headed: cosine between the question and the passage alone, and with title and headings before it.
    words, headed_words, pairs: BM25 over the passage's stems, over those with title and headings, over its pairs of stems.
    coverage: share, 0 to 1, of the question's rarity-weighted words that the passage with its headings holds.
    """

    bare: Signal
    headed: Signal
    words: Signal
    headed_words: Signal
    pairs: Signal
    coverage: Signal


def fused(signals: Signals) -> Signal:
    """One score a candidate, higher is better: standard scores of the signals, weighted by how the question is worded.

    Where some passage holds nearly all of the question's rare words, the question repeats a text and words decide; where
    none does, it paraphrases and meaning decides. The weight of the words moves between the two with that share.
    """
    share = float(signals.coverage.max(initial=0.0))
    lexical = np.float32(LEAST + (MOST - LEAST) * np.clip((share - LOW) / (HIGH - LOW), 0.0, 1.0))
    meaning = _standard(0.5 * (signals.bare + signals.headed))
    words = _standard(signals.words + signals.headed_words)
    result: Signal = (1 - lexical) * meaning + lexical * (words + np.float32(0.5) * _standard(signals.pairs))
    return result


LEAST, MOST = 0.2, 0.6
LOW, HIGH = 0.4, 0.9


def _standard(values: Signal) -> Signal:
    """Values less their mean, by their standard deviation; zeros where all are the same."""
    spread = values.std()
    centred: Signal = values - values.mean()
    return centred / spread if spread > 1e-9 else centred
