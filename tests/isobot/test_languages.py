"""The catalogue: every language says all that the bot says, with the same facts in it, and nothing in it is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from isobot.languages import NAMES, language

ROOT = Path(__file__).parents[2]
ENGLISH = language("en")
others = pytest.mark.parametrize("code", sorted(NAMES.keys() - {"en"}))


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@others
def test_every_language_has_every_text_with_the_same_names(code: str) -> None:
    """A text that is missing would be silence, and a name that is missing a fact withheld."""
    other = language(code)
    assert other.texts.keys() == ENGLISH.texts.keys()
    for key, text in other.texts.items():
        assert text.strip() and names_in(text) == names_in(ENGLISH.texts[key]), key


@others
def test_no_text_was_left_untranslated(code: str) -> None:
    """What is the same in both would be a text that somebody forgot."""
    assert [key for key, text in language(code).texts.items() if text == ENGLISH.texts[key]] == []


def test_texts_keep_the_limits_of_where_they_are_shown() -> None:
    """Titles of modals and their buttons take 24 characters, buttons 75, in every language."""
    for code in NAMES:
        texts = language(code).texts
        for key in ("clause.title", "feedback.title", "ask.title", "owner.modal", "settings.title"):
            assert len(texts[key]) <= 24, key
        assert all(len(text) <= 24 for key, text in texts.items() if key.startswith("button."))
        assert all(len(text) <= 75 for key, text in texts.items() if key.startswith("settings.") and key.endswith("says"))


def test_every_text_is_said_somewhere_and_every_text_that_is_said_is_there() -> None:
    """By the keys in the code; of those that are put together, by how they begin."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "isobot").rglob("*.py"))
    put_together = {f"{found}." for found in re.findall(r"""f["']([a-z]+)\.\{""", code)}
    plain = set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", code))
    for key in ENGLISH.texts:
        stem = re.sub(r"\.(one|other)$", "", key)
        assert stem in plain or any(key.startswith(begin) for begin in put_together), f"{key} is said nowhere"
    for said in re.findall(r"""(?:\.say|\.count|NotServedError|ChangedError)\((?:visit, )?["']([a-z_.]+)["']""", code):
        assert said in ENGLISH.texts or f"{said}.one" in ENGLISH.texts, said


def test_a_language_that_nobody_speaks_here_is_english() -> None:
    """A word in another language is better than none."""
    assert language("xx").say("answer.abstention") == "Your policies don't say."
    assert language("de").count("answer.left_out", 1).startswith("1 weitere Stelle passt")
    assert language("de").count("answer.left_out", 2).startswith("2 weitere Stellen passen")
