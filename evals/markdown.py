"""A report as a page of Markdown. Words of documents and questions stay words: nothing in them becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from evals.metrics.verbatim import Verbatim
from evals.report import Report, interval_text
from evals.worst import Miss

MEANING = {
    "quote@{k}": "a gold quotation stands in `quote` of the first {k}",
    "clause_text@{k}": "… in `clause_text` of the first {k}",
    "document@{k}": "the right document is among the first {k}",
    "answered_quote@{k}": "the same after the threshold (a refusal is a miss): `quote` of the first {k}",
    "answered_clause_text@{k}": "… `clause_text` of the first {k}",
    "answered_document@{k}": "… document among the first {k}",
    "answerable_refused": "answerable questions that were refused (lower is better)",
    "unanswerable_answered": "unanswerable questions that were answered (lower is better)",
    "auroc": "chance that an answerable question has more confidence than an unanswerable one",
    "auroc_hidden": "the same, with questions among the unanswerable whose documents were hidden",
    "hidden_answered": "questions that were answered though the documents that answer them were hidden (lower is better)",
    "verbatim": "quotations found word for word in the source file (must be 1)",
    "recall@{k}": "relevant passages among the first {k}",
    "MAP@{k}": "mean average precision over the first {k}",
    "nDCG@{k}": "normalised discounted cumulative gain over the first {k}",
    "MRR@{k}": "one divided by the place of the first relevant passage, within {k}",
    "hit@{k}": "a relevant passage stands first",
}
GROUP_TITLES = {"by_type": "By type of question", "by_corpus": "By corpus"}
IN_GROUPS = ("quote@1", "quote@3", "clause_text@1", "clause_text@3", "document@1", "answerable_refused", "unanswerable_answered")
SHOWN_SKIPS = 20
LONGEST = 300  # characters of a quotation that stand in a list
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&!])")


def markdown(report: Report) -> str:
    """The whole page, ending with a line end."""
    parts = [
        f"# {plain(report.dataset)}" + (f", split {plain(report.split)}" if report.split else ""),
        _summary(report),
        "## Metrics",
        table(("metric", "value", "95 % interval", "what it says"), metric_rows(report)),
        *_reliability(report),
        *_groups(report),
        *_quotations(report.verbatim),
        *_worst(report.worst),
        *_notes(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def metric_rows(report: Report) -> list[tuple[str, str, str, str]]:
    """(name, value, interval, meaning) of every metric."""
    return [
        (name, number(value), interval_text(report.figures.intervals.get(name)), meaning_of(name)) for name, value in report.metrics.items()
    ]


def meaning_of(metric: str) -> str:
    stem, _, depth = metric.partition("@")
    return MEANING.get(f"{stem}@{{k}}" if depth else stem, "").format(k=depth)


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def plain(text: str) -> str:
    """Words of others on one line, with every character that Markdown reads as markup made literal."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _summary(report: Report) -> str:
    index = report.index
    settings = ", ".join(f"{name} {value}" for name, value in report.settings.items())
    return (
        f"{report.questions:,} questions against {index.documents:,} documents "
        f"({index.passages:,} passages; {len(index.skipped):,} documents were not indexed). "
        f"Latency in the process: p50 {report.latency['p50']:.1f} ms, p95 {report.latency['p95']:.1f} ms. "
        f"Index built in {index.seconds:.1f} s. Settings: {plain(settings)}."
    )


def _reliability(report: Report) -> list[str]:
    if not report.reliability:
        return []
    rows = [(f"{one.confidence:.2f}", f"{one.right:.2f}", str(one.questions)) for one in report.reliability]
    parts = ["## Confidence", table(("mean confidence", "first citation answers", "questions"), rows)]
    if (chosen := report.chosen_point) is not None:
        parts.append(
            f"Answering from {chosen.threshold:g} on, as set, refuses {chosen.refused:.3f} of the answerable "
            f"questions and answers {chosen.answered:.3f} of the others."
        )
    return parts


def _groups(report: Report) -> list[str]:
    parts: list[str] = []
    for name, groups in report.figures.groups.items():
        if len(groups) > 1:
            rows = [_group_row(group, row) for group, row in groups.items()]
            parts += [f"## {GROUP_TITLES[name]}", table(("group", "questions", *IN_GROUPS), rows)]
    return parts


def _group_row(group: str, row: Mapping[str, float | None]) -> list[str]:
    return [plain(group), f"{row['questions']:.0f}", *(number(row.get(name)) for name in IN_GROUPS)]


def _quotations(verbatim: Verbatim | None) -> list[str]:
    if verbatim is None:
        return []
    said = (
        f"{verbatim.checked:,} distinct quotations were looked for in their files; "
        f"{verbatim.in_pieces:,} were found line by line or cell by cell."
    )
    failures = [
        f"- {plain(failure.quotation.path)} {failure.quotation.start}:{failure.quotation.end} {failure.reason}: "
        f"“{plain(_short(failure.quotation.quote))}”"
        for failure in verbatim.failures
    ]
    return ["## Quotations", said, "\n".join(failures)]


def _worst(misses: Sequence[Miss]) -> list[str]:
    return ["## Worst questions", *(_miss(miss) for miss in misses)] if misses else []


def _miss(miss: Miss) -> str:
    lines = [f"**{plain(miss.question)}** ({plain(miss.id)}): {miss.why}"]
    if miss.where:
        lines.append(f"- wanted: “{plain(_short(miss.expected))}” ({plain(miss.where)})")
    if miss.shown_where:
        lines.append(f"- shown: “{plain(_short(miss.shown))}” ({plain(miss.shown_where)})")
    return "\n".join(lines)


def _notes(report: Report) -> list[str]:
    skipped = report.index.skipped
    lines = [f"- {plain(note)}" for note in report.notes]
    lines += [f"- Not indexed: {plain(entry.path)}: {plain(entry.reason)}" for entry in skipped[:SHOWN_SKIPS]]
    if len(skipped) > SHOWN_SKIPS:
        lines.append(f"- … and {len(skipped) - SHOWN_SKIPS:,} more that were not indexed; the JSON report names them.")
    return ["## Notes", "\n".join(lines)] if lines else []


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
