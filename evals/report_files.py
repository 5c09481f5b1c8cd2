"""A report on disk: JSON for programs, Markdown and one page of HTML for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.markdown import markdown
from evals.report import Report
from evals.webpage import webpage


def write(report: Report, file: Path) -> tuple[Path, Path]:
    """Write the JSON to `file`, and beside it the Markdown and the HTML, whose paths are returned."""
    beside = file.with_suffix(".md"), file.with_suffix(".html")
    write_json(report.as_record(), file)
    for path, page in zip(beside, (markdown(report), webpage(report)), strict=True):
        path.write_text(page, encoding="utf-8")
    return beside


def write_json(record: Mapping[str, Any], file: Path) -> None:
    """One top-level key a line, and one entry a line of a list, so that two reports can be compared by eye."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = [f"{_json(key)}: {_lines(value)}" for key, value in record.items()]
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(_json(entry) for entry in value) + "\n]"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
