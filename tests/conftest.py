"""What several tests share: exported models and the sample organisation's index, each made once a run, and what happens where a
program is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

from indexer.encoders.onnx import DEFAULT_MODEL, OnnxEncoder, encoder_for
from tests.house.tree import ROOT, sample_environment
from tests.programs import program

os.environ.setdefault("HF_HUB_OFFLINE", "1")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # what a shell starts in the background ignores Ctrl-C, and all that it starts too
    signal.signal(signal.SIGINT, signal.default_int_handler)

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

TEST_ALL = bool(os.environ.get("ISOBOT_TEST_ALL"))


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder of exported models: that of the cache which ISOBOT_CACHE names, else a temporary one that parallel workers share."""
    if named := os.environ.get("ISOBOT_CACHE"):
        return Path(named) / "encoders"
    return shared_folder(tmp_path_factory, worker_id) / "encoders"


@pytest.fixture(scope="session")
def encoder(encoder_cache: Path) -> OnnxEncoder:
    """The default encoder; its first export takes a quarter of a minute, and one worker makes it for all."""
    encoder_cache.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(encoder_cache.parent / "encoders.lock"):
        return encoder_for(DEFAULT_MODEL, encoder_cache)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, worker_id: str, encoder_cache: Path, encoder: OnnxEncoder) -> Path:
    """A folder that holds a finished index of `corpus/policies`."""
    index = shared_folder(tmp_path_factory, worker_id) / "sample-index"
    with FileLock(index.with_suffix(".lock")):
        if not (index / "current").exists():
            command = [sys.executable, "-m", "isobot", "index", "corpus/policies"]
            environment = sample_environment(index, encoder_cache.parent)
            done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
            assert done.returncode == 0, done.stderr
    return index


def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A temporary folder of this run that all of its workers see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        if program(mark.args[0]) is None:
            pytest.skip(f"{mark.args[0]} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return failed_where_all_must_run((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return failed_where_all_must_run((yield))


def failed_where_all_must_run(report: Report) -> Report:
    """The report; where every test must run, one that skips has failed."""
    if TEST_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped ({reason_of(report)}), and ISOBOT_TEST_ALL is set."
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = Counter(reason_of(report) for report in terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.section("not run")
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} skipped: {reason}")


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, in the words that its author gave."""
    where = report.longrepr
    return str(where[2]).removeprefix("Skipped: ") if isinstance(where, tuple) else str(where)
