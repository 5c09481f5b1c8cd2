"""From a dataset and someone who answers to figures, a report, its two forms, and a comparison."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.answer import Answer
from corpus.document import GUIDANCE
from corpus.errors import DatasetError, EmptyDocumentError
from evals.compare import compare_reports, read_report, shown
from evals.dataset import DocumentsDataset, Gold, PassagesDataset, PassageText, Query, StaffQuestion
from evals.indexing import PassageItem
from evals.markdown import markdown, plain
from evals.metrics.latency import percentiles
from evals.metrics.verbatim import Failure, Quotation, Verbatim
from evals.report import Report
from evals.report_files import write
from evals.runner import Asked, ask_all, rank_all
from evals.scoring import answer_figures, ranking_figures
from evals.webpage import webpage
from evals.worst import worst_answers, worst_rankings
from indexer.build import BuildReport
from indexer.manifest import Skipped
from indexer.progress import Silent
from isobot.question import Question
from tests.evals.examples import answer, citation

BUILT = BuildReport("g1", 2, 3, 4, 0.5, (Skipped("empty.md", "has no text"),))


class Answers:
    """Gives prepared answers by the question's words, and counts how often it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.by_text = {one.question: one for one in answers}
        self.asked: list[str] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question.text)
        return self.by_text[question.text]


QUESTIONS = (
    StaffQuestion("q1", "right?", (Gold("a.md", "lock the door"),), type="yes-no", corpus="x"),
    StaffQuestion("q2", "third?", (Gold("a.md", "hide the key"),), type="yes-no", corpus="y"),
    StaffQuestion("q3", "refused?", (Gold("a.md", "shred it"),), type="how-to", corpus="x"),
    StaffQuestion("q4", "football?", (), type="unanswerable", corpus="x"),
    StaffQuestion("q5", "weather?", (), type="unanswerable", corpus="x"),
)
ANSWERS = (
    answer("right?", citation("a.md", "Always lock the door.", "At night. Always lock the door."), confidence=0.9),
    answer("third?", citation("b.md", "No."), citation("a.md", "No."), citation("a.md", "Do.", "Do. Then hide the key."), confidence=0.6),
    answer("refused?", citation("a.md", "Please shred it."), confidence=0.2, abstains=True),
    answer("football?", citation("b.md", "Yes *and* no | ever."), confidence=0.6),
    answer("weather?", confidence=0.1, abstains=True),
)


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Asked, ...]:
    return ask_all(DocumentsDataset("sample", tmp_path, QUESTIONS), Answers(*ANSWERS), Silent())


@pytest.fixture
def report(asked: tuple[Asked, ...]) -> Report:
    failure = Failure(Quotation("q1", "a.md", "hash", 0, 5, "<b>x</b>"), "was not found in the source file")
    return Report(
        dataset="sample",
        split=None,
        questions=5,
        figures=answer_figures(asked),
        latency=percentiles([one.milliseconds for one in asked]),
        index=BUILT,
        outcomes=asked,
        worst=worst_answers(asked),
        settings={"answer_from": 0.3},
        notes=("One note.",),
        verbatim=Verbatim(8, 1, (failure,)),
    )


def test_the_first_question_is_asked_once_more_beforehand(tmp_path: Path) -> None:
    """What loads on the first question is in no question's time."""
    answers = Answers(*ANSWERS)
    asked = ask_all(DocumentsDataset("sample", tmp_path, QUESTIONS), answers, Silent())
    assert answers.asked == ["right?", "right?", "third?", "refused?", "football?", "weather?"]
    assert [one.question.id for one in asked] == ["q1", "q2", "q3", "q4", "q5"]
    assert all(one.milliseconds >= 0 for one in asked)


def test_guidance_is_left_out() -> None:
    """Only the organisation's own documents count, also where guidance came first."""
    given = answer("right?", citation("iso", "Guidance.", collection=GUIDANCE), citation("a.md", "Lock the door."))
    one = Asked(QUESTIONS[0], given, 1.0)
    assert [c.document.path for c in one.citations] == ["a.md"]


def test_figures_are_as_computed_by_hand(asked: tuple[Asked, ...]) -> None:
    """Three answerable questions: q1 hits at 1, q2 in its third clause text, q3 only among the nearest. One of two others was answered."""
    metrics = answer_figures(asked).metrics
    expected = {
        "quote@1": 2 / 3, "quote@3": 2 / 3, "quote@5": 2 / 3, "clause_text@1": 2 / 3, "clause_text@3": 1, "clause_text@5": 1,
        "document@1": 2 / 3, "document@3": 1, "answered_quote@1": 1 / 3, "answered_clause_text@3": 2 / 3,
        "answerable_refused": 1 / 3, "unanswerable_answered": 1 / 2,
    }  # fmt: skip
    assert {name: metrics[name] for name in expected} == pytest.approx(expected)
    # Confidences 0.9, 0.6, 0.2 against 0.6, 0.1: pairs won 2 + 1.5 + 1 of 6.
    assert metrics["auroc"] == pytest.approx(4.5 / 6)


def test_groups_hold_only_what_means_something_there(asked: tuple[Asked, ...]) -> None:
    """Unanswerable questions have no hits to count."""
    groups = answer_figures(asked).groups
    assert groups["by_type"]["yes-no"]["clause_text@1"] == 0.5
    assert groups["by_type"]["unanswerable"]["quote@1"] is None
    assert groups["by_type"]["unanswerable"]["unanswerable_answered"] == 0.5
    assert {name: row["questions"] for name, row in groups["by_corpus"].items()} == {"x": 4, "y": 1}


def test_the_worst_questions_come_first(asked: tuple[Asked, ...]) -> None:
    """Confident wrong answers before wrong refusals; a right answer is not among them."""
    worst = worst_answers(asked)
    assert [(miss.id, miss.why) for miss in worst] == [
        ("q2", "right further down (confidence 0.60)"),
        ("q4", "answered, though the documents do not (confidence 0.60)"),
        ("q3", "refused, though the answer was nearest (confidence 0.20)"),
    ]
    assert (worst[0].expected, worst[0].where, worst[0].shown) == ("hide the key", "a.md", "No.")


def test_the_json_report_has_the_agreed_keys(report: Report, tmp_path: Path) -> None:
    """Names and shapes are what programs outside rely on; the Markdown stands beside the JSON."""
    beside = write(report, tmp_path / "deep" / "out.json")
    written = json.loads((tmp_path / "deep" / "out.json").read_text(encoding="utf-8"))
    assert beside == (tmp_path / "deep" / "out.md", tmp_path / "deep" / "out.html")
    assert {"dataset", "questions", "metrics", "latency_ms", "index", "per_question"} <= written.keys()
    assert written["index"] == {
        "generation": "g1", "documents": 2, "clauses": 3, "passages": 4, "seconds": 0.5,
        "skipped": [{"path": "empty.md", "reason": "has no text"}],
    }  # fmt: skip
    assert set(written["latency_ms"]) == {"p50", "p95"}
    assert written["metrics"]["verbatim"] == 0.875
    assert [set(one) for one in written["per_question"]] == [{"id", "abstained", "confidence", "citations", "nearest"}] * 5
    first, refused = written["per_question"][0], written["per_question"][2]
    assert (first["abstained"], first["confidence"], first["nearest"]) == (False, 0.9, [])
    assert first["citations"][0]["quote"] == "Always lock the door."
    assert (refused["abstained"], refused["citations"], refused["nearest"][0]["document"]["path"]) == (True, [], "a.md")
    assert written["quotations"]["failures"][0]["reason"] == "was not found in the source file"


def test_words_of_documents_stay_words_in_the_markdown(report: Report) -> None:
    """No table is broken and no markup made by what a document or a question says."""
    page = markdown(report)
    assert r"“Yes \*and\* no \| ever.”" in page
    assert r"\<b\>x\</b\>" in page
    assert "| quote@1 | 0.667 |" in page
    assert "## By corpus" in page
    assert "- One note." in page
    assert plain("# a\n[b](c)") == r"\# a \[b\](c)"


def test_confidence_is_set_against_what_was_right(report: Report) -> None:
    """By hand: 0.9 is right; 0.6 twice is wrong, 0.2 is right among the nearest, 0.1 has no answer. From 0.3 on one of three is refused."""
    assert [(one.questions, one.confidence, one.right) for one in report.reliability] == [
        (1, 0.1, 0.0), (1, 0.2, 1.0), (2, 0.6, 0.0), (1, 0.9, 1.0)
    ]  # fmt: skip
    chosen = report.chosen_point
    assert chosen is not None
    assert (chosen.threshold, chosen.refused, chosen.answered) == (0.3, pytest.approx(1 / 3), 0.5)
    assert report.as_record()["operating_point"] == {"threshold": 0.3, "refused": 0.3333, "answered": 0.5}
    assert "| 0.60 | 0.00 | 2 |" in markdown(report)


def test_the_page_stands_by_itself_and_runs_nothing(report: Report) -> None:
    """Words of documents are escaped, four plots are drawn, and nothing is fetched."""
    page = webpage(replace(report, notes=("<b>x</b>",)))
    assert page.count("<svg") == 4
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x</b>" not in page
    assert "Yes *and* no | ever." in page
    assert not re.search(r"<script|<link|<img|https?://|@import|url\(", page)
    assert "right further down (confidence 0.60)" in page


class Ranks:
    def rank(self, text: str, k: int = 100) -> list[tuple[str, float]]:
        return {"lock?": [("b/1", 2.0), ("a", 1.0)], "hide?": []}[text]


def test_rankings_are_scored_and_reported(tmp_path: Path) -> None:
    """Each query keeps its ranking as the contract has it; the lowest first relevant passage is the worst."""
    queries = (Query("q1", "lock?", {"a": 1}), Query("q2", "hide?", {"b/1": 1}))
    dataset = PassagesDataset("p", "dev", (PassageText("a", "", "Lock it."), PassageText("b/1", "", "Hide it.")), queries)
    ranked = rank_all(dataset, Ranks(), Silent())
    figures = ranking_figures(ranked)
    assert (figures.metrics["recall@10"], figures.metrics["MRR@10"], figures.metrics["hit@1"]) == (0.5, 0.25, 0.0)
    worst = worst_rankings(ranked, {p.id: p.text for p in dataset.passages})
    assert [(miss.id, miss.why, miss.shown) for miss in worst] == [
        ("q2", "no relevant passage among 0", ""),
        ("q1", "first relevant passage at place 2", "Hide it."),
    ]
    report = Report("p", "dev", 2, figures, percentiles([1.0]), BUILT, ranked, worst, {})
    assert report.as_record()["per_question"] == [
        {"id": "q1", "ranking": [{"id": "b/1", "score": 2.0}, {"id": "a", "score": 1.0}]},
        {"id": "q2", "ranking": []},
    ]
    assert "# p, split dev" in markdown(report)


def test_a_passage_is_read_as_one_paragraph_under_its_title() -> None:
    """Line ends are made plain, white space around the words is in no block; without text it is no document."""
    item = PassageItem(PassageText("1/a b", "1.1", " Lock it.\r\nHide it.\n"))
    reading = item.read()
    (block,) = reading.blocks
    assert item.path == "1/a b"
    assert reading.text.characters[block.start : block.end] == "Lock it.\nHide it."
    assert reading.properties == {"title": "1.1"}
    assert item.sha256() != PassageItem(PassageText("1/a b", "1.2", " Lock it.\r\nHide it.\n")).sha256()
    with pytest.raises(EmptyDocumentError, match="has no text"):
        PassageItem(PassageText("x", "1.1", " \n")).read()


def _report(**metrics: float) -> dict[str, object]:
    return {"dataset": "d", "split": None, "metrics": metrics, "intervals": {"quote@1": [0.3, 0.5], "answerable_refused": [0.1, 0.3]}}


def test_a_fall_beyond_the_interval_is_a_fall() -> None:
    """Within the old interval it is none; for refusals up is worse; a metric without interval must not move."""
    old = _report(**{"quote@1": 0.4, "answerable_refused": 0.2, "verbatim": 1.0, "gone": 1.0})
    same = compare_reports(old, _report(**{"quote@1": 0.3, "answerable_refused": 0.1, "verbatim": 1.0}))
    assert same.fallen == ()
    assert same.only_in_one == ("gone",)
    worse = compare_reports(old, _report(**{"quote@1": 0.29, "answerable_refused": 0.31, "verbatim": 0.999, "gone": 1.0}))
    assert [change.metric for change in worse.fallen] == ["quote@1", "answerable_refused", "verbatim"]
    better = compare_reports(old, _report(**{"quote@1": 0.51, "answerable_refused": 0.0}))
    assert [(change.metric, change.beyond) for change in better.changes] == [("quote@1", True), ("answerable_refused", True)]
    assert better.fallen == ()
    assert "WORSE" in shown(worse)
    assert "WORSE" not in shown(better)


def test_what_is_hard_for_both_cancels_out() -> None:
    """Of 40 questions 12 hits become 4: within the old interval by itself, beyond it pair by pair; one question more is not."""
    ids = [f"q{i}" for i in range(40)]
    old, much, little = ({id: float(i < hits) for i, id in enumerate(ids)} for hits in (12, 4, 11))
    reports = [
        {"dataset": "d", "metrics": {"quote@1": sum(s.values()) / 40}, "intervals": {"quote@1": [0.05, 0.45]}, "scores": {"quote@1": s}}
        for s in (old, much, little)
    ]
    (fell,) = compare_reports(reports[0], reports[1]).fallen
    assert fell.difference is not None
    assert -0.35 <= fell.difference[0] < -0.2 < fell.difference[1] < 0
    assert compare_reports(reports[0], reports[2]).fallen == ()
    assert "WORSE" in shown(compare_reports(reports[0], reports[1]))


def test_only_reports_of_the_same_data_are_compared(tmp_path: Path) -> None:
    """Another dataset, and a file that holds no report, are refused."""
    with pytest.raises(DatasetError, match="dataset is 'd' in the one and 'e' in the other"):
        compare_reports(_report(), _report() | {"dataset": "e"})
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DatasetError, match="is no report"):
        read_report(tmp_path / "x.json")
    with pytest.raises(DatasetError, match="cannot be read"):
        read_report(tmp_path / "gone.json")
