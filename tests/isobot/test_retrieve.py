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


class Counting:
    """An encoder that counts what it is asked, and fails while it is out of memory."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.out_of_memory = False
        self.asked = 0

    def encode(self, texts: list[str], kind: Any) -> Rows:
        if self.out_of_memory:
            raise MemoryError
        self.asked += 1
        rows: Rows = self._encoder.encode(texts, kind)
        return rows


def test_a_question_is_encoded_once_and_a_failure_is_not_kept(organisation: Organisation) -> None:
    """What failed is encoded when it is asked again; what did not is kept."""
    generation = Generation.current(organisation.index)
    encoder = Counting(generation.encoder())
    retriever = Retriever(generation, encoder)  # type: ignore[arg-type]
    encoder.out_of_memory = True
    with pytest.raises(MemoryError):
        retriever.encoding("who has keys?").result()
    encoder.out_of_memory = False
    made: list[Future[Rows]] = [retriever.encoding("who has keys?") for _ in range(2)]
    assert np.array_equal(made[0].result(), generation.encoder().encode(["who has keys?"], "query"))
    assert made[0] is made[1] and encoder.asked == 1
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
