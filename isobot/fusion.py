"""How the signals of a passage become one score."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each candidate, one float32 (c,) array a signal; higher is better.

    meaning: cosine between the question and the passage, the mean of that with its own words and with title and headings before them.
    words: BM25 over the stems of the passage with title and headings. clause: the same over the whole clause that holds it.
    pairs: BM25 over pairs of neighbouring stems in that clause.
    kind: 1 where the passage states the kind of thing that the question asks for, as far as that is told: a figure, a prohibition; else 0.
    """

    meaning: Signal
    words: Signal
    clause: Signal
    pairs: Signal
    kind: Signal

    def ordered(self, order: NDArray[np.int64]) -> Signals:
        """The candidates at these places, in this order."""
        return Signals(**{name: getattr(self, name)[order] for name in Signals.__slots__})


def fused(signals: Signals, words: int) -> Signal:
    """One score a candidate, higher is better: standard scores of the signals, weighted by how many `words` tell in the question.

    BM25 adds up the words that match. Three words of a colleague's paraphrase say little in that way, and meaning decides;
    a dozen single out the clause that holds them, and then the clause is the better field, and its pairs of words tell too.
    Measured on staff questions (3 to 7 telling words) and on regulatory ones (11 to 20) together.
    Only a passage with a figure can answer how long, how many or when, and only a prohibition what one must not.
    """
    length = min(max((words - SHORT) / (LONG - SHORT), 0.0), 1.0)
    lexical = LEAST + (MOST - LEAST) * length
    meaning = _standard(signals.meaning)
    matching = _standard(length * _standard(signals.clause) + (1 - length) * _standard(signals.words))
    paired = (FEWEST_PAIRS + (MOST_PAIRS - FEWEST_PAIRS) * length) * _standard(signals.pairs)
    result: Signal = ((1 - lexical) * meaning + lexical * (matching + paired) + KIND * signals.kind).astype(np.float32)
    return result


SHORT, LONG = 5, 10  # telling words
LEAST, MOST = 0.15, 0.45  # weight of the words
FEWEST_PAIRS, MOST_PAIRS = 0.2, 0.6  # weight of the pairs beside the words
KIND = 0.4  # standard deviations that the kind of thing asked for counts


def _standard(values: Signal) -> Signal:
    """Values less their mean, by their standard deviation; zeros where all are the same, none where there are none."""
    if not len(values):
        return values
    centred: Signal = values - values.mean()
    spread = math.sqrt(np.square(centred).mean())
    return centred / spread if spread > 1e-9 else centred
