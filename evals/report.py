"""What a run found: as JSON for programs, as Markdown for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from evals.metrics.bootstrap import Interval
from evals.metrics.reliability import Bin, OperatingPoint, operating_points, reliability
from evals.metrics.verbatim import Verbatim
from evals.runner import Asked, Ranked
from evals.scoring import Figures, confidences
from evals.worst import Miss, answers_first
from indexer.build import BuildReport
from isobot.citation import as_record

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Report:
    """One run over one dataset.

    latency: "p50" and "p95" in milliseconds of wall time, in the process. split: of passages, else None.
    verbatim: None for passages, which are ranked and not quoted. hidden: questions asked again without the documents that
    answer them. settings: what decided the figures beside the code.
    """

    dataset: str
    split: str | None
    questions: int
    figures: Figures
    latency: Mapping[str, float]
    index: BuildReport
    outcomes: Sequence[Asked] | Sequence[Ranked]
    worst: Sequence[Miss]
    settings: Mapping[str, Any]
    notes: Sequence[str] = ()
    verbatim: Verbatim | None = None
    hidden: Sequence[Asked] = ()

    @property
    def metrics(self) -> dict[str, float | None]:
        """All figures, the share of verbatim quotations among them."""
        quoted = {} if self.verbatim is None else {"verbatim": self.verbatim.share}
        return {**self.figures.metrics, **quoted}

    @property
    def reliability(self) -> tuple[Bin, ...]:
        """Confidence against how often the first citation answers, over all questions; none for passages."""
        asked = [one for one in self.outcomes if isinstance(one, Asked)]
        return reliability([one.answer.confidence for one in asked], [answers_first(one) for one in asked])

    @property
    def operating_points(self) -> tuple[OperatingPoint, ...]:
        """What each threshold would refuse and answer; none for passages, and without questions of both kinds."""
        return operating_points(*confidences(one for one in self.outcomes if isinstance(one, Asked)))

    @property
    def chosen_point(self) -> OperatingPoint | None:
        """The one of the threshold that the settings name."""
        threshold = self.settings.get("answer_from")
        below = [one for one in self.operating_points if threshold is not None and one.threshold >= threshold]
        return replace(below[0], threshold=float(threshold)) if below and threshold is not None else None

    def as_record(self) -> dict[str, Any]:
        """The report as the contract has it, and what else a reader may want beside."""
        index = {key: asdict(self.index)[key] for key in ("generation", "documents", "clauses", "passages", "seconds", "skipped")}
        record: dict[str, Any] = {
            "dataset": self.dataset,
            "split": self.split,
            "questions": self.questions,
            "metrics": {name: _rounded(value) for name, value in self.metrics.items()},
            "intervals": {name: [_rounded(end) for end in ends] for name, ends in self.figures.intervals.items()},
            "latency_ms": {name: round(value, 2) for name, value in self.latency.items()},
            "index": index,
            "settings": dict(self.settings),
            "notes": list(self.notes),
        }
        for name, groups in self.figures.groups.items():
            record[name] = {group: {metric: _rounded(value) for metric, value in row.items()} for group, row in groups.items()}
        if self.verbatim is not None:
            record["quotations"] = {
                "checked": self.verbatim.checked,
                "in_pieces": self.verbatim.in_pieces,
                "failures": [{**asdict(failure.quotation), "reason": failure.reason} for failure in self.verbatim.failures],
            }
        if self.hidden:
            record["without_gold"] = [_outcome(one) for one in self.hidden]
        if bins := self.reliability:
            record["reliability"] = [{name: _rounded(value) for name, value in asdict(one).items()} for one in bins]
        if (chosen := self.chosen_point) is not None:
            record["operating_point"] = {name: _rounded(value) for name, value in asdict(chosen).items()}
        record["worst"] = [asdict(miss) for miss in self.worst]
        record["scores"] = {
            name: {id: _rounded(value) for id, value in values.items()} for name, values in self.figures.scores.items()
        }
        record["per_question"] = [_outcome(one) for one in self.outcomes]
        return record


def interval_text(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _outcome(one: Asked | Ranked) -> dict[str, Any]:
    if isinstance(one, Ranked):
        return {"id": one.query.id, "ranking": [{"id": id, "score": round(score, 6)} for id, score in one.ranking]}
    return {
        "id": one.question.id,
        "abstained": one.abstained,
        "confidence": round(one.answer.confidence, 6),
        "citations": [as_record(citation) for citation in one.citations],
        "nearest": [as_record(citation) for citation in one.nearest],
    }
