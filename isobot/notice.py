"""A sentence that the core says beside an answer: English as it stands, and by its key in every language of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from isobot.languages import DEFAULT, Language, language


class Notice(str):
    """The English sentence, with what it takes to say it in another language: the key in the catalogue, and the names filled in."""

    key: str
    names: Mapping[str, object]

    @classmethod
    def of(cls, key: str, **names: object) -> Self:
        notice = cls(language(DEFAULT).say(key, **names))
        notice.key, notice.names = key, names
        return notice


def said(sentence: str, words: Language) -> str:
    """A sentence in a language; one that is no notice stays as it is."""
    return words.say(sentence.key, **sentence.names) if isinstance(sentence, Notice) else sentence
