"""Tests whose program is missing are skipped and named; where every test must run they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.programs import INSTALLED, program

LACKING = '''
import pytest

@pytest.mark.needs("node")
def test_one():
    """It runs a script."""

@pytest.mark.needs("node")
def test_two():
    """It runs another."""

def test_three():
    """It needs Python alone."""
'''


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder of tests under the rules of this one, with a PATH on which nothing is found."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_lacking.py").write_text(LACKING)
    return tmp_path


def ran(suite: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "ISOBOT_"))}
    environment = kept | {"PATH": str(suite), "PYTHONPATH": str(ROOT)} | variables
    options = ["-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(suite)]
    command = [sys.executable, "-m", "pytest", *options, str(suite)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=suite, timeout=60, check=False)


def test_a_missing_program_skips_and_is_counted_by_name(suite: Path) -> None:
    """Two tests need Node, one does not: the run passes, and its end says what was left out and why."""
    done = ran(suite)
    assert done.returncode == 0, done.stdout
    assert "2 skipped: node is not installed" in done.stdout
    assert "1 passed, 2 skipped" in done.stdout


def test_where_every_test_must_run_a_skip_is_a_failure(suite: Path) -> None:
    """With ISOBOT_TEST_ALL the same run fails and names the tests, before they begin."""
    done = ran(suite, ISOBOT_TEST_ALL="1")
    assert done.returncode == 1, done.stdout
    assert "1 passed, 2 errors" in done.stdout
    assert "test_one was skipped (node is not installed)" in done.stdout


def test_what_is_installed_for_the_tests_alone_is_looked_for_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program of that name on PATH is not taken for it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "emulate").touch(0o755)
    monkeypatch.setitem(INSTALLED, "emulate", tmp_path / "node_modules" / "node")
    assert program("emulate") is None
    monkeypatch.setitem(INSTALLED, "emulate", tmp_path / "emulate")
    assert program("emulate") == tmp_path / "emulate"
