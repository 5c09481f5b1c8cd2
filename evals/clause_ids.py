"""Whether what a document numbers by an id is a clause with that id: control headings, and policy codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer.generation import Generation

CODED = re.compile(r"^[ \t]*(?:[-+*][ \t]+)?\*{0,2}([A-Z]{2,6}(?:\.[A-Z]{2,8})+\.\d{1,4})\b(?=\*{0,2}[ \t:–—]|\*\*|$)", re.MULTILINE)
CONTROL = re.compile(r"^[ \t]*([A-Z]{2}-\d{1,2}(?:[ \t]?\(\d{1,2}\))?)[ \t]*[–—-][ \t]*[A-Z]", re.MULTILINE)
MARKDOWN, PDF = (".md", ".markdown"), ".pdf"


def score_clause_ids(generation: Generation, documents: Path, files: Iterable[str]) -> dict[str, Any]:
    """Of the ids that head a line of a document, those that are the number of one of its clauses.

    documents: the folder that the generation was built from. Policy codes ("POL.ITR.012") are looked for in its Markdown files; control
    ids before a title ("AC-2 – Account Management") in `files`, as procedures written control by control head their parts. The lines
    are read apart from the indexer: of PDFs by pypdf, of Markdown as they stand.
    Returns {"codes": {"found", "of", "missed"}, "controls": {…}}; `missed` holds "file: id".
    """
    coded = [path for path in generation.catalogue.paths() if path.endswith(MARKDOWN) and (documents / path).is_file()]
    controlled = [path for path in dict.fromkeys(files) if path.endswith(PDF) and (documents / path).is_file()]
    codes = {path: CODED.findall((documents / path).read_text(encoding="utf-8", errors="replace")) for path in coded}
    controls = {path: CONTROL.findall(_lines(documents / path)) for path in controlled}
    return {"codes": _score(generation, codes), "controls": _score(generation, controls)}


def _lines(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in import_module("pypdf").PdfReader(pdf).pages)


def _score(generation: Generation, heads: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    missed, total = [], 0
    for path, ids in heads.items():
        wanted = dict.fromkeys(re.sub(r"\s", "", id) for id in ids)
        number = generation.catalogue.number_of(path)
        numbers = {clause.number for clause in generation.catalogue.clauses(number)} if number is not None else set()
        total += len(wanted)
        missed += [f"{path}: {id}" for id in wanted if id not in numbers]
    return {"found": total - len(missed), "of": total, "missed": missed}


def shown(score: Mapping[str, Any]) -> str:
    """The score as lines for a person."""
    said = {"codes": "policy codes", "controls": "control headings"}
    lines = [f"{said[kind]:18} {part['found']} of {part['of']} that head a line are clauses of that number" for kind, part in score.items()]
    return "\n".join([*lines, *(f"  missed: {one}" for part in score.values() for one in part["missed"])])
