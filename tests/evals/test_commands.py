"""`python -m evals` as a person meets it, on small datasets of our own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evals.benchmarks import BENCHMARKS, kill
from evals.benchmarks.ask import AskTimes
from evals.benchmarks.index import IndexTimes
from evals.benchmarks.slack import Load
from evals.benchmarks.slack_kill import SlackKills
from tests.evals.examples import documents_dataset, passages_dataset, question
from tests.house.tree import ROOT

KEYS = """# Key Policy

## 1 Keys

1.1 Every key must be returned to the front desk before six in the evening.

1.2 A lost key must be reported to the facilities manager **within two hours**.

## 2 Badges

2.1 Badges are worn above the waist at all times inside the building.
"""
VISITORS = """# Visitor Policy

1. Visitors sign the book at reception.
2. Each visitor is accompanied by a member of staff in the server room.
"""
ASKED = [
    question(
        "q1", "how quickly must I report a lost key?", answerable=True, type="numeric", corpus="own",
        gold=[{"file": "sub/keys.md", "quote": "A lost key must be reported to the facilities manager within two hours"}],
    ),
    question("q2", "who won the football last night?", type="unanswerable", corpus="own"),
]  # fmt: skip


def evals(*arguments: str, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "COLUMNS": "200"}
    if cache is not None:
        environment["ISOBOT_CACHE"] = str(cache)
    command = [sys.executable, "-m", "evals", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_a_set_of_documents_is_run_from_files_to_report(tmp_path: Path, encoder_cache: Path, encoder: object) -> None:
    """The question that is answered hits its quotation, and every quotation is found in its file."""
    folder = documents_dataset(tmp_path / "own", ASKED, {"sub/keys.md": KEYS, "visitors.txt": VISITORS})
    out = tmp_path / "report.json"
    done = evals("run", str(folder), "--out", str(out), "--index", str(tmp_path / "index"), cache=encoder_cache.parent)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["dataset"], report["questions"], report["index"]["documents"]) == ("own", 2, 2)
    assert report["metrics"]["clause_text@1"] == 1.0
    assert report["metrics"]["document@1"] == 1.0
    assert report["metrics"]["verbatim"] == 1.0
    first = report["per_question"][0]
    shown = (first["citations"] or first["nearest"])[0]
    assert shown["document"]["path"] == "sub/keys.md"
    assert "within two hours" in shown["clause_text"]
    assert (tmp_path / "index" / "current").exists()
    assert out.with_suffix(".md").read_text(encoding="utf-8").startswith("# own\n")
    assert "clause_text@1" in done.stdout


def test_a_set_of_passages_is_run_through_the_real_build(tmp_path: Path, encoder_cache: Path, encoder: object) -> None:
    """Odd ids come back as they are; a passage without text is skipped and named."""
    corpus = [
        {"_id": "a/1 ü", "title": "1.1", "text": "Visitors sign the book at reception."},
        {"_id": "b#2", "title": "1.2", "text": "Badges are worn above the waist."},
        {"_id": "c", "title": "1.3", "text": ""},
    ]
    queries = [{"_id": "q1", "text": "Where do visitors sign the book?"}, {"_id": "q2", "text": "How are badges worn?"}]
    qrels = {"dev": "query-id\tcorpus-id\tscore\nq1\ta/1 ü\t1\nq2\tb#2\t1\n"}
    folder = passages_dataset(tmp_path / "passages", corpus, queries, qrels)
    out = tmp_path / "report.json"
    done = evals("run", str(folder), "--split", "dev", "--out", str(out), "--index", str(tmp_path / "index"), cache=encoder_cache.parent)
    assert done.returncode == 0, done.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["index"]["skipped"] == [{"path": "c", "reason": "has no text"}]
    assert (report["metrics"]["hit@1"], report["metrics"]["recall@10"]) == (1.0, 1.0)
    ranking = {one["id"]: [found["id"] for found in one["ranking"]] for one in report["per_question"]}
    assert {id: found[0] for id, found in ranking.items()} == {"q1": "a/1 ü", "q2": "b#2"}


def test_wrong_input_ends_with_a_sentence_and_exit_code_2(tmp_path: Path) -> None:
    """No traceback, nothing on standard output."""
    for arguments, sentence in (
        (("run", str(tmp_path / "gone")), "There is no folder"),
        (("run", str(tmp_path)), "is no dataset"),
        (("bench", "nothing"), "There is no benchmark 'nothing'. There is: ask"),
        (("outlines", str(tmp_path)), "holds no PDF"),
        (("compare", str(tmp_path / "a.json"), str(tmp_path / "b.json")), "cannot be read as a report"),
    ):
        done = evals(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr.startswith("evals: ")
        assert sentence in done.stderr


def test_compare_ends_with_1_when_a_metric_fell(tmp_path: Path) -> None:
    """A check that found something says so by its exit code; one that did not ends with 0."""
    for name, value in (("old", 0.5), ("new", 0.2)):
        report = {"dataset": "d", "metrics": {"quote@1": value}, "intervals": {"quote@1": [value - 0.1, value + 0.1]}}
        (tmp_path / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    fell = evals("compare", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--out", str(tmp_path / "diff.json"))
    assert fell.returncode == 1
    assert json.loads((tmp_path / "diff.json").read_text(encoding="utf-8"))["fallen"] == ["quote@1"]
    assert evals("compare", str(tmp_path / "new.json"), str(tmp_path / "old.json")).returncode == 0


def test_benchmarks_are_listed_by_name() -> None:
    """Without a name nothing runs."""
    done = evals("bench")
    assert done.returncode == 0
    assert all(name in done.stdout for name in BENCHMARKS)


def test_the_ratio_is_that_of_the_medians() -> None:
    """Medians of 0.5 s and 4 s: eight times."""
    times = AskTimes("how long?", 12, (0.4, 0.5, 3.0), (4.0, 3.0, 5.0))
    assert (times.isobot, times.usual, times.ratio) == (0.5, 4.0, 8.0)
    assert times.as_record()["ratio"] == 8.0
    assert "isobot is 8.0 times as fast." in str(times)


def test_builds_killed_at_three_moments_lose_nothing(tmp_path: Path) -> None:
    """A short run of the benchmark: the last generation is served, verify holds, the next build completes, no process is left."""
    for name in ("access-control-policy.md", "ai-tools-policy.md", "remote-working-standard.md"):
        shutil.copy(ROOT / "corpus" / "policies" / name, tmp_path)
    found = kill.measure(tmp_path, kills=3, seed=7)
    assert found.held, str(found)
    assert len(found.moments) == 3 and max(found.moments) <= found.whole


def test_the_index_benchmark_divides_what_it_says() -> None:
    """100 s against 250 s of plain encoding, and 1 s with nothing changed."""
    times = IndexTimes(5, 1000, 100.0, 1.0, 2.0, 250.0, 900.0)
    assert (times.faster_than_plain, times.unchanged_faster) == (2.5, 100.0)
    assert "10 passages a second, peak 900 MiB" in str(times)


def test_the_slack_benchmark_says_what_did_not_hold() -> None:
    """A reply too many, a thread out of order, memory that grows, or 500 ms of the bot's own: each of them is said."""
    burst = {"mentions": 2, "channels": 1, "again": 1, "limited": 1, "impatient": 0, "once": 2, "posts": 2, "failed": 0, "threads": 1}
    burst |= {"in_order": 1, "post_p50": 900.0, "post_p95": 1900.0, "own_p50": 8.0, "own_p95": 499.0}
    row = {"questions": 4, "once": 4, "memory_mb": [200.0, 210.0, 220.0], "seconds": 2.0}
    held = Load(burst, row, 0)
    assert held.held and held.growth == pytest.approx(220 / 210 - 1) and "All held." in str(held)
    for part in ({"posts": 3}, {"in_order": 0}, {"own_p95": 500.0}, {"impatient": 1}, {"failed": 1}, {"once": 1}):
        assert "SOMETHING DID NOT HOLD" in str(Load(burst | part, row, 0))
    assert not Load(burst, row | {"memory_mb": [200.0, 210.0, 222.0]}, 0).held and not Load(burst, row, 1).held


def test_the_slack_kill_benchmark_says_what_did_not_hold() -> None:
    """A question without a reply, or with two, an event left open, a moment that never came."""
    moment = {"moment": "m", "killed": 1, "questions": 2, "once": 2, "doubled": 0, "lost": 0, "unfinished": 0}
    assert SlackKills((moment, moment), True, (0, 0)).held and "No reply was doubled" in str(SlackKills((moment,), True, (0, 0)))
    for part in ({"once": 1, "lost": 1}, {"once": 1, "doubled": 1}, {"unfinished": 1}, {"killed": 0}):
        assert "SOMETHING DID NOT HOLD" in str(SlackKills((moment, moment | part), True, (0, 0)))
    assert not SlackKills((moment,), False, (0, 0)).held and not SlackKills((moment,), True, (0, -9)).held


@pytest.mark.parametrize(
    "module",
    [
        "evals.__main__",
        "evals.run",
        "evals.report",
        "evals.compare",
        *(f"evals.benchmarks.{name.replace('-', '_')}" for name in BENCHMARKS),
    ],
)
def test_importing_loads_none_of_the_heavy_libraries(module: str) -> None:
    """What `--help` needs is light, and nothing here needs torch."""
    heavy = {"torch", "sentence_transformers", "faiss", "onnxruntime", "ir_measures", "pypdfium2", "docx", "openpyxl"}
    probe = f"import sys, {module}; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", probe], text=True) == "[]\n"
