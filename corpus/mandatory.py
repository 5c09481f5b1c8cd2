"""The documents and records that ISO/IEC 27001 itself demands, clause by clause.

They are what its clauses 4 to 10 call documented information, in `mandatory.json`, in UTF-8:

    {"iso27001:2022": [{"clause": "4.3", "kind": "document", "title": "…", "holds": "…"}]}

Annex A adds more where a control is applied; that is for the statement of applicability to say and not part of this list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from corpus.errors import FrameworkError


class RecordKind(StrEnum):
    """A document says what is to be done and is kept up to date; a record shows what was done and is kept unchanged."""

    DOCUMENT = "document"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Mandatory:
    """A document or record that a clause demands.

    framework: "iso27001:2022". clause: id of the requirement clause, lowest level. title: what it is commonly called.
    holds: what must be in it, in our own words.
    """

    framework: str
    clause: str
    kind: RecordKind
    title: str
    holds: str


@cache
def mandatory(framework: str) -> tuple[Mandatory, ...]:
    """What a framework demands in writing, in the order of its clauses. Raises FrameworkError where no list of it is known."""
    lists = json.loads((files("corpus") / "mandatory.json").read_text(encoding="utf-8"))
    if framework not in lists:
        raise FrameworkError(f"There is no list of mandatory documents for {framework!r}. There is one for: {', '.join(lists)}.")
    return tuple(
        Mandatory(framework, entry["clause"], RecordKind(entry["kind"]), entry["title"], entry["holds"]) for entry in lists[framework]
    )


def mandatory_for(framework: str, clause: str) -> tuple[Mandatory, ...]:
    """What one clause demands in writing, what stands below it included: "9.2" has what 9.2.2 demands."""
    return tuple(one for one in mandatory(framework) if one.clause == clause or one.clause.startswith(f"{clause}."))
