"""Questions written about sentences of documents: `training.jsonl`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DatasetError
from evals.records import Record, records

TRAINING = "training.jsonl"
FORM = '{"question", "file", "start", "end"}'


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question and the sentence that answers it: `start:end` of the canonical text of `file`, code points, end exclusive.

    file: POSIX path relative to the documents. line: where it stands in its own file, from 1.
    """

    text: str
    file: str
    start: int
    end: int
    line: int


def read_written(file: Path) -> tuple[WrittenQuestion, ...]:
    """Raises DatasetError naming the file and line of the first mistake, or a file that holds no question."""
    found = tuple(
        WrittenQuestion(record.filled("question"), record.filled("file"), *_range(record), record.line) for record in records(file)
    )
    if not found:
        raise DatasetError(f"{file} holds no question. Write one JSON object a line: {FORM}.")
    return found


def _range(record: Record) -> tuple[int, int]:
    start, end = record.integer("start"), record.integer("end")
    if start is None or end is None or not 0 <= start < end:
        record.fail(f'"start" is {start} and "end" is {end}; write the range of the sentence, as `isobot ask --json` gives it.')
    return start, end
