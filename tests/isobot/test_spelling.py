"""A slip of the keys is mended where what may be read tells how, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.spelling import spelled
from tests.organisation import index_of, matter

COMMON = frozenset({"laptop", "holiday", "posted"})
WORDS = {"encrypted": 4, "record": 9, "records": 2, "access": 5, "setting": 6, "pinned": 3, "password": 8, "backup": 2}


class Words:
    """A vocabulary of a few words, of which the inflected ones count for their stems as well."""

    def is_common(self, word: str) -> bool:
        return word in COMMON

    def frequencies(self, words: Sequence[str]) -> list[int]:
        return [WORDS.get(word, 0) for word in words]

    def stands(self, word: str) -> bool:
        return word in WORDS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is my laptop encripted?", "is my laptop encrypted?"),  # a wrong letter of a long word
        ("who gives acces", "who gives access"),  # a letter left out
        ("old recrods", "old records"),  # two in each other's place
        ("a passsword", "a password"),  # one typed twice
        ("Pasword rules", "password rules"),
        ("vetting", "vetting"),  # begins with another letter
        ("pinged", "pinged"),  # a short word with a wrong letter is another word
        ("holidav", "holidav"),
        ("posted", "posted"),
        ("recor", "record"),
        ("PASWORD, acces@example.org, acces-2, A.8.13", "PASWORD, acces@example.org, acces-2, A.8.13"),
        ("wich whth", "wich whth"),  # too short to tell
    ],
)
def test_a_word_one_slip_away_is_taken_for_what_stands_in_the_documents(typed, meant):
    """Common words, ids, addresses and capitals are as they were typed."""
    assert spelled(typed, Words())[0] == meant


def test_of_two_words_one_slip_away_the_more_frequent_is_meant():
    """Each is told once, however often it is typed."""
    assert spelled("recordz, more recordz", Words()) == ("record, more record", (("recordz", "record"),))


def test_of_a_flood_of_unknown_words_the_first_are_looked_into():
    """So that no question takes seconds."""
    flood = " ".join(f"qzx{one}wv" for one in "abcdefghijklmnopqrst")
    assert spelled(f"{flood} acces", Words()) == (f"{flood} acces", ())
    assert spelled(f"acces {flood}", Words())[1] == (("acces", "access"),)


@given(st.text(max_size=60) | st.lists(st.sampled_from([*WORDS, "encripted", "acces", "?"]), max_size=8).map(" ".join))
def test_what_is_not_mended_stays_to_the_letter(typed):
    """And what was mended is not mended again."""
    text, mended = spelled(typed, Words())
    assert (text == typed) == (not mended)
    assert spelled(text, Words()) == (text, ())


RULES = matter("Disk Rules") + "# Disk Rules\n\n## 1 Disks\n\nDisks of laptops are encrypted by the Service Desk.\n"
OTHERS = matter("Ward Rules", audience="guards") + "# Ward Rules\n\n## 1 Wards\n\nEvery quarantined laptop waits in the strongroom.\n"


def answered(folder: Path, cache: Path, question: str, **documents: str) -> dict[str, object]:
    """The record of an answer to somebody of no group, but for the generation's name and the time."""
    folder.mkdir()
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    index_of(folder, folder / "index", cache)
    answer = Responder(Settings(index=folder / "index", cache=cache), lambda: date(2026, 9, 15)).answer(Question(question))
    return {key: value for key, value in answer_record(answer).items() if key not in ("generation", "milliseconds")}


def test_a_misspelt_question_is_answered_and_says_how_it_was_taken(tmp_path, cache):
    """The question is kept as it was typed."""
    answer = answered(tmp_path / "a", cache, "are disks of laptops encripted?", rules=RULES)
    assert answer["notices"] == ["“encripted” stands in no document; it was taken for “encrypted”."]
    assert answer["question"] == "are disks of laptops encripted?"
    assert "encrypted" in json.dumps(answer["citations"])


def test_words_of_a_hidden_document_mend_nothing(tmp_path, cache):
    """Not a byte of the answer tells that the word stands there."""
    alone, beside = (
        answered(tmp_path / name, cache, "where is a quarrantined laptop kept?", **documents)
        for name, documents in (("alone", {"rules": RULES}), ("beside", {"rules": RULES, "others": OTHERS}))
    )
    assert json.dumps(alone) == json.dumps(beside)
    assert "taken for" not in json.dumps(alone)
