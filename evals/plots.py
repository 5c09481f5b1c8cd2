"""Plots as SVG that stands inside a page: no script, no file beside it, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.metrics.bootstrap import Interval

WIDTH, HEIGHT, MARGIN = 360, 260, 42
ROW = 22  # pixels of a row of `intervals_plot`
LABELS = 190

Point = tuple[float, float]


def line_plot(title: str, across: str, up: str, points: Sequence[Point], marked: Point | None = None, diagonal: bool = False) -> str:
    """Points from 0 to 1 on both axes, joined in their order. marked: one that is drawn large. diagonal: the line of equality."""
    parts = [_axes(across, up)]
    if diagonal:
        parts.append(f'<line class="faint" x1="{_x(0):.1f}" y1="{_y(0):.1f}" x2="{_x(1):.1f}" y2="{_y(1):.1f}"/>')
    joined = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    parts.append(f'<polyline class="line" points="{joined}"/>')
    if len(points) <= 20:
        parts += [_dot("dot", point, 3.5) for point in points]
    if marked is not None:
        parts.append(_dot("marked", marked, 6))
    return _figure(title, WIDTH, HEIGHT, parts)


def intervals_plot(title: str, rows: Sequence[tuple[str, float, Interval | None]]) -> str:
    """A row for each (name, value, 95 % interval), values from 0 to 1."""
    height = ROW * len(rows) + 30
    width, scale = WIDTH * 2, WIDTH * 2 - LABELS - 60
    parts = []
    for place, (name, value, interval) in enumerate(rows):
        y = ROW * place + 14
        low, high = interval or (value, value)
        parts.append(f'<text class="name" x="{LABELS - 8}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<line class="faint" x1="{LABELS}" y1="{y}" x2="{LABELS + scale}" y2="{y}"/>')
        parts.append(f'<line class="range" x1="{LABELS + scale * low:.1f}" y1="{y}" x2="{LABELS + scale * high:.1f}" y2="{y}"/>')
        parts.append(f'<circle class="dot" cx="{LABELS + scale * value:.1f}" cy="{y}" r="4"/>')
        parts.append(f'<text x="{LABELS + scale + 10}" y="{y + 4}">{value:.3f}</text>')
    parts += [f'<text x="{LABELS + scale * at:.1f}" y="{height - 4}" text-anchor="middle">{at:g}</text>' for at in (0, 0.25, 0.5, 0.75, 1)]
    return _figure(title, width, height, parts)


def histogram(title: str, across: str, values: Sequence[float], bars: int = 24) -> str:
    """How often each size occurs; what is beyond the 99th percentile stands in the last bar."""
    ordered = sorted(values)
    most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] or 1.0
    counts = [0] * bars
    for value in ordered:
        counts[min(int(value / most * bars), bars - 1)] += 1
    width, tallest = (WIDTH - 2 * MARGIN) / bars, max(counts)
    parts = [_axes(across, "questions", right=f"{most:.0f}", top=str(tallest))]
    for place, count in enumerate(counts):
        height = (HEIGHT - 2 * MARGIN) * count / tallest
        left, top = MARGIN + place * width + 0.5, HEIGHT - MARGIN - height
        parts.append(f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{width - 1:.1f}" height="{height:.1f}"/>')
    return _figure(title, WIDTH, HEIGHT, parts)


def _dot(kind: str, point: Point, radius: float) -> str:
    said = f"<title>{point[0]:.2f}, {point[1]:.2f}</title>"
    return f'<circle class="{kind}" cx="{_x(point[0]):.1f}" cy="{_y(point[1]):.1f}" r="{radius:g}">{said}</circle>'


def _x(value: float) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * value


def _y(value: float) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * value


def _axes(across: str, up: str, right: str = "1", top: str = "1") -> str:
    return (
        f'<path class="axis" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>'
        f'<text x="{_x(0) - 6}" y="{_y(0) + 14}" text-anchor="end">0</text>'
        f'<text x="{_x(1)}" y="{_y(0) + 14}" text-anchor="middle">{right}</text>'
        f'<text x="{_x(0) - 6}" y="{_y(1) + 4}" text-anchor="end">{top}</text>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="14" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 {HEIGHT / 2})">{escape(up)}</text>'
    )


def _figure(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    drawn = f'<svg {size} role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    return f"<figure><figcaption>{escape(title)}</figcaption>{drawn}</figure>"
