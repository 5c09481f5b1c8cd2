"""Automatic numbers of a Word document, as Word would print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from indexer.readers.docx_styles import W, on, value_of
from indexer.readers.numerals import numeral

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
NO_NUMBER = "0"  # the id that takes a style's numbers away (ECMA-376 part 1, 17.9.18)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: "-" for a bullet, else the number as printed. level: of nesting, from 0."""

    text: str
    level: int
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


class Numbering:
    """Counts the numbered paragraphs of one document; `label` must be called for each, in document order."""

    def __init__(self, element: Any | None) -> None:
        self._schemes: dict[str, dict[int, _Level]] = {}
        self._scheme_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if element is not None:
            self._read(element)

    def label(self, numbering: tuple[str, int | None] | None, style: str) -> Label | None:
        """The label of the next paragraph set in `style` with this (id, level), or None where it has none."""
        if numbering is None or numbering[0] == NO_NUMBER or numbering[0] not in self._scheme_of:
            return None
        id = numbering[0]
        levels = {**self._schemes.get(self._scheme_of[id], {}), **self._overrides.get(id, {})}
        at = numbering[1] if numbering[1] is not None else next((n for n, level in levels.items() if level.style == style), 0)
        level = levels.get(at)
        if level is None:
            return None
        counters = self._count(id, at, levels)
        if level.format == "bullet":
            return Label("-", at, is_bullet=True)
        text = "" if level.format == "none" and "%" not in level.text else _printed(level, levels, counters)
        return Label(text, at) if text.strip() else None

    def _count(self, id: str, at: int, levels: dict[int, _Level]) -> list[int | None]:
        counters = self._counters.setdefault(self._scheme_of[id], [None] * LEVELS)
        if id not in self._begun:
            self._begun.add(id)
            for level, start in self._restarts.get(id, {}).items():
                levels[level] = replace(levels.get(level, _Level()), start=start)
                counters[level] = None
        now = counters[at]
        counters[at] = levels[at].start if now is None else now + 1
        for above in range(at):
            if counters[above] is None:
                counters[above] = levels.get(above, _Level()).start
        for below in range(at + 1, LEVELS):
            restart = levels.get(below, _Level()).restart
            if restart is None or at < restart:  # 0 means never (17.9.10)
                counters[below] = None
        return counters

    def _read(self, element: Any) -> None:
        linked: dict[str, str] = {}
        scheme_of_style: dict[str, str] = {}
        for scheme in element.findall(f"{W}abstractNum"):
            id = scheme.get(f"{W}abstractNumId", "")
            self._schemes[id] = dict(_levels(scheme))
            if (link := value_of(scheme.find(f"{W}numStyleLink"))) is not None:
                linked[id] = link
            if (style := value_of(scheme.find(f"{W}styleLink"))) is not None:
                scheme_of_style[style] = id
        for number in element.findall(f"{W}num"):
            id, scheme_id = number.get(f"{W}numId", ""), value_of(number.find(f"{W}abstractNumId")) or ""
            self._scheme_of[id] = scheme_of_style.get(linked.get(scheme_id, ""), scheme_id)
            for override in number.findall(f"{W}lvlOverride"):
                self._read_override(id, override)

    def _read_override(self, id: str, override: Any) -> None:
        self._overrides.setdefault(id, {}).update(_levels(override))
        start = value_of(override.find(f"{W}startOverride"))
        at = _integer(override.get(f"{W}ilvl"), -1)
        if start is not None and 0 <= at < LEVELS:
            self._restarts.setdefault(id, {})[at] = _integer(start, 1)


def _levels(parent: Any) -> list[tuple[int, _Level]]:
    levels = []
    for element in parent.findall(f"{W}lvl"):
        at = _integer(element.get(f"{W}ilvl"), -1)
        if 0 <= at < LEVELS:
            legal = element.find(f"{W}isLgl")
            restart = value_of(element.find(f"{W}lvlRestart"))
            level = _Level(
                _integer(value_of(element.find(f"{W}start")), 0),
                value_of(element.find(f"{W}numFmt")) or "decimal",
                value_of(element.find(f"{W}lvlText")) or "",
                legal is not None and on(legal.get(f"{W}val")),
                None if restart is None else _integer(restart, 0),
                value_of(element.find(f"{W}pStyle")) or "",
            )
            levels.append((at, level))
    return levels


def _printed(level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        style = levels.get(at, _Level()).format
        return "" if style == "none" else numeral(counters[at] or 0, "decimal" if level.legal else style)

    return PLACE.sub(number, level.text)


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 8 else otherwise
