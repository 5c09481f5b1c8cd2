"""A dataset to fill, made of somebody's own documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import DatasetError
from evals.loading import load
from evals.questionnaire import make_questionnaire

LONG = "# Keys\n\n" + "\n\n".join(f"1.{i} Key number {i} is returned to the front desk in the evening." for i in range(1, 10)) + "\n"
SHORT = "# Visitors\n\n1.1 Visitors sign the book at reception before they enter the building.\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "sub").mkdir(parents=True)
    (folder / "keys.md").write_text(LONG, encoding="utf-8")
    (folder / "sub" / "visitors.md").write_text(SHORT, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def test_sentences_are_spread_over_the_documents(documents: Path, tmp_path: Path) -> None:
    """Of four, the short document has its only one and the long one three, none twice; ten more lines have no answer."""
    file, lines = make_questionnaire(documents, tmp_path / "own", 4)
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (len(written), lines) == (14, 14)
    golds = [line["gold"][0] for line in written if line["answerable"]]
    assert [gold["file"] for gold in golds] == ["keys.md"] * 3 + ["sub/visitors.md"]
    assert len({gold["quote"] for gold in golds}) == 4
    assert all(gold["quote"] in LONG + SHORT for gold in golds)
    assert [line["gold"] for line in written if not line["answerable"]] == [[]] * 10


def test_what_was_filled_is_a_dataset_and_what_was_not_is_named(documents: Path, tmp_path: Path) -> None:
    """An empty question is refused with its line; with questions in all lines it loads."""
    file, _ = make_questionnaire(documents, tmp_path / "own", 2)
    with pytest.raises(DatasetError, match='line 1: "question" is empty'):
        load(tmp_path / "own")
    file.write_text(file.read_text(encoding="utf-8").replace('"question": ""', '"question": "who?"'), encoding="utf-8")
    dataset = load(tmp_path / "own")
    assert [question.answerable for question in dataset.questions] == [True] * 2 + [False] * 10


def test_work_that_was_done_is_not_overwritten(documents: Path, tmp_path: Path) -> None:
    """A second time, into the documents themselves, from nowhere and from nothing: refused, with what to do."""
    make_questionnaire(documents, tmp_path / "own", 2)
    with pytest.raises(DatasetError, match="is there already"):
        make_questionnaire(documents, tmp_path / "own", 2)
    with pytest.raises(DatasetError, match="is inside"):
        make_questionnaire(documents, documents / "own", 2)
    with pytest.raises(DatasetError, match="There is no folder"):
        make_questionnaire(tmp_path / "gone", tmp_path / "new", 2)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.md").write_text("# A\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="No sentence was found"):
        make_questionnaire(tmp_path / "empty", tmp_path / "new", 2)
    assert not (tmp_path / "new").exists()
