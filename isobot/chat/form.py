"""A modal's fields, filled in line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isobot.chat.text import MARGIN, said, wrapped
from isobot.slack.limits import units

CANCEL = "cancel"


class Form:
    """One modal at a time. Ask for what `asks` says, hand each line to `take`; when `done`, `submitted` is the modal as it was sent."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._view = view
        self._left = [block for block in view["blocks"] if block["type"] == "input"]
        self._values: dict[str, Any] = {}

    @property
    def done(self) -> bool:
        return not self._left

    def asks(self, width: int | None = None) -> list[str]:
        """The field that is to be filled in next: what it wants, and its choices with a number each."""
        block = self._left[0]
        element = block["element"]
        ending = f"empty leaves it out, `{CANCEL}` ends it" if block.get("optional") else f"`{CANCEL}` ends it"
        if "options" not in element:
            return list(wrapped(f"{said(block['label'])} ({ending})", "", width))
        first = self._chosen(element)
        choices = [f"{place}  {said(option['text'])}" for place, option in enumerate(element["options"], start=1)]
        lines = list(wrapped(f"{said(block['label'])} (a number; empty is {first}, `{CANCEL}` ends it)", "", width))
        return [*lines, *(line for choice in choices for line in wrapped(choice, MARGIN, width))]

    def take(self, line: str) -> str | None:
        """Fill in the field; a sentence where the line does not fit it."""
        block = self._left[0]
        element, words = block["element"], line.strip()
        if "options" in element:
            words = words or str(self._chosen(element))
            places = {str(place): option for place, option in enumerate(element["options"], start=1)}
            if words not in places:
                return f"Type a number from 1 to {len(places)}."
            state = {"type": element["type"], "selected_option": places[words]}
        else:
            if not words and not block.get("optional"):
                return "This cannot be left empty."
            if units(words) > (most := element.get("max_length", 3000)):
                return f"That is longer than {most:,} characters."
            state = {"type": element["type"], "value": words or None}
        self._values[block["block_id"]] = {element["action_id"]: state}
        del self._left[0]
        return None

    def submitted(self) -> dict[str, Any]:
        return {**self._view, "state": {"values": self._values}}

    @staticmethod
    def _chosen(element: Mapping[str, Any]) -> int:
        options: list[Any] = element["options"]
        return options.index(element["initial_option"]) + 1 if "initial_option" in element else 1
