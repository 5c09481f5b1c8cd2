"""What answers to the sample organisation's staff questions must not fall below."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from evals.loading import load
from evals.run import run_dataset
from indexer.encoders.onnx import OnnxEncoder
from indexer.progress import Silent
from isobot.settings import Settings

FLOORS = {"document@1": 0.62, "document@3": 0.76, "clause_text@1": 0.38, "clause_text@3": 0.58, "quote@1": 0.36, "quote@3": 0.52}
"""A good interval's half below what was measured, so that a chance change passes and a broken part does not."""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory, encoder: OnnxEncoder, encoder_cache: Path) -> dict[str, float | None]:
    """Metrics of the staff questions, asked on the sample's day."""
    folder = tmp_path_factory.mktemp("sample")
    corpus = Path(str(files("corpus")))
    shutil.copytree(corpus / "policies", folder / "documents")
    shutil.copy(corpus / "questions" / "staff.jsonl", folder / "questions.jsonl")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISOBOT_TODAY", "2026-09-15")
        report = run_dataset(load(folder), tmp_path_factory.mktemp("index"), Settings(cache=encoder_cache.parent), Silent())
    return report.metrics


def test_every_quotation_to_staff_questions_stands_in_its_source(figures: dict[str, float | None]) -> None:
    """Word for word, all of them."""
    assert figures["verbatim"] == 1.0


@pytest.mark.parametrize("metric", FLOORS)
def test_answers_to_staff_questions_stay_above_their_floor(figures: dict[str, float | None], metric: str) -> None:
    """The right document, clause and quotation come as often as they did."""
    assert (figures[metric] or 0.0) >= FLOORS[metric]
