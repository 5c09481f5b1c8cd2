"""Datasets in both forms, and what is said of one that does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.errors import DatasetError
from evals.dataset import DocumentsDataset, Gold, PassagesDataset, PassageText, Query
from evals.loading import load
from tests.evals.examples import documents_dataset, passages_dataset, question

CORPUS = [{"_id": "1/a b", "title": "1.1", "text": "Lock it."}, {"_id": "é", "text": "Hide it."}]
QUERIES = [{"_id": "q1", "text": "lock?"}, {"_id": "q2", "text": "hide?"}]
HEADER = "query-id\tcorpus-id\tscore\n"
GOLD = [{"file": "a.md", "quote": "Text."}]


def test_documents_are_loaded_with_their_questions(tmp_path: Path) -> None:
    """A question keeps its gold quotations, the other files that are right, its type and its corpus."""
    gold = [{"file": "a.md", "section": "A", "quote": "Text.", "page": 2}]
    asked = question("q1", "how long?", answerable=True, gold=gold, also_in=["b/c.md"], type="numeric", corpus="x")
    found = load(documents_dataset(tmp_path, [asked, "", question("q2")], {"a.md": "Text.", "b/c.md": "Text."}))
    assert isinstance(found, DocumentsDataset)
    assert found.name == tmp_path.name
    first, second = found.questions
    assert first.gold == (Gold("a.md", "Text.", "A", 2),)
    assert (first.also_in, first.type, first.corpus, first.answerable) == (("b/c.md",), "numeric", "x", True)
    assert (second.id, second.answerable) == ("q2", False)
    assert found.notes == ()


def test_another_file_that_is_missing_is_noted(tmp_path: Path) -> None:
    """The question can be asked all the same, so that is a note and no error."""
    found = load(documents_dataset(tmp_path, [question("q1", answerable=True, gold=GOLD, also_in=["gone.pdf"])]))
    assert found.notes == ('Question q1: "also_in" names gone.pdf, which is not among the documents.',)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no JSON"),
        ("[1]", "is [1]; each line must be a JSON object"),
        (question("q1"), "the id 'q1' was used before"),
        (question(" "), '"id" is empty'),
        ({"id": "q2", "answerable": False}, '"question" is missing; it must be a text'),
        (question("q2", "?!"), '"question" is empty'),
        (question("q2", "a" * 4001), "4,001 characters"),
        (question("q2", answerable="no"), '"answerable" is "no"; it must be true or false'),
        (question("q2", answerable=True), 'is answerable but has no "gold"'),
        (question("q2", gold=GOLD), 'has "gold" but is not answerable'),
        (question("q2", answerable=True, gold="a.md"), '"gold" is "a.md"; it must be a list of objects'),
        (question("q2", answerable=True, gold=[{"file": "a.md"}]), '"quote" is missing'),
        (question("q2", answerable=True, gold=[{"file": "b.md", "quote": "x"}]), "names the file 'b.md'"),
        (question("q2", answerable=True, gold=[{"file": "a.md", "quote": "x", "page": "2"}]), '"page" is "2"; it must be a whole number'),
        (question("q2", also_in="a.md"), '"also_in" is "a.md"; it must be a list of texts'),
        (question("q2", "half \ud83d"), "lone surrogate"),
    ],
)
def test_a_malformed_question_is_named_by_file_and_line(tmp_path: Path, line: object, reason: str) -> None:
    """The message names the file, the line and what is wrong with it."""
    folder = documents_dataset(tmp_path, [question("q1"), "", line])  # type: ignore[list-item]
    with pytest.raises(DatasetError, match=re.escape(f"{folder / 'questions.jsonl'}, line 3: ")) as raised:
        load(folder)
    assert reason in str(raised.value)


def test_passages_are_loaded_with_the_queries_that_the_only_split_judges(tmp_path: Path) -> None:
    """Ids are opaque; a grade of 0 is not relevant; queries of other splits are left out; the header is no judgement."""
    qrels = {"dev": HEADER + "q1\t1/a b\t2\nq1\té\t0\n"}
    found = load(passages_dataset(tmp_path, CORPUS, QUERIES, qrels))
    assert isinstance(found, PassagesDataset)
    assert found.split == "dev"
    assert found.passages == (PassageText("1/a b", "1.1", "Lock it."), PassageText("é", "", "Hide it."))
    assert found.queries == (Query("q1", "lock?", {"1/a b": 2}),)
    assert found.notes == ()


def test_a_judgement_without_header_is_not_lost(tmp_path: Path) -> None:
    """The first line counts when its grade is a number."""
    found = load(passages_dataset(tmp_path, CORPUS, QUERIES, {"dev": "q2\té\t1\r\n"}))
    assert found.queries == (Query("q2", "hide?", {"é": 1}),)  # type: ignore[union-attr]


def test_what_cannot_be_found_is_noted(tmp_path: Path) -> None:
    """A passage that the corpus lacks counts as not found; a query without relevant passage is not asked."""
    found = load(passages_dataset(tmp_path, CORPUS, QUERIES, {"dev": HEADER + "q1\tgone\t1\nq2\té\t0\n"}))
    assert [query.id for query in found.queries] == ["q1"]  # type: ignore[union-attr]
    assert found.notes == (
        "1 queries have no relevant passage and were not asked.",
        "The judgements name 1 passages that the corpus does not hold; each counts as not found.",
    )


def test_several_splits_must_be_chosen_from(tmp_path: Path) -> None:
    """Without a choice the message names the splits; with one, that one is read."""
    folder = passages_dataset(tmp_path, CORPUS, QUERIES, {"dev": HEADER + "q1\té\t1\n", "test": HEADER + "q2\té\t1\n"})
    with pytest.raises(DatasetError, match=r"several splits: dev, test\. Choose one with --split"):
        load(folder)
    with pytest.raises(DatasetError, match=r"no split 'train'\. There is: dev, test"):
        load(folder, "train")
    assert [query.id for query in load(folder, "test").queries] == ["q2"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("corpus", "queries", "qrels", "message"),
    [
        ([*CORPUS, {"_id": "é", "text": "x"}], QUERIES, "q1\té\t1", "corpus.jsonl, line 3: the id 'é' was used before"),
        ([*CORPUS, {"_id": 3, "text": "x"}], QUERIES, "q1\té\t1", 'corpus.jsonl, line 3: "_id" is 3; it must be a text'),
        ([{"_id": "é"}], QUERIES, "q1\té\t1", 'corpus.jsonl, line 1: "text" is missing'),
        ([], QUERIES, "q1\té\t1", "corpus.jsonl holds no passage"),
        (CORPUS, [*QUERIES, QUERIES[0]], "q1\té\t1", "queries.jsonl, line 3: the id 'q1' was used before"),
        (CORPUS, [{"_id": "q1", "text": " "}], "q1\té\t1", 'queries.jsonl, line 1: "text" is empty'),
        (CORPUS, QUERIES, "q9\té\t1", "judges the query 'q9'"),
        (CORPUS, QUERIES, "q1 é 1", "dev.tsv, line 2: has 1 columns"),
        (CORPUS, QUERIES, "q1\té\tgood", "dev.tsv, line 2: the grade is 'good'"),
        (CORPUS, QUERIES, "q1\té\t1\nq1\té\t1", "dev.tsv, line 3: 'é' was judged for query 'q1' before"),
        (CORPUS, QUERIES, "q1\té\t0", "judges no query as having a relevant passage"),
    ],
)
def test_malformed_passages_are_named_by_file_and_line(tmp_path: Path, corpus: list, queries: list, qrels: str, message: str) -> None:  # type: ignore[type-arg]
    """The message names the file, the line and what is wrong with it."""
    with pytest.raises(DatasetError, match=re.escape(message)):
        load(passages_dataset(tmp_path, corpus, queries, {"dev": HEADER + qrels + "\n"}))


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    """Neither form, both forms, a missing folder, missing documents, no question, a split where there is none."""
    with pytest.raises(DatasetError, match="is no dataset"):
        load(tmp_path)
    with pytest.raises(DatasetError, match="There is no folder"):
        load(tmp_path / "gone")
    (tmp_path / "questions.jsonl").write_text("")
    with pytest.raises(DatasetError, match="stands without"):
        load(tmp_path)
    (tmp_path / "documents").mkdir()
    with pytest.raises(DatasetError, match="holds no question"):
        load(tmp_path)
    with pytest.raises(DatasetError, match="has no splits"):
        load(tmp_path, "dev")
    (tmp_path / "questions.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(DatasetError, match=r"is not UTF-8 \(byte 0\)"):
        load(tmp_path)
    (tmp_path / "corpus.jsonl").write_text("")
    with pytest.raises(DatasetError, match="holds both"):
        load(tmp_path)
