"""The audit log as JSON Lines, whose hashes can be computed again, and as CSV that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from isobot.state.records import AnswerRecord, CitedSlice

COLUMNS = (
    "id", "asked_at", "asker", "surface", "question", "abstained", "confidence", "owner", "generation", "citations", "nearest", "notices",
    "previous_hash", "hash",
)  # fmt: skip

# What makes a spreadsheet take a cell for a formula, the wide forms of Chinese and Japanese among them: owasp.org, "CSV Injection".
FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")

Who = Callable[[str], str]
"""From an asker's token to what is written of them: the token itself, or who they are."""


def write_jsonl(records: Iterable[AnswerRecord], out: TextIO, who: Who) -> int:
    """One answer a line, with every field that its hash is computed over, and `asker`. Returns how many."""
    count = 0
    for record in records:
        fields = record.as_exported() | {"asker": who(record.asker_ref)}
        out.write(json.dumps(fields, ensure_ascii=False, sort_keys=True) + "\n")
        count += 1
    return count


def write_csv(records: Iterable[AnswerRecord], out: TextIO, who: Who) -> int:
    """One answer a row, below a row of names; a cell that could be a formula begins with an apostrophe. Returns how many."""
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for record in records:
        writer.writerow([harmless(cell) for cell in row(record, who)])
        count += 1
    return count


def row(record: AnswerRecord, who: Who) -> Iterator[str]:
    cells = {
        **{name: str(getattr(record, name)) for name in COLUMNS if hasattr(record, name)},
        "asker": who(record.asker_ref),
        "abstained": "yes" if record.abstained else "no",
        "owner": record.owner or "",
        "citations": "\n".join(map(place, record.citations)),
        "nearest": "\n".join(map(place, record.nearest)),
        "notices": "\n".join(record.notices),
    }
    return (cells[name] for name in COLUMNS)


def place(cited: CitedSlice) -> str:
    """ "BYOD Standard v2.1 · §3.2 Laptops · p. 4 [byod.md 12:78 of text 0f3c…]"."""
    shown = cited.line or " ".join(part for part in (cited.path, cited.version, cited.clause) if part)
    return f"{shown} [{cited.path} {cited.start}:{cited.end} of text {cited.text_sha256}]"


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula, also behind white space."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell
