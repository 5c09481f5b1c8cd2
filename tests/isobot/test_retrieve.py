"""What the search keeps between questions."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from typing import Any

import numpy as np
import pytest

from indexer.encoders.base import Rows
from indexer.generation import Generation
from isobot.retrieve import Retriever
from tests.organisation import Organisation


class Failing:
    """An encoder that fails on its first question."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.asked: list[str] = []

    def encode(self, texts: list[str], kind: Any) -> Rows:
        self.asked += texts
        if len(self.asked) == 1:
            raise MemoryError
        rows: Rows = self._encoder.encode(texts, kind)
        return rows


def test_a_question_is_encoded_once_and_a_failure_is_not_kept(organisation: Organisation) -> None:
    """The second time the same words are asked they are encoded anew, the third time they are not."""
    generation = Generation.current(organisation.index)
    encoder = Failing(generation.encoder())
    retriever = Retriever(generation, encoder)  # type: ignore[arg-type]
    with pytest.raises(MemoryError):
        retriever.encoding("who has keys?").result()
    made: list[Future[Rows]] = [retriever.encoding("who has keys?") for _ in range(2)]
    assert np.array_equal(made[0].result(), generation.encoder().encode(["who has keys?"], "query"))
    assert made[0] is made[1] and encoder.asked == ["who has keys?"] * 2
    generation.close()


def test_what_may_be_read_is_decided_once_for_an_audience_and_a_day(organisation: Organisation) -> None:
    """The mask is shared between questions, so that nobody may write to it; another group has another."""
    generation = Generation.current(organisation.index)
    day = date(2026, 9, 15)
    mask = generation.permitted(frozenset(), day)
    assert generation.permitted(frozenset(), day) is mask
    with pytest.raises(ValueError, match="read-only"):
        mask[0] = True
    assert generation.permitted(frozenset({"security"}), day) is not mask
    generation.close()
