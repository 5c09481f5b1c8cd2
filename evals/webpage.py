"""A report as one page of HTML that stands by itself. Words of documents and questions are escaped wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.markdown import GROUP_TITLES, IN_GROUPS, metric_rows, number
from evals.plots import histogram, intervals_plot, line_plot
from evals.report import Report
from evals.worst import Miss

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2733; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #d5dbe1; }
table { border-collapse: collapse; font-size: .9rem; } th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top; }
th { border-bottom: 1px solid #8a97a5; } td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin-bottom: 1.2rem; } .plots { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; max-width: 100%; width: min-content; }
figcaption { font-weight: 600; font-size: .9rem; } svg { max-width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: #45525f; } svg .name { fill: #1d2733; }
.axis { fill: none; stroke: #8a97a5; } .faint { stroke: #d5dbe1; } .line { fill: none; stroke: #1f6f8b; stroke-width: 2; }
.range { stroke: #7fb2c4; stroke-width: 5; stroke-linecap: round; } .dot, .bar { fill: #1f6f8b; } .marked { fill: #c2452d; }
.miss { border-left: 3px solid #d5dbe1; padding: .1rem 0 .1rem .8rem; margin: .9rem 0; } .why { color: #c2452d; }
blockquote { margin: .2rem 0; } .where { color: #5c6b7a; font-size: .85rem; }
"""


def webpage(report: Report) -> str:
    """The whole page."""
    title = escape(report.dataset + (f", split {report.split}" if report.split else ""))
    parts = [
        f"<h1>{title}</h1>",
        _summary(report),
        "<h2>Metrics</h2>",
        _table(
            ("metric", "value", "95 % interval", "what it says"),
            [(*row, meaning.replace("`", "")) for *row, meaning in metric_rows(report)],
            figures=(1, 2),
        ),
        f'<div class="plots">{"".join(_plots(report))}</div>',
        *_groups(report.figures.groups),
        *(["<h2>Worst questions</h2>", *map(_miss, report.worst)] if report.worst else []),
        *_notes(report),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _summary(report: Report) -> str:
    built, settings = report.index, ", ".join(f"{name} {value}" for name, value in report.settings.items())
    return (
        f"<p>{report.questions:,} questions against {built.documents:,} documents ({built.passages:,} passages; {len(built.skipped):,} "
        f"documents were not indexed). Latency in the process: p50 {report.latency['p50']:.1f} ms, p95 {report.latency['p95']:.1f} ms. "
        f"Settings: {escape(settings)}.</p>"
    )


def _plots(report: Report) -> Iterable[str]:
    shares = [(name, value, report.figures.intervals.get(name)) for name, value in report.metrics.items() if value is not None]
    yield intervals_plot("Metrics with their 95 % intervals", shares)
    if bins := report.reliability:
        points = [(one.confidence, one.right) for one in bins]
        yield line_plot("Does confidence mean what it says?", "confidence", "first citation answers", points, diagonal=True)
    if points_of := report.operating_points:
        chosen = report.chosen_point
        yield line_plot(
            "What each threshold does" + (f"; the mark is the shipped one, {chosen.threshold:g}" if chosen else ""),
            "answerable questions refused",
            "unanswerable questions answered",
            [(one.refused, one.answered) for one in points_of],
            marked=(chosen.refused, chosen.answered) if chosen else None,
        )
    if times := [one.milliseconds for one in report.outcomes]:
        yield histogram("How long a question takes", "milliseconds", times)


def _groups(groups: Mapping[str, Mapping[str, Mapping[str, float | None]]]) -> Iterable[str]:
    for name, rows in groups.items():
        if len(rows) > 1:
            yield f"<h2>{GROUP_TITLES[name]}</h2>"
            cells = [[group, f"{row['questions']:.0f}", *(number(row.get(metric)) for metric in IN_GROUPS)] for group, row in rows.items()]
            yield _table(("group", "questions", *IN_GROUPS), cells, figures=range(1, 2 + len(IN_GROUPS)))


def _miss(miss: Miss) -> str:
    said = [f'<div class="miss"><strong>{escape(miss.question)}</strong> ({escape(miss.id)}) <span class="why">{escape(miss.why)}</span>']
    for label, words, where in (("wanted", miss.expected, miss.where), ("shown", miss.shown, miss.shown_where)):
        if where:
            said.append(f'<blockquote>{label}: “{escape(words)}” <span class="where">{escape(where)}</span></blockquote>')
    return "".join([*said, "</div>"])


def _notes(report: Report) -> list[str]:
    lines = [*report.notes, *(f"Not indexed: {entry.path}: {entry.reason}" for entry in report.index.skipped)]
    if report.verbatim is not None:
        lines += [f"{one.quotation.path} {one.quotation.start}:{one.quotation.end} {one.reason}" for one in report.verbatim.failures]
    return ["<h2>Notes</h2>", "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"] if lines else []


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], figures: Iterable[int] = ()) -> str:
    right = frozenset(figures)

    def line(cells: Sequence[str], kind: str) -> str:
        return "".join(f"<{kind}{' class=figure' if i in right else ''}>{escape(cell)}</{kind}>" for i, cell in enumerate(cells))

    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{line(header, "th")}</tr>{body}</table></div>'
