"""Questions asked as if the documents that answer them were not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.dataset import Gold, StaffQuestion
from evals.hidden import hiding
from evals.loading import load
from evals.run import run_dataset
from evals.runner import Asked
from evals.scoring import answer_figures, with_hidden
from indexer.encoders.onnx import OnnxEncoder
from indexer.progress import Silent
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings
from tests.evals.examples import answer, citation, documents_dataset, question

FILES = {
    "keys.md": "# Key Policy\n\n1.1 A lost key must be reported to the facilities manager within two hours.\n",
    "badges.md": "# Badge Policy\n\n1.1 A lost badge must be reported to the front desk within one day.\n",
    "visitors.md": "# Visitor Policy\n\n1.1 Visitors sign the book at reception before they enter.\n",
}
GOLD = {"file": "keys.md", "quote": "A lost key must be reported to the facilities manager within two hours."}
ASKED = [question("q1", "how quickly must I report a lost key?", answerable=True, gold=[GOLD]), question("q2", "who won the football?")]


@pytest.fixture
def settings(encoder_cache: Path, encoder: OnnxEncoder) -> Settings:
    return Settings(cache=encoder_cache.parent)


def test_a_hidden_document_is_as_one_that_was_never_indexed(tmp_path: Path, settings: Settings) -> None:
    """Citations, scores and confidence are those of an index of the other two documents; afterwards all is as it was."""
    whole = documents_dataset(tmp_path / "whole", ASKED, FILES)
    rest = documents_dataset(tmp_path / "rest", [question("q1")], {name: text for name, text in FILES.items() if name != "keys.md"})
    text = Question("how quickly must I report a lost key?")
    seen = []
    for folder in (whole, rest):
        run_dataset(load(folder), folder / "index", settings, Silent())
    with_keys, without = (Responder.open(folder / "index", settings) for folder in (whole, rest))
    with hiding(with_keys.generation, {"keys.md"}):
        seen.append(with_keys.answer(text))
    seen.append(without.answer(text))
    shown = [[(c.document.path, c.quote, c.score) for c in (one.citations or one.nearest)] for one in seen]
    assert shown[0] == shown[1]
    assert "keys.md" not in {path for path, _, _ in shown[0]}
    assert seen[0].confidence == seen[1].confidence
    first = with_keys.answer(text)
    assert (first.citations or first.nearest)[0].document.path == "keys.md"


def test_only_answerable_questions_are_asked_again(tmp_path: Path, settings: Settings) -> None:
    """The report has them apart, and none of them shows the document that was hidden."""
    folder = documents_dataset(tmp_path / "own", ASKED, FILES)
    report = run_dataset(load(folder), folder / "index", settings, Silent(), hide_gold=True)
    assert [one.question.id for one in report.hidden] == ["q1"]
    assert all(c.document.path != "keys.md" for one in report.hidden for c in one.shown)
    assert [one["id"] for one in report.as_record()["without_gold"]] == ["q1"]
    assert "hidden_answered" in report.metrics


def test_figures_of_hidden_questions_are_as_computed_by_hand() -> None:
    """Confidence 0.8 against 0.5 of the unanswerable and 0.8, 0.1 of the hidden: 1 + 0.5 + 1 of 3 pairs; one of two was answered."""
    known = StaffQuestion("q1", "key?", (Gold("a.md", "lock"),))
    other = StaffQuestion("q2", "football?")
    asked = (
        Asked(known, answer("key?", citation("a.md", "lock"), confidence=0.8), 1.0),
        Asked(other, answer("football?", confidence=0.5, abstains=True), 1.0),
    )
    hidden = (
        Asked(known, answer("key?", citation("b.md", "no"), confidence=0.8), 1.0),
        Asked(known, answer("key?", confidence=0.1, abstains=True), 1.0),
    )
    figures = with_hidden(answer_figures(asked), asked, hidden)
    assert figures.metrics["auroc"] == 1.0
    assert figures.metrics["auroc_hidden"] == pytest.approx(2.5 / 3)
    assert figures.metrics["hidden_answered"] == 0.5
