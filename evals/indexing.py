"""From a dataset to an index of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from corpus.errors import EmptyDocumentError
from corpus.text import CanonicalText
from evals.dataset import Dataset, DocumentsDataset, PassageText
from indexer.build import BuildReport, Item, build
from indexer.generation import CURRENT
from indexer.progress import Progress
from indexer.readers.base import Block, BlockKind, Reading
from isobot.build_options import options_from
from isobot.settings import Settings


@dataclass(frozen=True, slots=True)
class PassageItem:
    """A passage of a corpus as something to index: one paragraph, its path the passage's id."""

    passage: PassageText

    @property
    def path(self) -> str:
        return self.passage.id

    def sha256(self) -> str:
        return hashlib.sha256(json.dumps([self.passage.title, self.passage.text]).encode()).hexdigest()

    def read(self, parse: Callable[[Path], Reading] | None = None) -> Reading:
        """Raises EmptyDocumentError for a passage without text. There is no file to parse."""
        text = "\n".join(self.passage.text.splitlines())
        stripped = text.strip()
        if not stripped:
            raise EmptyDocumentError("has no text")
        start = text.index(stripped)
        block = Block(BlockKind.PARAGRAPH, start, start + len(stripped))
        return Reading(CanonicalText(text), (block,), {"title": self.passage.title} if self.passage.title else {})


@contextmanager
def indexed(dataset: Dataset, settings: Settings, index: Path | None, progress: Progress) -> Iterator[tuple[Path, BuildReport]]:
    """Build the dataset's index, and say where it is for as long as it may be asked: in `index`, or in a folder of the cache.

    In the cache everything but the vectors is built anew each time, so that a change to the code is seen in the figures;
    another evaluation of the same dataset waits meanwhile. A folder that was named is brought up to date, as `isobot index` does.
    """
    if index is not None:
        yield index, _build(dataset, settings, index, progress)
        return
    folder = cache_folder(dataset, settings)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "evaluation.lock"):
        (folder / CURRENT).unlink(missing_ok=True)
        yield folder, _build(dataset, settings, folder, progress)


def _build(dataset: Dataset, settings: Settings, folder: Path, progress: Progress) -> BuildReport:
    return build(items_of(dataset), folder, options_from(replace(settings, index=folder)), progress)


def items_of(dataset: Dataset) -> Sequence[Item]:
    if isinstance(dataset, DocumentsDataset):
        from indexer.sources import find

        return find([dataset.documents])
    return [PassageItem(passage) for passage in dataset.passages]


def cache_folder(dataset: Dataset, settings: Settings) -> Path:
    """Where what is made of the dataset is kept; it need not be there yet."""
    if isinstance(dataset, DocumentsDataset):
        what = str(dataset.documents.resolve())
    else:
        what = "".join(f"{passage.id}\n" for passage in dataset.passages)
    return settings.cache / "evals" / f"{dataset.name}-{hashlib.sha256(what.encode()).hexdigest()[:8]}"
