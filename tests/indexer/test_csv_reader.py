"""Reading CSV files."""

from __future__ import annotations

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from indexer.readers import read
from indexer.readers.canvas import cleaned
from indexer.readers.csv import read_csv
from tests.indexer.blocks import check_blocks, shapes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_first_row_names_the_columns(tmp_path: Path, delimiter: str):
    """Whatever parts the cells; a cell may hold the delimiter in quotation marks, and a line end."""
    cell = f'"Teams{delimiter} chat\nand calls"'
    rows = [["Service", "GCC High"], [cell, "in scope"], ["", ""], ["Delve", ""]]
    (tmp_path / "cloud_scope.csv").write_text("\n".join(delimiter.join(row) for row in rows))
    reading = read(tmp_path / "cloud_scope.csv")
    check_blocks(reading)
    assert shapes(reading) == [
        ("heading", 1, "Cloud scope"),
        ("table header", 0, "| Service | GCC High |"),
        ("table row", 0, f"| Teams{delimiter.strip()} chat and calls | in scope |"),
        ("table row", 0, "| Delve | |"),
    ]


def test_facts_above_the_table_name_no_columns(tmp_path: Path):
    """An empty row parts them from the names of its columns."""
    (tmp_path / "keys.csv").write_bytes("\ufeffOwner;Warden;\nVersion;2;\n;;\nKey;Room;Holder\nK1;Shed;Ada\n".encode())
    assert shapes(read(tmp_path / "keys.csv"))[1:] == [
        ("table row", 0, "| Owner | Warden |"), ("table row", 0, "| Version | 2 |"),
        ("table header", 0, "| Key | Room | Holder |"), ("table row", 0, "| K1 | Shed | Ada |"),
    ]  # fmt: skip


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path):
    """"sep=;" is obeyed and not shown; an encoding without a mark is told."""
    (tmp_path / "a.csv").write_bytes("sep=;\nName;Größe, cm\nTür;200\n".encode("cp1252"))
    reading = read(tmp_path / "a.csv")
    assert [words for _, _, words in shapes(reading)][1:] == ["| Name | Größe, cm |", "| Tür | 200 |"]
    assert "Windows-1252" in reading.warnings[0]


def test_more_cells_than_a_policy_has_are_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A million rows of data do not fill the memory."""
    monkeypatch.setattr("indexer.readers.csv.MAX_CELLS", 6)
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 50)
    reading = read_csv(tmp_path / "a.csv")
    assert len(reading.blocks) == 4
    assert "more than 6 cells" in reading.warnings[0]


WORD = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=1, max_size=6))
def test_every_word_of_every_cell_is_in_the_text(tmp_path: Path, rows: list[list[str]]):
    """Nothing of a table is lost, whatever its cells hold."""
    written = StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    (tmp_path / "a.csv").write_text(written.getvalue(), encoding="utf-8", newline="")
    try:
        reading = read_csv(tmp_path / "a.csv")
    except DocumentError:
        return
    check_blocks(reading)
    text = "".join(reading.text.characters.split())
    for cell in (cell for row in rows for cell in row):
        assert "".join(cleaned(cell).split()) in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes):
    """No file brings the reader down."""
    (tmp_path / "a.csv").write_bytes(content)
    with suppress(DocumentError):
        check_blocks(read_csv(tmp_path / "a.csv"))
