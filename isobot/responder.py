"""The one who answers: keeps the served generation open and notices a new one."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clock import today
from corpus.errors import EncoderMismatchError, IsobotError
from indexer.generation import CURRENT, Generation
from isobot.answer import Answerer
from isobot.phraser import phraser_from
from isobot.question import Question
from isobot.settings import Settings

UNREADABLE = (0, 0)
MODEL_SETTINGS = ("model", "precision", "query_prompt", "passage_prompt", "reranker")

log = logging.getLogger("isobot.responder")


class Responder:
    """Answers questions from the index in a folder; may be shared between threads.

    Before each question it looks whether another generation was published, and switches to it. One thread opens it; what is
    asked meanwhile is answered from the one before.
    """

    def __init__(self, settings: Settings, clock: Callable[[], date] = today) -> None:
        """Raises NoGenerationError where nothing was published, EncoderMismatchError where the settings name another model than the
        one that built it, DamagedGenerationError where it cannot serve, SettingsError for settings that do not fit together."""
        self._settings = settings
        self._clock = clock
        self._opening = threading.Lock()
        self._held = threading.local()
        self._phraser = phraser_from(settings)
        # More answers at a time than cores make none sooner, and all of them later.
        self._cores = threading.BoundedSemaphore(os.cpu_count() or 1)
        self._seen = self._stamp()
        self._answerer = self._open()

    @classmethod
    def open(cls, index: Path, settings: Settings | None = None) -> Responder:
        """A responder for an index folder. Raises as the constructor does."""
        return cls(replace(settings or Settings(), index=index))

    @property
    def generation(self) -> Generation:
        return self._current().generation

    def today(self) -> date:
        """The day by which answers are given."""
        return self._clock()

    def answer(self, question: Question) -> Answer:
        """Answer one question, for someone who belongs to its groups."""
        began = time.perf_counter()
        with self._cores:
            return self._current().answer(question, self._clock(), began)

    def phrased(self, answer: Answer) -> Answer:
        """The answer with a wording of it, where a setting names an endpoint that words answers and any of it stands."""
        return self._phraser.phrased(answer) if self._phraser else answer

    def closeness(self, words: str, citations: Iterable[Citation]) -> float:
        """Cosine between some words and the sentence of the cited clauses that is likest to them; 0 without citations."""
        return self._current().closeness(words, citations)

    def rank(self, text: str, k: int = 100) -> list[tuple[str, float]]:
        """Paths of the documents that speak to a question, best first, each with the score of its best passage."""
        return self._current().rank_documents(text, k, self._clock())

    @contextmanager
    def held(self) -> Iterator[None]:
        """All that this thread asks within is of one generation, whatever is published meanwhile."""
        before = getattr(self._held, "answerer", None)
        self._held.answerer = self._current()
        try:
            yield
        finally:
            self._held.answerer = before

    def refresh(self) -> None:
        """Switch to the published generation where it is another one, unless a thread is opening it already."""
        if self._stamp() in (self._seen, UNREADABLE) or not self._opening.acquire(blocking=False):
            return
        try:
            self._seen = self._stamp()
            # The one before is left to the questions that still use it; it closes when the last of them lets go.
            self._answerer = self._open()
            log.info("answering from %s now", self._answerer.generation.name)
        except Exception as problem:  # no reason to stop serving the one that can be
            unforeseen = None if isinstance(problem, IsobotError) else problem
            serving = self._answerer.generation.name
            log.warning("the newly published index cannot serve, so %s goes on: %s", serving, problem, exc_info=unforeseen)
        finally:
            self._opening.release()

    def _current(self) -> Answerer:
        held: Answerer | None = getattr(self._held, "answerer", None)
        if held is None:
            self.refresh()
        return held or self._answerer

    def _open(self) -> Answerer:
        """The published generation, every part of it opened: what is found missing later would cost an answer."""
        generation = Generation.current(self._settings.index)
        _refuse_another_model(generation, self._settings)
        generation.load()
        generation.encoder(threads=1)
        _ = generation.reranker
        return Answerer(generation, self._settings)

    def _stamp(self) -> tuple[int, int]:
        try:
            facts = (self._settings.index / CURRENT).stat()
        except OSError:
            return UNREADABLE
        return (facts.st_ino, facts.st_mtime_ns)


def _refuse_another_model(generation: Generation, settings: Settings) -> None:
    for key in MODEL_SETTINGS:
        facts = generation.manifest.settings if key == "reranker" else generation.manifest.encoder
        built, asked = facts.get(key, ""), getattr(settings, key)
        if built != asked:
            raise EncoderMismatchError(
                f"The index in {generation.index} was built with {key} {built!r}, and {key} is {asked!r} now "
                f"({settings.origins.get(key, 'default')}). Run `isobot index` to rebuild it, or set {key} back."
            )
