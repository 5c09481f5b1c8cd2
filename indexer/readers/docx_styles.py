"""Styles of a Word document: what a paragraph inherits from the style it is set in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"heading ([1-9])")
DEFAULT_SIZE = 20.0  # half points: what Word takes where nothing says otherwise (ECMA-376 part 1, 17.3.2.38)
BODY_TEXT = 9  # the outline level that means none (17.3.1.20)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with everything it inherits.

    name: in lower case. level: of a heading, from 1, 0 for body text. numbering: (id, level) of its automatic numbers, level None
    where the numbering says which of its levels belongs to the style. size: in half points.
    """

    id: str
    name: str = ""
    level: int = 0
    numbering: tuple[str, int | None] | None = None
    size: float = DEFAULT_SIZE
    bold: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it sets lines of a table of contents."""
        return self.name.startswith(("toc ", "table of figures", "table of authorities"))


class Styles:
    """The styles of one document by id; unknown ids and None get the default."""

    def __init__(self, element: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        default = ""
        for style in element.findall(f"{W}style"):
            if style.get(f"{W}type") == "paragraph":
                self._elements[style.get(f"{W}styleId", "")] = style
                if on(style.get(f"{W}default", "0")):
                    default = style.get(f"{W}styleId", "")
        size = element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self._root = Style("", size=_number(size, DEFAULT_SIZE))
        self.default = self._resolve(default, ())

    def get(self, id: str | None) -> Style:
        return self._resolve(id, ()) if id is not None and id in self._elements else self.default

    def _resolve(self, id: str, above: tuple[str, ...]) -> Style:
        if id not in self._elements or id in above:
            return self._root
        if id not in self._resolved:
            element = self._elements[id]
            base = self._resolve(value_of(element.find(f"{W}basedOn")) or "", (*above, id))
            self._resolved[id] = _style(id, element, base)
        return self._resolved[id]


def _style(id: str, element: Any, base: Style) -> Style:
    name = (value_of(element.find(f"{W}name")) or id).lower()
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    level = outline_level(paragraph)
    if level is None:
        named = HEADING_NAME.fullmatch(name)
        level = int(named[1]) if named else 1 if name == "title" else base.level
    return Style(
        id,
        name,
        level,
        numbering_of(paragraph) or base.numbering,
        _number(run.find(f"{W}sz") if run is not None else None, base.size),
        is_on(run, "b", base.bold),
    )


def value_of(element: Any) -> str | None:
    """The w:val of an element that may be missing."""
    return None if element is None else element.get(f"{W}val")


def on(value: str | None) -> bool:
    """Whether a toggle's value switches it on; no value does."""
    return value not in ("0", "false", "off", "none")


def is_on(properties: Any, name: str, inherited: bool = False) -> bool:
    """Whether a toggle such as w:b is set in these properties, else what is inherited."""
    toggle = None if properties is None else properties.find(f"{W}{name}")
    return inherited if toggle is None else on(toggle.get(f"{W}val"))


def outline_level(properties: Any) -> int | None:
    """The heading level that paragraph properties set, from 1; 0 for body text; None where they are silent."""
    level = None if properties is None else value_of(properties.find(f"{W}outlineLvl"))
    if level is None or not level.isdecimal():
        return None
    return 0 if int(level) >= BODY_TEXT else int(level) + 1


def numbering_of(properties: Any) -> tuple[str, int | None] | None:
    """The (id, level) of automatic numbers that paragraph properties set; id "0" takes inherited ones away."""
    numbers = None if properties is None else properties.find(f"{W}numPr")
    if numbers is None:
        return None
    id, level = value_of(numbers.find(f"{W}numId")), value_of(numbers.find(f"{W}ilvl"))
    return (id or "", int(level) if level is not None and level.isdecimal() else None)


def _number(element: Any, otherwise: float) -> float:
    value = value_of(element)
    return float(value) if value and value.isdecimal() else otherwise
