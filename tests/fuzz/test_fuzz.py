"""A little of `make fuzz` in every run, always the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from indexer.readers import READERS
from tests.fuzz.changes import files
from tests.fuzz.seeds import SUFFIXES
from tests.fuzz.target import check


def test_every_reader_is_fuzzed():
    """Whoever adds a reader adds what it is fuzzed with."""
    assert sorted(READERS[suffix] for suffix in SUFFIXES) == sorted(set(READERS.values()))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_nearly_right_is_read_or_refused(suffix, tmp_path):
    """A few of each reader's; `make fuzz` tries thousands."""

    @settings(max_examples=5, derandomize=True, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=HealthCheck)
    @given(files(suffix))
    def fuzz(content: bytes) -> None:
        file = tmp_path / f"file{suffix}"
        file.write_bytes(content)
        check(file)

    fuzz()


def test_a_fault_of_ours_is_found(tmp_path, monkeypatch):
    """An exception that begins in our own code is no refusal, although a build would go on without the file."""
    (tmp_path / "a.txt").write_text("Lock all doors.")
    assert check(tmp_path / "a.txt")
    monkeypatch.setattr("indexer.readers.plaintext.BULLET", None)
    with pytest.raises(AttributeError):
        check(tmp_path / "a.txt")
