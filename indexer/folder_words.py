"""The words of folders' names, by which a question can say whose documents it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyse

Numbers = NDArray[np.int64]


class FolderWords:
    """Folders by the stems of their names, each with the numbers of the documents in it and below it, ascending."""

    def __init__(self, paths: Sequence[str]) -> None:
        """paths: of the documents, by number."""
        documents: defaultdict[PurePosixPath, list[int]] = defaultdict(list)
        for number, path in enumerate(paths):
            for folder in PurePosixPath(path).parents:
                documents[folder].append(number)
        self._folders: defaultdict[str, list[Numbers]] = defaultdict(list)
        for folder, numbers in documents.items():
            for word in set(analyse(folder.name)):
                self._folders[word].append(np.array(numbers, np.int64))

    def named(self, words: Iterable[str]) -> list[tuple[str, Numbers]]:
        """Each of these stems with the documents of a folder whose name has it; a stem comes once for each such folder."""
        return [(word, numbers) for word in dict.fromkeys(words) for numbers in self._folders.get(word, ())]
