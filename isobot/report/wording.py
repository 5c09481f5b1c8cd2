"""The report as lines of plain text."""

from __future__ import annotations

from isobot.report.figures import Report

MOST = 10  # lines of each list


def lines(report: Report) -> list[str]:
    """Figures first, then what stayed open, then documents; long lists end with how many more there are."""
    share = f" ({report.abstained / report.questions:.0%})" if report.questions else ""
    told = [
        f"Questions {report.since[:10]} to {report.until[:10]} (UTC): {report.questions:,} by {people(report.people)}; "
        f"{report.abstained:,} without an answer{share}; {report.helpful:,} helpful, {report.not_helpful:,} not.",
    ]
    opened = [f"{group.times}× {' / '.join(group.questions[:3])}" + (f" → {group.owner}" if group.owner else "") for group in report.open]
    told += listed("Without an answer, alike ones together:", opened)
    told += listed("These questions belong to:", [f"{control}: {number}" for control, number in report.controls])
    told += listed("Cited:", [f"{one.answers}× {one.title}" for one in report.cited])
    told += listed("Never cited so far:", list(report.never))
    return told


def people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def listed(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"  … and {len(items) - MOST} more"] if len(items) > MOST else []
    return ["", title, *(f"  {item}" for item in items[:MOST]), *more]
