"""Where controls are documented, as isobot finds it, against what people found by reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError, FrameworkError
from evals.metrics.bootstrap import mean_interval
from evals.metrics.hits import within
from evals.metrics.quote_hit import holds
from indexer.generation import Generation
from isobot.controls.locate import Located, locate

DEPTHS = (1, 3, 5)
NIST, ISO_2013 = "nist-800-53:r5", "iso27001:2013"


@dataclass(frozen=True, slots=True)
class Place:
    """A control with where a reader found it documented: a page and words of one file, or whole files.

    page: physical, from 1; None, as an empty quote, where the reader noted none.
    """

    framework: str
    control: str
    files: tuple[str, ...]
    page: int | None = None
    quote: str = ""


def read_places(folder: Path) -> list[Place]:
    """The places that the *.jsonl files of a folder list.

    A line is {"control","file","page","quote"} of SP 800-53, or {"iso27001_2013","files"}. Raises DatasetError, with file and line,
    for one that is neither, and for a folder without any.
    """
    places = [
        _place(line, f"{path.name}, line {number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]
    if not places:
        raise DatasetError(f"{folder} holds no *.jsonl with places of controls. Name a folder such as data/controls.")
    return places


def _place(line: str, where: str) -> Place:
    try:
        entry = json.loads(line)
        if "control" in entry:
            return Place(NIST, entry["control"], (entry["file"],), entry["page"], entry["quote"] or "")
        return Place(ISO_2013, entry["iso27001_2013"], tuple(entry["files"]))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{where} is no place of a control ({error!r}). It needs control, file, page and quote; or iso27001_2013 and files."
        ) from None


def score_controls(places: Sequence[Place], generation: Generation, today: date) -> dict[str, Any]:
    """How well `locate` finds the places, for each framework.

    Of SP 800-53: `document@k`, `page@k` (a clause of the file that covers the page) and `quote@k` (one whose text holds the quote)
    among the first k clauses. Of ISO/IEC 27001:2013: `document@k`, and `recall` and `precision` of the files. Each is
    {"value", "interval"}, the interval of 95 %; `missed` lists controls whose place is not among the first five.
    """
    report: dict[str, Any] = {}
    for framework in dict.fromkeys(place.framework for place in places):
        asked = [(place, _located(place, generation, today)) for place in places if place.framework == framework]
        figures = _of_places(asked) if framework == NIST else _of_files(asked)
        report[framework] = {"controls": len(asked), **figures, "missed": [_named(p) for p, found in asked if not _document(p, found, 5)]}
    return report


def _located(place: Place, generation: Generation, today: date) -> tuple[Located, ...]:
    try:
        return locate(generation, place.control, place.framework, frozenset(), today).clauses
    except FrameworkError:
        return ()


Asked = Sequence[tuple[Place, Sequence[Located]]]


def _of_places(asked: Asked) -> dict[str, Any]:
    figures = {}
    kinds: Mapping[str, Callable[[Place, Located], bool]] = {"document": _in_file, "page": _on_page, "quote": _holds_quote}
    noted: Mapping[str, Callable[[Place], object]] = {"document": lambda _: True, "page": lambda p: p.page, "quote": lambda p: p.quote}
    for kind, right in kinds.items():
        places = [
            next((n for n, one in enumerate(found, start=1) if right(place, one)), None) for place, found in asked if noted[kind](place)
        ]
        figures.update({f"{kind}@{depth}": _figure([within(at, depth) for at in places]) for depth in DEPTHS})
    return figures


def _of_files(asked: Asked) -> dict[str, Any]:
    figures = {f"document@{depth}": _figure([float(_document(place, found, depth)) for place, found in asked]) for depth in DEPTHS}
    shares = [(set(place.files), {one.citation.document.path for one in found}) for place, found in asked]
    figures["recall"] = _figure([len(gold & found) / len(gold) for gold, found in shares])
    figures["precision"] = _figure([len(gold & found) / len(found) for gold, found in shares if found])
    return figures


def _figure(values: Sequence[float]) -> dict[str, Any]:
    return {"value": sum(values) / len(values) if values else None, "interval": mean_interval(values)}


def _document(place: Place, found: Iterable[Located], depth: int) -> bool:
    return any(_in_file(place, one) for one in list(found)[:depth])


def _in_file(place: Place, one: Located) -> bool:
    return one.citation.document.path in place.files


def _on_page(place: Place, one: Located) -> bool:
    clause = one.citation.clauses[one.citation.position]
    pages = one.citation.text.pages_of(clause.start, clause.end)
    return _in_file(place, one) and any(page.number == place.page for page in pages)


def _holds_quote(place: Place, one: Located) -> bool:
    return _in_file(place, one) and holds(one.citation.clause_text, place.quote)


def _named(place: Place) -> str:
    return f"{place.control}: {', '.join(place.files)}" + (f", page {place.page}" if place.page else "")


def shown(report: Mapping[str, Any]) -> str:
    """The report as lines for a person."""
    lines = []
    for framework, figures in report.items():
        lines.append(f"{framework}: {figures['controls']} controls, {len(figures['missed'])} not found among the first five")
        for name, figure in figures.items():
            if isinstance(figure, dict) and figure["value"] is not None:
                low, high = figure["interval"]
                lines.append(f"  {name:12} {figure['value']:.3f}   {low:.3f}–{high:.3f}")
    return "\n".join(lines)
