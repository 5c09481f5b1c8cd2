"""The analyser of keyword search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import analyse, bigrams, stems


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Access policies are reviewed", ["access", "polici", "are", "review"]),
        ("see 4.2.1.", ["see", "4.2.1"]),
        ("A.8.13", ["a.8.13", "a", "8", "13"]),
        ("AC-2(1)", ["ac-2(1)", "ac-2", "ac", "2", "1"]),
        ("multi-factor", ["multi", "factor"]),
        ("the organisation’s laptop, don't", ["the", "organis", "laptop", "dont"]),
        ("Größe café ﬁle", ["gross", "cafe", "file"]),
        ("１２ months", ["12", "month"]),
        ("(a) one", ["a", "one"]),
        ("Losses are reported, and what was lost is sought", ["lose", "are", "report", "and", "what", "was", "lose", "is", "seek"]),
        ("パスワード", ["パスワード"]),
        ("— … !", []),
    ],
)
def test_text_becomes_folded_stems_with_ids_kept_whole(text, tokens):
    """Words are folded and stemmed; a number or id stays whole, and an id with letters comes in its parts as well."""
    assert analyse(text) == tokens


def test_a_question_loses_the_words_that_only_make_it_one():
    """What is asked about remains, in order."""
    assert analyse("What should I do if my laptop is stolen?", question=True) == ["laptop", "steal"]


def test_a_question_of_nothing_but_question_words_keeps_them():
    """There is always something to search for."""
    assert analyse("what is it", question=True) == ["what", "is", "it"]


def test_bigrams_join_neighbours():
    """Three tokens have two neighbouring pairs; fewer than two have none."""
    assert bigrams(["access", "control", "polici"]) == ["access control", "control polici"]
    assert bigrams(["access"]) == bigrams([]) == []


@given(st.text())
def test_any_text_is_analysed_into_non_empty_tokens(text):
    """No text makes the analyser fail, and none gives an empty token or one with white space."""
    assert all(token and not any(letter.isspace() for letter in token) for token in analyse(text))


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1) | st.sampled_from(["kept", "running", "policies"])))
def test_many_plain_words_have_the_stems_that_text_has(words):
    """Irregular forms too: "kept" is "keep"."""
    assert stems(words) == [token for word in words for token in analyse(word)]
    assert stems(["kept", "running"]) == ["keep", "run"]
