"""The catalogue of what the bot says around a quotation, in each language that it speaks. Quotations stay in their own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NAMES = {"en": "English", "de": "Deutsch"}
"""Language → its name for itself. Each has a file of its code beside this module, with the same keys and the same {names}."""
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """Texts by their key ("answer.abstention"). A text may hold {names}, which `say` fills in."""

    code: str
    texts: Mapping[str, str]

    def say(self, key: str, /, **names: object) -> str:
        """The text, with its {names} filled in. Raises KeyError for a key or a name that the catalogue does not have."""
        return self.texts[key].format_map(names)

    def count(self, key: str, number: int, /, **names: object) -> str:
        """The text of `key` for so many: "KEY.one" or "KEY.other", with {number} in it."""
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", number=number, **names)


@cache
def language(code: str) -> Language:
    """The language of a code; English for one that nobody speaks here, since a word in another language is better than none."""
    known = code if code in NAMES else DEFAULT
    stored = tomllib.loads(files(__name__).joinpath(f"{known}.toml").read_text(encoding="utf-8"))
    return Language(known, dict(_flat(stored)))


def _flat(table: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += [(f"{above}{key}", value)] if isinstance(value, str) else _flat(value, f"{above}{key}.")
    return pairs
