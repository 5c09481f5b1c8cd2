"""What got better and what got worse between two reports on the same dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from evals.metrics.bootstrap import Interval, difference_interval
from evals.scoring import LOWER_IS_BETTER

REMEDY = "Write one with `python -m evals run DATASET --out FILE.json`."


@dataclass(frozen=True, slots=True)
class Change:
    """One metric in both reports. `gain` is positive where it got better.

    difference: 95 % interval of new less old by a bootstrap over pairs, where both reports have the value of each question.
    beyond: whether that interval leaves out zero; without one, whether the new value is past the older report's 95 % interval,
    and for a metric that has none either, whether it moved at all.
    """

    metric: str
    old: float
    new: float
    gain: float
    beyond: bool
    difference: Interval | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All metrics that both reports have, and those that only one has."""

    changes: tuple[Change, ...]
    only_in_one: tuple[str, ...]

    @property
    def fallen(self) -> tuple[Change, ...]:
        """Metrics that got worse by more than their interval."""
        return tuple(change for change in self.changes if change.beyond and change.gain < 0)

    def as_record(self) -> dict[str, Any]:
        return {
            "changes": [asdict(change) for change in self.changes],
            "fallen": [change.metric for change in self.fallen],
            "only_in_one": list(self.only_in_one),
        }


def read_report(file: Path) -> Mapping[str, Any]:
    """A report as `python -m evals run --out` wrote it. Raises DatasetError where the file holds none."""
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise DatasetError(f"{file} cannot be read as a report ({problem}). {REMEDY}") from None
    if not isinstance(report, dict) or not isinstance(report.get("metrics"), dict):
        raise DatasetError(f'{file} is no report: it has no "metrics". {REMEDY}')
    return report


def compare_reports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Raises DatasetError when the two are of different datasets or splits."""
    for key in ("dataset", "split"):
        if old.get(key) != new.get(key):
            found = f"{key} is {old.get(key)!r} in the one and {new.get(key)!r} in the other"
            raise DatasetError(f"The reports are of different data: {found}. Compare two of the same.")
    before, after = _known(old), _known(new)
    intervals = old.get("intervals", {})
    pairs = {name: _paired(name, old, new) for name in before}
    changes = tuple(_change(name, before[name], after[name], intervals.get(name), pairs[name]) for name in before if name in after)
    return Comparison(changes, tuple(sorted(before.keys() ^ after.keys())))


def shown(comparison: Comparison) -> str:
    """The comparison as lines for a person."""
    lines = [f"{'metric':28} {'old':>7} {'new':>7} {'change':>8}"]
    for change in comparison.changes:
        verdict = ("better" if change.gain > 0 else "WORSE") if change.beyond else "same" if change.gain == 0 else "within the interval"
        between = f" ({change.difference[0]:+.3f} to {change.difference[1]:+.3f})" if change.difference else ""
        lines.append(f"{change.metric:28} {change.old:7.3f} {change.new:7.3f} {change.new - change.old:+8.3f}{between:20}  {verdict}")
    if comparison.only_in_one:
        lines.append(f"Only in one of the two: {', '.join(comparison.only_in_one)}.")
    return "\n".join(lines)


def _known(report: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in report["metrics"].items() if value is not None}


def _change(metric: str, old: float, new: float, interval: list[float] | None, difference: Interval | None) -> Change:
    gain = old - new if metric in LOWER_IS_BETTER else new - old
    if difference is not None:
        return Change(metric, old, new, gain, not difference[0] <= 0 <= difference[1], difference)
    low, high = interval or (old, old)
    return Change(metric, old, new, gain, not low <= new <= high)


def _paired(metric: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Interval | None:
    before, after = (report.get("scores", {}).get(metric, {}) for report in (old, new))
    return difference_interval(before, after) if before.keys() == after.keys() else None
