"""Why somebody is not served, in words that can be said in each language."""

from __future__ import annotations

from corpus.errors import IsobotError
from isobot.languages import DEFAULT, Language, language


class NotServedError(IsobotError):
    """Told to the person whom it concerns. key: of the catalogue; names: what is filled into it."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(language(DEFAULT).say(key, **names))
        self._key = key
        self._names = names

    def said(self, words: Language) -> str:
        return words.say(self._key, **self._names)


class ChangedError(NotServedError):
    """What was cited is no longer there as it was, or is not for this person; the two are told in the same words."""
