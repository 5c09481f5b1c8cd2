"""isobot beside its peers: what peers get, what is made of what they find, and one whole run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from evals.loading import load
from evals.peers.base import PEERS, Text, peer, windows
from evals.peers.page import page
from evals.peers.side_by_side import Standing, compare_peers, extended
from evals.peers.windows import Words
from indexer.progress import Silent
from tests.evals.examples import documents_dataset, question

ASKED = [
    question("q1", "lost key", answerable=True, gold=[{"file": "keys.md", "quote": "A lost key is reported at once."}]),
    question("q2", "football"),
]
FILES = {"keys.md": "# Keys\n\n1.1 A lost key is reported at once.\n", "visitors.md": "# Visitors\n\n1.1 Visitors sign the book.\n"}


def test_windows_are_of_fifty_words_and_passages_stay_whole() -> None:
    """120 words make 50, 50 and 20, none of them twice; a passage is one window without the white space around it."""
    text = Text("a", " ".join(f"w{i:03}" for i in range(120)))
    assert [text.text[start:end].split()[0] for start, end in windows(text)] == ["w000", "w050", "w100"]
    assert [len(text.text[start:end].split()) for start, end in windows(text)] == [50, 50, 20]
    assert windows(Text("b", f" {text.text}\n", whole=True)) == [(1, 1 + len(text.text))]
    assert windows(Text("c", " \n")) == []


def test_a_window_is_extended_on_both_sides_and_never_beyond_its_text() -> None:
    """Length 6 around the window of 2: two characters on either side, and at the ends what is missing comes from the other."""
    assert extended("abcdefghij", 4, 6, 6) == "cdefgh"
    assert extended("abcdefghij", 0, 2, 6) == "abcdef"
    assert extended("abcdefghij", 8, 10, 6) == "efghij"
    assert extended("abc", 1, 2, 6) == "abc"
    assert extended("abcdefghij", 1, 9, 6) == "bcdefg"


def test_words_alone_find_the_window_that_holds_them(tmp_path: Path) -> None:
    """What was found says where it stands; the others follow with no score."""
    texts = [Text("a", "sign the book"), Text("b", "a lost key"), Text("c", "wear a badge")]
    words = Words()
    words.prepare(texts, tmp_path)
    words.open(tmp_path)
    found = words.search("Lost Key", 2)
    assert (found[0].path, found[0].start, found[0].end) == ("b", 0, 10)
    assert found[0].score > 0
    assert found[1].score == 0
    assert len(found) == 2


def test_a_peer_that_is_none_is_refused() -> None:
    """The names that there are stand in the message."""
    with pytest.raises(SettingsError, match=r"There is no peer 'x'\. There is: rank_bm25"):
        peer("x")
    assert isinstance(peer("rank_bm25"), Words)


def test_the_page_has_one_row_a_system_and_names_what_was_not_run() -> None:
    """A metric that a system does not have is a dash; a missing peer is said, not left out."""
    ours = Standing("isobot", {"quote@1": 0.5}, {"quote@1": (0.4, 0.6)}, {"p50": 5.0, "p95": 9.04}, 12.0, 300.0, 200.0)
    theirs = Standing("rank_bm25", {}, {}, {"p50": 50.0, "p95": 90.0}, 1.0, 30.0, 1234.0)
    gone = Standing("txtai hybrid", {}, {}, {}, 0, 0, 0, "txtai is not installed")
    written = page("python -m evals peers x", {"x": (ours, theirs, gone)})
    assert "| isobot | 0.500 (0.400–0.600) | 5.0 | 9.0 | 200 | 12 | 300 |" in written
    assert "| rank_bm25 | – | 50.0 | 90.0 | 1,234 | 1 | 30 |" in written
    assert "- txtai hybrid was not run: txtai is not installed" in written


def test_each_system_runs_in_processes_of_its_own(
    tmp_path: Path, encoder_cache: Path, encoder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """isobot and BM25 both find the one clause that answers, and both are measured."""
    monkeypatch.setenv("ISOBOT_CACHE", str(encoder_cache.parent))
    folder = documents_dataset(tmp_path / "own", ASKED, FILES)
    ours, theirs = compare_peers(load(folder), folder, Silent(), ("rank_bm25",))
    assert (ours.metrics["clause_text@1"], theirs.metrics["clause_text@1"]) == (1.0, 1.0)
    assert ours.metrics["quote@1"] == 1.0
    assert "quote@1" not in theirs.metrics
    assert all(one.milliseconds["p50"] > 0 and one.megabytes > 1 and one.prepare_seconds > 0 for one in (ours, theirs))


def test_importing_the_comparison_loads_no_peer() -> None:
    """Peers are installed for their own processes alone."""
    heavy = {"torch", "txtai", "haystack", "rank_bm25", "sentence_transformers"}
    probe = f"import sys, evals.peers.side_by_side, evals.peers.page; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", probe], text=True, env=os.environ) == "[]\n"
    assert set(PEERS) >= {"rank_bm25", "txtai hybrid", "Haystack hybrid"}
