"""A generation: one published index on disk, and the switch that publishes it.

    INDEX/current                names the generation that is served; replaced atomically
    INDEX/generations/NAME/      manifest.json, catalogue.sqlite, passages.npy, figures.npy, documents.npy, vectors/, sentences/,
                                 questions/, keywords/
    INDEX/texts.sqlite           canonical texts by hash, of all generations
    INDEX/encoders/FINGERPRINT/  an exported model, so that an index needs nothing but itself to be asked
    INDEX/embeddings.sqlite      vectors by encoder and text, so that a build carries on from the work already done
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import GUIDANCE, Document, Status
from corpus.errors import DamagedGenerationError, EncoderError, GenerationError, NoGenerationError
from corpus.text import CanonicalText
from indexer.catalogue import Catalogue
from indexer.encoders.base import Encoder
from indexer.folder_words import FolderWords
from indexer.keywords import Keywords
from indexer.manifest import Manifest
from indexer.rerankers.session import OnnxReranker, load_reranker
from indexer.sentence_vectors import SentenceVectors
from indexer.texts import TextStore
from indexer.title_words import TitleWords
from indexer.vectors import VectorStore, load_store

CURRENT = "current"
KEPT = 5  # generations; `isobot diff` and readers that have not switched yet need the last ones
PASSAGES = np.dtype([("document", "<i4"), ("clause", "<i4"), ("start", "<i4"), ("end", "<i4"), ("group", "<i4")])
DOCUMENTS = np.dtype([("in_force", "?"), ("effective", "<i4"), ("expires", "<i4"), ("audience", "<i4"), ("collection", "<i4")])
Mask = NDArray[np.bool_]
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class Generation:
    """One published index, opened for reading; parts are loaded, memory-mapped where they can be, when first asked for.

    passages: array of PASSAGES, one row a passage; its row number is the id that vectors and the keywords of passages use.
    `group` counts the clauses that have passages: the id that the keywords of clauses use.
    """

    def __init__(self, index: Path, name: str) -> None:
        """Raises NoGenerationError when the folder holds no such generation, DamagedGenerationError when it cannot be read."""
        self.index = index
        self.name = name
        self.folder = index / "generations" / name
        if not self.folder.is_dir():
            raise NoGenerationError(f"{index} holds no generation {name!r}. Run `isobot index` to build one.")
        self.manifest = Manifest.read(self.folder)
        self.catalogue = Catalogue(self.folder)
        self.passages = self._array("passages.npy", PASSAGES)
        self.keywords = lru_cache(maxsize=None)(self._keywords)
        self.text = lru_cache(maxsize=256)(self._text)
        self._masks = lru_cache(maxsize=256)(self._permitted)
        self.encoder = lru_cache(maxsize=None)(self._encoder)

    @classmethod
    def current(cls, index: Path) -> Generation:
        """The published generation of an index folder. Raises NoGenerationError where nothing was published."""
        name = current_name(index)
        if not (index / "generations" / name).is_dir():
            raise DamagedGenerationError(f"{index / CURRENT} names {name}, which is not there. Run `isobot index` to rebuild the index.")
        return cls(index, name)

    def load(self) -> None:
        """Open every part now, and see that they fit each other. Raises DamagedGenerationError."""
        counts = {"vectors": len(self.vectors), "keywords/passages": len(self.keywords("passages")), "figures.npy": len(self.figures)}
        if wrong := [name for name, count in counts.items() if count != len(self.passages)]:
            raise self._misfit(wrong[0])
        clauses = int(self.passages["group"].max(initial=-1)) + 1
        if len(self.keywords("clauses")) != clauses or len(self.keywords("clause_pairs")) != clauses:
            raise self._misfit("keywords/clauses")
        if len(self._documents) != self.manifest.documents or len(self.catalogue.numbers()) != self.manifest.documents:
            raise self._misfit("documents.npy")
        owners = self.passages["document"]
        if owners.min(initial=0) < 0 or owners.max(initial=-1) >= len(self._documents):
            raise self._misfit("passages.npy")
        _ = self._texts, self.sentences, self.questions

    def _misfit(self, part: str) -> DamagedGenerationError:
        return DamagedGenerationError(f"{self.folder / part} does not fit the other parts. Run `isobot index` to rebuild the index.")

    def document(self, number: int) -> Document:
        return self.catalogue.document(number)

    def _encoder(self, threads: int | None = None) -> Encoder:
        """The encoder that built it, as exported."""
        from indexer.encoders.onnx import load_encoder

        try:
            return load_encoder(model_folder(self.index, str(self.manifest.encoder["fingerprint"])), threads)
        except EncoderError as problem:
            raise DamagedGenerationError(f"The index has lost its encoder. Run `isobot index` to put it back. ({problem})") from None

    @cached_property
    def reranker(self) -> OnnxReranker | None:
        """The re-ranker that it was built with, as exported; None where it was built without one."""
        fingerprint = self.manifest.settings.get("reranker_fingerprint")
        if fingerprint is None:
            return None
        try:
            return load_reranker(model_folder(self.index, str(fingerprint)))
        except EncoderError as problem:
            raise DamagedGenerationError(f"The index has lost its re-ranker. Run `isobot index` to put it back. ({problem})") from None

    def permitted(self, groups: frozenset[str], today: date, collections: Iterable[str] | None = None, in_force_only: bool = True) -> Mask:
        """Bool array (documents,), not to be written to: what someone who belongs to `groups` may have cited to them on that day."""
        return self._masks(groups, today, None if collections is None else frozenset(collections), in_force_only)

    def _permitted(self, groups: frozenset[str], today: date, collections: frozenset[str] | None, in_force_only: bool) -> Mask:
        rows = self._documents
        readable = [i for i, audience in enumerate(self.manifest.audiences) if not groups.isdisjoint(audience)]
        mask: Mask = (rows["audience"] < 0) | np.isin(rows["audience"], readable)
        if in_force_only:
            day = today.toordinal()
            mask &= rows["in_force"] & (rows["effective"] <= day) & ((rows["expires"] == 0) | (day <= rows["expires"]))
        if collections is not None:
            mask &= np.isin(rows["collection"], [i for i, name in enumerate(self.manifest.collections) if name in collections])
        mask.setflags(write=False)
        return mask

    def own_collections(self) -> tuple[str, ...]:
        """Every collection but the guidance: what answers for the organisation."""
        return tuple(name for name in self.manifest.collections if name != GUIDANCE)

    def close(self) -> None:
        self.catalogue.close()
        if "_texts" in self.__dict__:
            self._texts.close()

    @cached_property
    def vectors(self) -> VectorStore:
        """Of each passage the mean of two unit vectors: of its own words, and of these with title and headings before them."""
        return load_store(self.folder / "vectors")

    @cached_property
    def sentences(self) -> SentenceVectors:
        return SentenceVectors.load(self.folder / "sentences")

    @cached_property
    def questions(self) -> SentenceVectors:
        """Headings of curated answers, which ask a question, by the positions of their clauses."""
        return SentenceVectors.load(self.folder / "questions")

    @cached_property
    def title_words(self) -> TitleWords:
        """Made when a question first names a section, since it looks at every document once."""
        return TitleWords(self.catalogue.names())

    @cached_property
    def folder_words(self) -> FolderWords:
        return FolderWords(self.catalogue.paths())

    @cached_property
    def figures(self) -> Mask:
        """Bool array (n,): whether a passage states a number, a date or an interval."""
        return self._array("figures.npy", np.dtype(np.bool_))

    @cached_property
    def _documents(self) -> NDArray[np.void]:
        return self._array("documents.npy", DOCUMENTS)

    def document_rows(self) -> NDArray[np.void]:
        """What access and dates are decided by: an array of DOCUMENTS, one row a document."""
        return self._documents

    @cached_property
    def _texts(self) -> TextStore:
        return TextStore(self.index)

    def _text(self, number: int) -> CanonicalText:
        return self._texts.get(self.document(number).text_sha256, self.catalogue.pages(number))

    def _keywords(self, field: str) -> Keywords:
        return Keywords.load(self.folder / "keywords" / field)

    def _array(self, name: str, form: np.dtype[Any]) -> NDArray[Any]:
        """The file, mapped into memory; a plain array of it, since each slice of a `memmap` costs what a dozen of an array do."""
        try:
            array: NDArray[Any] = np.asarray(np.load(self.folder / name, mmap_mode="r", allow_pickle=False))
            if array.dtype != form or array.ndim != 1:
                raise ValueError("its columns are others")
            return array
        except (OSError, ValueError, EOFError) as problem:
            path = self.folder / name
            raise DamagedGenerationError(f"{path} cannot be read ({problem}). Run `isobot index` to rebuild the index.") from None


def document_row(document: Document, audience: int, collection: int) -> tuple[bool, int, int, int, int]:
    """A row of DOCUMENTS. Dates are proleptic Gregorian ordinals, 0 for none; audience is -1 for every member."""
    effective = document.effective.toordinal() if document.effective else 0
    expires = document.expires.toordinal() if document.expires else 0
    return (document.status is Status.IN_FORCE, effective, expires, audience, collection)


def model_folder(index: Path, fingerprint: str) -> Path:
    return index / "encoders" / fingerprint


def current_name(index: Path) -> str:
    """Name of the published generation.

    Raises NoGenerationError where nothing was published, DamagedGenerationError where what stands there is no name.
    """
    pointer = index / CURRENT
    try:
        name = pointer.read_bytes().decode("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NoGenerationError(f"There is no index in {index}. Build one with `isobot index PATH --index {index}`.") from None
    except OSError as problem:
        raise DamagedGenerationError(f"{pointer} cannot be read ({problem.strerror}). Mend its permissions, or the disk.") from None
    if not _NAME.fullmatch(name):
        raise DamagedGenerationError(f"{pointer} holds {name[:40]!r}, which names no generation. Run `isobot index` to rebuild the index.")
    return name


def new_folder(index: Path) -> Path:
    """An empty folder in which a generation can be built; what killed builds left is swept away first."""
    generations = index / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    for left in generations.glob(".building-*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in index.glob(f".{CURRENT}-*"):
        left.unlink(missing_ok=True)
    return Path(tempfile.mkdtemp(prefix=".building-", dir=generations))


def publish(index: Path, building: Path, name: str, kept: int = KEPT) -> None:
    """Make a finished folder the served generation: everything reaches the disk first, then one rename switches the readers.

    kept: generations that stay, this one among them.
    """
    for path in sorted(building.rglob("*")):
        _to_disk(path)
    building.chmod(0o755)
    _to_disk(building)
    finished = index / "generations" / name
    building.rename(finished)
    try:
        _to_disk(finished.parent)
        pointer = index / f".{CURRENT}-{os.getpid()}"
        pointer.write_text(name + "\n", encoding="utf-8")
        _to_disk(pointer)
        pointer.replace(index / CURRENT)
    except BaseException:
        if not _is_served(index, name):
            shutil.rmtree(finished, ignore_errors=True)
        raise
    _to_disk(index)
    _forget_old(index, name, kept)


def _is_served(index: Path, name: str) -> bool:
    try:
        return current_name(index) == name
    except GenerationError:
        return False


def names(index: Path) -> list[str]:
    """Every generation of an index folder, the oldest first."""
    folder = index / "generations"
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []


def inputs_kept(index: Path) -> set[str]:
    """SHA-256 of every file that went into any generation on disk that can be read."""
    found: set[str] = set()
    for name in names(index):
        with suppress(GenerationError):
            found.update(Manifest.read(index / "generations" / name).inputs.values())
    return found


def _forget_old(index: Path, current: str, kept: int) -> None:
    every = [index / "generations" / name for name in names(index) if name != current]
    for old in every[: len(every) - (kept - 1)] if len(every) >= kept else []:
        shutil.rmtree(old, ignore_errors=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
