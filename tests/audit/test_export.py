"""What an export holds, and what a spreadsheet may do with it: nothing."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from isobot.audit.export import COLUMNS, FORMULA, harmless, place, write_csv, write_jsonl
from isobot.state.records import AnswerRecord, CitedSlice, digest
from tests.state.test_retention import RECORDS, chained

HOSTILE = st.text() | st.builds(str.__add__, st.sampled_from([*FORMULA, " =", "\n\t+", "\ufeff", "'="]), st.text())


@settings(max_examples=200, deadline=None)
@given(st.lists(RECORDS.flatmap(lambda one: HOSTILE.map(lambda words: replace(one, question=words))), max_size=3))
def test_no_cell_of_a_csv_file_is_a_formula_and_no_word_is_lost(records: list[AnswerRecord]) -> None:
    """Read back, each question is as it was asked, or behind one apostrophe."""
    out = io.StringIO(newline="")
    assert write_csv(records, out, lambda ref: "=who()") == len(records)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert rows[0] == list(COLUMNS) and len(rows) == len(records) + 1
    for record, cells in zip(records, rows[1:], strict=True):
        assert not any(cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) for cell in cells)
        asked = dict(zip(COLUMNS, cells, strict=True))["question"]
        assert asked in (record.question, f"'{record.question}")


def test_only_what_could_be_a_formula_is_marked() -> None:
    """A question is left as it is; a sum, a wide one, and one behind a space get an apostrophe."""
    assert harmless("may i?") == "may i?" and harmless("") == ""
    assert [harmless(cell) for cell in ("=1+1", "＝1", " @SUM(A1)", "-2")] == ["'=1+1", "'＝1", "' @SUM(A1)", "'-2"]


@settings(max_examples=50, deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_the_hashes_can_be_computed_again_from_json_lines_alone(records: list[AnswerRecord]) -> None:
    """Whoever has the file needs no database: each line without `hash` and `asker` gives its hash."""
    chain = chained(records)
    out = io.StringIO()
    write_jsonl(chain, out, lambda ref: "somebody")
    lines = [json.loads(line) for line in out.getvalue().split("\n") if line]
    assert [line["hash"] for line in lines] == [record.hash for record in chain]
    for line in lines:
        told = {name: value for name, value in line.items() if name not in ("hash", "asker")}
        assert digest(told) == line["hash"]


def test_a_place_is_told_with_its_text() -> None:
    """The line that was shown, and where in which text; without a line the path and the clause."""
    cited = CitedSlice("byod.md", "2.1", "a", "f" * 4, "3.2 Laptops", 12, 78, "BYOD Standard v2.1 · §3.2 Laptops · p. 4")
    assert place(cited) == "BYOD Standard v2.1 · §3.2 Laptops · p. 4 [byod.md 12:78 of text ffff]"
    assert place(replace(cited, line=None)) == "byod.md 2.1 3.2 Laptops [byod.md 12:78 of text ffff]"
