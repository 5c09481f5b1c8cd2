"""Whose documents a question means, where those of several organisations, sites or departments lie in folders of their names."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyse
from indexer.generation import Generation, Mask

FEWEST = 3  # documents of a folder that can be meant
INSIDE = 0.5  # of a folder's documents that say the word of its name, at least
OUTSIDE = 0.1  # of the other documents that say it, at most: "security" and "policies" are in the name of many a folder, and name none
LOOKED_AT = 20  # passages that say it
CAPITALS = 0.6  # of the times that they do, at least: addresses write names small

_WORD = re.compile(r"\w+")
Numbers = NDArray[np.int64]


def in_named_folder(generation: Generation, question: str, allowed: Mask) -> Mask:
    """Of the permitted documents those in a folder that the question names; all of them where it names none.

    A word of a folder's name names it where its documents say it with a capital, and others do not say it. What "backup" is on is a
    subject, of which others may speak too. Only permitted documents are counted.
    """
    meant = np.zeros_like(allowed)
    for word, numbers in generation.folder_words.named(analyse(question, question=True)):
        inside = numbers[allowed[numbers]]
        if len(inside) >= FEWEST and _is_name(generation, word, inside, allowed):
            meant[inside] = True
    return meant if meant.any() else allowed


def _is_name(generation: Generation, word: str, inside: Numbers, allowed: Mask) -> bool:
    holding = generation.keywords("passages").holding(word)
    owners = generation.passages["document"][holding]
    saying = np.zeros_like(allowed)
    saying[owners] = True
    said = np.count_nonzero(saying[inside])
    elsewhere = np.count_nonzero(saying & allowed) - said
    if said < INSIDE * len(inside) or elsewhere > OUTSIDE * (np.count_nonzero(allowed) - len(inside)):
        return False
    return _is_written_large(generation, word, holding[np.isin(owners, inside)][:LOOKED_AT])


def _is_written_large(generation: Generation, word: str, passages: NDArray[np.int32]) -> bool:
    """Whether passages write a word with a capital, mostly."""
    large: list[bool] = []
    for document, _, start, end, _ in generation.passages[passages].tolist():
        tokens = _WORD.findall(generation.text(document).characters[start:end])
        large += [token[0].isupper() for token in tokens if token[0].casefold() == word[0] and analyse(token) == [word]]
    return bool(large) and sum(large) >= CAPITALS * len(large)
