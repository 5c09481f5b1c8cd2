"""The cache of passage vectors."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.errors import GenerationError, VectorError
from corpus.passage import Passage
from indexer.embedding_stage import EmbeddingAhead
from indexer.embeddings import FILE, EmbeddingCache
from indexer.gathered import Row
from indexer.vectors.rows import unit_rows


class CountingEncoder:
    """Gives each text a row drawn from its own characters, and remembers what it was asked."""

    model = "counting"
    dimensions = 64
    max_tokens = 256

    def __init__(self, fingerprint="one"):
        self.fingerprint = fingerprint
        self.asked = []

    def encode(self, texts, kind, progress=None):
        assert kind == "passage"
        self.asked += texts
        return unit_rows([np.random.default_rng([*text.encode()]).normal(size=64) for text in texts])

    def encode_parts(self, texts, parts, progress=None):
        return [self.encode([text, *(text[a:b] for a, b in spans)], "passage") for text, spans in zip(texts, parts, strict=True)]

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]


def test_only_what_is_missing_is_encoded_and_repeated_texts_once(tmp_path):
    """Rows come in the order of the texts; progress counts every text."""
    encoder, counts = CountingEncoder(), []
    EmbeddingCache(tmp_path).rows(encoder, ["a", "b"])
    rows = EmbeddingCache(tmp_path).rows(encoder, ["c", "a", "c", "b"], counts.append)
    assert encoder.asked == ["a", "b", "c"]
    assert sum(counts) == 4
    assert np.einsum("ij,ij->i", rows, encoder.encode(["c", "a", "c", "b"], "passage")).min() > 0.9999


def test_a_row_is_the_same_to_the_bit_fresh_and_read_back(tmp_path):
    """So that a rebuilt index scores as the first one did."""
    encoder, texts = CountingEncoder(), ["a", "b", "c"]
    fresh = EmbeddingCache(tmp_path).rows(encoder, texts)
    assert np.array_equal(fresh, EmbeddingCache(tmp_path).rows(encoder, texts))
    assert np.linalg.norm(fresh, axis=1) == pytest.approx([1, 1, 1])


def test_encoders_do_not_share_rows(tmp_path):
    """Another fingerprint is another vector."""
    first, second = CountingEncoder("one"), CountingEncoder("two")
    EmbeddingCache(tmp_path).rows(first, ["a"])
    EmbeddingCache(tmp_path).rows(second, ["a"])
    assert second.asked == ["a"]


def test_no_texts_give_no_rows_and_an_empty_one_is_refused(tmp_path):
    """The refusal names the position."""
    cache = EmbeddingCache(tmp_path / "new")
    assert cache.rows(CountingEncoder(), []).shape == (0, 64)
    with pytest.raises(VectorError, match="Passage 1 of 2"):
        cache.rows(CountingEncoder(), ["a", " "])


def test_a_file_that_is_no_database_is_begun_anew(tmp_path):
    """A cache holds nothing that cannot be made again."""
    (tmp_path / FILE).write_bytes(b"not a database at all, though long enough to look at" * 50)
    encoder = CountingEncoder()
    EmbeddingCache(tmp_path).rows(encoder, ["a"])
    EmbeddingCache(tmp_path).rows(encoder, ["a"])
    assert encoder.asked == ["a"]


def test_a_vector_of_the_wrong_length_is_made_again(tmp_path):
    """What another width left behind is not used."""
    encoder, cache = CountingEncoder(), EmbeddingCache(tmp_path)
    cache.rows(encoder, ["a"])
    cache.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE vectors SET vector = x'0011'")
    EmbeddingCache(tmp_path).rows(encoder, ["a"])
    assert encoder.asked == ["a", "a"]


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path):
    """The message names the file."""
    (tmp_path / FILE).mkdir()
    with pytest.raises(GenerationError, match=FILE):
        EmbeddingCache(tmp_path)


def test_two_builds_at_once_both_end_with_all_rows(tmp_path):
    """They wait for each other's commits and may encode the same text twice."""
    texts = [f"text {number}" for number in range(2000)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: _rows_of_a_build(tmp_path, texts), range(2))
    assert np.array_equal(first, second)


def _rows_of_a_build(folder, texts):
    cache = EmbeddingCache(folder)
    rows = cache.rows(CountingEncoder(), texts)
    cache.close()
    return rows


def test_a_killed_build_leaves_what_it_committed(tmp_path):
    """kill -9 in the middle: the next build encodes only the rest."""
    script = (
        "import sys, time; from pathlib import Path; from indexer.embeddings import EmbeddingCache; "
        "from tests.indexer.test_embeddings import CountingEncoder\n"
        "class Slow(CountingEncoder):\n"
        "    def encode(self, texts, kind, progress=None):\n"
        "        if len(self.asked) >= 512: print('now', flush=True); time.sleep(60)\n"
        "        return super().encode(texts, kind)\n"
        f"EmbeddingCache(Path({str(tmp_path)!r})).rows(Slow(), [f'text {{n}}' for n in range(1000)])\n"
    )
    build = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert build.stdout.readline() == "now\n"
    time.sleep(0.1)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    build.stdout.close()
    encoder = CountingEncoder()
    EmbeddingCache(tmp_path).rows(encoder, [f"text {number}" for number in range(1000)])
    assert encoder.asked == [f"text {number}" for number in range(512, 1000)]


def test_parts_are_kept_with_their_passage_and_come_back_to_the_bit(tmp_path):
    """The same text cut otherwise, or asked for without parts, is another entry."""
    encoder, cache = CountingEncoder(), EmbeddingCache(tmp_path)
    texts, parts = ["ab cd", "ef"], [((0, 2), (3, 5)), ((0, 2),)]
    whole, inside = cache.rows_with_parts(encoder, texts, parts)
    assert (whole.shape, inside.shape) == ((2, 64), (3, 64))
    assert np.einsum("ij,ij->i", inside, CountingEncoder().encode(["ab", "cd", "ef"], "passage")).min() > 0.9999
    asked = len(encoder.asked)
    again = cache.rows_with_parts(encoder, texts, parts)
    assert len(encoder.asked) == asked
    assert np.array_equal(again[0], whole)
    assert np.array_equal(again[1], inside)
    cache.rows_with_parts(encoder, ["ab cd"], [((0, 5),)])
    cache.rows(encoder, ["ab cd"])
    assert encoder.asked[asked:] == ["ab cd", "ab cd", "ab cd"]


def test_what_is_embedded_ahead_is_not_embedded_again(tmp_path):
    """Each passage behind its headings, its own words and its sentences; what is left when the block ends is left alone."""
    encoder, headed = CountingEncoder(), ["Doors\nLock it. Or not."]
    parts = ((6, 22), (6, 14), (15, 22))
    row = Row(0, Passage(0, 40, 56, ((40, 48), (49, 56))), 0)
    with EmbeddingAhead(tmp_path, encoder) as ahead:
        ahead.take([row], headed)
        until = time.monotonic() + 10
        while len(encoder.asked) < 4 and time.monotonic() < until:
            time.sleep(0.01)
    assert encoder.asked == ["Doors\nLock it. Or not.", "Lock it. Or not.", "Lock it.", "Or not."]
    EmbeddingCache(tmp_path).rows_with_parts(encoder, headed, [parts])
    assert len(encoder.asked) == 4
