"""Whose documents a question means, where those of several organisations, sites or departments lie in folders of their names."""

from __future__ import annotations

import numpy as np

from indexer.analysis import analyse
from indexer.generation import Generation, Mask

FEWEST = 3  # documents of a folder that can be meant
INSIDE = 0.5  # of a folder's documents that say the word of its name, at least
OUTSIDE = 0.1  # of the other documents that say it, at most: "security" and "policies" are in the name of many a folder, and name none


def in_named_folder(generation: Generation, question: str, allowed: Mask) -> Mask:
    """Of the permitted documents those in a folder that the question names; all of them where it names none.

    A word of a folder's name names it where its documents say it and others do not. Only permitted documents are counted.
    """
    meant = np.zeros_like(allowed)
    permitted = int(np.count_nonzero(allowed))
    for word, numbers in generation.folder_words.named(analyse(question, question=True)):
        inside = numbers[allowed[numbers]]
        saying = np.zeros_like(allowed)
        saying[generation.passages["document"][generation.keywords("passages").holding(word)]] = True
        said = int(np.count_nonzero(saying[inside]))
        elsewhere = int(np.count_nonzero(saying & allowed)) - said
        if len(inside) >= FEWEST and said >= INSIDE * len(inside) and elsewhere <= OUTSIDE * (permitted - len(inside)):
            meant[inside] = True
    return meant if meant.any() else allowed
