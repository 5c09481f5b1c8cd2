"""An index that is made large, to be timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.benchmarks.scale import ScaleTimes, enlarge
from evals.indexing import items_of
from evals.loading import load
from indexer.build import build
from indexer.encoders.onnx import OnnxEncoder
from indexer.generation import Generation
from isobot.build_options import options_from
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings
from tests.evals.examples import documents_dataset, question

FILES = {
    "keys.md": "# Key Policy\n\n## 1 Keys\n\n1.1 A lost key must be reported to the facilities manager within two hours.\n",
    "visitors.md": "# Visitor Policy\n\n## 1 Visitors\n\n1.1 Visitors sign the book at reception before they enter the building.\n",
}


def test_an_enlarged_index_still_answers_and_no_copy_is_like_another(
    tmp_path: Path, encoder: OnnxEncoder, encoder_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty passages of two, their parts fitting each other, bytes chosen beyond ten; the answer is that of the real document."""
    monkeypatch.setattr("indexer.vectors.base.FLAT_TO", 10)
    settings = Settings(cache=encoder_cache.parent, index=tmp_path / "index")
    dataset = load(documents_dataset(tmp_path / "own", [question("q1")], FILES))
    build(items_of(dataset), settings.index, options_from(settings))
    generation = Generation.current(settings.index)
    real = len(generation.passages)
    assert enlarge(generation, 50) == "bytes"
    generation.close()
    large = Generation.current(settings.index)
    large.load()
    assert (real, len(large.passages)) == (2, 50)
    rows = large.vectors.rows()
    assert len({row.tobytes() for row in rows}) == 50
    assert float(rows[0] @ rows[2]) == pytest.approx(0.8, abs=0.1)  # 1 / 1.25, both moved by half their length
    answer = Responder.open(settings.index, settings).answer(Question("how quickly must I report a lost key?"))
    assert (answer.citations or answer.nearest)[0].document.path == "keys.md"


def test_the_result_says_passages_time_and_memory() -> None:
    """Median of 1, 2 and 9 ms: 2."""
    times = ScaleTimes(50, "bytes", (1.0, 2.0, 9.0), 1234.0)
    assert times.as_record()["p50"] == 2.0
    assert str(times).startswith("50 passages, vectors kept as bytes; 3 questions:\n  p50 2.0 ms")
    assert "1,234 MB" in str(times)
